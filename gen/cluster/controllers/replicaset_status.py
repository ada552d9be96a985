"""What a ReplicaSet says of its Pods. Upstream: pkg/controller/replicaset/replica_set_utils.go (v1.36.2)."""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.tally import Tally
from gen.kit.duration import parse_timestamp, timestamp
from gen.kit.evolve import dig
from gen.kit.loop import SECOND
from gen.objects import meta, pods

Obj = dict[str, Any]


def available_of(own: list[Obj], min_ready_s: int, now_us: int) -> int:
    """How many of these Pods have been ready for so long."""
    return sum(pods.is_active(pod) and pods.is_available(pod, min_ready_s, now_us // SECOND) for pod in own)


def next_available_us(own: list[Obj], min_ready_s: int, now_us: int) -> int | None:
    """Microseconds until the next of these Pods has been ready for so long; None if there is none to wait for.

    Upstream: pkg/controller/controller_utils.go, FindMinNextPodAvailabilityCheck.
    """
    ready = [pods.condition(pod, "Ready") for pod in own if pods.is_active(pod) and pods.is_ready(pod)]
    since = [parse_timestamp(one["lastTransitionTime"]) for one in ready if one and one.get("lastTransitionTime")]
    left = [moment + min_ready_s * SECOND - now_us for moment in since]
    return min((one for one in left if one > 0), default=None)


def observed_status(replica_set: Obj, counted: Tally, available: int, failure: Exception | None, now_us: int) -> Obj:
    """The status that the Pods add up to; zero counts are left out, but `replicas` and `terminatingReplicas` never are."""
    counts = {
        "replicas": counted.active,
        "fullyLabeledReplicas": counted.labelled(dig(replica_set, "spec.template.metadata.labels", {})),
        "readyReplicas": counted.ready,
        "availableReplicas": available,
    }
    conditions = with_failure(replica_set, counted.active, failure, now_us)
    return {
        **{name: count for name, count in counts.items() if count or name == "replicas"},
        "terminatingReplicas": counted.terminating,
        "observedGeneration": meta.generation(replica_set),
        **({"conditions": conditions} if conditions else {}),
    }


def with_failure(replica_set: Obj, active: int, failure: Exception | None, now_us: int) -> list[Obj]:
    """The conditions: ReplicaFailure stands as long as creating or deleting fails."""
    known: list[Obj] = dig(replica_set, "status.conditions", [])
    others = [one for one in known if one["type"] != "ReplicaFailure"]
    if failure is None:
        return others
    if len(others) < len(known):
        return known
    reason = "FailedCreate" if active < replica_set["spec"]["replicas"] else "FailedDelete"
    now = timestamp(now_us)
    return [
        *others,
        {"type": "ReplicaFailure", "status": "True", "lastTransitionTime": now, "reason": reason, "message": str(failure)},
    ]
