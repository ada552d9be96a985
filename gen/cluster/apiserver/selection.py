"""Which objects a list or a watch asks for: by labels and by fields."""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.apiserver import status
from gen.cluster.apiserver.request import Obj
from gen.objects import meta, selectors

# Upstream: pkg/apis/core/v1/conversion.go; every kind knows its name and namespace.
FIELDS: dict[str, tuple[str, ...]] = {
    "Pod": (
        "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
        "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
    ),
    "Event": (
        "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
        "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath",
        "reason", "reportingComponent", "source", "type",
    ),
    "Node": ("spec.unschedulable",),
    "Namespace": ("status.phase",),
    "ReplicaSet": ("status.replicas",),
    "Secret": ("type",),
}  # fmt: skip


def selects(kind: str, labels: str, fields: str) -> Callable[[Obj], bool]:
    """A test for objects. Raises StatusError 400 for a selector that cannot be read, or a field that the kind does not offer."""
    if not labels and not fields:
        return lambda obj: True
    try:
        by_label = selectors.label_selector(labels)
        by_field = selectors.field_selector(fields)
    except ValueError as error:
        raise status.bad_request(str(error)) from error
    for path, _, _ in by_field:
        if path not in ("metadata.name", "metadata.namespace", *FIELDS.get(kind, ())):
            raise status.bad_request(f"field label not supported: {path}")
    return lambda obj: selectors.matches(by_label, meta.labels(obj)) and selectors.matches_fields(obj, by_field)


def node_asked_for(fields: str) -> str | None:
    """The node that `spec.nodeName=NODE` names: each kubelet watches its own Pods only."""
    key, _, value = fields.partition("=")
    return value if key == "spec.nodeName" and "," not in value else None
