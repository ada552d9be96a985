"""What a Deployment says of itself: counts summed over its ReplicaSets, and two conditions.

`Available`: enough Pods are available now. `Progressing`: the rollout gets on, is done, or got stuck.
Upstream: pkg/controller/deployment/sync.go (calculateStatus), progress.go, util/deployment_util.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.revisions import max_unavailable
from gen.kit.duration import parse_timestamp, timestamp
from gen.kit.evolve import dig
from gen.kit.loop import SECOND
from gen.objects import meta

Obj = dict[str, Any]
NO_DEADLINE = 2**31 - 1


def condition(kind: str, status: str, reason: str, message: str, now_us: int) -> Obj:
    """A condition that begins now."""
    now = timestamp(now_us)
    return {
        "type": kind,
        "status": status,
        "lastUpdateTime": now,
        "lastTransitionTime": now,
        "reason": reason,
        "message": message,
    }


def find(conditions: list[Obj], kind: str) -> Obj | None:
    """The condition of that type."""
    return next((one for one in conditions if one["type"] == kind), None)


def with_condition(conditions: list[Obj], new: Obj) -> list[Obj]:
    """The conditions with `new` at the end.

    Unchanged if it says nothing new; with the old transition time if only its reason is new.
    """
    known = find(conditions, new["type"])
    if known and known["status"] == new["status"] and known["reason"] == new["reason"]:
        return conditions
    if known and known["status"] == new["status"]:
        new = {**new, "lastTransitionTime": known["lastTransitionTime"]}
    return [*without(conditions, new["type"]), new]


def without(conditions: list[Obj], kind: str) -> list[Obj]:
    """The conditions of other types."""
    return [one for one in conditions if one["type"] != kind]


def total(replica_sets: list[Obj], count: str) -> int:
    """The sum of one status count over the ReplicaSets."""
    return sum((one.get("status") or {}).get(count) or 0 for one in replica_sets)


def has_deadline(deployment: Obj) -> bool:
    """Whether the Deployment wants to hear of a rollout that is stuck."""
    return bool(dig(deployment, "spec.progressDeadlineSeconds", NO_DEADLINE) != NO_DEADLINE)


def counted(deployment: Obj, newest: Obj | None, replica_sets: list[Obj], now_us: int) -> Obj:
    """The status by the numbers, with the condition Available; zero counts are left out."""
    available = total(replica_sets, "availableReplicas")
    wanted = sum(one["spec"]["replicas"] for one in replica_sets)
    counts = {
        "observedGeneration": meta.generation(deployment),
        "replicas": total(replica_sets, "replicas"),
        "updatedReplicas": total([newest] if newest else [], "replicas"),
        "readyReplicas": total(replica_sets, "readyReplicas"),
        "availableReplicas": available,
        "unavailableReplicas": max(0, wanted - available),
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
    return {
        **{name: count for name, count in counts.items() if count},
        "terminatingReplicas": total(replica_sets, "terminatingReplicas"),
        "conditions": with_condition(dig(deployment, "status.conditions", []), verdict),
    }


def complete(deployment: Obj, status: Obj) -> bool:
    """Whether the new Pods are all there and available, the old ones are gone, and the controller has seen the latest spec."""
    wanted: int = deployment["spec"]["replicas"]
    return bool(
        status.get("updatedReplicas", 0) == wanted
        and status.get("replicas", 0) == wanted
        and status.get("availableReplicas", 0) == wanted
        and status.get("observedGeneration", 0) >= meta.generation(deployment)
    )


def progressing(before: Obj, now: Obj) -> bool:
    """Whether the rollout got on between two statuses: more new Pods, fewer old ones, more ready, more available."""

    def old_pods(status: Obj) -> int:
        return int(status.get("replicas", 0)) - int(status.get("updatedReplicas", 0))

    return (
        now.get("updatedReplicas", 0) > before.get("updatedReplicas", 0)
        or old_pods(now) < old_pods(before)
        or now.get("readyReplicas", 0) > before.get("readyReplicas", 0)
        or now.get("availableReplicas", 0) > before.get("availableReplicas", 0)
    )


def deadline_us(deployment: Obj) -> int:
    """How long a rollout may stand still, in microseconds."""
    return int(dig(deployment, "spec.progressDeadlineSeconds", NO_DEADLINE)) * SECOND


def timed_out(deployment: Obj, status: Obj, now_us: int) -> bool:
    """Whether the rollout has not got on for longer than its deadline."""
    last = find(status["conditions"], "Progressing")
    if last is None or last["reason"] == "NewReplicaSetAvailable":
        return False
    if last["reason"] == "ProgressDeadlineExceeded":
        return True
    return parse_timestamp(last["lastUpdateTime"]) + deadline_us(deployment) < now_us


def rolled_out(deployment: Obj, newest: Obj | None, replica_sets: list[Obj], now_us: int) -> Obj:
    """The whole status during a rollout: the counts, Available, and Progressing."""
    status = counted(deployment, newest, replica_sets, now_us)
    conditions = status["conditions"]
    if not has_deadline(deployment):
        return {**status, "conditions": without(conditions, "Progressing")}
    last = find(dig(deployment, "status.conditions", []), "Progressing")
    done = (
        status.get("replicas", 0) == status.get("updatedReplicas", 0)
        and last is not None
        and last["reason"] == "NewReplicaSetAvailable"
    )
    if not done:
        status = {**status, "conditions": with_progress(deployment, newest, status, now_us)}
    return with_replica_failure(status, newest, replica_sets, now_us)


def with_progress(deployment: Obj, newest: Obj | None, status: Obj, now_us: int) -> list[Obj]:
    """The conditions with Progressing as it is now: done, under way, stuck, or as it was."""
    conditions: list[Obj] = status["conditions"]
    subject = f'ReplicaSet "{meta.name(newest)}"' if newest else f'Deployment "{meta.name(deployment)}"'
    if complete(deployment, status):
        return with_condition(
            conditions,
            condition("Progressing", "True", "NewReplicaSetAvailable", f"{subject} has successfully progressed.", now_us),
        )
    if progressing(deployment.get("status") or {}, status):
        new = condition("Progressing", "True", "ReplicaSetUpdated", f"{subject} is progressing.", now_us)
        last = find(conditions, "Progressing")
        if last and last["status"] == "True":
            new = {**new, "lastTransitionTime": last["lastTransitionTime"]}
        return [*without(conditions, "Progressing"), new]
    if timed_out(deployment, status, now_us):
        return with_condition(
            conditions,
            condition("Progressing", "False", "ProgressDeadlineExceeded", f"{subject} has timed out progressing.", now_us),
        )
    return conditions


def with_replica_failure(status: Obj, newest: Obj | None, replica_sets: list[Obj], now_us: int) -> Obj:
    """ReplicaFailure is handed up from the newest ReplicaSet, else from an older one; it goes when theirs goes."""
    for one in [newest, *replica_sets]:
        failure = find(dig(one, "status.conditions", []), "ReplicaFailure")
        if failure:
            new = condition("ReplicaFailure", failure["status"], failure["reason"], failure["message"], now_us)
            return {**status, "conditions": with_condition(status["conditions"], new)}
    return {**status, "conditions": without(status["conditions"], "ReplicaFailure")}


def until_stuck(deployment: Obj, now_us: int) -> int | None:
    """Microseconds until the rollout must be looked at again, because it may be stuck then.

    None if it is done, or known to be stuck.
    Upstream: progress.go, requeueStuckDeployment.
    """
    last = find(dig(deployment, "status.conditions", []), "Progressing")
    if not has_deadline(deployment) or last is None or complete(deployment, deployment.get("status") or {}):
        return None
    if last["reason"] == "ProgressDeadlineExceeded":
        return None
    return max(0, parse_timestamp(last["lastUpdateTime"]) + deadline_us(deployment) - now_us) + SECOND
