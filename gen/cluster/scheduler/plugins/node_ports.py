"""A port of the node itself can be taken by one Pod only.

Upstream: pkg/scheduler/framework/plugins/nodeports/node_ports.go.
"""

from __future__ import annotations

from collections.abc import Iterable

from gen.cluster.scheduler.framework import SKIP, Filter, Rejection, State
from gen.cluster.scheduler.pod_info import EVERY_ADDRESS, PodInfo, Port
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

NAME = "NodePorts"
REJECTED = Rejection(NAME, ("node(s) didn't have free ports for the requested pod ports",))


def conflict(wanted: Port, taken: Iterable[Port]) -> bool:
    """Whether one of the ports that are taken is the wanted one, on the same address or with one of them on every address."""
    protocol, address, number = wanted
    return any(
        (other, port) == (protocol, number) and (at == address or EVERY_ADDRESS in (at, address)) for other, at, port in taken
    )


def wants_ports(pod: PodInfo, snapshot: Snapshot) -> State:
    """Skip Pods that take no port of the node."""
    return None if pod.ports else SKIP


def free(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject a node where a wanted port is taken."""
    return REJECTED if any(conflict(port, node.ports) for port in pod.ports) else None


FILTER = Filter(NAME, free, wants_ports)
