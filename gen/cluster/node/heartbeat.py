"""How a node shows that it lives: it registers, reports its conditions, and renews a Lease every ten seconds.

Upstream: pkg/kubelet/kubelet_node_status.go, component-helpers/apimachinery/lease (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import Component
from gen.cluster.node.images import ImageStore
from gen.kit.duration import micro_timestamp, timestamp
from gen.kit.evolve import dig, evolve
from gen.kit.loop import MINUTE, SECOND, Sleep
from gen.objects import meta

Obj = dict[str, Any]
LEASE_NAMESPACE = "kube-node-lease"
LEASE_S = 40  # upstream: nodeLeaseDurationSeconds
RENEW_US = LEASE_S * SECOND // 4
RENEW_JITTER = 25  # one part in so many: renewInterval with a jitter of 0.04
REPORT_US = 5 * MINUTE  # upstream: nodeStatusReportFrequency: a status without news is sent so seldom

# (condition, reason, message) of a healthy node, in the order in which the kubelet writes them.
HEALTHY = (
    ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
)
STARTING_EVENTS = (
    ("Starting", "Starting kubelet."),
    ("NodeHasSufficientMemory", "Node {node} status is now: NodeHasSufficientMemory"),
    ("NodeHasNoDiskPressure", "Node {node} status is now: NodeHasNoDiskPressure"),
    ("NodeHasSufficientPID", "Node {node} status is now: NodeHasSufficientPID"),
    ("NodeAllocatableEnforced", "Updated Node Allocatable limit across pods"),
)


def node_conditions(node: Obj, now_us: int) -> list[Obj]:
    """The conditions of a healthy node, with the time of this heartbeat."""
    known = {one["type"]: one for one in dig(node, "status.conditions", [])}
    now = timestamp(now_us)

    def since(kind: str, status: str) -> str:
        before = known.get(kind)
        return str(before["lastTransitionTime"]) if before and before["status"] == status else now

    return [
        {
            "type": kind,
            "status": status,
            "lastHeartbeatTime": now,
            "lastTransitionTime": since(kind, status),
            "reason": reason,
            "message": message,
        }
        for kind, status, reason, message in HEALTHY
    ]


def node_images(store: ImageStore) -> list[Obj]:
    """The node's images as its status lists them, the largest first."""
    found = sorted(store.images.values(), key=lambda image: (-image.size_bytes, image.name))
    return [{"names": [image.digest, image.name], "sizeBytes": image.size_bytes} for image in found]


def lease(node: Obj, now_us: int) -> Obj:
    """The node's Lease, renewed now."""
    owner = {"apiVersion": "v1", "kind": "Node", "name": meta.name(node), "uid": meta.uid(node)}
    return {
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": {"name": meta.name(node), "namespace": LEASE_NAMESPACE, "ownerReferences": [owner]},
        "spec": {"holderIdentity": meta.name(node), "leaseDurationSeconds": LEASE_S, "renewTime": micro_timestamp(now_us)},
    }


class Heartbeat:
    """The heartbeats of one kubelet."""

    def __init__(self, kubelet: Component, node: Obj, images: ImageStore) -> None:
        self.kubelet, self.node, self.images = kubelet, node, images
        self.api, self.loop = kubelet.api, kubelet.loop

    def start(self) -> None:
        """Register and report now; then renew and report in the background, for as long as the process lives."""
        self.kubelet.process.spawn(self._begin())

    async def _begin(self) -> None:
        self.node = await self._register()
        for reason, message in STARTING_EVENTS:
            self.kubelet.recorder.event(self.node, "Normal", reason, message.format(node=meta.name(self.node)))
        await self._report()
        self.kubelet.process.spawn(self._renew_for_ever(), background=True)
        self.kubelet.process.spawn(self._report_for_ever(), background=True)

    async def _register(self) -> Obj:
        """Create the Node, or find it from before."""
        try:
            return await self.api.create(self.node)
        except StatusError as error:
            if error.reason != "AlreadyExists":
                raise
            return await self.api.get("Node", "", meta.name(self.node))

    async def _report(self) -> None:
        self.kubelet.obey(node_conditions)
        current = await self.api.get("Node", "", meta.name(self.node))
        was_ready = any(one["type"] == "Ready" and one["status"] == "True" for one in dig(current, "status.conditions", []))
        status = {**(current.get("status") or {}), "conditions": node_conditions(current, self.loop.unix_us)}
        if self.images.images:
            status["images"] = node_images(self.images)
        await self.api.patch("Node", "", meta.name(self.node), {"status": status}, how="merge", subresource="status")
        if not was_ready:
            name = meta.name(self.node)
            self.kubelet.recorder.event(self.node, "Normal", "NodeReady", f"Node {name} status is now: NodeReady")

    async def _report_for_ever(self) -> None:
        while True:
            await Sleep(REPORT_US)
            try:
                await self._report()
            except StatusError as error:
                if error.code != 404:  # the Node was deleted: a kubelet registers only when it starts
                    raise

    async def _renew_for_ever(self) -> None:
        dice = self.loop.rng(f"heartbeat/{meta.name(self.node)}")
        while True:
            await self._renew()
            await Sleep(RENEW_US + dice.randint(0, RENEW_US // RENEW_JITTER))

    async def _renew(self) -> None:
        self.kubelet.obey(lease)
        renewed = lease(self.node, self.loop.unix_us)
        try:
            known = await self.api.get("Lease", LEASE_NAMESPACE, meta.name(self.node))
            await self.api.update(evolve(known, "spec", renewed["spec"]))
        except StatusError as error:
            if error.code == 404:
                await self.api.create(renewed)
