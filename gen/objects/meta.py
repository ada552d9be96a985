"""Reading an object's metadata.

Without the usual `from __future__ import annotations`: it would stand in the way of the reader of that name.
"""

from typing import Any

from gen.trace.record import Ref

Obj = dict[str, Any]


def name(obj: Obj) -> str:
    """`metadata.name`; "" while the server has not given one."""
    return str(obj["metadata"].get("name") or "")


def namespace(obj: Obj) -> str:
    """`metadata.namespace`; "" for what belongs to the cluster."""
    return str((obj.get("metadata") or {}).get("namespace") or "")


def uid(obj: Obj) -> str:
    """`metadata.uid`."""
    return str(obj["metadata"].get("uid") or "")


def labels(obj: Obj) -> dict[str, str]:
    """`metadata.labels`, empty where there are none."""
    return (obj.get("metadata") or {}).get("labels") or {}


def annotations(obj: Obj) -> dict[str, str]:
    """`metadata.annotations`, empty where there are none."""
    return (obj.get("metadata") or {}).get("annotations") or {}


def ref(obj: Obj) -> Ref:
    """The object's kind, namespace and name."""
    return Ref(obj["kind"], namespace(obj), name(obj))


def owner_references(obj: Obj) -> list[Obj]:
    """`metadata.ownerReferences`, empty where there are none."""
    return (obj.get("metadata") or {}).get("ownerReferences") or []


def controller_of(obj: Obj) -> Obj | None:
    """The one owner that is the object's controller."""
    for owner in owner_references(obj):
        if owner.get("controller"):
            return owner
    return None


def deleting(obj: Obj) -> bool:
    """Whether somebody has asked for the object's deletion."""
    return bool(obj["metadata"].get("deletionTimestamp"))


def generation(obj: Obj) -> int:
    """`metadata.generation`: how often the spec was changed; 0 for kinds that do not count."""
    return int(obj["metadata"].get("generation") or 0)


def resource_version(obj: Obj) -> int:
    """`metadata.resourceVersion` as etcd's revision; 0 where there is none."""
    return int((obj.get("metadata") or {}).get("resourceVersion") or 0)
