"""The kubelet: sees the Pods that are bound to its node, has the runtime run them, and reports how they are.

It watches only its own Pods (a field selector on `spec.nodeName`), and gives each a worker. Reports are written apart from
the work, by the status manager: the latest wins, and one that says nothing new is not sent.
Upstream: pkg/kubelet/kubelet.go, pkg/kubelet/status/status_manager.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.client.component import Component, dotted
from gen.cluster.client.informer import Informers, Notice
from gen.cluster.node import latency
from gen.cluster.node.images import ImageStore
from gen.cluster.node.podworker import PodWorker
from gen.cluster.node.runtime import Container, Runtime, Sandbox
from gen.cluster.node.status import Sight, pod_status
from gen.kit.evolve import evolve
from gen.kit.loop import Context, Future, Sleep, Task
from gen.objects import meta, pods

Obj = dict[str, Any]


class Kubelet(Component):
    """One node's kubelet. The runtime and the images belong to the node: they are there before it and after it."""

    def __init__(self, api: Api, node: str, address: str, runtime: Runtime, images: ImageStore) -> None:
        super().__init__(api, Informers(api), source="kubelet", host=node)
        self.node, self.address, self.runtime, self.images = node, address, runtime, images
        self.dice = self.loop.rng(f"kubelet/{node}")
        self.workers: dict[str, PodWorker] = {}
        self._tasks: dict[str, Task] = {}
        self._to_report: dict[str, tuple[PodWorker, Context]] = {}
        self._sent: dict[str, Obj] = {}
        self._all_sent: list[Future] = []
        self._reporting = False

    def start(self) -> None:
        """Watch the node's Pods and listen to the runtime."""
        self.runtime.on_exit = self._on_exit
        self.process.at_stop(self._deafen)
        self.pods = self.informers.of("Pod", fields=f"spec.nodeName={self.node}")
        self.pods.on_change(self._on_change)

    def _on_change(self, notice: Notice) -> None:
        """A Pod of this node is new, changed or gone: wake its worker."""
        pod = notice.after or notice.before or {}
        worker = self.workers.get(meta.uid(pod))
        if worker is None and notice.after is not None and (not pods.is_terminal(pod) or meta.deleting(pod)):
            worker = self.workers[meta.uid(pod)] = PodWorker(self, pod)
            if not meta.deleting(pod):
                self._wake(worker, notice, worker.live())
        if worker is None:
            return
        worker.pod = notice.after or worker.pod
        if not worker.ending and (notice.after is None or meta.deleting(pod)):
            worker.ending = True
            if worker.uid in self._tasks:
                self.process.end(self._tasks[worker.uid])
            grace_s = pod["metadata"].get("deletionGracePeriodSeconds", 0)
            self._wake(worker, notice, worker.end(grace_s, removed=notice.after is None))

    def _wake(self, worker: PodWorker, notice: Notice, deed: Any) -> None:
        cause = self.seen(notice, meta.ref(worker.pod))
        self._tasks[worker.uid] = self.process.spawn(deed, context=Context(cause))

    def forget(self, uid: str) -> None:
        """The Pod is no more."""
        self.workers.pop(uid, None)
        self._tasks.pop(uid, None)
        self._sent.pop(uid, None)

    def report(self, worker: PodWorker, cause: int | None = None) -> None:
        """The worker's Pod has changed, because of `cause` or of what the running task did: its status will be written soon."""
        self._to_report[worker.uid] = (worker, Context(self.context().cause if cause is None else cause, dotted(pod_status)))
        if not self._reporting:
            self._reporting = True
            self.process.spawn(self._write_reports())

    async def reported(self, uid: str) -> None:
        """Wait until nothing is left to report of a Pod: only then may it be removed."""
        while uid in self._to_report or self._reporting:
            self._all_sent.append(Future())
            await self._all_sent[-1]

    async def _write_reports(self) -> None:
        try:
            while self._to_report:
                await Sleep(latency.draw(self.dice, latency.STATUS_SENT))
                uid = next(iter(self._to_report))
                worker, context = self._to_report.pop(uid)
                if self.loop.task:
                    self.loop.task.context = context
                await self._write_report(worker)
        finally:
            self._reporting = False
            for waiting in self._all_sent:
                waiting.settle()
            self._all_sent.clear()

    async def _write_report(self, worker: PodWorker) -> None:
        pod = self._latest(worker)
        sight = Sight(
            self.address,
            self.loop.epoch_us,
            self.loop.unix_us,
            worker.sandbox,
            worker.sandbox_ready,
            dict(worker.waiting),
            worker.ended,
        )
        status = pod_status(pod, sight)
        if status == self._sent.get(worker.uid) or status == pod.get("status"):
            return
        try:
            self._sent[worker.uid] = (
                await self.api.update(without_version(evolve(pod, "status", status)), subresource="status")
            )["status"]
        except StatusError as error:
            if error.code != 404:
                raise

    def _latest(self, worker: PodWorker) -> Obj:
        """The Pod with what was last reported of it: the cache may still be behind our own words."""
        sent = self._sent.get(worker.uid)
        return worker.pod if sent is None else {**worker.pod, "status": sent}

    def _on_exit(self, sandbox: Sandbox, container: Container) -> None:
        worker = self.workers.get(sandbox.pod_uid)
        if worker:
            worker.exited(container)

    def _deafen(self) -> None:
        self.runtime.on_exit = None


def without_version(pod: Obj) -> Obj:
    """The object without its resourceVersion: a status may be written over any version (upstream: a patch of the status)."""
    return {**pod, "metadata": {key: value for key, value in pod["metadata"].items() if key != "resourceVersion"}}
