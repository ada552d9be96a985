"""What a kubelet answers when the API server asks: the output of a container, and commands run in it.

Upstream: pkg/kubelet/kubelet_pods.go (GetKubeletContainerLogs, validateContainerLogStatus), pkg/kubelet/server (v1.36.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.apiserver import status
from gen.cluster.apiserver.status import StatusError
from gen.cluster.node.running import execute
from gen.cluster.node.runtime import Container, Runtime
from gen.kit.evolve import dig
from gen.kit.loop import Future, Sleep
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]
STARTING_US = (60_000, 140_000)  # a process beside the others: assumed
NO_IMAGE = ("ErrImagePull", "ImagePullBackOff")


class KubeletServer:
    """The door of a kubelet."""

    def __init__(self, kubelet: Kubelet) -> None:
        self.kubelet, self.runtime = kubelet, kubelet.runtime

    async def execute(self, pod: Obj, container: str, words: list[str]) -> Obj:
        """Run a command in a container that runs. Raises StatusError."""
        run = latest(self.runtime, pod, container)
        if run is None or not run.running:
            raise StatusError(404, "", f'unable to upgrade connection: container not found ("{container}")', None)
        await Sleep(self.kubelet.loop.rng(f"exec/{self.kubelet.node}").randint(*STARTING_US))
        found = await execute(run, words, self.runtime)
        return {"code": found.code, "output": found.output, "fault": found.fault, "id": run.id}

    def logs(self, pod: Obj, container: str, previous: bool) -> Tail:
        """What a container has printed, and will print. Raises StatusError."""
        sandbox = self.runtime.sandboxes.get(meta.uid(pod))
        runs = [run for run in (sandbox.runs.get(container) or [] if sandbox else []) if run.state != "created"]
        name = meta.name(pod)
        if previous:
            if len(runs) < 2 and not (runs and runs[-1].state == "exited" and waits(pod, container)):
                raise status.bad_request(f'previous terminated container "{container}" in pod "{name}" not found')
            runs = runs if waits(pod, container) else runs[:-1]
        if not runs:
            raise status.bad_request(
                f'container "{container}" in pod "{name}" is waiting to start: {why_waiting(pod, container)}'
            )
        return Tail(runs[-1])


class Tail:
    """The log of one run of a container: `lines` up to now, and with `more` what it prints after them."""

    def __init__(self, run: Container) -> None:
        self._run, self._read = run, 0
        self.lines = self._unread()

    def _unread(self) -> list[tuple[int, str]]:
        lines = self._run.inside.lines[self._read :] if self._run.inside else []
        self._read += len(lines)
        return [(at, text) for at, _, text in lines]

    async def more(self) -> list[tuple[int, str]]:
        """The next lines; none when it has ended."""
        while not (lines := self._unread()) and self._run.running and self._run.inside:
            news = Future()
            self._run.inside.heard.append(news)
            await news
        return lines


def latest(runtime: Runtime, pod: Obj, container: str) -> Container | None:
    """The latest run of a Pod's container."""
    sandbox = runtime.sandboxes.get(meta.uid(pod))
    return sandbox.latest(container) if sandbox else None


def told(pod: Obj, container: str) -> Obj:
    """What the Pod's status says of a container."""
    known = [*dig(pod, "status.containerStatuses", []), *dig(pod, "status.initContainerStatuses", [])]
    found: Obj = next((one for one in known if one["name"] == container), {})
    return found


def waits(pod: Obj, container: str) -> bool:
    """Whether it waits to be started again."""
    return bool(dig(told(pod, container), "state.waiting", None))


def why_waiting(pod: Obj, container: str) -> str:
    """Why there is no log yet."""
    reason = str(dig(told(pod, container), "state.waiting.reason", "ContainerCreating"))
    return "trying and failing to pull image" if reason in NO_IMAGE else reason
