"""What of a Pod may change after its creation: images, the deadline, tolerations that are added, gates that are taken away.

Nothing else. Left out: a Pod that waits at a gate may be told more closely which nodes it wants.
Upstream: pkg/apis/core/validation/validation.go, ValidatePodUpdate; recordings 17 and 41.
"""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import Any

from gen.cluster.apiserver.field_error import FieldError, forbidden, invalid
from gen.cluster.apiserver.schema_types import Type, struct_named
from gen.trace.record import Obj

CHANGEABLE = (
    "`spec.containers[*].image`",
    "`spec.initContainers[*].image`",
    "`spec.activeDeadlineSeconds`",
    "`spec.tolerations` (only additions to existing tolerations)",
    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
)
WITH_RULES_OF_THEIR_OWN = ("activeDeadlineSeconds", "tolerations", "schedulingGates")
CONTEXT_LINES = 3
POD_SPEC = (  # the server's own PodSpec has the fields of v1 in another order (upstream: pkg/apis/core/types.go)
    "Volumes InitContainers Containers EphemeralContainers RestartPolicy TerminationGracePeriodSeconds ActiveDeadlineSeconds"
    " DNSPolicy NodeSelector ServiceAccountName AutomountServiceAccountToken NodeName SecurityContext ImagePullSecrets Hostname"
    " Subdomain SetHostnameAsFQDN Affinity SchedulerName Tolerations HostAliases PriorityClassName Priority PreemptionPolicy"
    " DNSConfig ReadinessGates RuntimeClassName Overhead EnableServiceLinks TopologySpreadConstraints OS SchedulingGates"
    " ResourceClaims Resources HostnameOverride SchedulingGroup"
).split()
IN_SECURITY_CONTEXT = ("HostNetwork", "HostPID", "HostIPC", "ShareProcessNamespace", "HostUsers")  # … and these inside another
ZEROS: dict[str, Any] = {"string": "", "bool": False, "int32": 0, "int64": 0}


def pod_update(pod: Obj, old: Obj) -> list[FieldError]:
    """What an update of a Pod changes although nobody may."""
    new, before = pod["spec"], old["spec"]
    if new is before or new == before:
        return []
    for field in ("containers", "initContainers"):
        if len(new.get(field) or []) != len(before.get(field) or []):
            return [forbidden(f"spec.{field}", "pod updates may not add or remove containers")]
    errors = _deadline(new.get("activeDeadlineSeconds"), before.get("activeDeadlineSeconds"))
    errors += _tolerations(new.get("tolerations") or [], before.get("tolerations") or [])
    errors += _gates(new.get("schedulingGates") or [], before.get("schedulingGates") or [])
    same = _with_what_may_change(new, before)
    if same != before:
        detail = f"pod updates may not change fields other than {','.join(CHANGEABLE)}\n{_difference(before, same)}"
        errors.append(forbidden("spec", detail))
    return errors


def _deadline(new: int | None, old: int | None) -> list[FieldError]:
    field = "spec.activeDeadlineSeconds"
    if old is None or new == old:
        return []
    if new is None:
        return [invalid(field, None, "must not update from a positive integer to nil value")]
    return [invalid(field, new, "must be less than or equal to previous value")] if new > old else []


def _tolerations(new: list[Obj], old: list[Obj]) -> list[FieldError]:
    """Every old toleration must still be there; only its seconds may differ."""
    kept = [_without_seconds(one) for one in new]
    if all(_without_seconds(one) in kept for one in old):
        return []
    return [forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds")]


def _gates(new: list[Obj], old: list[Obj]) -> list[FieldError]:
    """Gates are only taken away (upstream: validateOnlyDeletedSchedulingGates)."""
    known = [one["name"] for one in old]
    why = "only deletion is allowed, but found new scheduling gate"
    return [
        forbidden(f"spec.schedulingGates[{place}].name", f"{why} '{one.get('name', '')}'")
        for place, one in enumerate(new)
        if one.get("name") not in known
    ]


def _without_seconds(toleration: Obj) -> Obj:
    return {key: value for key, value in toleration.items() if key != "tolerationSeconds"}


def _with_what_may_change(new: Obj, old: Obj) -> Obj:
    """The new spec with the old values of everything that may change."""
    same = {key: value for key, value in new.items() if key not in WITH_RULES_OF_THEIR_OWN}
    for field in ("containers", "initContainers"):
        if new.get(field):
            pairs = zip(new[field], old[field], strict=True)
            same[field] = [{**one, "image": before.get("image", "")} for one, before in pairs]
    if old.get("terminationGracePeriodSeconds", 0) < 0 and new.get("terminationGracePeriodSeconds") == 1:
        same["terminationGracePeriodSeconds"] = old["terminationGracePeriodSeconds"]
    for field in WITH_RULES_OF_THEIR_OWN:
        if field in old:
            same[field] = old[field]
    return same


def _difference(old: Obj, new: Obj) -> str:
    """The specs as Go's structs in JSON, line by line: what goes, what comes, and three lines around."""
    before, after = (json.dumps(_internal(spec), indent=1, ensure_ascii=False).splitlines() for spec in (old, new))
    lines: list[str] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT_LINES):
        (_, start, _, begin, _), (_, _, stop, _, end) = group[0], group[-1]
        lines.append(f"@@ -{start + 1},{stop - start} +{begin + 1},{end - begin} @@")
        for tag, low, high, new_low, new_high in group:
            if tag == "equal":
                lines += [f" {line}" for line in before[low:high]]
            else:
                lines += [f"-{line}" for line in before[low:high]] + [f"+{line}" for line in after[new_low:new_high]]
    return "\n".join(lines) + "\n"


def _internal(spec: Obj) -> Obj:
    """A v1 PodSpec as the server's own struct."""
    fields = _struct_as_go(spec, "core/v1.PodSpec")
    shared = {name: fields[name] for name in IN_SECURITY_CONTEXT}
    fields["SecurityContext"] = {**shared, **(fields["SecurityContext"] or {})}
    return {name: fields[name] for name in POD_SPEC if name in fields}


def _as_go(value: Any, of: Type) -> Any:
    """A value with all fields of its Go struct, under their Go names."""
    if of.shape == "pointer":
        return None if value is None else _as_go(value, of.inner)
    if of.shape == "struct":
        return _struct_as_go(value or {}, of.name)
    if of.shape == "slice":
        return [_as_go(one, of.inner) for one in value] if value else None
    if of.shape == "map":
        return {key: value[key] for key in sorted(value)} if value else None
    return ZEROS.get(of.shape) if value is None else value


def _struct_as_go(value: Obj, name: str) -> Obj:
    fields: Obj = {}
    for field in struct_named(name).fields:
        if field.embedded and field.json == "-":
            fields.update(_struct_as_go(value, field.type.name))
        else:
            fields[field.go] = _as_go(value.get(field.json), field.type)
    return fields
