"""A cordoned node takes no new Pods, unless the Pod tolerates that.

Upstream: pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go.
"""

from __future__ import annotations

from gen.cluster.scheduler.framework import Filter, Rejection, State
from gen.cluster.scheduler.plugins.taint_toleration import tolerated
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo

NAME = "NodeUnschedulable"
CORDONED = {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}
REJECTED = Rejection(NAME, ("node(s) were unschedulable",), resolvable=False)


def schedulable(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject a node that is cordoned."""
    if node.unschedulable and not tolerated(CORDONED, pod.spec.get("tolerations") or []):
        return REJECTED
    return None


FILTER = Filter(NAME, schedulable)
