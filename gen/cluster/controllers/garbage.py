"""The garbage collector: what loses its last owner goes too.

Deleting a Deployment removes one object. The collector finds that its ReplicaSet has no owner left and deletes it; then
the same with the Pods. So a cascade runs down level by level, in the background. With `foreground` the dependents go first
and a finalizer holds the owner; with `orphan` they are let go. Upstream: pkg/controller/garbagecollector (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.kit.evolve import evolve
from gen.objects import meta

Obj = dict[str, Any]
COLLECTED = ("ReplicaSet", "Pod", "Deployment")  # the modelled kinds that own, or are owned
ORPHAN, FOREGROUND = "orphan", "foregroundDeletion"


def dangling(obj: Obj, living: list[str]) -> bool:
    """Whether an object names owners, and none of them is among the living (uids)."""
    owners = meta.owner_references(obj)
    return bool(owners) and not any(owner["uid"] in living for owner in owners)


def without_owner(obj: Obj, uid: str) -> list[Obj]:
    """The owner references, less that to `uid`."""
    return [one for one in meta.owner_references(obj) if one["uid"] != uid]


class Graph:
    """Who depends on whom, by the owner's uid: built from what the informers tell."""

    def __init__(self) -> None:
        self._dependents: dict[str, dict[Key, None]] = {}

    def note(self, notice: Notice, key: Key) -> None:
        """An object is new, changed or gone."""
        for owner in meta.owner_references(notice.before or {}):
            self._dependents.get(owner["uid"], {}).pop(key, None)
        for owner in meta.owner_references(notice.after or {}):
            self._dependents.setdefault(owner["uid"], {})[key] = None

    def dependents(self, uid: str) -> list[Key]:
        """The keys of what names `uid` as an owner."""
        return list(self._dependents.get(uid, ()))


class GarbageCollector(Controller):
    """Keys are (kind, namespace, name) of objects that may have to go, or whose dependents must be dealt with first."""

    workers = 20  # upstream: concurrent-gc-syncs

    def register(self) -> None:
        """Watch all kinds that own or are owned."""
        self.graph = Graph()
        for kind in COLLECTED:
            self.watch(kind, self._concerned)

    async def reconcile(self, key: Key) -> After | None:
        """One look at an object: is one of its owners still there? Is it waiting for its dependents?"""
        obj = self._known(key)
        if obj is None:
            return None
        finalizers = obj["metadata"].get("finalizers") or []
        if meta.deleting(obj) and ORPHAN in finalizers:
            await self._let_go(obj)
        elif meta.deleting(obj) and FOREGROUND in finalizers:
            await self._dependents_first(obj)
        elif not meta.deleting(obj) and meta.owner_references(obj):
            await self._collect(obj)
        return None

    async def _collect(self, obj: Obj) -> None:
        if dangling(obj, await self._living_owners(obj)):
            self.decided(meta.ref(obj), by=dangling, owners=[owner["name"] for owner in meta.owner_references(obj)])
            await self._delete(obj, "Background")

    async def _living_owners(self, obj: Obj) -> list[str]:
        """Ask the server, not the cache: nothing may be deleted by mistake."""
        living: list[str] = []
        for owner in meta.owner_references(obj):
            try:
                living.append(meta.uid(await self.api.get(owner["kind"], meta.namespace(obj), owner["name"])))
            except StatusError as error:
                if error.code != 404:
                    raise
        return living

    async def _dependents_first(self, obj: Obj) -> None:
        dependents = self._dependents_of(obj)
        for one in dependents:
            if not meta.deleting(one):
                await self._delete(one, "Foreground")
        if not dependents:
            await self._finish(obj, FOREGROUND)

    async def _let_go(self, obj: Obj) -> None:
        for one in self._dependents_of(obj):
            patch = {"metadata": {"ownerReferences": without_owner(one, meta.uid(obj)) or None, "uid": meta.uid(one)}}
            await self.api.patch(one["kind"], meta.namespace(one), meta.name(one), patch, how="merge")
        await self._finish(obj, ORPHAN)

    async def _finish(self, obj: Obj, finalizer: str) -> None:
        left = [one for one in obj["metadata"]["finalizers"] if one != finalizer]
        await self.api.update(evolve(obj, "metadata.finalizers", left))

    async def _delete(self, obj: Obj, propagation: str) -> None:
        try:
            await self.api.delete(obj["kind"], meta.namespace(obj), meta.name(obj), propagation=propagation, uid=meta.uid(obj))
        except StatusError as error:
            if error.code not in (404, 409):
                raise

    def _known(self, key: Key) -> Obj | None:
        return self.informers.of(key[0]).get(key[1], key[2]) if key[0] in COLLECTED else None

    def _dependents_of(self, obj: Obj) -> list[Obj]:
        found = map(self._known, self.graph.dependents(meta.uid(obj)))
        return [one for one in found if one is not None]

    def _concerned(self, notice: Notice) -> Iterable[Key]:
        """Who must be looked at: the dependents of what is gone, what is being deleted, its owners when a dependent goes."""
        obj = notice.after or notice.before or {}
        key = (obj["kind"], meta.namespace(obj), meta.name(obj))
        self.graph.note(notice, key)
        owners = [((one["kind"], key[1], one["name"]), one["uid"]) for one in meta.owner_references(obj)]
        known = [(owner, self._known(owner), uid) for owner, uid in owners]
        if notice.after is None:
            waiting = [owner for owner, found, _ in known if found is not None and meta.deleting(found)]
            return [*self.graph.dependents(meta.uid(obj)), *waiting]
        finalizers = obj["metadata"].get("finalizers") or []
        held = meta.deleting(obj) and (ORPHAN in finalizers or FOREGROUND in finalizers)
        owner_unheard_of = any(found is None or meta.uid(found) != uid for _, found, uid in known)
        return [key] if held or (notice.before is None and owner_unheard_of) else []
