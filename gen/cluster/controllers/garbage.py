"""The garbage collector: what loses its last owner goes too.

Deleting a Deployment removes one object. The collector finds that its ReplicaSet has no owner left and deletes it; then
the same with the Pods. So a cascade runs down level by level, in the background. With `foreground` the dependents go first
and a finalizer holds the owner; with `orphan` they are let go. Upstream: pkg/controller/garbagecollector (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers.dependents import (
    FOREGROUND,
    ORPHAN,
    GraphBuilder,
    blocks,
    finalizers,
    key_of,
    lets_go_of_dependents,
    waits_for_dependents,
)
from gen.kit.evolve import evolve
from gen.objects import meta
from gen.objects.kinds import kind_of

Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Owners:
    """The owner references of an object by the state of the owners: there, gone, or waiting for their dependents to go."""

    solid: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def dangling(obj: Obj, owners: Owners) -> bool:
    """Whether an object names owners, and none of them holds it any more."""
    return bool(meta.owner_references(obj)) and not owners.solid


def propagation_of(obj: Obj, owners: Owners, has_dependents: bool) -> str:
    """How a collected object is deleted: as its own finalizers want, and in the foreground if its owner goes so.

    Upstream: garbagecollector.go, attemptToDeleteItem.
    """
    if owners.waiting and has_dependents:
        return "Foreground"
    if ORPHAN in finalizers(obj):
        return "Orphan"
    return "Foreground" if FOREGROUND in finalizers(obj) else "Background"


def without_owners(obj: Obj, uids: Iterable[str]) -> list[Obj]:
    """The owner references, less those to `uids`."""
    gone = tuple(uids)
    return [one for one in meta.owner_references(obj) if one["uid"] not in gone]


class GarbageCollector(Controller):
    """Keys are (kind, namespace, name) of objects that may have to go, or whose dependents must be dealt with first."""

    workers = 20  # upstream: concurrent-gc-syncs

    def register(self) -> None:
        """Build the graph of who depends on whom."""
        self.graph = GraphBuilder(self, self.watch)
        self.graph.start()

    async def reconcile(self, key: Key) -> After | None:
        """One look at an object: is one of its owners still there? Is it waiting for its dependents?"""
        obj = self.graph.known(key)
        if obj is None:
            return None
        if lets_go_of_dependents(obj):
            await self._let_go(obj)
        elif waits_for_dependents(obj):
            await self._dependents_first(obj)
        elif not meta.deleting(obj) and meta.owner_references(obj):
            await self._collect(obj)
        return None

    async def _collect(self, obj: Obj) -> None:
        owners = await self._owners(obj)
        gone = (*owners.dangling, *owners.waiting)
        if dangling(obj, owners):
            self.decided(meta.ref(obj), by=dangling, owners=[owner["name"] for owner in meta.owner_references(obj)])
            await self._delete(obj, propagation_of(obj, owners, bool(self.graph.dependents_of(obj))))
        elif gone:
            self.obey(without_owners)
            await self._patch(obj, {"ownerReferences": without_owners(obj, gone)})

    async def _owners(self, obj: Obj) -> Owners:
        """Ask the server, not the cache: nothing may be deleted by mistake. Of an unknown kind nobody can say that it is gone."""
        found: dict[str, list[str]] = {"solid": [], "dangling": [], "waiting": []}
        for owner in meta.owner_references(obj):
            found[await self._state_of(owner, meta.namespace(obj))].append(owner["uid"])
        return Owners(**{state: tuple(uids) for state, uids in found.items()})

    async def _state_of(self, owner: Obj, namespace: str) -> str:
        kind = kind_of(str(owner.get("apiVersion", "")), str(owner.get("kind", "")))
        if kind is None or kind.namespaced and not namespace:
            return "solid"
        try:
            there = await self.api.get(kind.name, namespace if kind.namespaced else "", owner["name"])
        except StatusError as error:
            if error.code != 404:
                raise
            return "dangling"
        if meta.uid(there) != owner["uid"]:
            return "dangling"
        return "waiting" if waits_for_dependents(there) else "solid"

    async def _dependents_first(self, obj: Obj) -> None:
        """Whatever blocks the owner is looked at in its turn; if nothing does, the owner may go."""
        dependents = self.graph.dependents_of(obj)
        if not any(blocks(one, meta.uid(obj)) for one in dependents):
            await self._finish(obj, FOREGROUND)
            return
        for one in dependents:
            if not meta.deleting(one):
                self.queue.add(key_of(one), self.context().cause)

    async def _let_go(self, obj: Obj) -> None:
        for one in self.graph.dependents_of(obj):
            await self._patch(one, {"ownerReferences": without_owners(one, (meta.uid(obj),)) or None})
        await self._finish(obj, ORPHAN)

    async def _patch(self, obj: Obj, metadata: Obj) -> None:
        patch = {"metadata": {**metadata, "uid": meta.uid(obj)}}
        await self.api.patch(obj["kind"], meta.namespace(obj), meta.name(obj), patch, how="merge")

    async def _finish(self, obj: Obj, finalizer: str) -> None:
        left = [one for one in finalizers(obj) if one != finalizer]
        await self.api.update(evolve(obj, "metadata.finalizers", left))

    async def _delete(self, obj: Obj, propagation: str) -> None:
        try:
            await self.api.delete(obj["kind"], meta.namespace(obj), meta.name(obj), propagation=propagation, uid=meta.uid(obj))
        except StatusError as error:
            if error.code not in (404, 409):
                raise
