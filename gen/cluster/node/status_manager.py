"""Reports are written apart from the work: the latest wins, and one that says nothing new is not sent.

Upstream: pkg/kubelet/status/status_manager.go (v1.36.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import dotted
from gen.cluster.node import latency
from gen.cluster.node.status import Sight, pod_status
from gen.kit.loop import Context, Future, Sleep
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]


class StatusManager:
    """Writes the status of a kubelet's Pods, one after the other."""

    def __init__(self, kubelet: Kubelet) -> None:
        self.kubelet, self.loop = kubelet, kubelet.loop
        self._to_report: dict[str, tuple[PodWorker, Obj, Context]] = {}
        self._known: dict[str, Obj] = {}
        self._sent: dict[str, Obj] = {}
        self._all_sent: list[Future] = []
        self._reporting = False

    def report(self, worker: PodWorker, cause: int | None = None) -> None:
        """The worker's Pod has changed, because of `cause` or of what the running task did: write it soon."""
        context = Context(self.kubelet.context().cause if cause is None else cause, dotted(pod_status))
        status = self._known[worker.uid] = pod_status(self._latest(worker), self._sight(worker))
        self._to_report[worker.uid] = (worker, status, context)
        if not self._reporting:
            self._reporting = True
            self.kubelet.process.spawn(self._write_all())

    async def reported(self, uid: str) -> None:
        """Wait until nothing is left to report of a Pod: only then may it be removed."""
        while uid in self._to_report or self._reporting:
            self._all_sent.append(Future())
            await self._all_sent[-1]

    def forget(self, uid: str) -> None:
        """The Pod is no more."""
        self._sent.pop(uid, None)
        self._known.pop(uid, None)

    async def _write_all(self) -> None:
        try:
            while self._to_report:
                await Sleep(latency.draw(self.kubelet.dice, latency.STATUS_SENT))
                uid = next(iter(self._to_report))
                worker, status, context = self._to_report.pop(uid)
                self.loop.context = context
                await self._write(worker, status)
        finally:
            self._reporting = False
            for waiting in self._all_sent:
                waiting.settle()
            self._all_sent.clear()

    async def _write(self, worker: PodWorker, status: Obj) -> None:
        pod = worker.pod
        before = self._sent.get(worker.uid)
        if status == (pod.get("status") if before is None else before):
            return
        known = pod if before is None else {**pod, "status": before}
        try:
            written = await self.kubelet.api.patch(*meta.ref(pod), changes(known, status), how="merge", subresource="status")
        except StatusError as error:
            if error.code != 404:
                raise
        else:
            self._sent[worker.uid] = written["status"]

    def _sight(self, worker: PodWorker) -> Sight:
        """What the kubelet sees of the Pod now."""
        return Sight(
            self.kubelet.address, self.loop.epoch_us, self.loop.unix_us, worker.sandbox, worker.sandbox_ready, worker.waiting,
            worker.ended, worker.over, worker.looked, worker.prober.unready(), worker.prober.unstarted(), worker.reason,
        )  # fmt: skip

    def _latest(self, worker: PodWorker) -> Obj:
        """The Pod with what was last said of it: the cache may still be behind our own words."""
        known = self._known.get(worker.uid)
        return worker.pod if known is None else {**worker.pod, "status": known}


def changes(pod: Obj, status: Obj) -> Obj:
    """The patch that makes this the status of this very Pod: what is no longer said is taken away.

    Upstream: pkg/util/pod/pod.go PatchPodStatus (a strategic merge patch of what differs).
    """
    gone = dict.fromkeys(pod.get("status", {}))
    return {"metadata": {"uid": meta.uid(pod)}, "status": {**gone, **status}}


def without_version(pod: Obj) -> Obj:
    """The object without its resourceVersion: a status may be written over any version."""
    return {**pod, "metadata": {key: value for key, value in pod["metadata"].items() if key != "resourceVersion"}}
