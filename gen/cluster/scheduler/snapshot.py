"""What the scheduler believes about the cluster: every node, what it can give, and what its Pods have taken.

It is kept up to date Pod by Pod, and runs ahead of the API: a Pod that was just given a node counts there at once, before
anybody else knows. Upstream: pkg/scheduler/backend/cache and pkg/scheduler/framework/types.go (NodeInfo).
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from gen.cluster.scheduler.groups import Groups
from gen.cluster.scheduler.pod_info import Key, PodInfo, Port, with_tag
from gen.cluster.scheduler.tally import Tallies
from gen.kit.evolve import dig
from gen.objects import meta, pods

Obj = dict[str, Any]
ZONE, REGION = "topology.kubernetes.io/zone", "topology.kubernetes.io/region"


class NodeInfo:
    """One node. `generation` changes with every Pod that comes or goes; `node` is None while only its Pods are known."""

    __slots__ = (
        "allocatable", "assumed_cpu_milli", "assumed_memory", "generation", "images", "labels", "name",
        "node", "pods", "ports", "requested", "taints", "unschedulable",
    )  # fmt: skip

    def __init__(self, name: str) -> None:
        self.name, self.generation = name, 0
        self.requested: dict[str, int] = {}
        self.assumed_cpu_milli = self.assumed_memory = 0
        self.pods: dict[Key, PodInfo] = {}
        self.ports: dict[Port, int] = {}
        self.set_node(None)

    def set_node(self, node: Obj | None) -> None:
        """Read from the Node object what placement depends on."""
        self.node: Obj | None = node
        self.labels: dict[str, str] = meta.labels(node) if node else {}
        self.taints: list[Obj] = dig(node, "spec.taints", [])
        self.unschedulable: bool = dig(node, "spec.unschedulable", False)
        self.allocatable: dict[str, int] = amounts(dig(node, "status.allocatable", {}))
        self.images: dict[str, int] = image_sizes(dig(node, "status.images", []))

    def add(self, pod: PodInfo) -> None:
        """A Pod has come."""
        self.pods[pod.key] = pod
        self._count(pod, 1)

    def remove(self, pod: PodInfo) -> None:
        """A Pod has gone."""
        del self.pods[pod.key]
        self._count(pod, -1)

    def _count(self, pod: PodInfo, sign: int) -> None:
        self.generation += 1
        for resource, amount in pod.requests.items():
            self.requested[resource] = self.requested.get(resource, 0) + sign * amount
        self.assumed_cpu_milli += sign * pod.assumed[0]
        self.assumed_memory += sign * pod.assumed[1]
        for port in pod.ports:
            self.ports[port] = self.ports.get(port, 0) + sign
            if not self.ports[port]:
                del self.ports[port]


class Snapshot:
    """All nodes and their Pods. `epoch` changes whenever a Node changed in what placement depends on."""

    def __init__(self) -> None:
        self.nodes: dict[str, NodeInfo] = {}
        self.epoch = 0
        self.groups = Groups()
        self.namespaces: dict[str, dict[str, str]] = {}  # the labels of every namespace
        self._without_node: dict[str, NodeInfo] = {}  # Pods may be heard of before their Node, or outlive it
        self._node_of: dict[Key, str] = {}
        self._with_affinity: dict[Key, str] = {}
        self._tallies = Tallies()
        self._order: list[NodeInfo] | None = None

    def put_node(self, node: Obj) -> None:
        """A Node is new, or has changed."""
        name = meta.name(node)
        info = self.nodes.get(name)
        if info is None:
            info = self._without_node.pop(name) if name in self._without_node else NodeInfo(name)
            self.nodes[name] = info
        elif deciding(info.node) == deciding(node):
            info.node = node
            return
        info.set_node(node)
        self._changed()

    def remove_node(self, name: str) -> None:
        """A Node is gone. Its Pods are remembered until they are gone too."""
        info = self.nodes.pop(name, None)
        if info is not None:
            info.set_node(None)
            if info.pods:
                self._without_node[name] = info
            self._changed()

    def put_pod(self, pod: PodInfo, node: str) -> None:
        """A Pod takes its place on `node`, or has changed there."""
        self.remove_pod(pod.key)
        info = self.nodes.get(node) or self._without_node.setdefault(node, NodeInfo(node))
        info.add(pod)
        self._node_of[pod.key] = node
        if pod.affinity:
            self._with_affinity[pod.key] = node
        self._tallies.count(pod, node, 1)

    def remove_pod(self, key: Key) -> None:
        """A Pod gives its place back; nothing happens if it had none."""
        node = self._node_of.pop(key, None)
        self._with_affinity.pop(key, None)
        if node is None:
            return
        info = self.nodes.get(node) or self._without_node[node]
        pod = info.pods[key]
        info.remove(pod)
        self._tallies.count(pod, node, -1)
        if info.node is None and not info.pods:
            self._without_node.pop(node, None)

    def node_of(self, key: Key) -> str | None:
        """The node on which a Pod has its place."""
        return self._node_of.get(key)

    def pod(self, key: Key) -> PodInfo | None:
        """The Pod as it was put; None if it has no place."""
        node = self._node_of.get(key)
        return None if node is None else (self.nodes.get(node) or self._without_node[node]).pods[key]

    def placed_pods(self) -> list[tuple[NodeInfo, PodInfo]]:
        """Every Pod with its node."""
        return [(node, pod) for node in self.nodes.values() for pod in node.pods.values()]

    def pods_with_affinity(self) -> list[tuple[NodeInfo, PodInfo]]:
        """The Pods that say something about the company they want, with their nodes."""
        known = [(self.nodes.get(node), key) for key, node in self._with_affinity.items()]
        return [(node, node.pods[key]) for node, key in known if node is not None]

    def count_matching(self, namespace: str, selector: Obj) -> dict[str, int]:
        """How many Pods of `namespace` the label selector matches, by node; nodes without any are left out."""
        tally, new = self._tallies.find(namespace, selector)
        if new:
            infos = [*self.nodes.values(), *self._without_node.values()]
            self._tallies.recount(tally, [(info.name, pod) for info in infos for pod in info.pods.values()])
        return tally.by_node

    def order(self) -> list[NodeInfo]:
        """The nodes in the order in which they are asked: one of each zone in turn, in a zone the first that came first.

        Upstream: pkg/scheduler/backend/cache/node_tree.go.
        """
        if self._order is None:
            zones: dict[tuple[str, str], list[NodeInfo]] = {}
            for info in self.nodes.values():
                zones.setdefault((info.labels.get(REGION, ""), info.labels.get(ZONE, "")), []).append(info)
            self._order = [info for round in zip_longest(*zones.values()) for info in round if info is not None]
        return self._order

    def _changed(self) -> None:
        self.epoch += 1
        self._order = None


def amounts(quantities: Obj) -> dict[str, int]:
    """Quantities in base units: cpu in thousandths of a core, all else in whole units."""
    return {name: pods.in_base_units(name, text) for name, text in quantities.items()}


def image_sizes(images: list[Obj]) -> dict[str, int]:
    """The size of every image that a node holds, by each of its names."""
    return {with_tag(name): image.get("sizeBytes", 0) for image in images for name in image.get("names") or []}


def deciding(node: Obj | None) -> tuple[Any, ...]:
    """What placement depends on in a Node."""
    fields = ("metadata.labels", "spec.taints", "spec.unschedulable", "status.allocatable", "status.images")
    return tuple(dig(node, field) for field in fields)
