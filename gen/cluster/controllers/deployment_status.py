"""What a Deployment says of itself: counts summed over its ReplicaSets, whether enough Pods are available, how it gets on.

Upstream: pkg/controller/deployment/sync.go (calculateStatus), progress.go (syncRolloutStatus), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.deployment_conditions import condition, with_condition, without
from gen.cluster.controllers.progress import has_deadline, with_progress
from gen.kit.evolve import dig
from gen.objects import meta, workloads
from gen.objects.rollouts import max_unavailable

Obj = dict[str, Any]


def total(replica_sets: list[Obj], count: str) -> int:
    """The sum of one status count over the ReplicaSets."""
    return sum((one.get("status") or {}).get(count) or 0 for one in replica_sets)


def sizes(replica_sets: list[Obj]) -> int:
    """How many Pods these ReplicaSets are asked to have, together."""
    return sum(int(one["spec"]["replicas"]) for one in replica_sets)


def terminating(replica_sets: list[Obj]) -> int | None:
    """How many Pods are on their way out; None if a ReplicaSet that its controller has seen does not say."""
    statuses = [one.get("status") or {} for one in replica_sets]
    if any(status.get("observedGeneration") and status.get("terminatingReplicas") is None for status in statuses):
        return None
    return total(replica_sets, "terminatingReplicas")


def counted(deployment: Obj, newest: Obj | None, replica_sets: list[Obj], now_us: int) -> Obj:
    """The status by the numbers, with the condition Available; zero counts are left out."""
    available = total(replica_sets, "availableReplicas")
    counts = {
        "observedGeneration": meta.generation(deployment),
        "replicas": total(replica_sets, "replicas"),
        "updatedReplicas": total([newest] if newest else [], "replicas"),
        "readyReplicas": total(replica_sets, "readyReplicas"),
        "availableReplicas": available,
        "unavailableReplicas": max(0, sizes(replica_sets) - available),
        "collisionCount": dig(deployment, "status.collisionCount", 0),
    }
    enough = available >= deployment["spec"]["replicas"] - max_unavailable(deployment)
    verdict = (
        condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now_us)
        if enough
        else condition(
            "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now_us
        )
    )
    leaving = terminating(replica_sets)
    return {
        **{name: count for name, count in counts.items() if count},
        **({} if leaving is None else {"terminatingReplicas": leaving}),
        "conditions": with_condition(dig(deployment, "status.conditions", []), verdict),
    }


def rolled_out(deployment: Obj, newest: Obj | None, replica_sets: list[Obj], now_us: int) -> Obj:
    """The whole status during a rollout: the counts, Available, and Progressing."""
    status = counted(deployment, newest, replica_sets, now_us)
    last = workloads.condition(deployment, "Progressing")
    done = (
        status.get("replicas", 0) == status.get("updatedReplicas", 0)
        and last is not None
        and last["reason"] == "NewReplicaSetAvailable"
    )
    if not has_deadline(deployment):
        status = {**status, "conditions": without(status["conditions"], "Progressing")}
    elif not done:
        status = {**status, "conditions": with_progress(deployment, newest, status, now_us)}
    return with_replica_failure(status, newest, replica_sets)


def with_replica_failure(status: Obj, newest: Obj | None, replica_sets: list[Obj]) -> Obj:
    """ReplicaFailure is handed up, as old as it is, from the newest ReplicaSet, else from an older one; it goes when theirs goes.

    Upstream: sync.go (getReplicaFailures), util/deployment_util.go (ReplicaSetToDeploymentCondition).
    """
    for one in [newest, *replica_sets]:
        failure = workloads.condition(one, "ReplicaFailure") if one else None
        if failure:
            new = {**failure, "lastUpdateTime": failure["lastTransitionTime"]}
            return {**status, "conditions": with_condition(status["conditions"], new)}
    return {**status, "conditions": without(status["conditions"], "ReplicaFailure")}
