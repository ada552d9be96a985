"""The probes of a Pod: a worker for each, which looks at its container every period and tells the Pod's worker of verdicts.

A period begins when the Pod is first synced, not when its container starts. Upstream: pkg/kubelet/prober/worker.go (run,
doProbe), prober_manager.go (v1.36.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node import handlers, latency
from gen.cluster.node.pace import Pace
from gen.cluster.node.probes import (
    ERROR,
    FAILURE,
    KINDS,
    LIVENESS,
    READINESS,
    STARTUP,
    SUCCESS,
    Count,
    begin,
    counted,
    is_due,
    thresholds,
)
from gen.cluster.node.runtime import Container
from gen.kit.evolve import dig
from gen.kit.loop import SECOND, Context, Micros
from gen.objects import meta, pods

if TYPE_CHECKING:
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
ERRORED = "errored and resulted in unknown state"
LEFT_RUNNING_US = 10 * SECOND  # upstream: prober_manager.go, kubeletRestartGracePeriod: who ran so long before the kubelet began


def probes_of(container: Obj) -> dict[str, Obj]:
    """The probes that a container has, by kind."""
    return {kind: container[f"{kind}Probe"] for kind in KINDS if container.get(f"{kind}Probe")}


def has_started(pod: Obj, name: str) -> bool:
    """Whether the Pod's status tells of a container that it has started."""
    told = [*dig(pod, "status.initContainerStatuses", []), *dig(pod, "status.containerStatuses", [])]
    return any(one["name"] == name and one.get("started") for one in told)


class Prober:
    """All probes of one Pod."""

    def __init__(self, worker: PodWorker) -> None:
        self.worker = worker
        self.workers: list[ProbeWorker] = []

    def begin(self) -> None:
        """From now on they look."""
        if self.workers:
            return
        for spec in self.worker.specs.values():
            for kind, probe in probes_of(spec).items():
                self.workers.append(ProbeWorker(self.worker, spec, kind, probe))
        for one in self.workers:
            one.task = self.worker.kubelet.process.spawn(one.run(), context=Context())

    def end(self, *kinds: str) -> None:
        """Those of these kinds look no more."""
        for one in self.workers:
            if one.kind in kinds and one.task:
                self.worker.kubelet.process.end(one.task)
                one.task = None

    def of(self, name: str, kind: str) -> ProbeWorker | None:
        """The probe of a container, if it has such a one."""
        return next((one for one in self.workers if one.spec["name"] == name and one.kind == kind), None)

    def unstarted(self) -> tuple[str, ...]:
        """The containers whose startup probe has not succeeded yet."""
        return tuple(one.spec["name"] for one in self.workers if one.kind == STARTUP and one.verdict() != SUCCESS)

    def unready(self) -> tuple[str, ...]:
        """The containers whose readiness probe does not succeed."""
        return tuple(one.spec["name"] for one in self.workers if one.kind == READINESS and one.verdict() != SUCCESS)

    def failed(self, name: str) -> str:
        """Which probe wants the container dead."""
        dead = (
            one.kind for one in self.workers if one.spec["name"] == name and one.kind != READINESS and one.verdict() == FAILURE
        )
        return next(dead, "")

    def look_now(self) -> None:
        """Whoever is not ready is looked at again whenever the status is made (upstream: UpdatePodStatus, manualTriggerCh)."""
        for one in () if self.worker.ending else self.workers:
            started = one.spec["name"] not in self.unstarted()
            if one.kind == READINESS and started and one.verdict() != SUCCESS and one.container():
                one.pace.ask()


class ProbeWorker:
    """One probe of one container."""

    def __init__(self, worker: PodWorker, spec: Obj, kind: str, probe: Obj) -> None:
        self.worker, self.spec, self.kind, self.probe = worker, spec, kind, probe
        self.kubelet, self.loop = worker.kubelet, worker.loop
        self.task: Any = None
        self.count: Count = begin(kind)
        self._of = ""  # the id of the container that the count is about
        self.pace = Pace(self.loop, int(probe.get("periodSeconds") or 10) * SECOND)

    def container(self) -> Container | None:
        """The container as the kubelet knows it, if it runs."""
        sandbox = self.worker.sandbox
        run = sandbox.latest(self.spec["name"]) if sandbox else None
        return run if run is not None and run.seems_running and run.id in self.worker.reported_running else None

    def verdict(self) -> str:
        """What holds of the container that runs now."""
        sandbox = self.worker.sandbox
        run = sandbox.latest(self.spec["name"]) if sandbox else None
        if run is None:
            return begin(self.kind).verdict
        return (self.count if run.id == self._of else self._at_first(run)).verdict

    def _at_first(self, run: Container) -> Count:
        """Before the first result. What a kubelet before this one has told of a container that runs on stays so (KEP-4781)."""
        pod, runs_for = self.worker.pod, self.kubelet.started_us - (run.started_us or 0)
        started = runs_for > 0 and has_started(pod, self.spec["name"])
        ready = runs_for > LEFT_RUNNING_US and pods.is_ready(pod)
        stays = {STARTUP: started, READINESS: ready}.get(self.kind, False)
        return Count(SUCCESS) if stays else begin(self.kind)

    async def run(self) -> None:
        """Look, and again whenever it is time. A run goes on for a look only while there is a verdict to come."""
        await self.pace.begin(self._first_wait(), background=not self._matters())
        while True:
            await self._look()
            await self.pace.next(background=not self._matters())

    def _first_wait(self) -> Micros:
        """Soon after its kubelet has started the probes are spread over their period (upstream: worker.go, run)."""
        young = self.loop.now - self.kubelet.started_us < self.pace.period
        return self.kubelet.loop.rng(f"probes/{self.kubelet.node}").randint(0, self.pace.period) if young else 0

    def _matters(self) -> bool:
        """Whether the next look may change something."""
        run = self.container()
        if run is None:
            return False
        started = self.spec["name"] not in self.worker.prober.unstarted()
        if started == (self.kind == STARTUP):
            return False
        return self._of != run.id or self.count.pending

    async def _look(self) -> None:
        run = self.container()
        if run is None:
            return
        if run.id != self._of:
            self._of, self.count = run.id, self._at_first(run)
            if self.kind != LIVENESS and self.count == begin(self.kind):
                self.worker.wake()  # what holds before the first look is told like any verdict (upstream: syncLoopIteration)
        started = self.spec["name"] not in self.worker.prober.unstarted()
        ran_s = self.loop.unix_us // SECOND - (self.loop.epoch_us + (run.started_us or 0)) // SECOND
        if self.count.on_hold or not is_due(self.kind, started, ran_s, self.probe):
            return
        sandbox = self.worker.sandbox
        if sandbox is None or self.loop.task is None:
            return
        self.loop.task.background = not self._matters()
        place = handlers.Place(self.kubelet.runtime, run, self.spec, sandbox.address)
        await self.worker.pause_probe(latency.PROBE)
        result, said = await handlers.look(place, self.probe)
        if result != SUCCESS:
            self._say_unhealthy(ERRORED if result == ERROR else "failed", said)
        self.count, deed = counted(self.kind, self.count, result, thresholds(self.probe))
        if deed:
            self.loop.context = Context(self.worker.last_cause)
            values = {"container": self.spec["name"], "probe": self.kind, "result": result, "deed": deed}
            self.kubelet.decided(meta.ref(self.worker.pod), counted, **values)
            self.worker.probed(deed)

    def _say_unhealthy(self, word: str, said: str) -> None:
        self.loop.context = Context(self.worker.last_cause, "")
        message = f"{self.kind.capitalize()} probe {word}: {said}"
        self.worker.event_of(self.spec, "Warning", "Unhealthy", message)
