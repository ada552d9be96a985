"""One container of a Pod on its node: start it, start it again when it ends, stop it.

Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go (startContainer, killContainer), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node import latency, starting, stopping
from gen.cluster.node.programs import program_of
from gen.cluster.node.pull import CannotStart, ensure_image
from gen.cluster.node.runtime import Container
from gen.kit.loop import Future

if TYPE_CHECKING:
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
NOT_STARTED = 128  # upstream: containerd, the exit code of what could not be started


class ContainerWorker:
    """Works for one container of `worker`'s Pod. `waiting` is why it does not run, for the report."""

    def __init__(self, worker: PodWorker, spec: Obj) -> None:
        self.worker, self.name = worker, str(spec["name"])
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
        starting.respect_back_off(self, before)
        try:
            await ensure_image(self)
        except CannotStart as error:
            self.event("Warning", "Failed", f"Error: {error.reason}")
            raise
        variables = await starting.variables_of(self)
        async with self.kubelet.runtime.turn:
            await self.worker.pause(latency.CREATE)
        container = self.kubelet.runtime.create(sandbox, self.name, self.spec["image"])
        self.worker.phase(self.name, "container-created", self.start)
        self.event("Normal", "Created", "Container created")
        async with self.kubelet.runtime.turn:
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
        starting.launch_program(self, sandbox, container, program, variables)
        await starting.after_start(self, sandbox, container)

    async def kill(self, message: str, grace_s: int) -> None:
        """Say why, and stop it."""
        self.tell_stopping(grace_s, message)
        await self.stop(grace_s)

    async def stop(self, grace_s: int, turn: Future | None = None) -> None:
        """The preStop hook, SIGTERM, and SIGKILL when the grace period is over. `turn`: not before others have ended."""
        sandbox, run = self.worker.sandbox, self.latest
        if sandbox is None or run is None or not run.running:
            return
        self.stopping = True
        left_s = await stopping.before_stop(self, sandbox, run, grace_s, turn)
        await stopping.terminate(self, sandbox, run, left_s)
        self.worker.phase(self.name, "container-exited", self.stop, code=run.exit_code)

    def tell_stopping(self, grace_s: int, message: str = "") -> None:
        """Say that it is being stopped, before anything is done to it (recording 29)."""
        self.worker.phase(self.name, "container-stopping", self.stop, grace_s=grace_s)
        self.event("Normal", "Killing", message or f"Stopping container {self.name}")

    def event(self, kind: str, reason: str, message: str) -> None:
        """Say something of this container aloud."""
        self.worker.event_of(self.spec, kind, reason, message)
