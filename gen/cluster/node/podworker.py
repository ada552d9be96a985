"""The life of one Pod on its node, as one coroutine a deed: bring it up and keep it up, or end it.

    seen ▸ sandbox ▸ image ▸ created ▸ started ▸ reported Running … ▸ SIGTERM ▸ exited ▸ reported ▸ removed

Upstream: pkg/kubelet/pod_workers.go, kuberuntime/kuberuntime_manager.go (SyncPod, killPodWithSyncResult), v1.36.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import dotted
from gen.cluster.node import latency
from gen.cluster.node.container import ContainerWorker
from gen.cluster.node.runtime import Container, Sandbox
from gen.kit.loop import Gather, Micros, Sleep
from gen.objects import meta
from gen.trace.record import Phase

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]


class PodWorker:
    """One Pod's worker. It has one task at a time: `live`, and then `end`."""

    def __init__(self, kubelet: Kubelet, pod: Obj) -> None:
        self.kubelet, self.loop, self.uid = kubelet, kubelet.loop, meta.uid(pod)
        self.pod = pod
        self.containers = {spec["name"]: ContainerWorker(self, spec) for spec in pod["spec"]["containers"]}
        self.sandbox_ready = self.ended = self.ending = False

    @property
    def sandbox(self) -> Sandbox | None:
        """The Pod's sandbox, if the runtime has one."""
        return self.kubelet.runtime.sandboxes.get(self.uid)

    @property
    def waiting(self) -> dict[str, Obj]:
        """Why containers do not run, by name; for the report."""
        return {name: one.waiting for name, one in self.containers.items() if one.waiting and not self.ended}

    async def live(self) -> None:
        """Bring the Pod up, or take over what a kubelet before us has left running, and keep it up."""
        await self.pause(latency.FIRST_STATUS)
        if self.sandbox is None:
            self.report()
            await self.pause(latency.SANDBOX)
            sandbox = self.kubelet.runtime.make_sandbox(self.uid, meta.ref(self.pod))
            self.phase("", "sandbox-created", self.live, address=sandbox.address)
        noticed = latency.draw(self.kubelet.dice, latency.SANDBOX_NOTICED)
        self.loop.after(noticed, self._notice_sandbox, self.kubelet.context().cause)
        for container in self.containers.values():
            await container.start()
        await self.pause(latency.STARTED_NOTICED)
        self.report()
        await Gather([container.keep_up() for container in self.containers.values()])

    async def end(self, grace_s: int, removed: bool) -> None:
        """SIGTERM, the grace period, SIGKILL; then report how it ended, and let the API server remove the Pod.

        `removed`: the object is gone already (a forced deletion), so there is nothing to report to.
        """
        self.ending = True
        await self.pause(latency.WORKER_WAKES)
        running = [one for one in self.containers.values() if one.latest and one.latest.running]
        for container in running:
            container.tell_stopping(grace_s)
        if not removed:
            self.report()
        await Gather([container.stop(grace_s) for container in running])
        await self.pause(latency.EXIT_NOTICED)
        self.ended, self.sandbox_ready = True, False
        if not removed:
            self.report()
        await self.pause(latency.CLEANED_UP)
        self.kubelet.runtime.remove_sandbox(self.uid)
        self.phase("", "sandbox-removed", self.end)
        if not removed:
            await self._remove()
        self.kubelet.forget(self.uid)

    async def _remove(self) -> None:
        """The last word: a deletion with no grace left, once everything has been reported."""
        await self.kubelet.statuses.reported(self.uid)
        self.kubelet.obey(self._remove)
        try:
            await self.kubelet.api.delete("Pod", meta.namespace(self.pod), meta.name(self.pod), grace=0, uid=self.uid)
        except StatusError as error:
            if error.code not in (404, 409):
                raise

    def exited(self, container: Container) -> None:
        """The runtime says that a container has ended."""
        if container.name in self.containers:
            self.containers[container.name].exited()

    def container_ended(self) -> None:
        """A container has ended by itself: the Pod too, if none of them will run again."""
        self.ended = all(one.ended_for_good for one in self.containers.values())
        self.report()

    def _notice_sandbox(self, cause: int | None) -> None:
        if self.kubelet.process.alive and not self.ending:
            self.sandbox_ready = True
            self.report(cause)

    def report(self, cause: int | None = None) -> None:
        """Let the status manager tell how the Pod is."""
        self.kubelet.statuses.report(self, cause)

    async def pause(self, duration: tuple[Micros, Micros]) -> None:
        """Let a while pass, drawn from a range."""
        await Sleep(latency.draw(self.kubelet.dice, duration))

    def phase(self, container: str, phase: str, by: Callable[..., Any], **detail: Any) -> None:
        """Note that something of the Pod went on to its next phase; what follows was caused by that."""
        context = self.kubelet.context()
        record = self.kubelet.trace.add(
            Phase, at=self.loop.now, cause=context.cause, who=self.kubelet.name, process=self.kubelet.process.name,
            by=dotted(by), ref=meta.ref(self.pod), container=container, phase=phase, detail=detail,
        )  # fmt: skip
        context.cause, context.by = record.seq, record.by
