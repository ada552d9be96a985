"""One container of a Pod on its node: start it, start it again when it ends, stop it.

Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go (startContainer, killContainer), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node import latency
from gen.cluster.node.handlers import Place, call_hook
from gen.cluster.node.materials import Missing, environment, files_of
from gen.cluster.node.process import Inside
from gen.cluster.node.programs import Program, behaviour_of, program_of
from gen.cluster.node.prober import pod_key
from gen.cluster.node.pull import CannotStart, ensure_image
from gen.cluster.node.runtime import SIGKILL, Container, Sandbox
from gen.cluster.node.running import launch
from gen.kit import quantity
from gen.kit.duration import go_duration
from gen.kit.evolve import dig
from gen.kit.loop import SECOND, Future, Micros, Sleep
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
ENDED_BY_SIGNAL = 128
LEAST_GRACE_S = 2  # upstream: kuberuntime_container.go, minimumGracePeriodInSeconds
NOT_STARTED = 128  # upstream: containerd, the exit code of what could not be started


class ContainerWorker:
    """Works for one container of `worker`'s Pod. `waiting` is why it does not run, for the report."""

    def __init__(self, worker: PodWorker, spec: Obj, init: bool = False) -> None:
        self.worker, self.name, self.init = worker, str(spec["name"]), init
        self.kubelet, self.loop = worker.kubelet, worker.loop
        self.waiting: Obj | None = None
        self.stopping = False  # it is we who end it, so we need nobody to notice

    @property
    def spec(self) -> Obj:
        """The container as the Pod now has it."""
        return self.worker.specs[self.name]

    @property
    def latest(self) -> Container | None:
        """Its latest run."""
        sandbox = self.worker.sandbox
        return sandbox.latest(self.name) if sandbox else None

    async def start(self, before: Container | None) -> None:
        """Image, container, process. `before` is the run that had ended when this was decided. Raises CannotStart."""
        sandbox = self.worker.sandbox
        if sandbox is None:
            return
        self._respect_back_off(before)
        try:
            await ensure_image(self)
        except CannotStart as error:
            self.event("Warning", "Failed", f"Error: {error.reason}")
            raise
        variables = await self._environment()
        await self.worker.pause(latency.CREATE)
        container = self.kubelet.runtime.create(sandbox, self.name, self.spec["image"])
        self.worker.phase(self.name, "container-created", self.start)
        self.event("Normal", "Created", "Container created")
        await self.worker.pause(latency.START)
        program = program_of(self.spec, self.kubelet.images.told, variables)
        if program.fault:
            self.kubelet.runtime.fail(container, NOT_STARTED, "StartError", program.fault)
            self.event("Warning", "Failed", f"Error: {program.fault}")
            raise CannotStart("RunContainerError", program.fault)
        self.kubelet.runtime.start(container)
        self.waiting, self.stopping = None, False
        self.worker.phase(self.name, "container-started", self.start, restart=container.restart)
        self.event("Normal", "Started", "Container started")
        self._launch(sandbox, container, program, variables)
        await self._after_start(sandbox, container)

    def _respect_back_off(self, before: Container | None) -> None:
        """Whoever failed not long ago must wait (upstream: doBackOff). Raises CannotStart."""
        if before is None:
            return
        key, backoff = (self.worker.uid, self.name), self.kubelet.crash_backoff
        ended = before.finished_us or 0
        if not backoff.is_waiting(key, ended, self.loop.now):
            backoff.next(key, ended, self.loop.now)
            return
        wait, pod = backoff.get(key), pod_key(self.worker.pod)
        self.event("Warning", "BackOff", f"Back-off restarting failed container {self.name} in pod {pod}")
        message = f"back-off {go_duration(wait)} restarting failed container={self.name} pod={pod}"
        raise CannotStart("CrashLoopBackOff", message, until=ended + wait)

    async def _environment(self) -> dict[str, str]:
        """Its variables; without them it cannot be made. Raises CannotStart."""
        try:
            return await environment(self.worker, self.spec)
        except Missing as error:
            self.event("Warning", "Failed", f"Error: {error}")
            raise CannotStart("CreateContainerConfigError", str(error)) from error

    def _launch(self, sandbox: Sandbox, container: Container, program: Program, variables: dict[str, str]) -> None:
        """Its program begins."""
        limit = dig(self.spec, "resources.limits.memory", None)
        known = behaviour_of(self.spec["image"], self.kubelet.images.told)
        inside = Inside(
            self.loop, meta.name(self.worker.pod), files_of(self.spec, self.worker.volumes), {"HOSTNAME": meta.name(self.worker.pod), **variables},
            known_image=known, left_out=self._leave_out,
        )  # fmt: skip
        if limit is not None:
            inside.limit = quantity.value(limit)
        if program.unknown:
            self._leave_out(program.unknown)
        launch(self.kubelet.runtime, sandbox, container, program, inside)

    def _leave_out(self, what: str) -> None:
        """Say what of it is not simulated."""
        self.kubelet.trace.leave_out(f"Pod.spec.containers.{what}")

    async def _after_start(self, sandbox: Sandbox, container: Container) -> None:
        """The postStart hook; when it fails, the container is killed. Raises CannotStart."""
        hook = dig(self.spec, "lifecycle.postStart", None)
        if not hook:
            return
        place = Place(self.kubelet.runtime, container, self.spec, sandbox.address)
        failed = await call_hook(place, hook, pod_key(self.worker.pod), 10**6)
        if failed:
            self.event("Warning", "FailedPostStartHook", "PostStartHook failed")
            await self.kill("FailedPostStartHook", self.worker.grace_s)
            raise CannotStart("PostStartHookError", failed)

    async def kill(self, message: str, grace_s: int) -> None:
        """Say why, and stop it."""
        self.tell_stopping(grace_s, message)
        await self.stop(grace_s)

    async def stop(self, grace_s: int, turn: Future | None = None) -> None:
        """The preStop hook, SIGTERM, and SIGKILL when the grace period is over. `turn`: not before others have ended."""
        sandbox, run = self.worker.sandbox, self.latest
        if sandbox is None or run is None or not run.running:
            return
        begun, self.stopping = self.loop.now, True
        if grace_s > 0 and dig(self.spec, "lifecycle.preStop", None):
            await self._before_stop(sandbox, run, grace_s)
        if turn is not None:
            await turn
        passed_s = (self.loop.now - begun) // SECOND
        if passed_s:
            grace_s = max(grace_s - passed_s, LEAST_GRACE_S)
        await self._terminate(sandbox, run, grace_s)
        self.worker.phase(self.name, "container-exited", self.stop, code=run.exit_code)

    async def _before_stop(self, sandbox: Sandbox, run: Container, grace_s: int) -> None:
        place = Place(self.kubelet.runtime, run, self.spec, sandbox.address)
        failed = await call_hook(place, self.spec["lifecycle"]["preStop"], pod_key(self.worker.pod), grace_s)
        if failed:
            self.event("Warning", "FailedPreStopHook", "PreStopHook failed")

    async def _terminate(self, sandbox: Sandbox, run: Container, grace_s: int) -> None:
        """A process that listens to SIGTERM goes soon; one that has no time left is killed."""
        takes = latency.draw(self.kubelet.dice, latency.EXIT)
        over = self.loop.now + grace_s * SECOND
        if takes <= grace_s * SECOND:
            await Sleep(takes)
            if run.signals.serving is not None:
                self._end(sandbox, run, 0)
            else:
                run.signals.deliver("TERM")
        timer = self.loop.after(over - self.loop.now, self._end, sandbox, run, ENDED_BY_SIGNAL + SIGKILL)
        try:
            await run.ended
        finally:
            timer.cancel()

    def _end(self, sandbox: Sandbox, run: Container, code: int) -> None:
        self.kubelet.runtime.end(sandbox, run, code)

    def tell_stopping(self, grace_s: int, message: str = "") -> None:
        """Say that it is being stopped, before anything is done to it (recording 29)."""
        self.worker.phase(self.name, "container-stopping", self.stop, grace_s=grace_s)
        self.event("Normal", "Killing", message or f"Stopping container {self.name}")

    def event(self, kind: str, reason: str, message: str) -> None:
        """Say something of this container aloud."""
        self.worker.event_of(self.spec, kind, reason, message)
