"""Server-side apply: what somebody wants the object to be, merged into what it is, field by field.

Fields that the same manager applied before, and now no longer does, go away unless another one manages them. A field of
another manager is only taken by force. Upstream: sigs.k8s.io/structured-merge-diff/merge/update.go (Apply, prune) and
apimachinery/pkg/util/managedfields/internal (lastappliedmanager.go, lastappliedupdater.go), v1.36.2.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver import schema, status
from gen.cluster.apiserver.field_managers import (
    APPLY,
    Conflict,
    State,
    after_write,
    conflict_message,
    conflicts,
    difference,
    managed,
    manager_of,
    node,
)
from gen.cluster.apiserver.field_sets import Node, Path, Paths, children, compared, fields_of, shape, shown
from gen.cluster.apiserver.request import Call, Obj
from gen.kit.evolve import evolve
from gen.kit.go_json import go_json
from gen.kit.loop import Micros
from gen.objects import meta

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
CLIENT = "kubectl"  # the manager that follows client-side apply, and may take over what that had applied


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply makes of the object, before defaults; who then manages what."""

    obj: Obj
    state: State


def applied(call: Call, old: Obj | None, state: State, now_us: Micros) -> Applied:
    """The object with the call's patch applied. Raises StatusError 409 for conflicts, 500 for a field that is none."""
    config = call.patch
    unknown = schema.strict_errors(config)
    if unknown:
        raise status.internal(undeclared(config, unknown[0]))
    manager = manager_of(call, config, APPLY)
    wanted = node(config, config["apiVersion"], config["kind"])
    own = {path: None for path in managed(fields_of(wanted)) if path[0] != "f:status" or call.subresource == "status"}
    if old is None:
        return Applied(config, after_write({}, manager, difference(None, config), now_us, own))
    live = Node(old, wanted.type)
    merged = merged_value(live, wanted)
    last = state[manager].paths if manager in state else {}
    for path in sorted(path for path in last if path not in own and not held(path, state, manager, own)):
        merged = without(Node(merged, wanted.type), path)
    found = difference(old, merged)
    against = [] if call.force else conflicts(state, manager, found.changed)
    if against and not (call.manager == CLIENT and allowed(against, old)):
        raise apply_conflict(against)
    if call.manager == CLIENT and LAST_APPLIED in meta.annotations(old):
        merged = evolve(merged, ("metadata", "annotations", LAST_APPLIED), go_json(config) + "\n")
    return Applied(merged, after_write(state, manager, found, now_us, own))


def undeclared(config: Obj, unknown: str) -> str:
    """What the server says of a field that the kind does not have."""
    field = unknown.partition('"')[2].rstrip('"')
    of = f"{meta.namespace(config)}/{meta.name(config)}; {config['apiVersion']}, Kind={config['kind']}".lstrip("/")
    return f"failed to create typed patch object ({of}): .{field}: field not declared in schema"


def apply_conflict(found: list[Conflict]) -> status.StatusError:
    """409: others manage some of the fields."""
    causes = [
        {"reason": "FieldManagerConflict", "message": f"conflict with {one.manager.called()}", "field": shown(one.path)}
        for one in found
    ]
    return status.StatusError(409, "Conflict", conflict_message(found), {"causes": causes})


def held(path: Path, state: State, manager: object, own: Paths) -> bool:
    """Whether somebody else manages the field, or something inside it; or whether something inside is still applied."""
    sets = [*(fields.paths for other, fields in state.items() if other != manager), own]
    return any(theirs[: len(path)] == path for paths in sets for theirs in paths)


def allowed(found: list[Conflict], old: Obj) -> bool:
    """Whether all conflicts are about what client-side apply had applied, and nobody changed since."""
    try:
        last = json.loads(meta.annotations(old).get(LAST_APPLIED) or "null")
    except ValueError:
        return False
    if not isinstance(last, dict):
        return False
    before = node(last, old["apiVersion"], old["kind"])
    changed = compared(before, Node(old, before.type)).changed
    return all(one.path in fields_of(before) and one.path not in changed for one in found)


def merged_value(live: Node, config: Node) -> Any:
    """What is applied, over what is there: mappings by key, lists by their items' keys, all else replaced."""
    how = shape(config)
    if config.value is None or not isinstance(live.value, type(config.value)) or how == "leaf":
        return config.value
    before, after = dict(children(live)), dict(children(config))
    values = {
        element: merged_value(before[element], after[element])
        if element in before and element in after
        else (after.get(element) or before[element]).value
        for element in {**before, **after}
    }
    if how in ("struct", "map"):
        return {element.removeprefix("f:"): value for element, value in values.items()}
    return list(values.values())


def without(whole: Node, path: Path) -> Any:
    """The value without what is at the path."""
    inside = dict(children(whole))
    if path[0] not in inside:
        return whole.value
    values = {element: child.value for element, child in inside.items()}
    if len(path) == 1:
        del values[path[0]]
    else:
        values[path[0]] = without(inside[path[0]], path[1:])
    if shape(whole) in ("struct", "map"):
        return {element.removeprefix("f:"): value for element, value in values.items()}
    return list(values.values())
