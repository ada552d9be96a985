"""etcd's store of many versions: every change gets the next revision, and old revisions can be read until they are compacted.

One revision counter serves all keys, so revisions order all changes of a cluster. A change is accepted only if the writer
names the revision that it has seen (compare-and-swap): this is what makes optimistic concurrency safe.

Source: etcd `server/storage/mvcc` and the API guarantees at https://etcd.io/docs/v3.6/learning/api_guarantees/. Agreement
between members (Raft) comes in front of `Store.put`; one member needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Obj = dict[str, Any]
Key = tuple[str, str, str]  # (kind, namespace, name)
Objects = list[Obj]
Prefix = tuple[str, ...]  # (), (kind,) or (kind, namespace)


class Conflict(Exception):
    """Somebody else has changed the key since the writer read it."""


class Compacted(Exception):
    """The revision asked for is older than what the store still knows. `oldest` is the first that it does know."""

    def __init__(self, asked: int, oldest: int) -> None:
        super().__init__(f"revision {asked} is compacted; the oldest known is {oldest}")
        self.asked, self.oldest = asked, oldest


class Change(NamedTuple):
    """One accepted change; `before` or `after` is None where there was, or is, no object. `record` is its Write's seq."""

    revision: int
    key: Key
    before: Obj | None
    after: Obj | None
    record: int


Changes = list[Change]


def unstamped(obj: Obj, revision: int) -> Obj:
    """The default stamp: objects are stored as they come."""
    return obj


class Store:
    """Keys, their versions, and the log of changes.

    `stamp(obj, revision)` puts the revision into what is stored (the API server writes `metadata.resourceVersion`).
    """

    def __init__(self, stamp: Callable[[Obj, int], Obj] = unstamped) -> None:
        self.revision, self._stamp = 0, stamp
        self._current: dict[str, dict[Key, Obj]] = {}
        self._modified: dict[Key, int] = {}
        self._log: Changes = []
        self._log_base = 0  # how many changes were compacted away: the log's first change has revision base + 1
        self.on_change: list[Callable[[Change], None]] = []

    def get(self, key: Key, at: int | None = None) -> Obj | None:
        """The object under `key` now, or as it was at revision `at`. Raises Compacted."""
        if at is None or at >= self.revision:
            return self._current.get(key[0], {}).get(key)
        return self._as_of(at, lambda change: change.key == key).get(key, self._current.get(key[0], {}).get(key))

    def list(self, prefix: Prefix = (), at: int | None = None) -> Objects:
        """The objects whose key begins with `prefix`, in order of their keys, now or at revision `at`. Raises Compacted."""
        kinds = (prefix[0],) if prefix else tuple(sorted(self._current))
        found: dict[Key, Obj | None] = {
            key: obj for kind in kinds for key, obj in self._current.get(kind, {}).items() if key[: len(prefix)] == prefix
        }
        if at is not None and at < self.revision:
            found.update(self._as_of(at, lambda change: change.key[: len(prefix)] == prefix))
        return [obj for _, obj in sorted(found.items(), key=lambda pair: pair[0]) if obj is not None]

    def modified(self, key: Key) -> int:
        """The revision of the last change of `key`; 0 if it is not there."""
        return self._modified.get(key, 0)

    def put(self, key: Key, obj: Obj, expect: int, record: Callable[[int, Obj | None, Obj | None], int]) -> Change:
        """Store `obj` if `key` was last changed at revision `expect` (0: it must not exist). Raises Conflict.

        `record(revision, before, after)` makes the trace's record of it and returns its seq.
        """
        self._compare(key, expect)
        before = self._current.setdefault(key[0], {}).get(key)
        after = self._stamp(obj, self.revision + 1)
        self._current[key[0]][key] = after
        self._modified[key] = self.revision + 1
        return self._commit(key, before, after, record)

    def delete(self, key: Key, expect: int, record: Callable[[int, Obj | None, Obj | None], int]) -> Change:
        """Remove `key` if it was last changed at revision `expect`. Raises Conflict, also where there is no such key."""
        self._compare(key, expect)
        if key not in self._modified:
            raise Conflict(key)
        before = self._current[key[0]].pop(key)
        del self._modified[key]
        return self._commit(key, before, None, record)

    def compact(self, revision: int) -> None:
        """Forget all versions older than `revision`."""
        gone = max(0, min(revision, self.revision) - self._log_base)
        del self._log[:gone]
        self._log_base += gone

    def since(self, revision: int) -> Changes:
        """The changes after `revision`, oldest first. Raises Compacted."""
        if revision < self._log_base:
            raise Compacted(revision, self._log_base + 1)
        return self._log[revision - self._log_base :]

    def _compare(self, key: Key, expect: int) -> None:
        if self.modified(key) != expect:
            raise Conflict(key)

    def _commit(
        self, key: Key, before: Obj | None, after: Obj | None, record: Callable[[int, Obj | None, Obj | None], int]
    ) -> Change:
        self.revision += 1
        change = Change(self.revision, key, before, after, record(self.revision, before, after))
        self._log.append(change)
        for listener in tuple(self.on_change):  # one of them may stop listening
            listener(change)
        return change

    def _as_of(self, revision: int, wanted: Callable[[Change], bool]) -> dict[Key, Obj | None]:
        """What the wanted keys that changed after `revision` held at that time: each one's oldest `before` since then."""
        found: dict[Key, Obj | None] = {}
        for change in self.since(revision):
            if wanted(change):
                found.setdefault(change.key, change.before)
        return found


class Watch:
    """A cursor over the log: every change of a prefix after a revision, once, in order."""

    def __init__(self, store: Store, prefix: Prefix, since: int) -> None:
        self.store, self.prefix, self.next = store, prefix, since

    def take(self, limit: int = 1_000) -> Changes:
        """The next changes, at most `limit`; an empty list when there is nothing new. Raises Compacted: list again."""
        found: Changes = []
        for change in self.store.since(self.next):
            self.next = change.revision
            if change.key[: len(self.prefix)] == self.prefix:
                found.append(change)
                if len(found) == limit:
                    break
        return found
