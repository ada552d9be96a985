"""One sync of a Pod: report what is seen, ask what has to be done, and do it.

Upstream: pkg/kubelet/kubelet.go (SyncPod), pkg/kubelet/kuberuntime/kuberuntime_manager.go (SyncPod), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node import latency, podend
from gen.cluster.node.actions import EXITED, NONE, RUNNING, Actions, Look, actions
from gen.cluster.node.materials import authored, mounted
from gen.cluster.node.pull import CannotStart
from gen.cluster.node.requeue import Outcome
from gen.cluster.node.runtime import Container
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
DIED_AT_ONCE = ("RunContainerError", "PostStartHookError")  # there was a container, if not for long


async def sync(worker: PodWorker) -> Outcome:
    """Report what is seen, and do what has to be done."""
    first, worker.unread = not worker.looked, False
    if not first or worker.sandbox is None:
        worker.report()
    if first:
        volumes = await mounted(worker) if worker.sandbox is None and any(authored(worker.pod)) else {}
        with worker.undisturbed():
            await prepare(worker, volumes)
    sandbox = worker.sandbox
    todo = actions(worker.pod["spec"], looks(worker))
    if (todo.over or worker.reason) and not first:
        await podend.finish(worker)
        return Outcome()
    before = {name: sandbox.latest_ended(name) for name in worker.specs} if sandbox else {}
    with worker.undisturbed():
        for name, why in todo.kill:
            await worker.containers[name].kill(why, podend.probe_grace_s(worker, name))
        outcome = await start(worker, todo, before)
    return Outcome(outcome.changed or bool(todo.kill) or first, outcome.failed, outcome.until)


async def prepare(worker: PodWorker, volumes: dict[str, dict[str, str]]) -> None:
    """Probes, and the sandbox with these volumes."""
    worker.prober.begin()
    for runs in worker.sandbox.runs.values() if worker.sandbox else ():
        runs[-1].noticed = True
    if worker.sandbox is None:
        async with worker.kubelet.runtime.turn:
            await worker.pause(latency.SANDBOX)
        sandbox = worker.kubelet.runtime.make_sandbox(worker.uid, meta.ref(worker.pod))
        sandbox.volumes = volumes
        worker.phase("", "sandbox-created", worker.live, address=sandbox.address)
    noticed = latency.draw(worker.kubelet.dice, latency.SANDBOX_NOTICED)
    worker.kubelet.process.after(noticed, worker.notice_sandbox, worker.kubelet.context().cause)


async def start(worker: PodWorker, todo: Actions, before: dict[str, Container | None]) -> Outcome:
    """Start what is to be started, one after the other; who cannot be started stops nobody else."""
    changed, failures = False, []
    for name in todo.start:
        container = worker.containers[name]
        try:
            await container.start(before.get(name))
            changed = True
        except CannotStart as error:
            container.waiting = {"reason": error.reason, "message": error.message}
            changed = changed or error.reason in DIED_AT_ONCE
            failures.append(error.until)
    limits = [until for until in failures if until is not None]
    return Outcome(changed, bool(failures), min(limits) if limits else None)


def looks(worker: PodWorker) -> dict[str, Look]:
    """The containers as the kubelet sees them."""
    unstarted = worker.prober.unstarted()
    return {name: look(worker, name, spec, name not in unstarted) for name, spec in worker.specs.items()}


def look(worker: PodWorker, name: str, spec: Obj, started: bool) -> Look:
    """One container as the kubelet sees it."""
    run = worker.sandbox.latest(name) if worker.sandbox else None
    if run is None or run.state == "created":
        return Look(NONE)
    if not run.seems_running:
        return Look(EXITED, run.exit_code or 0)
    return Look(RUNNING, started=started, failed=worker.prober.failed(name), changed=run.image != spec["image"])
