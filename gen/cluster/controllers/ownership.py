"""Who owns what: a controller adopts the orphans that its selector matches, and lets go of what it matches no longer.

Upstream: pkg/controller/controller_ref_manager.go.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.client.component import Component
from gen.objects import meta, selectors

Obj = dict[str, Any]


def owner_reference(owner: Obj) -> Obj:
    """The reference that makes `owner` the controller of an object."""
    return {
        "apiVersion": owner["apiVersion"], "kind": owner["kind"], "name": meta.name(owner), "uid": meta.uid(owner),
        "controller": True, "blockOwnerDeletion": True,
    }  # fmt: skip


def claims(owner: Obj, obj: Obj) -> str:
    """What `owner` has to do about `obj`: "keep", "adopt", "release", or "" where it is none of its business."""
    controller = meta.controller_of(obj)
    matches = selectors.matches(owner["spec"]["selector"], meta.labels(obj))
    if controller is not None:
        if controller["uid"] != meta.uid(owner):
            return ""
        return "keep" if matches else "release"
    return "adopt" if matches and not meta.deleting(obj) and not meta.deleting(owner) else ""


async def claim(component: Component, owner: Obj, candidates: list[Obj]) -> list[Obj]:
    """The objects among `candidates` that are the owner's, after adopting and releasing. Raises StatusError."""
    mine: list[Obj] = []
    for obj in candidates:
        verdict = claims(owner, obj)
        if verdict == "keep":
            mine.append(obj)
        elif verdict == "adopt":
            component.obey(claims)
            mine.append(await _adopt(component.api, owner, obj))
        elif verdict == "release":
            component.obey(claims)
            await _release(component.api, owner, obj)
    return mine


async def _adopt(api: Api, owner: Obj, obj: Obj) -> Obj:
    references = [*meta.owner_references(obj), owner_reference(owner)]
    patch = {"metadata": {"ownerReferences": references, "uid": meta.uid(obj)}}
    return await api.patch(obj["kind"], meta.namespace(obj), meta.name(obj), patch, how="merge")


async def _release(api: Api, owner: Obj, obj: Obj) -> None:
    references = [one for one in meta.owner_references(obj) if one["uid"] != meta.uid(owner)]
    patch = {"metadata": {"ownerReferences": references or None, "uid": meta.uid(obj)}}
    try:
        await api.patch(obj["kind"], meta.namespace(obj), meta.name(obj), patch, how="merge")
    except StatusError as error:
        if error.code != 404:
            raise
