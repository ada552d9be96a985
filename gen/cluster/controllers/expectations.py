"""What a controller has asked for and not yet seen: the answer to caches that are behind.

A ReplicaSet that lacks three Pods creates three. Its cache shows them a little later; looked at again before that, it
would create three more. So it notes what it expects, and counts Pods again only when all of it has been seen.
Upstream: pkg/controller/controller_utils.go, ControllerExpectations and UIDTrackingControllerExpectations.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gen.kit.loop import MINUTE, Micros

TIMEOUT_US = 5 * MINUTE  # upstream: ExpectationsTimeout
Key = tuple[str, ...]


@dataclass(slots=True)
class _Expected:
    since_us: Micros
    creations: int = 0
    deletions: dict[str, None] = field(default_factory=dict)  # by uid: a deletion is seen twice, as a mark and as a removal


class Expectations:
    """By the key of the controller's object: creations still to be seen, deletions still to be seen."""

    def __init__(self) -> None:
        self._expected: dict[Key, _Expected] = {}

    def expect_creations(self, key: Key, count: int, now_us: Micros) -> None:
        """`count` creations have been asked for."""
        self._expected[key] = _Expected(now_us, creations=count)

    def expect_deletions(self, key: Key, uids: list[str], now_us: Micros) -> None:
        """The deletion of these has been asked for."""
        self._expected[key] = _Expected(now_us, deletions=dict.fromkeys(uids))

    def creation_seen(self, key: Key) -> None:
        """One of the creations has arrived in the cache (or will never be made)."""
        if key in self._expected:
            self._expected[key].creations -= 1

    def deletion_seen(self, key: Key, uid: str) -> None:
        """The deletion of `uid` has arrived in the cache (or will never be made)."""
        if key in self._expected:
            self._expected[key].deletions.pop(uid, None)

    def pending(self, key: Key, now_us: Micros) -> bool:
        """Whether the cache still lacks something of what was asked for; never for longer than five minutes."""
        expected = self._expected.get(key)
        if expected is None or now_us - expected.since_us > TIMEOUT_US:
            return False
        return expected.creations > 0 or bool(expected.deletions)

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self._expected.pop(key, None)
