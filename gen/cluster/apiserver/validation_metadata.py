"""What every object's metadata must obey, and what of it nobody may change.

Upstream: apimachinery/pkg/api/validation/objectmeta.go; recordings 17 and 63.
"""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver.field_error import FieldError, forbidden, invalid, required, too_long
from gen.objects.kinds import kind_of
from gen.trace.record import Obj

STANDARD_FINALIZERS = ("kubernetes", "orphan", "foregroundDeletion")
ANNOTATIONS_BYTES = 256 * 1024
OWNER_FIELDS = {
    "apiVersion": "version must not be empty",
    "kind": "must not be empty",
    "name": "must not be empty",
    "uid": "must not be empty",
}
IMMUTABLE = ("name", "namespace", "uid", "creationTimestamp")
NAME_RULES: dict[str, Callable[[str], names.Texts]] = {  # all others: a DNS subdomain
    "Namespace": names.label_name,
    "Service": names.label_name,
    "Role": names.path_segment,
    "RoleBinding": names.path_segment,
    "ClusterRole": names.path_segment,
    "ClusterRoleBinding": names.path_segment,
}


def metadata(obj: Obj) -> list[FieldError]:
    """What is wrong with the object's metadata."""
    meta = obj.get("metadata") or {}
    rule = NAME_RULES.get(obj["kind"], names.subdomain)
    errors: list[FieldError] = []
    prefix = meta.get("generateName")
    if prefix:
        masked = prefix[:-1] + "a" if prefix.endswith("-") else prefix  # upstream: maskTrailingDash
        errors += [invalid("metadata.generateName", prefix, text) for text in rule(masked)]
    name = meta.get("name")
    if not name:
        errors.append(required("metadata.name", "name or generateName is required"))
    else:
        errors += [invalid("metadata.name", name, text) for text in rule(name)]
    errors += _namespace(obj, meta)
    errors += names.labels("metadata.labels", meta.get("labels"))
    errors += annotation_errors("metadata.annotations", meta.get("annotations"))
    errors += _owners(meta.get("ownerReferences") or [])
    return errors + _finalizers(meta.get("finalizers") or [])


def _namespace(obj: Obj, meta: Obj) -> list[FieldError]:
    kind, namespace = kind_of(str(obj.get("apiVersion", "")), obj["kind"]), meta.get("namespace")
    if kind is None:
        return []
    if not kind.namespaced:
        return [forbidden("metadata.namespace", "not allowed on this type")] if namespace else []
    if not namespace:
        return [required("metadata.namespace")]
    return [invalid("metadata.namespace", namespace, text) for text in names.label_name(namespace)]


def annotation_errors(field: str, pairs: dict[str, str] | None) -> list[FieldError]:
    """What is wrong with a mapping of annotations: keys like labels' keys, values of any kind, 256 KiB in all."""
    if not pairs:
        return []
    errors = [invalid(field, key, text) for key in pairs for text in names.qualified_name(key.lower())]
    size = sum(len(key.encode()) + len(value.encode()) for key, value in pairs.items())
    return errors + ([too_long(field, ANNOTATIONS_BYTES)] if size > ANNOTATIONS_BYTES else [])


def _owners(references: list[Obj]) -> list[FieldError]:
    """Every reference names its owner in full, and one of them at most is the controller's."""
    errors = [
        invalid(f"metadata.ownerReferences[{place}].{field}", "", says)
        for place, one in enumerate(references)
        for field, says in OWNER_FIELDS.items()
        if not one.get(field)
    ]
    first, *more = [f"{one.get('kind')}/{one.get('name')}" for one in references if one.get("controller")] or [""]
    says = f'Only one reference can have Controller set to true. Found "true" in references for {first} and'
    return errors + [invalid("metadata.ownerReferences", references, f"{says} {other}") for other in more]


def _finalizers(finalizers: list[str]) -> list[FieldError]:
    errors = []
    for place, name in enumerate(finalizers):
        field = f"metadata.finalizers[{place}]"
        errors += [invalid(field, name, text) for text in names.qualified_name(name)]
        if "/" not in name and name not in STANDARD_FINALIZERS:
            errors.append(invalid(field, name, "name is neither a standard finalizer name nor is it fully qualified"))
    return errors


def metadata_update(obj: Obj, old: Obj) -> list[FieldError]:
    """What an update changes in the metadata although nobody may."""
    new, before = obj.get("metadata") or {}, old["metadata"]
    errors: list[FieldError] = []
    if before.get("deletionTimestamp"):
        added = [name for name in new.get("finalizers") or [] if name not in (before.get("finalizers") or [])]
        if added:
            listed = ", ".join(f'"{name}"' for name in added)
            detail = f"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{listed}}}"
            errors.append(forbidden("metadata.finalizers", detail))
    if not new.get("resourceVersion"):
        errors.append(invalid("metadata.resourceVersion", 0, "must be specified for an update"))
    for field in IMMUTABLE:
        if new.get(field) != before.get(field):
            errors.append(invalid(f"metadata.{field}", new.get(field) or "", "field is immutable"))
    return errors
