"""From a scenario to a trace: a cluster is made, its steps are played on the virtual clock, and all that happens is kept.

Virtual time 0 is a settled cluster: its boot (namespaces, nodes, their first heartbeats) lies before it.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from typing import Any

from gen.cluster import faults
from gen.cluster.etcd.mvcc import Change
from gen.cluster.wiring import Cluster
from gen.kit.duration import parse_timestamp
from gen.kit.evolve import evolve
from gen.kit.loop import MINUTE, SECOND, Async, Context, Future, Loop, Micros, Sleep, Task
from gen.kit.process import Process
from gen.objects import meta
from gen.play import kubectl
from gen.play.conditions import Condition
from gen.play.scenario import Scenario, Step
from gen.trace.record import Said, Typed
from gen.trace.trace import Trace

Obj = dict[str, Any]
EPOCH_US = 1_767_225_600 * SECOND  # 2026-01-01T00:00:00Z
BOOT_US = 60 * SECOND
NAMESPACES = ("default", "kube-node-lease", "kube-public", "kube-system")
LONGEST_US = 10 * MINUTE  # a run that never settles ends then


class StepFailed(Exception):
    """A step could not be played. `step` is its number, from 1."""

    def __init__(self, step: int, line: int, why: str) -> None:
        super().__init__(why)
        self.step, self.line, self.why = step, line, why


def default_nodes(count: int) -> list[Obj]:
    """The manifests of `node-1`, `node-2`, … as a plain cluster has them."""
    return [default_node(f"node-{number}") for number in range(1, count + 1)]


def default_node(name: str) -> Obj:
    """A machine with two cores and 4 GiB."""
    labels = {
        f"{prefix}kubernetes.io/{key}": value for prefix in ("beta.", "") for key, value in (("arch", "amd64"), ("os", "linux"))
    }
    capacity = {"cpu": "2", "ephemeral-storage": "100Gi", "memory": "4Gi", "pods": "110"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": {**labels, "kubernetes.io/hostname": name}},
        "spec": {},
        "status": {"capacity": capacity, "allocatable": capacity},
    }


class Stage:
    """A settled cluster at virtual time 0, and a person at a terminal in front of it.

    `nodes` are Node manifests in order of creation; one with a creationTimestamp joins at that time. `epoch_us` is the
    calendar's time at virtual time 0. `hollow` nodes have no kubelets.
    """

    def __init__(
        self,
        nodes: list[Obj],
        *,
        seed: int | str = 0,
        epoch_us: int = EPOCH_US,
        hollow: bool = False,
        images: tuple[str, ...] = (),
        info: Obj | None = None,
    ) -> None:
        start = min([-BOOT_US, *(self._joins_at(node, epoch_us) for node in nodes)]) - SECOND
        self.loop = Loop(seed, start=start, epoch_us=epoch_us)
        self.trace = Trace({"startEpoch": epoch_us / SECOND, "seed": seed, "namespace": "default", **(info or {})})
        self.cluster = Cluster(self.loop, self.trace, hollow=hollow)
        self.person = Process(self.loop, "terminal")
        self.api = self.cluster.administrator()
        self.files: dict[str, str] = {}
        self._boot(nodes, epoch_us, images)

    @staticmethod
    def _joins_at(node: Obj, epoch_us: int) -> Micros:
        created = node["metadata"].get("creationTimestamp")
        return min(parse_timestamp(created) - epoch_us, 0) if created else -BOOT_US

    def _boot(self, nodes: list[Obj], epoch_us: int, images: tuple[str, ...]) -> None:
        for namespace in NAMESPACES:
            self.do(self.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}))
        self.cluster.start_control_plane()
        for node in nodes:
            joins = max(self._joins_at(node, epoch_us), self.loop.now)
            bare = evolve(
                node,
                "metadata",
                {key: value for key, value in node["metadata"].items() if key not in ("creationTimestamp", "uid")},
            )
            self.loop.after(joins - self.loop.now, self._join, bare, images)
        self.loop.run(until=-1)
        self.loop.now = 0

    def _join(self, node: Obj, images: tuple[str, ...]) -> None:
        self.cluster.add_node(node, images)
        if self.cluster.hollow:
            self.person.spawn(self.api.create(self.cluster.machines[meta.name(node)].manifest))

    def do(self, deed: Async) -> Task:
        """Let the person do something."""
        return self.person.spawn(deed, context=Context())

    async def kubectl(self, line: str) -> Said:
        """Type a line, and wait until it has come back. Everything that it leads to is caused by the line."""
        typed = self.trace.add(Typed, at=self.loop.now, who="kubectl", process="kubectl", line=line)
        if self.loop.task:
            self.loop.task.context = Context(typed.seq)
        terminal = kubectl.Terminal(self.api, self.files, lambda: self.loop.unix_us, self.trace.info["namespace"], Sleep)
        rc, stdout, stderr = await kubectl.run(line, terminal)
        return self.trace.add(
            Said,
            at=self.loop.now,
            cause=typed.seq,
            who="kubectl",
            process="kubectl",
            line=line,
            rc=rc,
            stdout=stdout,
            stderr=stderr,
        )

    async def wait(self, condition: Condition, deadline_us: Micros | None = None) -> bool:
        """Wait until the condition holds; False if it does not by `deadline_us`."""
        while not condition.holds(self):
            changed = Future()
            listeners, listener = self.cluster.server.store.on_change, _settler(changed)
            listeners.append(listener)
            timer = None if deadline_us is None else self.loop.after(deadline_us - self.loop.now, changed.settle, False)
            try:
                if not await changed:
                    return condition.holds(self)
            finally:
                listeners.remove(listener)
                if timer:
                    timer.cancel()
        return True

    def fault(self, deed: Obj) -> None:
        """Do something to the cluster. Raises CannotHappen."""
        faults.inflict(self.cluster, deed)

    def get(self, kind: str, namespace: str, name: str) -> Obj | None:
        """What a condition asks for: one object as it is now."""
        return self.cluster.server.find(kind, namespace, name)

    def list(self, kind: str, namespace: str) -> list[Obj]:
        """What a condition asks for: the objects of a kind as they are now."""
        return self.cluster.server.store.list((kind, namespace))

    def play(self, until: Micros, *, settled: bool = False) -> bool:
        """Let time pass; with `settled`, only until nothing is left to do. Whether nothing was left."""
        with collector_off():
            return self.loop.run(until, settled=settled)

    def finish(self) -> Trace:
        """The run is over: note what the whole of it was."""
        self.trace.info["end"] = self.loop.now
        self.trace.info["notSimulated"] = list(self.cluster.server.not_simulated)
        return self.trace


def _settler(changed: Future) -> Callable[[Change], None]:
    return lambda _: changed.settle(True)


@contextlib.contextmanager
def collector_off() -> Iterator[None]:
    """A run makes much and drops little: without Python's cycle collector it takes a third less time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def simulate(scenario: Scenario, *, seed: int | str | None = None, until: Micros | None = None) -> Trace:
    """Play a scenario and return its trace. Raises StepFailed.

    `seed` and `until` (microseconds) stand in for the scenario's own.
    """
    nodes = scenario.cluster.get("nodes", 3)
    stage = Stage(
        default_nodes(nodes) if isinstance(nodes, int) else list(nodes),
        seed=scenario.seed if seed is None else seed,
        images=tuple(scenario.cluster.get("images", ())),
        info={"title": scenario.title},
    )
    stage.files = dict(scenario.files)
    failed: list[StepFailed] = []
    at_step = [0]
    stage.do(_steps(stage, scenario.steps, failed, at_step))
    ends = until if until is not None else scenario.until if isinstance(scenario.until, int) else None
    settled = ends is None
    stage.play(LONGEST_US if ends is None else ends, settled=settled)
    if failed:
        raise failed[0]
    if settled and at_step[0] < len(scenario.steps):
        step = scenario.steps[at_step[0]]
        raise StepFailed(
            at_step[0] + 1, step.line, f"its condition never came true: {step.after}" if step.after else "it never ended"
        )
    return stage.finish()


async def _steps(stage: Stage, steps: tuple[Step, ...], failed: list[StepFailed], at_step: list[int]) -> None:
    """One step after the other, each when its time has come."""
    for number, step in enumerate(steps, 1):
        at_step[0] = number - 1
        if step.after is not None:
            await stage.wait(step.after)
        if step.at_us is not None and step.at_us > stage.loop.now:
            await Sleep(step.at_us - stage.loop.now)
        try:
            if step.run is not None:
                await stage.kubectl(step.run)
            if step.fault is not None:
                stage.fault(step.fault)
        except faults.CannotHappen as error:
            failed.append(StepFailed(number, step.line, str(error)))
            return
    at_step[0] = len(steps)
