"""What the API's types say about an object: unknown fields, wrong types, its form as the server holds it, and merge keys.

The texts are those of Go's JSON decoder as the API server uses it (sigs.k8s.io/json); recordings 17, 41 and 63 hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from gen.cluster.apiserver import schema_errors
from gen.cluster.apiserver.schema_form import clean, formed
from gen.cluster.apiserver.schema_types import Struct, Type, struct_named, struct_names, type_named
from gen.kit.patch import Merge
from gen.trace.record import Obj

CORE = "core"


@cache
def struct_of(api_version: str, kind: str) -> Struct | None:
    """The struct behind a kind, or None for a kind whose types are not known here."""
    group, _, version = api_version.rpartition("/")
    name = f"{group.split('.')[0] or CORE}/{version}.{kind}"
    return struct_named(name) if name in _known() else None


@cache
def _known() -> frozenset[str]:
    return frozenset(struct_names())


def _type_of(obj: Obj) -> Type | None:
    struct = struct_of(str(obj.get("apiVersion", "")), str(obj.get("kind", "")))
    return type_named(struct.name) if struct else None


def strict_errors(obj: Obj) -> list[str]:
    """Every field that the object's kind does not have, in the order of the document.

    >>> strict_errors({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"imagee": "nginx"}]}})
    ['unknown field "spec.containers[0].imagee"']
    """
    kind = _type_of(obj)
    return [] if kind is None or clean(kind)(obj) else schema_errors.unknown_fields(obj, kind)


def type_error(obj: Obj) -> str | None:
    """The text about the first value of a wrong type, as Go's decoder words it, or None.

    >>> type_error({"apiVersion": "v1", "kind": "Pod", "spec": {"hostNetwork": "yes"}})
    'json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool'
    """
    kind = _type_of(obj)
    return None if kind is None or clean(kind)(obj) else schema_errors.decoding_error(obj, kind)


def conversion_error(obj: Obj) -> str | None:
    """The text about the first value of a wrong type after a patch, which is not decoded but converted, or None.

    >>> conversion_error({"apiVersion": "v1", "kind": "Pod", "spec": {"hostNetwork": "yes"}})
    'unrecognized type: bool'
    """
    kind = _type_of(obj)
    return None if kind is None or clean(kind)(obj) else schema_errors.conversion_error(obj, kind)


def decoded(obj: Obj) -> Obj:
    """The object as the server holds it: without unknown and empty fields, quantities in their canonical form.

    >>> decoded({"apiVersion": "v1", "kind": "Node", "spec": {"taints": [], "nope": 1}, "status": {"capacity": {"cpu": 0.5}}})
    {'apiVersion': 'v1', 'kind': 'Node', 'spec': {}, 'status': {'capacity': {'cpu': '500m'}}}
    """
    kind = _type_of(obj)
    return obj if kind is None else formed(kind)(obj)


@cache
def merge_keys(api_version: str, kind: str) -> Callable[[tuple[str, ...]], Merge]:
    """How each field of the kind is patched: a function of the path for `gen.kit.patch.strategic_merge`."""
    struct = struct_of(api_version, kind)

    @cache
    def merge_at(path: tuple[str, ...]) -> Merge:
        current: Type | None = type_named(struct.name) if struct else None
        merge = Merge()
        for name in path:
            field = field_of(current, name)
            if field is None:
                return Merge()
            current, merge = field
        return merge

    return merge_at


def field_of(of: Type | None, name: str) -> tuple[Type, Merge] | None:
    """The type of a field (of what is inside, where it is a pointer or a list), and how it is patched; None if unknown."""
    if of is None:
        return None
    of = bare(of)
    if of.shape == "map":
        return of.inner, Merge()
    if of.shape != "struct":
        return None
    field = struct_named(of.name).by_json.get(name)
    return (field.type, Merge(field.patch, field.patch_key)) if field else None


def bare(of: Type) -> Type:
    """The type inside pointers and slices."""
    while of.shape in ("pointer", "slice"):
        of = of.inner
    return of
