"""What a ReplicaSet says of its Pods. Upstream: pkg/controller/replicaset/replica_set_utils.go (v1.36.2)."""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.tally import Tally
from gen.kit.duration import parse_timestamp, timestamp
from gen.kit.evolve import dig
from gen.kit.loop import SECOND
from gen.objects import meta

Obj = dict[str, Any]


def available_of(counted: Tally, min_ready_s: int, now_us: int) -> int:
    """How many of these Pods have been ready for so long."""
    latest_s = now_us // SECOND - min_ready_s
    return sum(count for moment_us, count in _ready_since(counted) if moment_us // SECOND <= latest_s)


def next_available_us(counted: Tally, min_ready_s: int, now_us: int) -> int | None:
    """Microseconds until the next of these Pods has been ready for so long; None if there is none to wait for.

    Upstream: pkg/controller/controller_utils.go, FindMinNextPodAvailabilityCheck.
    """
    left = [moment_us + min_ready_s * SECOND - now_us for moment_us, _ in _ready_since(counted)]
    return min((one for one in left if one > 0), default=None)


def _ready_since(counted: Tally) -> list[tuple[int, int]]:
    return [(parse_timestamp(since), count) for since, count in counted.ready_since.items() if since]


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
