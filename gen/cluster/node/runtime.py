"""The container runtime of a node: sandboxes and containers, which outlive the kubelet that asked for them.

A sandbox is what the containers of a Pod share: the network namespace with its address, held open by the pause container.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gen.cluster.node.process import Inside, Signals
from gen.kit.loop import Future, Loop, Micros, Task
from gen.kit.names import fnv1a_128
from gen.kit.process import Lock, Process
from gen.trace.record import Ref

SIGKILL = 9
KILLED = 128 + SIGKILL  # the exit code of what was killed

# The states of a container and what moves it on (upstream: cri-api, ContainerState). No other move is possible.
MOVES = {
    ("created", "start"): "running",
    ("created", "fail"): "exited",
    ("running", "exit"): "exited",
}


@dataclass(slots=True)
class Container:
    """One run of a container. `exit_code` is None while it runs."""

    id: str
    name: str
    image: str
    restart: int
    started_us: Micros | None = None
    finished_us: Micros | None = None
    exit_code: int | None = None
    ended_by: int | None = None  # the record of the deed that ended it
    reason: str = ""  # why it ended, where that is not told by its code: OOMKilled, StartError
    message: str = ""
    noticed: bool = True  # False: it has ended, and its kubelet does not know yet
    inside: Inside | None = None
    signals: Signals = field(default_factory=Signals)
    tasks: list[Task] = field(default_factory=list)
    ended: Future = field(default_factory=Future)

    @property
    def state(self) -> str:
        """created, running or exited."""
        return "exited" if self.exit_code is not None else "running" if self.started_us is not None else "created"

    @property
    def running(self) -> bool:
        """Whether it has started and not ended."""
        return self.state == "running"

    @property
    def seems_running(self) -> bool:
        """Whether its kubelet takes it for running."""
        return self.running or not self.noticed


@dataclass(slots=True)
class Sandbox:
    """The sandbox of one Pod: its address, and every run of each of its containers, the latest last."""

    id: str
    pod_uid: str
    pod: Ref
    address: str
    runs: dict[str, list[Container]] = field(default_factory=dict)
    volumes: dict[str, dict[str, str]] = field(default_factory=dict)  # the files of what its Pod mounts

    def latest(self, name: str) -> Container | None:
        """The latest run of a container."""
        return self.runs[name][-1] if self.runs.get(name) else None

    def latest_ended(self, name: str) -> Container | None:
        """The latest run of a container that has ended, as far as its kubelet knows."""
        return next((run for run in reversed(self.runs.get(name, [])) if run.state == "exited" and run.noticed), None)

    def running(self) -> list[Container]:
        """What runs now."""
        return [runs[-1] for runs in self.runs.values() if runs and runs[-1].running]


class Runtime:
    """One node's containerd. `on_exit` is told of every container that ends.

    What is made or started waits for what was asked before (`turn`): ten Pods that come to a node together get their sandboxes
    half a second after one another, and no container starts before the last of them has one (recordings 02c, 11, 31).
    """

    def __init__(self, loop: Loop, node: str, next_address: Callable[[], str]) -> None:
        self.loop, self.node, self._next_address = loop, node, next_address
        self.process = Process(loop, f"containerd/{node}")
        self.sandboxes: dict[str, Sandbox] = {}
        self.on_exit: Callable[[Sandbox, Container], None] | None = None
        self.turn = Lock()
        self._made = 0

    def make_sandbox(self, pod_uid: str, pod: Ref) -> Sandbox:
        """A new sandbox, with an address."""
        sandbox = Sandbox(self._next_id(), pod_uid, pod, self._next_address())
        self.sandboxes[pod_uid] = sandbox
        return sandbox

    def create(self, sandbox: Sandbox, name: str, image: str) -> Container:
        """A container that does not run yet."""
        runs = sandbox.runs.setdefault(name, [])
        runs.append(Container(self._next_id(), name, image, restart=len(runs)))
        return runs[-1]

    def start(self, container: Container) -> None:
        """Its process runs from now on, until it ends or somebody ends it."""
        self._move(container, "start")
        container.started_us = self.loop.now

    def fail(self, container: Container, code: int, reason: str, message: str) -> None:
        """Its process could not be started."""
        self._move(container, "fail")
        container.finished_us, container.exit_code = self.loop.now, code
        container.reason, container.message = reason, message

    def end(self, sandbox: Sandbox, container: Container, exit_code: int, cause: int | None = None, reason: str = "") -> None:
        """The process is gone; `cause` is the record of what was done to it."""
        if not container.running:
            return
        self._move(container, "exit")
        container.exit_code, container.finished_us, container.ended_by = exit_code, self.loop.now, cause
        if container.inside:
            container.inside.wake()
        container.reason = reason
        container.message = container.inside.last_words(exit_code) if container.inside else ""
        for task in container.tasks:
            if task is not self.loop.task:
                self.process.end(task)
        container.tasks.clear()
        container.ended.settle()
        if self.on_exit:
            self.on_exit(sandbox, container)

    def remove_sandbox(self, pod_uid: str) -> None:
        """The sandbox and its containers are no more."""
        self.sandboxes.pop(pod_uid, None)

    def _move(self, container: Container, deed: str) -> None:
        if (container.state, deed) not in MOVES:
            raise ValueError(f"a container that is {container.state} cannot {deed}")

    def _next_id(self) -> str:
        self._made += 1
        seed = f"{self.node}/{self._made}".encode()
        return f"{fnv1a_128(seed):032x}{fnv1a_128(seed[::-1]):032x}"
