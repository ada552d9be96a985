"""Who manages which field of an object: what `metadata.managedFields` tells, and what server-side apply decides by.

Whoever creates or updates an object manages what they changed; whoever applies manages all that they applied, until they
no longer apply it. Two that apply one field with different values are in conflict.
Upstream: sigs.k8s.io/structured-merge-diff (merge/update.go), apimachinery/pkg/util/managedfields (v1.36.2).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.field_sets import Difference, Node, Path, Paths, blank, compared, fields_v1, paths_of, shown
from gen.cluster.apiserver.request import Call, Obj
from gen.cluster.apiserver.schema_types import type_named
from gen.cluster.etcd.mvcc import Key
from gen.kit.duration import parse_timestamp, timestamp
from gen.kit.loop import Micros

APPLY, UPDATE = "Apply", "Update"
NOBODYS = (  # upstream: managedfields/internal/stripmeta.go
    "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion",
    "deletionTimestamp", "deletionGracePeriodSeconds",
)  # fmt: skip


class Manager(NamedTuple):
    """One who manages fields: by what name, by applying or by updating, and through which subresource."""

    operation: str
    name: str
    api_version: str
    subresource: str = ""

    def called(self) -> str:
        """How a conflict names the manager."""
        name = json.dumps(self.name) + (f' with subresource "{self.subresource}"' if self.subresource else "")
        return f"{name} using {self.api_version}" if self.operation == UPDATE else name


class Managed(NamedTuple):
    """The fields of one manager, and when they last changed by its doing (None where nobody wrote that down)."""

    paths: Paths
    at_us: Micros | None


State = dict[Manager, Managed]


class Conflict(NamedTuple):
    """A field that another one manages, and wants to be different."""

    manager: Manager
    path: Path


def managed(paths: Paths) -> Paths:
    """The paths that can be managed at all: identity and bookkeeping are nobody's."""
    return {path: None for path in paths if not _nobodys(path)}


def _nobodys(path: Path) -> bool:
    if path[0] in ("f:apiVersion", "f:kind"):
        return True
    return path[0] == "f:metadata" and (len(path) == 1 or path[1].removeprefix("f:") in NOBODYS)


def node(obj: Obj | None, api_version: str, kind: str) -> Node:
    """The object with its kind's types; for None what Go takes for a new one."""
    struct = schema.struct_of(api_version, kind)
    of = type_named(struct.name) if struct else None
    return Node((blank(of) or {}) if obj is None else obj, of)


def difference(before: Obj | None, after: Obj) -> Difference:
    """What a write changed, as far as anybody manages it."""
    kind = after["apiVersion"], after["kind"]
    found = compared(node(before, *kind), node(after, *kind))
    return Difference(managed(found.added), managed(found.modified), managed(found.removed))


def conflicts(state: State, manager: Manager, changed: Paths) -> list[Conflict]:
    """The changed fields that others manage."""
    return [
        Conflict(other, path)
        for other, theirs in sorted(state.items(), key=lambda pair: pair[0])
        if other != manager
        for path in sorted(changed)
        if path in theirs.paths
    ]


def after_write(state: State, manager: Manager, found: Difference, now_us: Micros | None, own: Paths | None = None) -> State:
    """Who manages what when `manager` has changed that: the others lose it. `own` is all that one who applies then has."""
    taken = {**found.changed, **found.removed}
    new: State = {}
    for other, theirs in state.items():
        if other == manager:
            continue
        kept = {path: None for path in theirs.paths if path not in taken}
        if kept:
            new[other] = theirs if len(kept) == len(theirs.paths) else Managed(kept, theirs.at_us)
    before = state.get(manager, Managed({}, None))
    mine = own if own is not None else {path: None for path in {**before.paths, **found.changed} if path not in found.removed}
    if mine:
        same = not taken and mine == before.paths
        new[manager] = before if same else Managed(mine, now_us)
    return new


def entries(state: State) -> list[Obj]:
    """`metadata.managedFields`: those who apply first, then by time and name."""

    def order(pair: tuple[Manager, Managed]) -> tuple[str, int, str, str, str]:
        manager, fields = pair
        return manager.operation, -1 if fields.at_us is None else fields.at_us // 1_000_000, *manager[1:]

    found: list[Obj] = []
    for manager, fields in sorted(state.items(), key=order):
        entry: Obj = {
            "apiVersion": manager.api_version, "fieldsType": "FieldsV1", "fieldsV1": fields_v1(fields.paths),
            "manager": manager.name, "operation": manager.operation,
        }  # fmt: skip
        if manager.subresource:
            entry["subresource"] = manager.subresource
        if fields.at_us is not None:
            entry["time"] = timestamp(fields.at_us)
        found.append(entry)
    return found


def state_of(told: list[Obj]) -> State:
    """What `metadata.managedFields` tells."""
    return {
        Manager(one["operation"], one["manager"], one["apiVersion"], one.get("subresource", "")): Managed(
            paths_of(one.get("fieldsV1") or {}), parse_timestamp(one["time"]) if one.get("time") else None
        )
        for one in told
    }


def conflict_message(found: list[Conflict]) -> str:
    """Upstream: apiserver/pkg/endpoints/handlers/fieldmanager (NewConflictError)."""
    if len(found) == 1:
        return f"Apply failed with 1 conflict: conflict with {found[0].manager.called()}: {shown(found[0].path)}"
    lines: list[str] = []
    for manager in dict.fromkeys(one.manager for one in found):
        lines.append(f"conflicts with {manager.called()}:")
        lines += [f"- {shown(one.path)}" for one in found if one.manager == manager]
    return f"Apply failed with {len(found)} conflicts: " + "\n".join(lines)


@dataclass(slots=True)
class History:
    """What was managed up to some write, and the writes since then: manager, time, the object before and after."""

    state: State = field(default_factory=dict)
    writes: list[tuple[Manager, Micros | None, Obj | None, Obj]] = field(default_factory=list)


class FieldManagers:
    """The managers of every object's fields. Nothing is added up before somebody asks: most objects are never asked about."""

    def __init__(self) -> None:
        self._histories: dict[Key, History] = {}

    def wrote(self, call: Call, key: Key, before: Obj | None, after: Obj, now_us: Micros) -> None:
        """A write was stored."""
        history = self._histories.setdefault(key, History())
        at_us = None if call.subresource == "scale" else now_us  # recording 41: such an entry has no time
        history.writes.append((manager_of(call, after, UPDATE), at_us, before, after))

    def settle(self, key: Key, state: State) -> None:
        """From now on the fields are managed so."""
        self._histories[key] = History(state)

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self._histories.pop(key, None)

    def state(self, key: Key) -> State:
        """Who manages what."""
        history = self._histories.setdefault(key, History())
        for manager, at_us, before, after in history.writes:
            history.state = after_write(history.state, manager, difference(before, after), at_us)
        history.writes.clear()
        return history.state

    def told(self, key: Key, obj: Obj) -> Obj:
        """The object with its `managedFields`."""
        return {**obj, "metadata": {**obj["metadata"], "managedFields": entries(self.state(key))}}


def manager_of(call: Call, obj: Obj, operation: str) -> Manager:
    """Who sent the call: the name that it gives, else its process."""
    process = "kubelet" if call.process.startswith("kubelet/") else call.process
    subresource = call.subresource if call.subresource in ("status", "scale") else ""
    return Manager(operation, call.manager or process, obj["apiVersion"], subresource)


MANAGED_FIELDS = "/metadata/managedFields"


def without_managed_fields(patch: list[Obj]) -> list[Obj]:
    """The operations of a JSON patch that are about the object itself."""
    return [one for one in patch if one.get("path") != MANAGED_FIELDS]


def managed_fields_in(patch: Any) -> list[Obj] | None:
    """The `managedFields` that a JSON patch sets, or None."""
    for operation in patch if isinstance(patch, list) else ():
        if isinstance(operation, dict) and operation.get("path") == MANAGED_FIELDS and "value" in operation:
            return list(operation["value"] or [])
    return None
