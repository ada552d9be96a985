"""A controller must not act on a cache that is older than its own last write.

New in 1.36: before a sync the controller compares how far its caches have come with the revisions it wrote, and otherwise
comes back later. Log of the recorded cluster: `sync "…" failed with read version: 2386 is not as new as written version: 2393`.
"""

from __future__ import annotations

from gen.cluster.client.controller import Retry
from gen.cluster.client.informer import Informer

Key = tuple[str, ...]


class ReadYourWrites:
    """The highest revision that was written for each key, by kind."""

    def __init__(self) -> None:
        self._written: dict[tuple[Key, str], int] = {}

    def wrote(self, key: Key, kind: str, revision: int) -> None:
        """A write of an object of `kind`, on behalf of `key`, got this revision."""
        self._written[key, kind] = max(revision, self._written.get((key, kind), 0))

    def ensure_fresh(self, key: Key, *informers: Informer) -> None:
        """Raises Retry if one of the caches has not come as far as the last write for `key`."""
        for informer in informers:
            written = self._written.get((key, informer.kind), 0)
            if informer.revision < written:
                raise Retry(f"read version: {informer.revision} is not as new as written version: {written}")
            self._written.pop((key, informer.kind), None)
