"""Which fields an object has, and what two objects differ in: sets of paths, as field management counts them.

A path is a tuple of elements: `f:NAME` a field, `k:{"name":"web"}` an item of a list by its keys, `v:"x"` an item by itself.
What the API's types call atomic is one field, whatever is in it. Upstream: sigs.k8s.io/structured-merge-diff (typed, fieldpath).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gen.cluster.apiserver.schema_types import Field, Type, struct_named

Path = tuple[str, ...]
Paths = dict[Path, None]  # a set in order
ABSENT = object()
ATOMIC = frozenset({  # upstream: +structType=atomic at the types themselves
    "meta/v1.LabelSelector", "meta/v1.OwnerReference", "core/v1.ObjectReference", "core/v1.LocalObjectReference",
    "core/v1.TypedLocalObjectReference", "core/v1.ConfigMapKeySelector", "core/v1.SecretKeySelector",
    "core/v1.ObjectFieldSelector", "core/v1.ResourceFieldSelector", "core/v1.NodeSelector", "core/v1.NodeSelectorTerm",
    "core/v1.ScopeSelector", "core/v1.ScopedResourceSelectorRequirement", "core/v1.SecretReference", "core/v1.EndpointPort",
    "core/v1.EndpointAddress", "core/v1.FileKeySelector", "autoscaling/v2.CrossVersionObjectReference", "rbac/v1.RoleRef",
    "rbac/v1.Subject", "networking/v1.ServiceBackendPort", "discovery/v1.EndpointPort",
})  # fmt: skip


class Node(NamedTuple):
    """A value in an object with what the API's types know of it; `type` is None where they know nothing."""

    value: Any
    type: Type | None
    field: Field | None = None


@dataclass(slots=True)
class Difference:
    """What is in the second object alone, in both with other values, and in the first alone."""

    added: Paths = field(default_factory=dict)
    modified: Paths = field(default_factory=dict)
    removed: Paths = field(default_factory=dict)

    @property
    def changed(self) -> Paths:
        """What was added or modified."""
        return {**self.added, **self.modified}


def bare(of: Type | None) -> Type | None:
    """The type behind pointers."""
    while of is not None and of.shape == "pointer":
        of = of.inner
    return of


def shape(node: Node) -> str:
    """How the node is counted: `struct`, `map`, `items` (a list by keys), `set` (a list of values), or `leaf`."""
    kind = bare(node.type)
    if kind is None:
        return "map" if isinstance(node.value, dict) else "leaf"
    if kind.shape == "struct":
        granular = node.field is not None and node.field.struct_type == "granular"
        return "struct" if granular or kind.name not in ATOMIC else "leaf"
    if kind.shape == "map":
        return "leaf" if node.field is not None and node.field.map_type == "atomic" else "map"
    listed = node.field.list_type if kind.shape == "slice" and node.field is not None else ""
    return {"map": "items", "set": "set"}.get(listed, "leaf")


def children(node: Node) -> Iterator[tuple[str, Node]]:
    """What is inside, each with its element of a path; nothing inside a leaf."""
    kind, how = bare(node.type), shape(node)
    if node.value is ABSENT or node.value is None or how == "leaf":
        return
    if how in ("struct", "map") and isinstance(node.value, dict):
        for name, value in node.value.items():
            known = struct_named(kind.name).by_json.get(name) if kind is not None and how == "struct" else None
            inner = known.type if known else kind.inner if kind is not None and how == "map" else None
            yield f"f:{name}", Node(value, inner, known)
    elif how == "items" and isinstance(node.value, list) and kind is not None and node.field is not None:
        for item in node.value:
            yield item_element(item, kind.inner, node.field.list_keys), Node(item, kind.inner)
    elif how == "set" and isinstance(node.value, list) and kind is not None:
        for item in node.value:
            yield "v:" + compact(item), Node(item, kind.inner)


def item_element(item: Any, of: Type, keys: tuple[str, ...]) -> str:
    """`k:{"containerPort":80,"protocol":"TCP"}`: an item by its keys, those left out by their defaults."""
    found: dict[str, Any] = {}
    for key in sorted(keys):
        known = struct_named(of.name).by_json.get(key) if of.shape == "struct" else None
        default = known.default if known else ""
        value = item.get(key, default or None) if isinstance(item, dict) else None
        if value is not None:
            found[key] = value
    return "k:" + compact(found)


def compact(value: Any) -> str:
    """JSON without blanks."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def fields_of(node: Node, path: Path = ()) -> Paths:
    """The fields of what somebody applies: values, empty lists and mappings, and the items of lists."""
    inside = list(children(node))
    found: Paths = {path: None} if path and (not inside or path[-1].startswith(("k:", "v:"))) else {}
    for element, child in inside:
        found.update(fields_of(child, (*path, element)))
    return found


def compared(old: Node, new: Node, path: Path = (), found: Difference | None = None) -> Difference:
    """What changed between two objects. A list or a mapping that is new counts itself, beside all that is in it."""
    found = Difference() if found is None else found
    if old.value is new.value or old.value == new.value:
        return found
    before, after = dict(children(old)), dict(children(new))
    if path and old.value is ABSENT:
        found.added[path] = None
    elif path and new.value is ABSENT:
        found.removed[path] = None
    elif path and not before and not after:
        found.modified[path] = None
    for element in {**before, **after}:
        one, other = before.get(element), after.get(element)
        kind = other or one
        assert kind is not None
        absent = Node(ABSENT, kind.type, kind.field)
        compared(one or absent, other or absent, (*path, element), found)
    return found


def blank(of: Type | None) -> Any:
    """A new object as Go writes it: its structs are there, and what is not left out when empty is null.

    This is what a created object is compared with, and why `f:spec` alone is nobody's field and `f:annotations` is somebody's.
    """
    if of is None or of.shape != "struct":
        return None
    fields = struct_named(of.name).by_json
    return {
        name: blank(one.type)
        for name, one in fields.items()
        if one.type.shape == "struct" or (not one.omit_empty and one.type.shape in ("slice", "map", "pointer"))
    }


def fields_v1(paths: Paths) -> dict[str, Any]:
    """The paths as `managedFields` shows them: a tree, with `.` where a branch itself is in the set too."""
    tree: dict[str, Any] = {}
    for path in sorted(paths):
        branch = tree
        for element in path:
            branch = branch.setdefault(element, {})
        branch["."] = {}
    return {element: _without_lone_dots(inside) for element, inside in tree.items()}


def _without_lone_dots(branch: dict[str, Any]) -> dict[str, Any]:
    if list(branch) == ["."]:
        return {}
    return {element: _without_lone_dots(inside) if element != "." else {} for element, inside in branch.items()}


def paths_of(tree: dict[str, Any], path: Path = ()) -> Paths:
    """The paths that `managedFields` shows."""
    found: Paths = {path: None} if path and (not tree or "." in tree) else {}
    for element, inside in tree.items():
        if element != ".":
            found.update(paths_of(inside, (*path, element)))
    return found


def shown(path: Path) -> str:
    """A path as messages write it: `.spec.containers[name="web"].image`."""
    text = ""
    for element in path:
        kind, _, rest = element.partition(":")
        if kind == "f":
            text += f".{rest}"
        elif kind == "k":
            keys = json.loads(rest)
            text += "[" + ",".join(f"{key}={compact(value)}" for key, value in keys.items()) + "]"
        else:
            text += f"[={rest}]"
    return text
