"""What a Pod's worker says: Events, and what is noted in the trace; and the time that its deeds take."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gen.cluster.client.component import dotted
from gen.cluster.node import latency
from gen.cluster.node.runtime import Container
from gen.kit.loop import Micros, Sleep
from gen.objects import meta
from gen.trace.record import Phase

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]


class PodVoice:
    """Speaks for the Pod `pod`. `last_cause` is the record of the last that happened to it here."""

    def __init__(self, kubelet: Kubelet, pod: Obj) -> None:
        self.kubelet, self.loop, self.uid = kubelet, kubelet.loop, meta.uid(pod)
        self.pod = pod
        self.last_cause: int | None = None

    async def pause(self, duration: tuple[Micros, Micros]) -> None:
        """Let a while pass, drawn from a range."""
        await Sleep(latency.draw(self.kubelet.dice, duration))

    async def pause_probe(self, duration: tuple[Micros, Micros]) -> None:
        """The same with the dice of the probes."""
        await Sleep(latency.draw(self.loop.rng(f"probes/{self.kubelet.node}"), duration))

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

    def note_exit(self, container: Container) -> int:
        """A container has ended by itself: note it, caused by what was done to it or by its own start."""
        return self._add_phase(
            container.ended_by, container.name, "container-exited", self.note_exit, {"code": container.exit_code}
        ).seq


def pod_key(pod: Obj) -> str:
    """A Pod as the kubelet names it in its messages."""
    return f"{meta.name(pod)}_{meta.namespace(pod)}({meta.uid(pod)})"
