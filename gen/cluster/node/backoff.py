"""How long the kubelet waits before it tries again: 10 s, then twice as long each time, at most 5 minutes.

One entry a container (or a Pod and an image); who had no trouble for ten minutes begins anew.
Upstream: client-go/util/flowcontrol/backoff.go; pkg/kubelet/kubelet.go (initialCrashLoopBackOff, imageBackOffPeriod), v1.36.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.kit.loop import MINUTE, SECOND, Micros

FIRST_US, LONGEST_US = 10 * SECOND, 5 * MINUTE
FORGOTTEN_US = 2 * LONGEST_US

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one waits, since when it has been so."""

    backoff_us: Micros
    since_us: Micros


class Backoff:
    """All waits of one kind."""

    def __init__(self) -> None:
        self._waits: dict[Key, Wait] = {}

    def get(self, key: Key) -> Micros:
        """How long its wait is now."""
        return self._waits[key].backoff_us if key in self._waits else 0

    def is_waiting(self, key: Key, since_us: Micros, now_us: Micros) -> bool:
        """Whether it must still wait, when it failed at `since_us` (upstream: IsInBackOffSince)."""
        wait = self._waits.get(key)
        return wait is not None and not expired(wait, since_us) and now_us - since_us < wait.backoff_us

    def is_waiting_since_last(self, key: Key, now_us: Micros) -> bool:
        """The same, counted from its last failure (upstream: IsInBackOffSinceUpdate)."""
        wait = self._waits.get(key)
        return wait is not None and not expired(wait, now_us) and now_us - wait.since_us < wait.backoff_us

    def next(self, key: Key, event_us: Micros, now_us: Micros) -> None:
        """It is tried once more: the next wait is longer (upstream: Next)."""
        wait = self._waits.get(key)
        anew = wait is None or expired(wait, event_us)
        self._waits[key] = Wait(FIRST_US if anew or wait is None else min(2 * wait.backoff_us, LONGEST_US), now_us)


def expired(wait: Wait, event_us: Micros) -> bool:
    """Whether nothing had happened for so long that it is forgotten."""
    return event_us - wait.since_us > FORGOTTEN_US
