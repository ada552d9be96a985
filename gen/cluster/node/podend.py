"""How a Pod ends on its node: because it is deleted, because its containers have ended for good, or because its time is over.

Upstream: pkg/kubelet/pod_workers.go (SyncTerminatingPod, SyncTerminatedPod, calculateEffectiveGracePeriod),
kuberuntime/kuberuntime_termination_order.go, pkg/kubelet/active_deadline.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.node import latency
from gen.cluster.node.probes import KINDS, LIVENESS, STARTUP
from gen.kit.duration import parse_timestamp
from gen.kit.evolve import dig
from gen.kit.loop import SECOND, Async, Future, Gather, Sleep
from gen.objects import meta
from gen.objects.pods import sidecars

if TYPE_CHECKING:
    from gen.cluster.node.container import ContainerWorker
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
LEAST_S = 1  # upstream: pod_workers.go: whatever was asked for, a second is given
TOO_LONG = {"message": "Pod was active on the node longer than the specified deadline", "reason": "DeadlineExceeded"}


def effective_grace_s(pod: Obj) -> int:
    """How long its containers get. A deletion with no grace removes the object at once, but its containers get their own time."""
    asked = pod["metadata"].get("deletionGracePeriodSeconds") or 0
    return max(int(asked or pod["spec"].get("terminationGracePeriodSeconds") or 0), LEAST_S)


def probe_grace_s(worker: PodWorker, name: str) -> int:
    """How long a container gets that failed its probe: what the probe says, else what the Pod says."""
    kind = worker.prober.failed(name)
    said = dig(worker.specs[name], f"{kind}Probe.terminationGracePeriodSeconds", None) if kind else None
    return int(said if said is not None else worker.pod["spec"].get("terminationGracePeriodSeconds", 30))


async def end(worker: PodWorker, grace_s: int, removed: bool) -> None:
    """The Pod is deleted. `removed`: its object is gone already."""
    worker.grace_s = grace_s
    while worker.deed:
        await worker.deed
    await worker.see()
    worker.ending = True
    worker.prober.end(LIVENESS, STARTUP)
    await worker.pause(latency.WORKER_WAKES)
    running = [one for one in worker.containers.values() if one.latest and one.latest.running]
    for container in running:
        container.tell_stopping(grace_s)
    if not removed:
        worker.report()
    await Gather(stops(worker, running, grace_s))
    worker.prober.end(*KINDS)
    await worker.pause(latency.EXIT_NOTICED)
    worker.sandbox_ready = False
    worker.ended = worker.sandbox is None or all(has_run(one) for one in worker.containers.values())
    if not removed:
        worker.report()
    await Sleep(worker.kubelet.relist_after(worker.loop.now) - worker.loop.now)
    await worker.pause(latency.CLEANED_UP)
    if not removed and not worker.ended:
        worker.ended = True
        worker.report()
    worker.kubelet.runtime.remove_sandbox(worker.uid)
    worker.phase("", "sandbox-removed", worker.end)
    if not removed:
        await remove(worker)
    worker.kubelet.forget(worker.uid)


def has_run(container: ContainerWorker) -> bool:
    """Whether it was started at all."""
    return container.latest is not None and container.latest.state != "created"


def stops(worker: PodWorker, running: list[ContainerWorker], grace_s: int) -> list[Async]:
    """All containers stop side by side; sidecars when the others have, the last one first."""
    beside = [one["name"] for one in sidecars(worker.pod["spec"])]
    order = [one for one in running if one.name not in beside]
    waited: list[Future] = []
    deeds: list[Async] = []
    for container in order:
        waited.append(Future())
        deeds.append(_stop(container, grace_s, [], waited[-1]))
    for container in reversed([one for one in running if one.name in beside]):
        done = Future()
        deeds.append(_stop(container, grace_s, list(waited), done))
        waited.append(done)
    return deeds


async def _stop(container: ContainerWorker, grace_s: int, others: Iterable[Future], done: Future) -> None:
    turn = Future() if others else None
    if turn is not None:
        container.kubelet.process.spawn(_when_all(others, turn))
    try:
        await container.stop(grace_s, turn)
    finally:
        done.settle()


async def _when_all(others: Iterable[Future], turn: Future) -> None:
    for other in others:
        await other
    turn.settle()


async def remove(worker: PodWorker) -> None:
    """The last word: a deletion with no grace left, once everything has been reported."""
    kubelet, pod = worker.kubelet, worker.pod
    await kubelet.statuses.reported(worker.uid)
    kubelet.obey(worker.end)
    try:
        await kubelet.api.delete("Pod", meta.namespace(pod), meta.name(pod), grace=0, uid=worker.uid)
    except StatusError as error:
        if error.code not in (404, 409):
            raise


async def finish(worker: PodWorker) -> None:
    """No container will run again: say so, stop what still runs beside, let the sandbox go, and only then tell the phase."""
    kubelet = worker.kubelet
    worker.prober.end(*KINDS)
    running = [one for one in worker.containers.values() if one.latest and one.latest.running]
    for container in running:
        container.tell_stopping(worker.grace_s)
    worker.over = not running
    worker.report()
    await Gather(stops(worker, running, worker.grace_s))
    worker.over = True
    if running:
        worker.report()
    await Sleep(kubelet.relist_after(worker.loop.now) - worker.loop.now)
    worker.sandbox_ready, worker.ended = False, True
    worker.report()


def watch_deadline(worker: PodWorker) -> None:
    """A Pod may live for activeDeadlineSeconds from its start, which may have been under another kubelet."""
    allowed, started = worker.pod["spec"].get("activeDeadlineSeconds"), dig(worker.pod, "status.startTime")
    if allowed is not None:
        lived = worker.loop.unix_us - parse_timestamp(started) if started else 0
        worker.kubelet.process.after(int(allowed) * SECOND - lived, _too_long, worker)


def _too_long(worker: PodWorker) -> None:
    if worker.leaving or worker.over:
        return
    worker.reason = dict(TOO_LONG)
    worker.kubelet.recorder.event(worker.pod, "Normal", "DeadlineExceeded", TOO_LONG["message"])
    worker.wake()
