"""A local copy of the API's objects, kept fresh by a watch: what a controller reads instead of asking the server.

An informer lists once and then follows the changes. Where the server ends the watch it watches again from the revision
that it saw last, and the server tells what came since; where the server has compacted that, or the connection broke, it
lists again. Its cache is always a little behind, and everything built on it must bear that.

Upstream: client-go/tools/cache (reflector.go: ListAndWatch, watch, handleAnyWatch).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, NamedTuple

from gen.cluster.apiserver.status import StatusError
from gen.cluster.apiserver.watchcache import Stream, WatchClosed
from gen.cluster.client.api import Api
from gen.kit.loop import Context, Future, Task
from gen.objects import meta

Obj = dict[str, Any]
Name = tuple[str, str]  # (namespace, name)


class Notice(NamedTuple):
    """What a handler is told: the object before and after (None where it was not there, or is gone) and the record behind it."""

    before: Obj | None
    after: Obj | None
    revision: int
    record: int | None


Handler = Callable[[Notice], None]


class Cache:
    """Objects of one kind by name, and by their controller."""

    def __init__(self) -> None:
        self._objects: dict[Name, Obj] = {}
        self._owned: dict[str, dict[Name, Obj]] = {}
        self._namespaces: dict[str, dict[Name, Obj]] = {}

    def get(self, namespace: str, name: str) -> Obj | None:
        """The object as last heard of, or None."""
        return self._objects.get((namespace, name))

    def all(self, namespace: str | None = None) -> list[Obj]:
        """The objects as last heard of, of one namespace or of all."""
        return list((self._objects if namespace is None else self._namespaces.get(namespace, {})).values())

    def by_owner(self, uid: str) -> list[Obj]:
        """The objects whose controller has this uid; "" finds those without one."""
        return list(self._owned.get(uid, {}).values())

    def _put(self, name: Name, after: Obj | None) -> None:
        before = self._objects.get(name)
        was, now = None if before is None else _owner_uid(before), None if after is None else _owner_uid(after)
        if was is not None and was != now:
            self._unindex(name, was)
        if after is None:
            self._objects.pop(name, None)
            return
        self._objects[name] = after
        self._namespaces.setdefault(name[0], {})[name] = after
        self._owned.setdefault(now or "", {})[name] = after

    def _unindex(self, name: Name, owner_uid: str) -> None:
        self._namespaces[name[0]].pop(name, None)
        owned = self._owned[owner_uid]
        owned.pop(name, None)
        if not owned:
            del self._owned[owner_uid]


class Informer(Cache):
    """The cache of one kind in one process, shared by all who work there. `revision` is how far it has come."""

    def __init__(self, api: Api, kind: str, fields: str = "") -> None:
        super().__init__()
        self.api, self.kind, self.fields = api, kind, fields
        self.revision, self.listed = 0, Future()
        self._handlers: list[Handler] = []
        self._stream: Stream | None = None
        self._task: Task | None = None

    @property
    def synced(self) -> bool:
        """Whether the first list has come."""
        return self.listed.done

    def on_change(self, handler: Handler) -> None:
        """Tell `handler` of every change, and of every object that is there already."""
        self._handlers.append(handler)
        for obj in list(self._objects.values()):
            handler(Notice(None, obj, meta.resource_version(obj), None))

    def start(self, context: Context | None = None) -> None:
        """List and follow from now on; `context` is why."""
        self._task = self.api.process.spawn(self.run(), context=context)

    def close(self, cause: int) -> None:
        """The server ends the watch, if there is one: it will be watched again at once, and nothing is missed.

        Left out: upstream lists again after a watch that lasted less than a second and brought nothing.
        """
        if self._stream is not None:
            self._stream.close(cause)

    def cut(self) -> None:
        """The connection breaks: what is on its way is lost, a list that was asked for too. `start` begins anew."""
        if self._task is not None:
            self.api.process.end(self._task)
        if self._stream is not None:
            self._stream.stop()
        self._task = self._stream = None

    async def run(self) -> None:
        """List, then follow the changes for ever; list again when the server no longer knows what was missed."""
        while True:
            items, revision = await self.api.list(self.kind, fields=self.fields, leading=True)
            self._replace(items, revision)
            with contextlib.suppress(StatusError):
                await self._watch()

    async def _watch(self) -> None:
        """Follow the changes since the last revision seen, in as many watches as it takes. Raises StatusError 410."""
        while True:
            self._stream = self.api.watch(self.kind, since=self.revision, fields=self.fields)
            try:
                await self._follow(self._stream)
            except WatchClosed as closed:
                self.api.loop.context = Context(closed.cause)

    async def _follow(self, stream: Stream) -> None:
        while True:
            delivery = await stream.next()
            self.revision = delivery.revision
            self._take(delivery.obj if delivery.type != "DELETED" else None, delivery.obj, delivery.revision, delivery.record)

    def _replace(self, items: list[Obj], revision: int) -> None:
        """A new list: what changed since the last one is told, what is gone too.

        Another object of the same name is told as one gone and one new. (Upstream's informers tell it as an update, which
        the handlers take apart by the uid: replica_set.go updateRS, the scheduler's eventhandlers.go.)
        """
        self.revision = revision
        uids = {_name(obj): meta.uid(obj) for obj in items}
        for name, gone in list(self._objects.items()):
            if uids.get(name) != meta.uid(gone):
                self._take(None, gone, revision, None)
        for obj in items:
            self._take(obj, obj, meta.resource_version(obj), None)
        self.listed.settle()

    def _take(self, after: Obj | None, seen: Obj, revision: int, record: int | None) -> None:
        name = _name(seen)
        before = self._objects.get(name)
        self._put(name, after)
        if before is after:
            return
        notice = Notice(before if after is not None else seen, after, revision, record)
        if record is not None:
            self.api.loop.context = Context(record)
        for handler in self._handlers:
            handler(notice)


def _owner_uid(obj: Obj) -> str:
    owner = meta.controller_of(obj)
    return owner["uid"] if owner else ""


def _name(obj: Obj) -> Name:
    return meta.namespace(obj), meta.name(obj)


class Informers:
    """The informers of one process: one a kind, shared (upstream: SharedInformerFactory).

    Each who lives in the process has a share of its own, which knows what it has `used`; the informers are the same for
    all. So who is cut off from a watch takes along all others that use the same kind.
    """

    def __init__(self, api: Api, by_kind: dict[str, Informer] | None = None) -> None:
        self.api = api
        self._by_kind: dict[str, Informer] = {} if by_kind is None else by_kind
        self._used: dict[str, None] = {}

    def share(self) -> Informers:
        """The same informers, in the hand of one more who uses them."""
        return Informers(self.api, self._by_kind)

    @property
    def used(self) -> tuple[str, ...]:
        """The kinds that were asked for by this hand."""
        return tuple(self._used)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that anybody in the process has asked for."""
        return tuple(self._by_kind)

    def of(self, kind: str, fields: str = "", context: Context | None = None) -> Informer:
        """The process's informer of `kind`, started at its first use unless a fault keeps it from its watch; `context` is why."""
        self._used[kind] = None
        if kind not in self._by_kind:
            informer = self._by_kind[kind] = Informer(self.api, kind, fields)
            if not self.api.server.cache.cut_off(self.api.process.name, kind):
                informer.start(context)
        return self._by_kind[kind]

    def known(self, kind: str) -> Informer:
        """The informer of a kind that somebody in the process has asked for."""
        return self._by_kind[kind]

    async def synced(self) -> None:
        """Wait for all first lists: who acts before takes what is not listed yet for missing (upstream: WaitForCacheSync)."""
        for informer in list(self._by_kind.values()):
            if not informer.synced:
                await informer.listed
