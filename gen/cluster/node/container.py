"""One container of a Pod on its node: start it, start it again when it ends, stop it.

Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go (v1.36.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node import latency
from gen.cluster.node.pull import ensure_image
from gen.cluster.node.runtime import SIGKILL, Container
from gen.kit.duration import go_duration
from gen.kit.evolve import dig
from gen.kit.loop import MINUTE, SECOND, Future, Micros, Sleep
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
FIRST_BACKOFF_US, LONGEST_BACKOFF_US = 10 * SECOND, 5 * MINUTE  # upstream: kubelet.go, initialCrashLoopBackOff
ENDED_BY_SIGNAL = 128


def restarts(pod: Obj, run: Container) -> bool:
    """Whether a container that ended is started again, by the Pod's restartPolicy."""
    policy = dig(pod, "spec.restartPolicy", "Always")
    return bool(policy == "Always" or (policy == "OnFailure" and run.exit_code != 0))


def restart_delay(restart: int, ran_us: Micros) -> Micros:
    """How long a container that has been restarted `restart` times waits: not at all, then 10 s, 20 s, … at most 5 min.

    Whoever ran for ten minutes begins anew (upstream: MaxContainerBackOff, back-off reset after twice that).
    """
    if restart == 0 or ran_us >= 2 * LONGEST_BACKOFF_US:
        return 0
    return min(FIRST_BACKOFF_US << min(restart - 1, 20), LONGEST_BACKOFF_US)


class ContainerWorker:
    """Works for one container of `worker`'s Pod. `waiting` is why it does not run, for the report."""

    def __init__(self, worker: PodWorker, spec: Obj) -> None:
        self.worker, self.spec, self.name = worker, spec, str(spec["name"])
        self.kubelet, self.loop = worker.kubelet, worker.loop
        self.waiting: Obj | None = None
        self._exit = Future()

    @property
    def latest(self) -> Container | None:
        """Its latest run."""
        sandbox = self.worker.sandbox
        return sandbox.latest(self.name) if sandbox else None

    @property
    def ended_for_good(self) -> bool:
        """Whether it has run, and will not be started again."""
        run = self.latest
        return run is not None and not run.running and not restarts(self.worker.pod, run)

    async def start(self) -> None:
        """Image, container, process; one that runs already is left alone."""
        sandbox = self.worker.sandbox
        if sandbox is None or (self.latest and self.latest.running):
            return
        await ensure_image(self)
        await self.worker.pause(latency.CREATE)
        container = self.kubelet.runtime.create(sandbox, self.name, self.spec["image"])
        self.worker.phase(self.name, "container-created", self.start)
        self.event("Normal", "Created", "Container created")
        await self.worker.pause(latency.START)
        self.kubelet.runtime.start(container)
        self.waiting, self._exit = None, Future()
        self.worker.phase(self.name, "container-started", self.start, restart=container.restart)
        self.event("Normal", "Started", "Container started")

    async def keep_up(self) -> None:
        """Wait for it to end; start it again as the restartPolicy says, later and later."""
        while (run := self.latest) is not None:
            if run.running:
                await self._exit
            context = self.kubelet.context()
            context.cause = context.cause if run.ended_by is None else run.ended_by
            self.worker.phase(self.name, "container-exited", self.keep_up, code=run.exit_code)
            await self.worker.pause(latency.EXIT_NOTICED)
            self.worker.container_ended()
            if not restarts(self.worker.pod, run):
                return
            await self._back_off(run)
            await self.start()
            await self.worker.pause(latency.STARTED_NOTICED)
            self.worker.report()

    def exited(self) -> None:
        """The runtime says that it has ended."""
        self._exit.settle()

    async def stop(self, grace_s: int) -> None:
        """A process that listens to SIGTERM goes soon; one that has no time left is killed."""
        sandbox, run = self.worker.sandbox, self.latest
        if sandbox is None or run is None or not run.running:
            return
        takes = latency.draw(self.kubelet.dice, latency.EXIT)
        in_time = takes <= grace_s * SECOND
        await Sleep(takes if in_time else grace_s * SECOND)
        self.kubelet.runtime.end(sandbox, run, 0 if in_time else ENDED_BY_SIGNAL + SIGKILL)
        self.worker.phase(self.name, "container-exited", self.stop, code=run.exit_code)

    def tell_stopping(self, grace_s: int) -> None:
        """Say that it is being stopped, before anything is done to it (recording 29)."""
        self.worker.phase(self.name, "container-stopping", self.stop, grace_s=grace_s)
        self.event("Normal", "Killing", f"Stopping container {self.name}")

    async def _back_off(self, run: Container) -> None:
        """Wait before a restart. What the API shows lags: CrashLoopBackOff appears only shortly before it (findings of 11)."""
        delay = restart_delay(run.restart, (run.finished_us or 0) - (run.started_us or 0))
        if not delay:
            return
        pod = self.worker.pod
        name = f"{meta.name(pod)}_{meta.namespace(pod)}({meta.uid(pod)})"
        self.event("Warning", "BackOff", f"Back-off restarting failed container {self.name} in pod {name}")
        await Sleep(delay + self.kubelet.dice.randint(0, delay // 2))
        message = f"back-off {go_duration(delay)} restarting failed container={self.name} pod={name}"
        self.waiting = {"reason": "CrashLoopBackOff", "message": message}
        self.worker.report()
        await self.worker.pause(latency.SANDBOX_NOTICED)

    def event(self, kind: str, reason: str, message: str) -> None:
        """Say something of this container aloud."""
        self.kubelet.recorder.event(self.worker.pod, kind, reason, message, field_path=f"spec.containers{{{self.name}}}")
