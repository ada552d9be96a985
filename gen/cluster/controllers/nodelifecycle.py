"""The node lifecycle controller, as far as it goes: a Node's conditions become taints that keep new Pods away.

What comes later: noticing that a Node's heartbeats have stopped, and what follows from it.
Upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.client.controller import After, Controller, itself
from gen.cluster.client.workqueue import Key
from gen.kit.evolve import REMOVED, dig, evolve
from gen.objects import meta

Obj = dict[str, Any]

# (condition, status) → the taint that says so. Upstream: nodeConditionToTaintKeyStatusMap.
TAINT_OF_CONDITION = {
    ("Ready", "False"): "node.kubernetes.io/not-ready",
    ("Ready", "Unknown"): "node.kubernetes.io/unreachable",
    ("MemoryPressure", "True"): "node.kubernetes.io/memory-pressure",
    ("DiskPressure", "True"): "node.kubernetes.io/disk-pressure",
    ("PIDPressure", "True"): "node.kubernetes.io/pid-pressure",
    ("NetworkUnavailable", "True"): "node.kubernetes.io/network-unavailable",
}
UNSCHEDULABLE = "node.kubernetes.io/unschedulable"


def taints_wanted(node: Obj) -> list[Obj]:
    """The Node's taints as its conditions and `spec.unschedulable` want them; taints of other origin stay."""
    ours = [*TAINT_OF_CONDITION.values(), UNSCHEDULABLE]
    states = {(one.get("type"), one.get("status")) for one in dig(node, "status.conditions", [])}
    keys = [key for state, key in TAINT_OF_CONDITION.items() if state in states]
    if dig(node, "spec.unschedulable"):
        keys.append(UNSCHEDULABLE)
    known = [
        one
        for one in dig(node, "spec.taints", [])
        if one["key"] not in ours or one["effect"] != "NoSchedule" or one["key"] in keys
    ]
    missing = [key for key in keys if not any(one["key"] == key and one["effect"] == "NoSchedule" for one in known)]
    return [*known, *({"key": key, "effect": "NoSchedule"} for key in missing)]


class NodeLifecycleController(Controller):
    """Keys of Nodes."""

    workers = 8  # upstream: UpdateWorkerSize

    def register(self) -> None:
        """Watch Nodes."""
        self.nodes = self.informers.of("Node")
        self.watch("Node", itself)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a Node. Before it has any condition its taint from admission stays."""
        node = self.nodes.get(*key)
        if node is None or not dig(node, "status.conditions"):
            return None
        taints = taints_wanted(node)
        if taints != dig(node, "spec.taints", []):
            self.decided(meta.ref(node), by=taints_wanted, taints=[one["key"] for one in taints])
            await self.api.update(evolve(node, "spec.taints", taints or REMOVED))
        return None
