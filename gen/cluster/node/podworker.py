"""The life of one Pod on its node, as one coroutine a deed: bring it up and keep it up, or end it.

    seen ▸ sandbox ▸ image ▸ created ▸ started ▸ reported Running … ▸ SIGTERM ▸ exited ▸ reported ▸ removed

It is level-triggered: each sync reports what the kubelet sees, asks `actions` what is to be done, and does it. What a sync
finds out by failing is shown only by the next one; so a reason such as CrashLoopBackOff lags behind (recording 11).
Upstream: pkg/kubelet/pod_workers.go, kuberuntime/kuberuntime_manager.go (SyncPod), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node import latency, podend, podsync
from gen.cluster.node.container import ContainerWorker
from gen.cluster.node.podpace import PodPace
from gen.cluster.node.prober import Prober
from gen.cluster.node.runtime import Container, Sandbox

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]


class PodWorker(PodPace):
    """One Pod's worker. It has one task at a time: `live`, and then `end`."""

    def __init__(self, kubelet: Kubelet, pod: Obj) -> None:
        super().__init__(kubelet, pod)
        self.containers = {name: ContainerWorker(self, spec) for name, spec in self.specs.items()}
        self.sandbox_ready = self.sandbox is not None  # a kubelet before this one has made it
        self.ended = self.leaving = self.ending = self.over = self.looked = False
        self.prober = Prober(self)
        self.reported_running: dict[str, None] = {}  # runs that were reported as running: only these are probed
        self.reason: Obj = {}
        self.grace_s = int(pod["spec"].get("terminationGracePeriodSeconds") or 0)

    @property
    def specs(self) -> dict[str, Obj]:
        """All its containers, those that initialize it first."""
        spec = self.pod["spec"]
        return {one["name"]: one for one in [*(spec.get("initContainers") or []), *spec["containers"]]}

    @property
    def sandbox(self) -> Sandbox | None:
        """The Pod's sandbox, if the runtime has one."""
        return self.kubelet.runtime.sandboxes.get(self.uid)

    @property
    def waiting(self) -> dict[str, Obj]:
        """Why containers do not run, by name; for the report. Who leaves does not wait."""
        gone = self.ended or self.ending or self.over
        return {name: one.waiting for name, one in self.containers.items() if one.waiting and not gone}

    async def live(self) -> None:
        """Bring the Pod up, or take over what a kubelet before us has left running, and keep it up."""
        await self.pause(latency.FIRST_STATUS)
        podend.watch_deadline(self)
        while not (self.over or self.leaving):
            outcome = await podsync.sync(self)
            self.looked = True
            self.synced(outcome)
            if not (outcome.changed or self.over or self.leaving):
                await self.hear(outcome)
            if not (self.over or self.leaving):
                await self.see()

    async def end(self, grace_s: int, removed: bool) -> None:
        """SIGTERM, the grace period, SIGKILL; then report how it ended, and let the API server remove the Pod.

        `removed`: the object is gone already (a forced deletion), so there is nothing to report to.
        """
        await podend.end(self, grace_s, removed)

    def probed(self, deed: str) -> None:
        """A probe's verdict has changed: what is ready is told at once, what is to be killed at the next sync."""
        if deed != "kill":
            self.tell()
        self.wake(self.kubelet.context().cause)

    def exited(self, container: Container) -> None:
        """A container has ended, and the kubelet has noticed."""
        container.noticed = True
        self.wake(container.ended_by)

    def notice_sandbox(self, cause: int | None) -> None:
        """The sandbox is up, and the kubelet has seen it."""
        if not self.ending:
            self.sandbox_ready = True
            self.report(cause)

    def report(self, cause: int | None = None) -> None:
        """Make the status anew, and let the status manager tell it; who is not ready is looked at again."""
        self.tell(cause)
        self.prober.look_now()

    def tell(self, cause: int | None = None) -> None:
        """Let the status manager tell how the Pod is."""
        if self.sandbox:
            self.reported_running |= dict.fromkeys(run.id for run in self.sandbox.running())
        self.kubelet.statuses.report(self, cause)
