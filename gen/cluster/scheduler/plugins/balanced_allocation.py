"""Cpu and memory of a node should fill up together: what is left of one is of little use without the other.

Upstream: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go (as of 1.36: what counts is how much the Pod
changes the balance, so about 75 points mean that it changes nothing).
"""

from __future__ import annotations

import math

from gen.cluster.scheduler.framework import SKIP, Score, State
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

NAME = "NodeResourcesBalancedAllocation"
RESOURCES = ("cpu", "memory")


def balance(fractions: list[float]) -> float:
    """How even the used fractions of several resources are: 100 if all are equal, 50 at the most uneven."""
    if len(fractions) < 2:
        return 100.0
    if len(fractions) == 2:
        deviation = abs(fractions[0] - fractions[1]) / 2
    else:
        mean = sum(fractions) / len(fractions)
        deviation = math.sqrt(sum((one - mean) * (one - mean) for one in fractions) / len(fractions))
    return (1 - deviation) * 100


def used_fractions(node: NodeInfo, more: dict[str, int]) -> list[float]:
    """The used fraction of each resource that the node has, if `more` were requested of it."""
    known = [resource for resource in RESOURCES if node.allocatable.get(resource)]
    return [min(1.0, (node.requested.get(one, 0) + more.get(one, 0)) / node.allocatable[one]) for one in known]


def improvement(state: State, pod: PodInfo, node: NodeInfo) -> int:
    """Points from 50 to 100: above 75 where the Pod makes the node more balanced, below where it makes it less so."""
    after = int(balance(used_fractions(node, pod.requests)))
    before = int(balance(used_fractions(node, {})))
    return 50 + (50 + after - before) // 2


def asks_for_something(pod: PodInfo, snapshot: Snapshot, feasible: list[NodeInfo]) -> State:
    """Skip Pods that request neither cpu nor memory."""
    return None if any(pod.requests.get(resource) for resource in RESOURCES) else SKIP


SCORE = Score(NAME, 1, improvement, asks_for_something)
