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


def dangling(obj: Obj, living: set[str]) -> bool:
    """Whether an object names owners, and none of them is among the living (uids)."""
    owners = meta.owner_references(obj)
    return bool(owners) and not any(owner["uid"] in living for owner in owners)


def without_owner(obj: Obj, uid: str) -> list[Obj]:
    """The owner references, less that to `uid`."""
    return [one for one in meta.owner_references(obj) if one["uid"] != uid]


class GarbageCollector(Controller):
    """Keys are (kind, namespace, name) of objects that may have to go, or whose dependents must be dealt with first."""

    kind = ""
    workers = 20  # upstream: concurrent-gc-syncs

    def register(self) -> None:
        """Watch all kinds that own or are owned."""
        self._dependents: dict[str, dict[Key, None]] = {}
        for kind in COLLECTED:
            self.watch(kind, self._concerned)

    async def reconcile(self, key: Key) -> After | None:
        """One look at an object: is one of its owners still there? Is it waiting for its dependents?"""
        obj = self.informers.of(key[0]).get(key[1], key[2])
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
        living = await self._living_owners(obj)
        if not dangling(obj, living):
            return
        self.decided(meta.ref(obj), by=dangling, owners=[owner["name"] for owner in meta.owner_references(obj)])
        await self._delete(obj, "Background")

    async def _living_owners(self, obj: Obj) -> set[str]:
        """Ask the server, not the cache: nothing may be deleted by mistake."""
        living: set[str] = set()
        for owner in meta.owner_references(obj):
            try:
                found = await self.api.get(owner["kind"], meta.namespace(obj), owner["name"])
            except StatusError as error:
                if error.code != 404:
                    raise
            else:
                living.add(meta.uid(found))
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

    def _dependents_of(self, obj: Obj) -> list[Obj]:
        found = [
            self.informers.of(kind).get(namespace, name) for kind, namespace, name in self._dependents.get(meta.uid(obj), ())
        ]
        return [one for one in found if one is not None]

    def _concerned(self, notice: Notice) -> Iterable[Key]:
        """Who must be looked at: the dependents of what is gone, what is being deleted, its owners when a dependent goes."""
        obj = notice.after or notice.before or {}
        key = (obj["kind"], meta.namespace(obj), meta.name(obj))
        for owner in meta.owner_references(notice.before or {}):
            self._dependents.get(owner["uid"], {}).pop(key, None)
        for owner in meta.owner_references(notice.after or {}):
            self._dependents.setdefault(owner["uid"], {})[key] = None
        if notice.after is None:
            owners = [(one["kind"], key[1], one["name"]) for one in meta.owner_references(obj)]
            return [*self._dependents.get(meta.uid(obj), ()), *(one for one in owners if self._waits(one))]
        finalizers = obj["metadata"].get("finalizers") or []
        held = meta.deleting(obj) and (ORPHAN in finalizers or FOREGROUND in finalizers)
        newborn = notice.before is None and not self._owners_known(obj)
        return [key] if held or newborn else []

    def _waits(self, key: Key) -> bool:
        owner = self.informers.of(key[0]).get(key[1], key[2]) if key[0] in COLLECTED else None
        return owner is not None and meta.deleting(owner)

    def _owners_known(self, obj: Obj) -> bool:
        """Whether the cache knows all owners: only for an owner never heard of must the server be asked."""
        for owner in meta.owner_references(obj):
            informer = self.informers.of(owner["kind"]) if owner["kind"] in COLLECTED else None
            known = informer.get(meta.namespace(obj), owner["name"]) if informer else None
            if known is None or meta.uid(known) != owner["uid"]:
                return False
        return True
