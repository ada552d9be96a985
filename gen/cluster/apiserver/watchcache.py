"""The API server's watch cache: one watch of etcd, fanned out to everybody who watches through the API.

A client's watch is a stream of deliveries in order of revision, each with a little delay of its own: this is why two
components never know the same thing at the same moment. Upstream: apiserver/pkg/storage/cacher.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from gen.cluster.apiserver import status
from gen.cluster.apiserver.request import Obj
from gen.cluster.apiserver.selection import node_asked_for, selects
from gen.cluster.etcd.mvcc import Change, Compacted, Store
from gen.kit.evolve import dig, evolve
from gen.kit.loop import Future, Loop, Micros
from gen.trace.record import Fault

DELIVERY_US = (400, 1_800)  # serialising, the network, and the client's reading; recordings: a few milliseconds under load


class Delivery(NamedTuple):
    """One change as a client sees it. `record` is the trace's Write record behind it."""

    type: str  # ADDED, MODIFIED or DELETED
    obj: Obj
    revision: int
    record: int


class WatchClosed(Exception):
    """The server ended a watch in good order. `cause` is the record of why."""

    def __init__(self, cause: int) -> None:
        super().__init__("watch closed")
        self.cause = cause


@dataclass(slots=True, eq=False)
class Cut:
    """A fault: what fills the caches of `kinds` in `process` does not come through.

    `component` lives there and uses them, `record` tells of the cut. It is `over` when its time is.
    """

    process: str
    component: str
    kinds: tuple[str, ...]
    record: Fault
    over: bool = False


class Stream:
    """One client's watch: `await stream.next()` gives the next delivery. `open` until the client hangs up."""

    def __init__(
        self, cache: WatchCache, wanted: Callable[[Obj], bool], dice: random.Random, stopped: Callable[[Stream], None]
    ) -> None:
        self._loop, self._wanted, self._dice, self._stopped = cache.loop, wanted, dice, stopped
        self._arrived: deque[Delivery | WatchClosed] = deque()
        self._waiting: Future | None = None
        self._last_us: Micros = cache.loop.now
        self.open = self._served = True

    def offer(self, change: Change) -> None:
        """A change of the kind: deliver it if the watch wants it, soon, and never before an earlier one."""
        delivery = self._as_delivery(change)
        if delivery is not None and self._served:
            self._send(delivery)

    def close(self, cause: int) -> None:
        """The server ends the watch: what was sent still arrives, and then the end does (`next` raises WatchClosed)."""
        if self._served:
            self._unhook()
            self._send(WatchClosed(cause))

    def _send(self, news: Delivery | WatchClosed) -> None:
        at = max(self._last_us + 1, self._loop.now + self._dice.randint(*DELIVERY_US))
        self._last_us = at
        self._loop.after(at - self._loop.now, self._arrive, news)

    def _as_delivery(self, change: Change) -> Delivery | None:
        """An object that begins to match is ADDED for this watch, one that ceases to match is DELETED, as it was.

        Upstream: cacher/cache_watcher.go, convertToWatchEvent.
        """
        before = change.before is not None and self._wanted(change.before)
        after = change.after is not None and self._wanted(change.after)
        if after and change.after is not None:
            return Delivery("MODIFIED" if before else "ADDED", change.after, change.revision, change.record)
        if before and change.before is not None:
            last = evolve(change.before, "metadata.resourceVersion", str(change.revision))
            return Delivery("DELETED", last, change.revision, change.record)
        return None

    def _arrive(self, news: Delivery | WatchClosed) -> None:
        if not self.open:
            return
        self._arrived.append(news)
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            waiting.settle()

    async def next(self) -> Delivery:
        """The next change; waits until there is one. Raises WatchClosed behind the last one if the server ended the watch."""
        while not self._arrived:
            self._waiting = Future()
            await self._waiting
        news = self._arrived.popleft()
        if isinstance(news, WatchClosed):
            raise news
        return news

    def stop(self) -> None:
        """The client hung up, or its connection broke: what was on its way is lost. Stopping twice does nothing."""
        self.open = False
        self._unhook()

    def _unhook(self) -> None:
        if self._served:
            self._served = False
            self._stopped(self)


class WatchCache:
    """All open watches, by kind; those for one node's Pods by node, so that a change reaches only whom it concerns.

    `cuts` are the faults that keep clients from their watches; they outlive the clients.
    """

    def __init__(self, loop: Loop, store: Store) -> None:
        self.loop, self._store = loop, store
        self.cuts: list[Cut] = []
        self._streams: dict[tuple[str, str | None], list[Stream]] = {}
        store.on_change.append(self._fan_out)

    def watch(self, kind: str, namespace: str, since: int, labels: str, fields: str, client: str) -> Stream:
        """A stream of the changes after revision `since`. Raises StatusError 410 if they are compacted."""
        matches = selects(kind, labels, fields)

        def wanted(obj: Obj) -> bool:
            return (not namespace or obj["metadata"].get("namespace") == namespace) and matches(obj)

        place = (kind, node_asked_for(fields))
        stream = Stream(self, wanted, self.loop.rng(f"watch/{client}/{kind}"), lambda gone: self._streams[place].remove(gone))
        try:
            missed = self._store.since(since)
        except Compacted as error:
            raise status.expired(error.asked, self._store.revision) from error
        self._streams.setdefault(place, []).append(stream)
        for change in missed:
            if change.key[0] == kind:
                stream.offer(change)
        return stream

    def cut_off(self, process: str, kind: str) -> bool:
        """Whether the watch of `kind` by `process` does not come through now."""
        return any(cut.process == process and kind in cut.kinds and not cut.over for cut in self.cuts)

    def _fan_out(self, change: Change) -> None:
        kind = change.key[0]
        for stream in tuple(self._streams.get((kind, None), ())):
            stream.offer(change)
        if kind == "Pod":
            nodes = [dig(obj, "spec.nodeName") for obj in (change.before, change.after) if obj]
            for node in dict.fromkeys(node for node in nodes if node):
                for stream in tuple(self._streams.get((kind, node), ())):
                    stream.offer(change)
