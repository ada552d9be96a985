"""A settled cluster at virtual time 0, and a person at a terminal in front of it.

Its boot (namespaces, nodes, their first heartbeats) lies before virtual time 0. Everything that is played, a scenario or a
recording, is played here.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gen.cluster import faults
from gen.cluster.etcd.mvcc import Change
from gen.cluster.node.programs import Behaviour
from gen.cluster.wiring import Cluster
from gen.kit.duration import parse_timestamp
from gen.kit.evolve import evolve
from gen.kit.loop import MILLISECOND, SECOND, Async, Context, Future, Loop, Micros, Sleep, Task
from gen.kit.process import Process
from gen.objects import meta
from gen.objects.custom import DEFINITION, custom_kinds
from gen.objects.kinds import Kind
from gen.play import kubectl
from gen.play.conditions import Condition
from gen.trace.record import Printed, Said, Typed
from gen.trace.trace import Trace

Obj = dict[str, Any]
EPOCH_US = 1_767_225_600 * SECOND  # 2026-01-01T00:00:00Z
BOOT_US = 60 * SECOND
APART_US = 50 * MILLISECOND  # nodes join in the order in which they are given
NAMESPACES = ("default", "kube-node-lease", "kube-public", "kube-system")


class Stage:
    """`nodes` are Node manifests in order of creation; one with a creationTimestamp joins at that time.

    `epoch_us` is the calendar's time at virtual time 0. `hollow` nodes have no kubelets. `images` are on every node at first,
    those of `held` on one; `programs` are what images do; `info` goes into the trace; `assumed` are kinds beyond Kubernetes' own.
    """

    def __init__(
        self,
        nodes: list[Obj],
        *,
        seed: int | str = 0,
        epoch_us: int = EPOCH_US,
        hollow: bool = False,
        images: tuple[str, ...] = (),
        held: Mapping[str, tuple[str, ...]] | None = None,
        programs: dict[str, Behaviour] | None = None,
        info: Obj | None = None,
        assumed: tuple[Kind, ...] = (),
    ) -> None:
        self.loop = Loop(seed, start=boot_begins(nodes, epoch_us), epoch_us=epoch_us)
        self.trace = Trace({"startEpoch": epoch_us / SECOND, "seed": seed, "namespace": "default", **(info or {})})
        self.cluster = Cluster(self.loop, self.trace, hollow=hollow, programs=programs)
        self.person = Process(self.loop, "terminal")
        self.api = self.cluster.administrator()
        self.files: dict[str, str] = {}
        self.assumed = assumed
        boot(self, nodes, lambda node: (*images, *(held or {}).get(node, ())))

    def do(self, deed: Async) -> Task:
        """Let the person do something."""
        return self.person.spawn(deed, context=Context())

    async def type(self, line: str) -> None:
        """Type a line, and wait until it has come back; one that goes on gets a terminal of its own, where it has begun then."""
        if not kubectl.goes_on(line):
            await self.kubectl(line)
            return
        begun = Future()
        self.do(self.kubectl(line, begun))
        await begun

    async def kubectl(self, line: str, begun: Future | None = None) -> Said:
        """Type a line, and wait until it has come back. Everything that it leads to is caused by the line.

        `begun` is settled when it has printed something, and goes on, or has come back.
        """
        typed = self.trace.add(Typed, at=self.loop.now, who="kubectl", process="kubectl", line=line)
        if self.loop.task:
            self.loop.task.context = Context(typed.seq)
        namespace = self.trace.info["namespace"]
        show = None if begun is None else _shower(self, typed, begun)
        terminal = kubectl.Terminal(self.api, self.files, lambda: self.loop.unix_us, namespace, Sleep, self.custom, show)
        rc, stdout, stderr = await kubectl.run(line, terminal)
        if begun is not None:
            begun.settle()
        said = {"line": line, "rc": rc, "stdout": stdout, "stderr": stderr}
        return self.trace.add(Said, at=self.loop.now, cause=typed.seq, who="kubectl", process="kubectl", **said)

    async def wait(self, condition: Condition, deadline_us: Micros | None = None) -> bool:
        """Wait until the condition holds; False if it does not by `deadline_us`."""
        while not condition.holds(self):
            changed = Future()
            listeners, listener = self.cluster.server.store.on_change, _settler(changed, condition.kind)
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

    def custom(self) -> tuple[Kind, ...]:
        """The kinds that the server knows beside Kubernetes' own."""
        return custom_kinds(self.list(DEFINITION, ""), self.assumed)

    def play(self, until: Micros, *, settled: bool = False) -> bool:
        """Let time pass; with `settled`, only until nothing is left to do. Whether nothing was left."""
        with collector_off():
            return self.loop.run(until, settled=settled)

    def finish(self) -> Trace:
        """The run is over: note what the whole of it was."""
        self.trace.info["end"] = self.loop.now
        return self.trace


def _shower(stage: Stage, typed: Typed, begun: Future) -> Callable[[str, str, int | None], None]:
    """What keeps the pieces that a line prints before it comes back."""

    def show(stdout: str, stderr: str, record: int | None) -> None:
        told = {"typed": typed.seq, "stdout": stdout, "stderr": stderr, "cause": typed.seq if record is None else record}
        stage.trace.add(Printed, at=stage.loop.now, who="kubectl", process="kubectl", **told)
        begun.settle()

    return show


def _settler(changed: Future, kind: str) -> Callable[[Change], None]:
    return lambda change: changed.settle(True) if change.key[0] == kind else None


def boot_begins(nodes: list[Obj], epoch_us: int) -> Micros:
    """When the boot begins: a second before the first node joins."""
    return min([-BOOT_US, *(joins_at(node, epoch_us) for node in nodes)]) - SECOND


def joins_at(node: Obj, epoch_us: int) -> Micros:
    """When a node joins: at its creationTimestamp if it has one, else a minute before virtual time 0.

    Timestamps have whole seconds: one that joins in the middle of the run is there when its second is over.
    """
    created = node["metadata"].get("creationTimestamp")
    at: Micros = parse_timestamp(created) - epoch_us if created else -BOOT_US
    return at + SECOND if at > 0 else at


def boot(stage: Stage, nodes: list[Obj], images: Callable[[str], tuple[str, ...]]) -> None:
    """Namespaces, the control plane, the nodes one after the other; then everything settles."""
    for namespace in NAMESPACES:
        stage.do(stage.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}))
    stage.cluster.start_control_plane()
    earliest = stage.loop.now
    for node in nodes:
        earliest = max(joins_at(node, stage.loop.epoch_us), earliest + APART_US)
        metadata = {key: value for key, value in node["metadata"].items() if key not in ("creationTimestamp", "uid")}
        joining = evolve(node, "metadata", metadata)
        stage.loop.after(earliest - stage.loop.now, join, stage, joining, images(meta.name(node)))
    stage.loop.run(until=-1)
    stage.loop.now = 0


def join(stage: Stage, node: Obj, images: tuple[str, ...]) -> None:
    """A node joins; a hollow one is registered by hand."""
    stage.cluster.add_node(node, images)
    if stage.cluster.hollow:
        stage.do(stage.api.create(stage.cluster.machines[meta.name(node)].manifest))


@contextlib.contextmanager
def collector_off() -> Iterator[None]:
    """A run makes much and drops little: without Python's cycle collector it takes a third less time.

    What it has made counts as old afterwards, or the collector would look through all of it at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
