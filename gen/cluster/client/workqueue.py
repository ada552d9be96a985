"""The queue of keys that wait for a controller.

A key waits at most once; one that comes while it is being worked on waits until that is done, so no two workers ever have
the same key. Failures come back after a growing time. Upstream: client-go/util/workqueue.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from gen.kit.backoff import Backoff
from gen.kit.loop import MILLISECOND, SECOND, Future, Micros, Timer
from gen.kit.process import Process

Key = tuple[str, ...]  # (namespace, name); the garbage collector, which works on all kinds, puts the kind first
FIRST_RETRY_US, LONGEST_RETRY_US = 5 * MILLISECOND, 1_000 * SECOND  # upstream: DefaultTypedControllerRateLimiter


class Later(NamedTuple):
    """A key that will be added, and why."""

    at: Micros
    cause: int | None
    background: bool
    timer: Timer


class WorkQueue:
    """Keys, each with the records that queued it (its causes)."""

    def __init__(self, process: Process, first_retry_us: Micros = FIRST_RETRY_US) -> None:
        self._process = process
        self._backoff = Backoff(first_retry_us, LONGEST_RETRY_US)
        self._ready: deque[Key] = deque()
        self._dirty: dict[Key, list[int]] = {}
        self._processing: dict[Key, None] = {}
        self._waiting: deque[Future] = deque()
        self._later: dict[Key, Later] = {}

    def add(self, key: Key, cause: int | None = None) -> None:
        """`key` wants to be looked at."""
        known = key in self._dirty
        causes = self._dirty.setdefault(key, [])
        if cause is not None:
            causes.append(cause)
        if not known and key not in self._processing:
            self._make_ready(key)

    def add_after(self, key: Key, delay: Micros, cause: int | None = None, background: bool = False) -> None:
        """As `add`, in `delay` microseconds. A key waits for one time only, the earliest that was asked for.

        Upstream: client-go/util/workqueue/delaying_queue.go, insert.
        """
        at, known = self._process.loop.now + delay, self._later.get(key)
        if known is not None:
            if known.at <= at and (background or not known.background):
                return
            known.timer.cancel()
            if known.at <= at:
                at, cause = known.at, known.cause
            background = background and known.background
        timer = self._process.after(at - self._process.loop.now, self._now, key, background=background)
        self._later[key] = Later(at, cause, background, timer)

    def _now(self, key: Key) -> None:
        self.add(key, self._later.pop(key).cause)

    def add_rate_limited(self, key: Key, cause: int | None = None) -> None:
        """As `add`, after the back-off of one more failure."""
        self.add_after(key, self._backoff.next(key), cause)

    def failures(self, key: Key) -> int:
        """How often `key` failed since it last succeeded."""
        return self._backoff.failures(key)

    def forget(self, key: Key) -> None:
        """`key` succeeded: its back-off begins anew."""
        self._backoff.forget(key)

    async def get(self) -> tuple[Key, list[int]]:
        """The next key and its causes; waits for one."""
        while not self._ready:
            turn = Future()
            self._waiting.append(turn)
            await turn
        key = self._ready.popleft()
        self._processing[key] = None
        return key, self._dirty.pop(key)

    def done(self, key: Key) -> None:
        """The worker is through with `key`; if it was added meanwhile it is ready again."""
        self._processing.pop(key, None)
        if key in self._dirty:
            self._make_ready(key)

    def _make_ready(self, key: Key) -> None:
        self._ready.append(key)
        if self._waiting:
            self._waiting.popleft().settle()
