"""A Pod that names its node goes there and nowhere else.

Upstream: pkg/scheduler/framework/plugins/nodename/node_name.go.
"""

from __future__ import annotations

from gen.cluster.scheduler.framework import Filter, Rejection, State
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo

NAME = "NodeName"
REJECTED = Rejection(NAME, ("node(s) didn't match the requested node name",), resolvable=False)


def named(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject every node but the one that the Pod names."""
    wanted = pod.spec.get("nodeName")
    return REJECTED if wanted and wanted != node.name else None


FILTER = Filter(NAME, named)
