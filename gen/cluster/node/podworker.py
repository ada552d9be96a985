"""The life of one Pod on its node, as one coroutine a deed: bring it up and keep it up, or end it.

    seen ▸ sandbox ▸ image ▸ created ▸ started ▸ reported Running … ▸ SIGTERM ▸ exited ▸ reported ▸ removed

It is level-triggered: each sync reports what the kubelet sees, asks `actions` what is to be done, and does it. What a sync
finds out by failing is shown only by the next one; so a reason such as CrashLoopBackOff lags behind (recording 11).
Upstream: pkg/kubelet/pod_workers.go, kuberuntime/kuberuntime_manager.go (SyncPod), v1.36.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gen.cluster.client.component import dotted
from gen.cluster.node import latency, podend
from gen.cluster.node.actions import EXITED, NONE, RUNNING, Actions, Look, actions
from gen.cluster.node.container import ContainerWorker
from gen.cluster.node.materials import authored, mounted
from gen.cluster.node.prober import Prober, ProbeWorker
from gen.cluster.node.pull import CannotStart
from gen.cluster.node.requeue import Outcome, retry_after
from gen.cluster.node.runtime import Container, Sandbox
from gen.kit.loop import Future, Micros, Sleep
from gen.objects import meta
from gen.trace.record import Phase

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]


class PodWorker:
    """One Pod's worker. It has one task at a time: `live`, and then `end`."""

    def __init__(self, kubelet: Kubelet, pod: Obj) -> None:
        self.kubelet, self.loop, self.uid = kubelet, kubelet.loop, meta.uid(pod)
        self.pod = pod
        self.containers = {name: ContainerWorker(self, spec) for name, spec in self.specs.items()}
        self.sandbox_ready = self.ended = self.ending = self.over = self.looked = False
        self.prober = Prober(self)
        self.volumes: dict[str, dict[str, str]] = {}
        self.reported_running: dict[str, None] = {}  # runs that were reported as running: only these are probed
        self.reason: Obj = {}
        self.last_cause: int | None = None
        self.grace_s = int(pod["spec"].get("terminationGracePeriodSeconds") or 0)
        self._news: Future | None = None
        self._unread = False

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
        while not self.over:
            outcome = await self.sync()
            self.looked = True
            if outcome.changed:
                await self.pause(latency.STARTED_NOTICED)  # the runtime is asked at once what has become of it
            elif not self.over:
                await self.hear(outcome)

    async def sync(self) -> Outcome:
        """Report what is seen, and do what has to be done."""
        first, self._unread = not self.looked, False
        if not first or self.sandbox is None:
            self.report()
        if first:
            await self._prepare()
        sandbox = self.sandbox
        todo = actions(self.pod["spec"], self.looks())
        if (todo.over or self.reason) and not first:
            await podend.finish(self)
            return Outcome()
        before = {name: sandbox.latest_ended(name) for name in self.specs} if sandbox else {}
        for name, why in todo.kill:
            await self.containers[name].kill(why, podend.probe_grace_s(self, name))
        outcome = await self._start(todo, before)
        return Outcome(outcome.changed or bool(todo.kill) or first, outcome.failed, outcome.until)

    async def _prepare(self) -> None:
        """Volumes, probes, the sandbox."""
        if self.sandbox is None and any(authored(self.pod)):
            self.volumes = await mounted(self)
        self.prober.begin()
        for runs in self.sandbox.runs.values() if self.sandbox else ():
            runs[-1].noticed = True
        if self.sandbox is None:
            await self.pause(latency.SANDBOX)
            sandbox = self.kubelet.runtime.make_sandbox(self.uid, meta.ref(self.pod))
            self.phase("", "sandbox-created", self.live, address=sandbox.address)
        noticed = latency.draw(self.kubelet.dice, latency.SANDBOX_NOTICED)
        self.loop.after(noticed, self._notice_sandbox, self.kubelet.context().cause)

    async def _start(self, todo: Actions, before: dict[str, Container | None]) -> Outcome:
        """Start what is to be started, one after the other; who cannot be started stops nobody else."""
        changed, failures = False, []
        for name in todo.start:
            container = self.containers[name]
            try:
                await container.start(before.get(name))
                changed = True
            except CannotStart as error:
                container.waiting = {"reason": error.reason, "message": error.message}
                changed = changed or error.reason in ("RunContainerError", "PostStartHookError")
                failures.append(error.until)
        limits = [until for until in failures if until is not None]
        return Outcome(changed, bool(failures), min(limits) if limits else None)

    def looks(self) -> dict[str, Look]:
        """The containers as the kubelet sees them."""
        unstarted = self.prober.unstarted()
        return {name: self._look(name, spec, name not in unstarted) for name, spec in self.specs.items()}

    def _look(self, name: str, spec: Obj, started: bool) -> Look:
        sandbox = self.sandbox
        run = sandbox.latest(name) if sandbox else None
        if run is None or run.state == "created":
            return Look(NONE)
        if not run.seems_running:
            return Look(EXITED, run.exit_code or 0)
        return Look(RUNNING, started=started, failed=self.prober.failed(name), changed=run.image != spec["image"])

    async def hear(self, outcome: Outcome) -> None:
        """Until something happens to the Pod, or it is time to try again."""
        if self._unread:
            return
        news = self._news = Future()
        timer = None
        if outcome.failed:
            timer = self.loop.after(retry_after(self.kubelet, outcome), news.settle)
        try:
            cause = await news
        finally:
            self._news = None
            if timer:
                timer.cancel()
        if cause is not None:
            self.kubelet.context().cause = cause

    def wake(self, cause: int | None = None) -> None:
        """Something has happened: look at the Pod again."""
        self._unread = True
        if self._news:
            self._news.settle(cause)

    async def end(self, grace_s: int, removed: bool) -> None:
        """SIGTERM, the grace period, SIGKILL; then report how it ended, and let the API server remove the Pod.

        `removed`: the object is gone already (a forced deletion), so there is nothing to report to.
        """
        await podend.end(self, grace_s, removed)

    def probed(self, probe: ProbeWorker, deed: str) -> None:
        """A probe's verdict has changed: what is ready is told at once, what is to be killed at the next sync."""
        if deed != "kill":
            self.report()
        self.wake(self.kubelet.context().cause)

    def note_exit(self, container: Container) -> int:
        """A container has ended by itself: note it, caused by what was done to it or by its own start."""
        return self._add_phase(container.ended_by, container.name, "container-exited", self.live, {"code": container.exit_code}).seq

    def exited(self, container: Container) -> None:
        """A container has ended, and the kubelet has noticed."""
        container.noticed = True
        self.wake(container.ended_by)

    async def pause_probe(self, duration: tuple[Micros, Micros]) -> None:
        """The same with the dice of the probes."""
        await Sleep(latency.draw(self.loop.rng(f"probes/{self.kubelet.node}"), duration))

    def _notice_sandbox(self, cause: int | None) -> None:
        if self.kubelet.process.alive and not self.ending:
            self.sandbox_ready = True
            self.report(cause)

    def report(self, cause: int | None = None) -> None:
        """Let the status manager tell how the Pod is."""
        sandbox = self.sandbox
        for run in sandbox.running() if sandbox else []:
            self.reported_running.setdefault(run.id)
        self.kubelet.statuses.report(self, cause)
        if not self.ending:
            self.prober.look_now()

    async def pause(self, duration: tuple[Micros, Micros]) -> None:
        """Let a while pass, drawn from a range."""
        await Sleep(latency.draw(self.kubelet.dice, duration))

    def event_of(self, spec: Obj, kind: str, reason: str, message: str) -> None:
        """Say something of a container aloud."""
        inits = self.pod["spec"].get("initContainers") or []
        field = "initContainers" if any(one["name"] == spec["name"] for one in inits) else "containers"
        self.kubelet.recorder.event(self.pod, kind, reason, message, field_path=f"spec.{field}{{{spec['name']}}}")

    def phase(self, container: str, phase: str, by: Callable[..., Any], **detail: Any) -> None:
        """Note that something of the Pod went on to its next phase; what follows was caused by that."""
        context = self.kubelet.context()
        record = self._add_phase(context.cause, container, phase, by, detail)
        context.cause, context.by = record.seq, record.by

    def _add_phase(self, cause: int | None, container: str, phase: str, by: Callable[..., Any], detail: Obj) -> Phase:
        record = self.kubelet.trace.add(
            Phase, at=self.loop.now, cause=cause, who=self.kubelet.name, process=self.kubelet.process.name,
            by=dotted(by), ref=meta.ref(self.pod), container=container, phase=phase, detail=detail,
        )  # fmt: skip
        self.last_cause = record.seq
        return record
