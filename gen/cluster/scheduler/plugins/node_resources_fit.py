"""A node must have left what the Pod requests; and the more it has left, the better.

Requests count, not use: a node is full when its Pods have asked for all of it, however little they do.
Upstream: pkg/scheduler/framework/plugins/noderesources/fit.go and least_allocated.go.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.cluster.scheduler.framework import BEST_SCORE, Filter, Rejection, Score, State, nothing_to_compare
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo

NAME = "NodeResourcesFit"
TOO_MANY_PODS = "Too many pods"


@dataclass(frozen=True, slots=True)
class Lack:
    """A resource of which a node has too little left. `resolvable`: it would have enough if it were empty."""

    resource: str
    requested: int
    used: int
    capacity: int

    @property
    def reason(self) -> str:
        """As the Event names it."""
        return TOO_MANY_PODS if self.resource == "pods" else f"Insufficient {self.resource}"

    @property
    def resolvable(self) -> bool:
        """Whether fewer Pods on the node could help."""
        return self.resource == "pods" or self.requested <= self.capacity


def lacking(pod: PodInfo, node: NodeInfo) -> list[Lack]:
    """What the node has too little of, its room for one more Pod included."""
    lacks = []
    most_pods = node.allocatable.get("pods", 0)
    if len(node.pods) + 1 > most_pods:
        lacks.append(Lack("pods", 1, len(node.pods), most_pods))
    for resource, requested in pod.requests.items():
        if resource == "pods":
            continue
        used, capacity = node.requested.get(resource, 0), node.allocatable.get(resource, 0)
        if requested > capacity - used and requested > 0:
            lacks.append(Lack(resource, requested, used, capacity))
    return lacks


def fits(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject a node that lacks something."""
    lacks = lacking(pod, node)
    if not lacks:
        return None
    return Rejection(NAME, tuple(lack.reason for lack in lacks), resolvable=all(lack.resolvable for lack in lacks))


def least_allocated(state: State, pod: PodInfo, node: NodeInfo) -> int:
    """The share that would be left free, of cpu and memory on average: 100 for an empty node."""
    cpu, memory = node.allocatable.get("cpu", 0), node.allocatable.get("memory", 0)
    shares = [
        share_left(node.assumed_cpu_milli + pod.assumed[0], cpu) if cpu else None,
        share_left(node.assumed_memory + pod.assumed[1], memory) if memory else None,
    ]
    counted = [share for share in shares if share is not None]
    return sum(counted) // len(counted) if counted else 0


def share_left(requested: int, capacity: int) -> int:
    """The percentage of `capacity` that is left, 0 if more than all of it is requested.

    >>> share_left(250, 1000)
    75
    """
    return 0 if requested > capacity else (capacity - requested) * BEST_SCORE // capacity


FILTER = Filter(NAME, fits)
SCORE = Score(NAME, 1, least_allocated, nothing_to_compare)
