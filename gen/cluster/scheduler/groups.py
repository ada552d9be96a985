"""Which Pods belong together: those of the same workload, and of the same Services.

Upstream: pkg/scheduler/framework/plugins/helper/spread.go, DefaultSelector.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.scheduler.pod_info import PodInfo
from gen.objects import meta

Obj = dict[str, Any]
Key = tuple[str, str, str]  # (kind, namespace, name)
WORKLOADS = ("ReplicaSet", "ReplicationController", "StatefulSet")  # whose Pods are alike and can be exchanged


class Groups:
    """The workloads and Services that the scheduler knows of."""

    def __init__(self) -> None:
        self._workloads: dict[Key, Obj] = {}
        self._services: dict[str, dict[str, dict[str, str]]] = {}  # selectors by namespace and name

    def put(self, obj: Obj) -> None:
        """A workload or Service is new, or has changed."""
        namespace, name = meta.namespace(obj), meta.name(obj)
        selector = (obj.get("spec") or {}).get("selector") or {}
        if obj["kind"] == "Service":
            self._services.setdefault(namespace, {})[name] = selector
        else:
            plain = obj["kind"] == "ReplicationController"
            self._workloads[obj["kind"], namespace, name] = {"matchLabels": selector} if plain else selector

    def remove(self, obj: Obj) -> None:
        """A workload or Service is gone."""
        namespace, name = meta.namespace(obj), meta.name(obj)
        if obj["kind"] == "Service":
            self._services.get(namespace, {}).pop(name, None)
        else:
            self._workloads.pop((obj["kind"], namespace, name), None)

    def selector(self, pod: PodInfo) -> Obj | None:
        """The label selector for the Pod's companions: what its Services and its workload ask, all at once; None for a loner."""
        labels: dict[str, str] = {}
        for selector in self._services.get(pod.namespace, {}).values():
            if selector and selector.items() <= pod.labels.items():
                labels |= selector
        owner = meta.controller_of(pod.pod)
        workload = self._workloads.get((owner["kind"], pod.namespace, owner["name"])) if owner else None
        expressions = (workload or {}).get("matchExpressions") or []
        labels |= (workload or {}).get("matchLabels") or {}
        if not (labels or expressions):
            return None
        return {"matchLabels": labels, **({"matchExpressions": expressions} if expressions else {})}
