"""Whether a rollout gets on, is done, is held, or got stuck: the condition `Progressing`, and when to look again.

Nothing is undone because of it: the condition only tells. A rollout that is known to be stuck goes on as soon as it can.

Upstream: pkg/controller/deployment/progress.go, sync.go (checkPausedConditions), util/deployment_util.go (DeploymentComplete,
DeploymentProgressing, DeploymentTimedOut), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.deployment_conditions import condition, find, with_condition, without
from gen.kit.duration import parse_timestamp
from gen.kit.evolve import dig
from gen.kit.loop import MILLISECOND, SECOND
from gen.objects import meta, workloads

Obj = dict[str, Any]
NO_DEADLINE = 2**31 - 1
TIMED_OUT = "ProgressDeadlineExceeded"
PAUSED, RESUMED = "DeploymentPaused", "DeploymentResumed"
AT_ONCE_US = 5 * MILLISECOND  # upstream: the first delay of the queue's rate limiter


def has_deadline(deployment: Obj) -> bool:
    """Whether the Deployment wants to hear of a rollout that is stuck."""
    return bool(dig(deployment, "spec.progressDeadlineSeconds", NO_DEADLINE) != NO_DEADLINE)


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
    if last["reason"] == TIMED_OUT:
        return True
    return parse_timestamp(last["lastUpdateTime"]) + deadline_us(deployment) < now_us


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
            condition("Progressing", "False", TIMED_OUT, f"{subject} has timed out progressing.", now_us),
        )
    return conditions


def held_or_released(deployment: Obj, now_us: int) -> Obj | None:
    """The condition Progressing of a Deployment that has just been paused, or just been resumed; None for any other.

    Time that a Deployment is held does not count against its deadline. One that is known to be stuck stays so.
    """
    last = workloads.condition(deployment, "Progressing")
    if not has_deadline(deployment) or (last is not None and last["reason"] == TIMED_OUT):
        return None
    paused, known = bool(dig(deployment, "spec.paused", False)), last is not None and last["reason"] == PAUSED
    if paused == known:
        return None
    if paused:
        return condition("Progressing", "Unknown", PAUSED, "Deployment is paused", now_us)
    return condition("Progressing", "Unknown", RESUMED, "Deployment is resumed", now_us)


def until_stuck(deployment: Obj, now_us: int) -> int | None:
    """Microseconds until the rollout must be looked at again, because it may be stuck then; None if it is done, or is stuck.

    Timestamps hold whole seconds, so a second is added, and in the last second it is looked at again and again.
    Upstream: progress.go, requeueStuckDeployment.
    """
    last = workloads.condition(deployment, "Progressing")
    if not has_deadline(deployment) or last is None or complete(deployment, deployment.get("status") or {}):
        return None
    if last["reason"] == TIMED_OUT:
        return None
    left = parse_timestamp(last["lastUpdateTime"]) + deadline_us(deployment) - now_us
    return AT_ONCE_US if left < SECOND else left + SECOND
