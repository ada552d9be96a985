"""What a Pod must obey, and a template from which Pods are made.

Upstream: pkg/apis/core/validation/validation.go, ValidatePodSpec; recordings 17, 41 and 63.
"""

from __future__ import annotations

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver.field_error import FieldError, duplicate, forbidden, invalid, required, unsupported
from gen.cluster.apiserver.validation_affinity import affinity
from gen.cluster.apiserver.validation_container import container, containers
from gen.cluster.apiserver.validation_metadata import annotation_errors
from gen.trace.record import Obj

RESTART_POLICIES = ("Always", "OnFailure", "Never")
DNS_POLICIES = ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")
OPERATORS = ("Equal", "Exists")
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
UNSATISFIABLE = ("DoNotSchedule", "ScheduleAnyway")
LARGEST_DEADLINE_S = 2**31 - 1


def pod(obj: Obj) -> list[FieldError]:
    """What is wrong with a Pod."""
    return pod_spec("spec", obj.get("spec") or {})


def template_spec(field: str, template: Obj) -> list[FieldError]:
    """What is wrong with a Pod template."""
    metadata = template.get("metadata") or {}
    errors = names.labels(f"{field}.metadata.labels", metadata.get("labels"))
    errors += annotation_errors(f"{field}.metadata.annotations", metadata.get("annotations"))
    return errors + pod_spec(f"{field}.spec", template.get("spec") or {}, template=True)


def pod_spec(field: str, spec: Obj, template: bool = False) -> list[FieldError]:
    """What is wrong with the spec of a Pod."""
    errors = _volumes(f"{field}.volumes", spec.get("volumes") or [])
    errors += containers(f"{field}.containers", spec, template)
    errors += _init_containers(f"{field}.initContainers", spec, template)
    if spec.get("restartPolicy") not in RESTART_POLICIES:
        errors.append(unsupported(f"{field}.restartPolicy", spec.get("restartPolicy") or "", RESTART_POLICIES))
    if spec.get("dnsPolicy") not in DNS_POLICIES:
        errors.append(unsupported(f"{field}.dnsPolicy", spec.get("dnsPolicy") or "", DNS_POLICIES))
    errors += names.labels(f"{field}.nodeSelector", spec.get("nodeSelector"))
    errors += affinity(f"{field}.affinity", spec.get("affinity") or {})
    for place, gate in enumerate(spec.get("readinessGates") or []):
        at, kind = f"{field}.readinessGates[{place}].conditionType", gate.get("conditionType") or ""
        errors += [invalid(at, kind, text) for text in names.qualified_name(kind)]
    errors += _spread(f"{field}.topologySpreadConstraints", spec.get("topologySpreadConstraints") or [])
    errors += _named(field, spec)
    deadline = spec.get("activeDeadlineSeconds")
    if deadline is not None and not 1 <= deadline <= LARGEST_DEADLINE_S:
        detail = f"must be between 1 and {LARGEST_DEADLINE_S}, inclusive"
        errors.append(invalid(f"{field}.activeDeadlineSeconds", deadline, detail))
    return errors + _tolerations(f"{field}.tolerations", spec.get("tolerations") or [])


def _named(field: str, spec: Obj) -> list[FieldError]:
    """Fields that hold the name of something else."""
    errors: list[FieldError] = []
    for name in ("serviceAccountName", "nodeName", "priorityClassName", "schedulerName"):
        if spec.get(name):
            errors += [invalid(f"{field}.{name}", spec[name], text) for text in names.subdomain(spec[name])]
    for name in ("hostname", "subdomain"):
        if spec.get(name):
            errors += [invalid(f"{field}.{name}", spec[name], text) for text in names.label_name(spec[name])]
    return errors


def _init_containers(field: str, spec: Obj, template: bool) -> list[FieldError]:
    volumes = frozenset(volume.get("name") for volume in spec.get("volumes") or [])
    seen = {one.get("name"): None for one in spec.get("containers") or []}
    errors: list[FieldError] = []
    for place, one in enumerate(spec.get("initContainers") or []):
        at = f"{field}[{place}]"
        errors += container(at, one, volumes, bool(spec.get("hostNetwork")), template)
        if one.get("name") in seen:
            errors.append(duplicate(f"{at}.name", one["name"]))
        seen[one.get("name")] = None
        if one.get("restartPolicy") != "Always":  # only a sidecar is probed and has hooks
            errors += [
                forbidden(f"{at}.{part}", "may not be set for init containers without restartPolicy=Always")
                for part in ("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")
                if one.get(part) is not None
            ]
    return errors


def _volumes(field: str, volumes: list[Obj]) -> list[FieldError]:
    errors: list[FieldError] = []
    seen: dict[str, None] = {}
    for place, volume in enumerate(volumes):
        at, name = f"{field}[{place}]", volume.get("name")
        if len(volume) > 2:
            errors += [forbidden(f"{at}.{source}", "may not specify more than 1 volume type") for source in [*volume][2:]]
        if not name:
            errors.append(required(f"{at}.name"))
        else:
            errors += [invalid(f"{at}.name", name, text) for text in names.label_name(name)]
            if name in seen:
                errors.append(duplicate(f"{at}.name", name))
            seen[name] = None
    return errors


def _spread(field: str, constraints: list[Obj]) -> list[FieldError]:
    errors: list[FieldError] = []
    for place, one in enumerate(constraints):
        at = f"{field}[{place}]"
        if one.get("maxSkew", 0) <= 0:
            errors.append(invalid(f"{at}.maxSkew", one.get("maxSkew", 0), "must be greater than zero"))
        if not one.get("topologyKey"):
            errors.append(required(f"{at}.topologyKey", "can not be empty"))
        if one.get("whenUnsatisfiable") not in UNSATISFIABLE:
            errors.append(unsupported(f"{at}.whenUnsatisfiable", one.get("whenUnsatisfiable") or "", UNSATISFIABLE))
        errors += names.label_selector(f"{at}.labelSelector", one.get("labelSelector") or {})
    return errors


def _tolerations(field: str, tolerations: list[Obj]) -> list[FieldError]:
    return [error for place, one in enumerate(tolerations) for error in _toleration(f"{field}[{place}]", one)]


def _toleration(at: str, one: Obj) -> list[FieldError]:
    key, operator, effect, value = one.get("key"), one.get("operator") or "", one.get("effect") or "", one.get("value") or ""
    errors = [invalid(f"{at}.key", key, text) for text in names.qualified_name(key)] if key else []
    if not key and operator != "Exists":
        detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
        errors.append(invalid(f"{at}.operator", operator, detail))
    if one.get("tolerationSeconds") is not None and effect != "NoExecute":
        errors.append(invalid(f"{at}.effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
    if operator in ("", "Equal"):
        errors += [invalid(f"{at}.operator", value, text) for text in names.label_value(value)]
    elif operator != "Exists":
        errors.append(unsupported(f"{at}.operator", operator, OPERATORS))
    elif value:
        errors.append(invalid(f"{at}.operator", value, "value must be empty when `operator` is 'Exists'"))
    if effect and effect not in EFFECTS:
        errors.append(unsupported(f"{at}.effect", effect, EFFECTS))
    return errors
