"""The container runtime of a node: sandboxes and containers, which outlive the kubelet that asked for them.

A sandbox is what the containers of a Pod share: the network namespace with its address, held open by the pause container.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gen.kit.loop import Loop, Micros
from gen.kit.names import fnv1a_128
from gen.trace.record import Ref

SIGKILL = 9


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

    @property
    def running(self) -> bool:
        """Whether it has started and not ended."""
        return self.started_us is not None and self.exit_code is None


@dataclass(slots=True)
class Sandbox:
    """The sandbox of one Pod: its address, and every run of each of its containers, the latest last."""

    id: str
    pod_uid: str
    pod: Ref
    address: str
    runs: dict[str, list[Container]] = field(default_factory=dict)

    def latest(self, name: str) -> Container | None:
        """The latest run of a container."""
        return self.runs[name][-1] if self.runs.get(name) else None

    def running(self) -> list[Container]:
        """What runs now."""
        return [runs[-1] for runs in self.runs.values() if runs and runs[-1].running]


class Runtime:
    """One node's containerd. `on_exit` is told of every container that ends."""

    def __init__(self, loop: Loop, node: str, next_address: Callable[[], str]) -> None:
        self.loop, self.node, self._next_address = loop, node, next_address
        self.sandboxes: dict[str, Sandbox] = {}
        self.on_exit: Callable[[Sandbox, Container], None] | None = None
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
        """Its process runs from now on, until somebody ends it."""
        container.started_us = self.loop.now

    def end(self, sandbox: Sandbox, container: Container, exit_code: int, cause: int | None = None) -> None:
        """The process is gone; `cause` is the record of what was done to it."""
        if container.running:
            container.exit_code, container.finished_us, container.ended_by = exit_code, self.loop.now, cause
            if self.on_exit:
                self.on_exit(sandbox, container)

    def remove_sandbox(self, pod_uid: str) -> None:
        """The sandbox and its containers are no more."""
        self.sandboxes.pop(pod_uid, None)

    def _next_id(self) -> str:
        self._made += 1
        seed = f"{self.node}/{self._made}".encode()
        return f"{fnv1a_128(seed):032x}{fnv1a_128(seed[::-1]):032x}"
