"""The kubelet: sees the Pods that are bound to its node, has the runtime run them, and reports how they are.

It watches only its own Pods (a field selector on `spec.nodeName`), and gives each a worker.
Upstream: pkg/kubelet/kubelet.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.client.api import Api
from gen.cluster.client.component import Component
from gen.cluster.client.informer import Informers, Notice
from gen.cluster.node import latency
from gen.cluster.node.backoff import Backoff
from gen.cluster.node.images import ImageStore
from gen.cluster.node.kubelet_server import KubeletServer
from gen.cluster.node.podend import effective_grace_s
from gen.cluster.node.podworker import PodWorker
from gen.cluster.node.runtime import Container, Runtime, Sandbox
from gen.cluster.node.status_manager import StatusManager
from gen.kit.loop import SECOND, Async, Context, Micros, Sleep, Task
from gen.objects import meta, pods

Obj = dict[str, Any]
RELIST_US = SECOND  # upstream: kubelet.go, genericPlegRelistPeriod
HOUSEKEEPING_US = 2 * SECOND  # upstream: kubelet.go, housekeepingPeriod
FORGOTTEN_GRACE_S = 1


def remembered(sandbox: Sandbox) -> Obj:
    """What a runtime knows of the Pod of a sandbox: its name, and those of its containers."""
    metadata = {"name": sandbox.pod.name, "namespace": sandbox.pod.namespace, "uid": sandbox.pod_uid}
    containers = [{"name": name} for name in sandbox.runs]
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": containers}}


class Kubelet(Component):
    """One node's kubelet. The runtime and the images belong to the node: they are there before it and after it."""

    def __init__(self, api: Api, node: str, address: str, runtime: Runtime, images: ImageStore) -> None:
        super().__init__(api, Informers(api), source="kubelet", host=node)
        self.node, self.address, self.runtime, self.images = node, address, runtime, images
        self.dice = self.loop.rng(f"kubelet/{node}")
        beats = self.loop.rng(f"beats/{node}")
        self.started_us, self.relist_offset, self.queue_offset = self.loop.now, beats.randint(0, SECOND), beats.randint(0, SECOND)
        self.crash_backoff, self.image_backoff = Backoff(), Backoff()
        self.statuses = StatusManager(self)
        self.workers: dict[str, PodWorker] = {}
        self._tasks: dict[str, Task] = {}
        self._ended: dict[str, None] = {}  # Pods whose work is done, though a finalizer may still keep the object

    def start(self) -> None:
        """Watch the node's Pods and listen to the runtime."""
        self.runtime.on_exit = self._on_exit
        self.api.server.kubelets[self.node] = KubeletServer(self)
        self.process.at_stop(self._deafen)
        self.pods = self.informers.of("Pod", fields=f"spec.nodeName={self.node}")
        self.pods.on_change(self._on_change)
        self.process.spawn(self._end_the_forgotten())

    async def _end_the_forgotten(self) -> None:
        """A Pod that was removed while no kubelet ran still has its sandbox (upstream: kubelet_pods.go, HandlePodCleanups)."""
        await self.informers.synced()
        known = [meta.uid(pod) for pod in self.pods.all()]
        forgotten = [sandbox for uid, sandbox in self.runtime.sandboxes.items() if uid not in known]
        if not forgotten:
            return
        await Sleep(HOUSEKEEPING_US)
        for sandbox in forgotten:
            worker = self.workers[sandbox.pod_uid] = PodWorker(self, remembered(sandbox))
            self._tasks[worker.uid] = self.process.spawn(worker.end(FORGOTTEN_GRACE_S, removed=True))

    def _on_change(self, notice: Notice) -> None:
        """A Pod of this node is new, changed or gone: wake its worker."""
        pod = notice.after or notice.before or {}
        if meta.uid(pod) in self._ended:
            return
        worker = self.workers.get(meta.uid(pod))
        if worker is None and notice.after is not None and (not pods.is_terminal(pod) or meta.deleting(pod)):
            worker = self.workers[meta.uid(pod)] = PodWorker(self, pod)
            if not meta.deleting(pod):
                self._wake(worker, notice, worker.live())
        if worker is None:
            return
        before, worker.pod = worker.pod, notice.after or worker.pod
        leaving = notice.after is None or meta.deleting(pod)
        if leaving and (not worker.leaving or effective_grace_s(pod) < worker.grace_s and meta.deleting(pod)):
            self._end(worker, notice, pod)
        elif before["spec"] != worker.pod["spec"] and not leaving:
            worker.wake(self.seen(notice, meta.ref(pod)))

    def _end(self, worker: PodWorker, notice: Notice, pod: Obj) -> None:
        """The worker now ends its Pod, whatever else it waits for; what it does with the runtime it does to the end before."""
        if worker.uid in self._tasks and (worker.leaving or worker.deed is None):
            self.process.end(self._tasks[worker.uid])
        worker.leaving = True
        self._wake(worker, notice, worker.end(effective_grace_s(pod), removed=notice.after is None))

    def _wake(self, worker: PodWorker, notice: Notice, deed: Async) -> None:
        cause = self.seen(notice, meta.ref(worker.pod))
        self._tasks[worker.uid] = self.process.spawn(deed, context=Context(cause))

    def forget(self, uid: str) -> None:
        """The Pod is no more."""
        self._ended[uid] = None
        self.workers.pop(uid, None)
        self._tasks.pop(uid, None)
        self.statuses.forget(uid)

    def relist_after(self, moment: Micros) -> Micros:
        """When the runtime is next asked how all containers are, after a moment (upstream: pleg/generic.go)."""
        return moment + latency.until_next(moment, RELIST_US, self.relist_offset)

    def _on_exit(self, sandbox: Sandbox, container: Container) -> None:
        """A container has ended by itself: it shows when the runtime is asked next."""
        worker = self.workers.get(sandbox.pod_uid)
        if worker is None or container.name not in worker.containers:
            return
        if worker.containers[container.name].stopping:
            return
        container.noticed = False
        container.ended_by = worker.note_exit(container)
        wait = self.relist_after(self.loop.now) - self.loop.now
        self.process.after(wait, worker.exited, container, background=False)

    def _deafen(self) -> None:
        self.runtime.on_exit = None
        self.api.server.kubelets.pop(self.node, None)
