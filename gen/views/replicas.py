"""How many of the wanted replicas a workload has, as a picture tells it."""

from __future__ import annotations

from gen.kit.evolve import dig
from gen.objects import meta
from gen.trace.record import Obj

STATES = ("full", "short", "idle", "there", "terminating")  # as wanted; not as wanted; none wanted; does not count; to be deleted
WORKLOADS = {  # kind: how many are ready, how many are wanted, and how many if nobody says
    "Deployment": ("status.readyReplicas", "spec.replicas", 1),
    "ReplicaSet": ("status.readyReplicas", "spec.replicas", 1),
    "StatefulSet": ("status.readyReplicas", "spec.replicas", 1),
    "ReplicationController": ("status.readyReplicas", "spec.replicas", 1),
    "DaemonSet": ("status.numberReady", "status.desiredNumberScheduled", 0),
    "Job": ("status.succeeded", "spec.completions", 1),
}


def replicas_of(obj: Obj) -> tuple[str, str]:
    """The drawn state of an object that is no Pod, and its count: `2/3`, or "" for kinds that do not count."""
    count, word = count_of(obj)
    return ("terminating" if meta.deleting(obj) else count), word


def count_of(obj: Obj) -> tuple[str, str]:
    """Whether it has what it wants, and both numbers."""
    counts = WORKLOADS.get(obj["kind"])
    if counts is None:
        return "there", ""
    ready, wanted = dig(obj, counts[0], 0), dig(obj, counts[1], counts[2])
    return ("short" if ready != wanted else "full" if wanted else "idle"), f"{ready}/{wanted}"
