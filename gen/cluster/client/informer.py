"""A local copy of the API's objects, kept fresh by a watch: what a controller reads instead of asking the server.

An informer lists once and then follows the changes; where the server has compacted what it missed, it lists again. Its
cache is always a little behind, and everything built on it must bear that. Upstream: client-go/tools/cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.apiserver.watchcache import Stream
from gen.cluster.client.api import Api
from gen.kit.loop import Context, Future
from gen.objects import meta

Obj = dict[str, Any]
Name = tuple[str, str]  # (namespace, name)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a handler is told: the object before and after (None where it was not there, or is gone) and the record behind it."""

    before: Obj | None
    after: Obj | None
    revision: int
    record: int | None


Handler = Callable[[Notice], None]


class Informer:
    """The cache of one kind in one process, shared by all who work there.

    `by_owner` finds what a controller owns, `revision` is how far the cache has come.
    """

    def __init__(self, api: Api, kind: str, fields: str = "") -> None:
        self.api, self.kind, self.fields = api, kind, fields
        self.revision, self.listed = 0, Future()
        self._objects: dict[Name, Obj] = {}
        self._owned: dict[str, dict[Name, None]] = {}
        self._namespaces: dict[str, dict[Name, None]] = {}
        self._handlers: list[Handler] = []
        self._stream: Stream | None = None

    @property
    def synced(self) -> bool:
        """Whether the first list has come."""
        return self.listed.done

    def get(self, namespace: str, name: str) -> Obj | None:
        """The object as last heard of, or None."""
        return self._objects.get((namespace, name))

    def all(self, namespace: str | None = None) -> list[Obj]:
        """The objects as last heard of, of one namespace or of all."""
        names: Iterable[Name] = self._objects if namespace is None else self._namespaces.get(namespace, ())
        return [self._objects[name] for name in names]

    def by_owner(self, uid: str) -> list[Obj]:
        """The objects whose controller has this uid; "" finds those without one."""
        return [self._objects[name] for name in self._owned.get(uid, ())]

    def on_change(self, handler: Handler) -> None:
        """Tell `handler` of every change, and of every object that is there already."""
        self._handlers.append(handler)
        for obj in list(self._objects.values()):
            handler(Notice(None, obj, meta.resource_version(obj), None))

    async def run(self) -> None:
        """List, then follow the changes for ever; list again when the server no longer knows what was missed."""
        while True:
            items, revision = await self.api.list(self.kind, fields=self.fields)
            self._replace(items, revision)
            try:
                self._stream = self.api.watch(self.kind, since=revision, fields=self.fields)
            except StatusError:
                continue
            await self._follow(self._stream)

    async def _follow(self, stream: Stream) -> None:
        while True:
            delivery = await stream.next()
            self.revision = delivery.revision
            self._take(delivery.obj if delivery.type != "DELETED" else None, delivery.obj, delivery.revision, delivery.record)

    def _replace(self, items: list[Obj], revision: int) -> None:
        """A new list: what changed since the last one is told, what is gone too."""
        self.revision = revision
        listed = {_name(obj): obj for obj in items}
        for name, gone in list(self._objects.items()):
            if name not in listed:
                self._take(None, gone, revision, None)
        for obj in items:
            self._take(obj, obj, meta.resource_version(obj), None)
        self.listed.settle()

    def _take(self, after: Obj | None, seen: Obj, revision: int, record: int | None) -> None:
        name = _name(seen)
        before = self._objects.get(name)
        if before is not None and (after is None or _owner_uid(before) != _owner_uid(after)):
            self._unindex(name, before)
        if after is not None:
            self._objects[name] = after
            self._index(name, after)
        else:
            self._objects.pop(name, None)
        if before is after:
            return
        notice = Notice(before if after is not None else seen, after, revision, record)
        if record is not None:
            self.api.loop.context = Context(record)
        for handler in self._handlers:
            handler(notice)

    def _index(self, name: Name, obj: Obj) -> None:
        self._namespaces.setdefault(name[0], {})[name] = None
        self._owned.setdefault(_owner_uid(obj), {})[name] = None

    def _unindex(self, name: Name, obj: Obj) -> None:
        self._namespaces[name[0]].pop(name, None)
        owned = self._owned[_owner_uid(obj)]
        owned.pop(name, None)
        if not owned:
            del self._owned[_owner_uid(obj)]


def _owner_uid(obj: Obj) -> str:
    owner = meta.controller_of(obj)
    return owner["uid"] if owner else ""


def _name(obj: Obj) -> Name:
    return meta.namespace(obj), meta.name(obj)


class Informers:
    """The informers of one process: one a kind, shared (upstream: SharedInformerFactory)."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._by_kind: dict[str, Informer] = {}

    def of(self, kind: str, fields: str = "") -> Informer:
        """The process's informer of `kind`, started at its first use."""
        if kind not in self._by_kind:
            informer = self._by_kind[kind] = Informer(self.api, kind, fields)
            self.api.process.spawn(informer.run())
        return self._by_kind[kind]

    async def synced(self) -> None:
        """Wait for all first lists: who acts before takes what is not listed yet for missing (upstream: WaitForCacheSync)."""
        for informer in list(self._by_kind.values()):
            if not informer.synced:
                await informer.listed
