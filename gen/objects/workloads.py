"""Reading workloads: Deployments and ReplicaSets, and where any of them holds its Pods' spec."""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import REMOVED, dig, evolve
from gen.objects import meta

Obj = dict[str, Any]
HASH_LABEL = "pod-template-hash"
POD_SPEC = {  # where a kind holds the spec of a Pod
    "Pod": "spec",
    **dict.fromkeys(
        ("DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"), "spec.template.spec"
    ),
    "CronJob": "spec.jobTemplate.spec.template.spec",
}


def condition(obj: Obj, kind: str) -> Obj | None:
    """The condition of that type."""
    return next((one for one in dig(obj, "status.conditions", []) if one["type"] == kind), None)


def without_hash(template: Obj) -> Obj:
    """A ReplicaSet's pod template as its Deployment wrote it: without the label that holds the hash."""
    if HASH_LABEL not in meta.labels(template):
        return template
    return evolve(template, ("metadata", "labels", HASH_LABEL), REMOVED)


def of_present_template(deployment: Obj, replica_sets: list[Obj]) -> Obj | None:
    """The ReplicaSet whose template is the Deployment's: the oldest, if there should be two."""
    wanted = deployment["spec"]["template"]
    same = [one for one in replica_sets if without_hash(one["spec"]["template"]) == wanted]
    return min(same, key=age_order, default=None)


def age_order(obj: Obj) -> tuple[str, str]:
    """The oldest first; of one second, by name."""
    return obj["metadata"]["creationTimestamp"], meta.name(obj)


def own_replica_sets(deployment: Obj, replica_sets: list[Obj]) -> list[Obj]:
    """The ReplicaSets whose controller the Deployment is."""
    return [one for one in replica_sets if (meta.controller_of(one) or {}).get("uid") == meta.uid(deployment)]


def new_and_old(deployment: Obj, replica_sets: list[Obj]) -> tuple[Obj | None, list[Obj]]:
    """The ReplicaSet of the present template, and the others, the oldest first."""
    own = sorted(own_replica_sets(deployment, replica_sets), key=age_order)
    new = of_present_template(deployment, own)
    return new, [one for one in own if one is not new]
