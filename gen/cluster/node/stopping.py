"""How a container is stopped: its preStop hook, SIGTERM, the rest of its grace period, SIGKILL.

Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gen.cluster.node import latency
from gen.cluster.node.handlers import Place, call_hook
from gen.cluster.node.podvoice import pod_key
from gen.cluster.node.runtime import KILLED, Container, Sandbox
from gen.kit.evolve import dig
from gen.kit.loop import SECOND, Future, Sleep

if TYPE_CHECKING:
    from gen.cluster.node.container import ContainerWorker

LEAST_GRACE_S = 2  # upstream: kuberuntime_container.go, minimumGracePeriodInSeconds


async def before_stop(container: ContainerWorker, sandbox: Sandbox, run: Container, grace_s: int, turn: Future | None) -> int:
    """The preStop hook, which uses up the grace period, and the turn of others; how much is left then: two seconds at least."""
    begun, hook = container.loop.now, dig(container.spec, "lifecycle.preStop", None)
    if grace_s > 0 and hook:
        place = Place(container.kubelet.runtime, run, container.spec, sandbox.address)
        failed = await call_hook(place, hook, pod_key(container.worker.pod), grace_s)
        if failed:
            container.event("Warning", "FailedPreStopHook", "PreStopHook failed")
    if turn is not None:
        await turn
    passed_s = (container.loop.now - begun) // SECOND
    return max(grace_s - passed_s, LEAST_GRACE_S) if passed_s else grace_s


async def terminate(container: ContainerWorker, sandbox: Sandbox, run: Container, grace_s: int) -> None:
    """A process that listens to SIGTERM goes soon; one that has no time left is killed."""
    runtime, loop = container.kubelet.runtime, container.loop
    takes = latency.draw(container.kubelet.dice, latency.EXIT)
    over = loop.now + grace_s * SECOND
    if takes <= grace_s * SECOND:
        await Sleep(takes)
        if run.signals.serving is not None:
            runtime.end(sandbox, run, 0)
        else:
            run.signals.deliver("TERM")
    timer = loop.after(over - loop.now, runtime.end, sandbox, run, KILLED)
    try:
        await run.ended
    finally:
        timer.cancel()
