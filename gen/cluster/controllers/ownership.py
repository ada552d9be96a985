"""Who owns what: a controller adopts the orphans that its selector matches, and lets go of what it matches no longer.

Labels say what an owner may have, `metadata.ownerReferences` says what it has. Neither the one nor the other is told in an
Event: an object changes hands by a patch. Upstream: pkg/controller/controller_ref_manager.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.client.component import Component
from gen.cluster.client.controller import Retry, owner_of_kind
from gen.cluster.client.informer import Informer, Notice
from gen.cluster.client.workqueue import Key
from gen.objects import meta, selectors

Obj = dict[str, Any]
GONE, INVALID = 404, 422


def owner_reference(owner: Obj) -> Obj:
    """The reference that makes `owner` the controller of an object."""
    return {
        "apiVersion": owner["apiVersion"], "kind": owner["kind"], "name": meta.name(owner), "uid": meta.uid(owner),
        "controller": True, "blockOwnerDeletion": True,
    }  # fmt: skip


def claims(owner: Obj, obj: Obj) -> str:
    """What `owner` has to do about `obj`: "keep", "adopt", "release", or "" where it is none of its business."""
    controller = meta.controller_of(obj)
    if controller is not None and controller["uid"] != meta.uid(owner):
        return ""
    matches = selectors.matches(owner["spec"]["selector"], meta.labels(obj))
    if controller is not None and matches:
        return "keep"
    if meta.deleting(owner):  # who is going takes nothing any more, and lets nothing go
        return ""
    if controller is not None:
        return "release"
    return "adopt" if matches and not meta.deleting(obj) else ""


async def claim(component: Component, owner: Obj, candidates: list[Obj]) -> list[Obj]:
    """The objects among `candidates` that are the owner's, after adopting and releasing.

    One that fails does not keep the others from being tried; then the first failure is raised (StatusError, Retry).
    """
    mine: list[Obj] = []
    failures: list[Exception] = []
    adoption = _Adoption(component.api, owner)
    for obj in candidates:
        verdict = claims(owner, obj)
        if verdict == "keep":
            mine.append(obj)
            continue
        component.obey(claims)
        try:
            if verdict == "adopt":
                mine.extend(await adoption.of(obj))
            elif verdict == "release":
                await _release(component.api, owner, obj)
        except (StatusError, Retry) as failure:
            failures.append(failure)
    if failures:
        raise failures[0]
    return mine


class _Adoption:
    """The adoptions of one sync. Before the first one the server is asked: the cache may not know yet that the owner is gone."""

    def __init__(self, api: Api, owner: Obj) -> None:
        self._api, self._owner, self._asked, self._why_not = api, owner, False, ""

    async def of(self, obj: Obj) -> list[Obj]:
        """The adopted object; nothing if it is gone. Raises StatusError where somebody was faster, Retry without an owner."""
        if not self._asked:
            self._asked, self._why_not = True, await self._refusal()
        if self._why_not:
            raise Retry(f"can't adopt {obj['kind']} {meta.namespace(obj)}/{meta.name(obj)} ({meta.uid(obj)}): {self._why_not}")
        try:
            return [await _patch_owners(self._api, obj, owner_reference(self._owner))]
        except StatusError as error:
            if error.code != GONE:
                raise
            return []

    async def _refusal(self) -> str:
        """Why the owner may adopt nothing; "" if it may."""
        kind, namespace, name = self._owner["kind"], meta.namespace(self._owner), meta.name(self._owner)
        try:
            fresh = await self._api.get(kind, namespace, name)
        except StatusError as error:
            return f"can't recheck DeletionTimestamp: {error.message}"
        if meta.uid(fresh) != meta.uid(self._owner):
            gone = f"original {kind} {namespace}/{name} is gone: got uid {meta.uid(fresh)}, wanted {meta.uid(self._owner)}"
            return f"can't recheck DeletionTimestamp: {gone}"
        return f"{namespace}/{name} has just been deleted" if meta.deleting(fresh) else ""


async def _release(api: Api, owner: Obj, obj: Obj) -> None:
    """Take the owner's reference away; one that is gone, or is another one by now, needs no release."""
    try:
        await _patch_owners(api, obj, {"$patch": "delete", "uid": meta.uid(owner)})
    except StatusError as error:
        if error.code not in (GONE, INVALID):
            raise


async def _patch_owners(api: Api, obj: Obj, reference: Obj) -> Obj:
    """Change one reference of that very object: its uid in the patch makes the server refuse another of the same name."""
    patch = {"metadata": {"ownerReferences": [reference], "uid": meta.uid(obj)}}
    return await api.patch(obj["kind"], meta.namespace(obj), meta.name(obj), patch)


def owner_or_takers(kind: str, owners: Informer) -> Callable[[Notice], Iterable[Key]]:
    """Whom a change concerns: the object's controller (of `kind`), the one before and the one now, and those of `kind` that
    would adopt it, if it has become an orphan or is one with other labels than before."""
    controllers = owner_of_kind(kind)

    def keys(notice: Notice) -> Iterable[Key]:
        found = dict.fromkeys(controllers(notice))
        obj = notice.after
        if obj is not None and up_for_adoption(notice.before, obj):
            takers = [one for one in owners.all(meta.namespace(obj)) if claims(one, obj) == "adopt"]
            found |= dict.fromkeys((meta.namespace(one), meta.name(one)) for one in takers)
        return found

    return keys


def up_for_adoption(before: Obj | None, obj: Obj) -> bool:
    """Whether `obj` has no controller, and that or its labels are news."""
    if meta.controller_of(obj) is not None:
        return False
    return before is None or meta.controller_of(before) is not None or meta.labels(before) != meta.labels(obj)
