"""Is it a valid object of its kind? A list of everything that is wrong with it, in upstream's order.

The rules of metadata are the same for all kinds; a kind's own rules are in the table at the end. Upstream: pkg/apis/*/validation.
"""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver import validation_others as others
from gen.cluster.apiserver.field_error import FieldError, forbidden, invalid, required, unsupported
from gen.cluster.apiserver.validation_metadata import metadata, metadata_update
from gen.cluster.apiserver.validation_pod import EFFECTS, pod
from gen.cluster.apiserver.validation_pod_update import pod_update
from gen.cluster.apiserver.validation_service import service
from gen.cluster.apiserver.validation_workloads import deployment, replica_set, selector_update
from gen.trace.record import Obj

Rule = Callable[[Obj], list[FieldError]]
UpdateRule = Callable[[Obj, Obj], list[FieldError]]
CONFIG_MAP_BYTES = 1024 * 1024


def validate(obj: Obj, old: Obj | None = None) -> list[FieldError]:
    """What is wrong with the object, and where `old` is given, with the change from it."""
    key = (obj.get("apiVersion"), obj.get("kind"))
    errors = metadata(obj)
    if old is not None:
        errors += metadata_update(obj, old)
    rule = RULES.get(key)
    unchanged = old is not None and obj.get("spec") == old.get("spec") and "spec" in obj
    if rule is not None and not unchanged:
        errors += rule(obj)
    update = UPDATE_RULES.get(key)
    if update is not None and old is not None and not unchanged:
        errors += update(obj, old)
    return errors


def config_map(obj: Obj) -> list[FieldError]:
    """What is wrong with a ConfigMap: its keys, and its size."""
    data, binary = obj.get("data") or {}, obj.get("binaryData") or {}
    errors: list[FieldError] = []
    for field, pairs, besides in (("data", data, binary), ("binaryData", binary, {})):
        for key in pairs:
            errors += [invalid(f"{field}[{key}]", key, text) for text in names.config_key(key)]
            if key in besides:
                errors.append(invalid(f"{field}[{key}]", key, "duplicate of key present in binaryData"))
    size = sum(len(str(value).encode()) for value in (*data.values(), *binary.values()))
    if size > CONFIG_MAP_BYTES:
        errors.append(FieldError("", "Too long", None, f"may not be more than {CONFIG_MAP_BYTES} bytes"))
    return errors


def config_map_update(obj: Obj, old: Obj) -> list[FieldError]:
    """A ConfigMap that is immutable stays as it is."""
    if not old.get("immutable"):
        return []
    detail = "field is immutable when `immutable` is set"
    fields = [field for field in ("immutable", "data", "binaryData") if obj.get(field) != old.get(field)]
    return [forbidden(field, detail) for field in fields]


def node(obj: Obj) -> list[FieldError]:
    """What is wrong with a Node: its taints."""
    errors: list[FieldError] = []
    for place, taint in enumerate((obj.get("spec") or {}).get("taints") or []):
        at, key, effect = f"spec.taints[{place}]", taint.get("key") or "", taint.get("effect")
        errors += [invalid(f"{at}.key", key, text) for text in names.qualified_name(key)]
        errors += [invalid(f"{at}.value", taint.get("value"), text) for text in names.label_value(taint.get("value") or "")]
        if not effect:
            errors.append(required(f"{at}.effect"))
        elif effect not in EFFECTS:
            errors.append(unsupported(f"{at}.effect", effect, EFFECTS))
    return errors


def lease(obj: Obj) -> list[FieldError]:
    """What is wrong with a Lease: how long it lasts."""
    duration = (obj.get("spec") or {}).get("leaseDurationSeconds")
    if duration is None or duration > 0:
        return []
    return [invalid("spec.leaseDurationSeconds", duration, "must be greater than 0")]


RULES: dict[tuple[object, object], Rule] = {
    ("v1", "Pod"): pod,
    ("apps/v1", "ReplicaSet"): replica_set,
    ("apps/v1", "Deployment"): deployment,
    ("v1", "Service"): service,
    ("v1", "ConfigMap"): config_map,
    ("v1", "Node"): node,
    ("coordination.k8s.io/v1", "Lease"): lease,
    ("apps/v1", "StatefulSet"): others.labels_match,
    ("apps/v1", "DaemonSet"): others.labels_match,
    ("batch/v1", "Job"): others.job,
    ("batch/v1", "CronJob"): others.cron_job,
    ("autoscaling/v2", "HorizontalPodAutoscaler"): others.autoscaler,
    ("policy/v1", "PodDisruptionBudget"): others.disruption_budget,
    ("v1", "PersistentVolumeClaim"): others.claim,
}
UPDATE_RULES: dict[tuple[object, object], UpdateRule] = {
    ("v1", "Pod"): pod_update,
    ("apps/v1", "ReplicaSet"): selector_update,
    ("apps/v1", "Deployment"): selector_update,
    ("v1", "ConfigMap"): config_map_update,
    ("rbac.authorization.k8s.io/v1", "RoleBinding"): others.binding_update,
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"): others.binding_update,
}
