"""Faults on a timeline: the lane of what was hit, and what a reader must know about what is not simulated."""

from __future__ import annotations

from gen.trace.record import Fault, Micros, Ref
from gen.trace.trace import Trace
from gen.views.model import Lane, Mark, Span, Text
from gen.views.sentences import sentence

STOPS, STARTS = ("stop", "kill"), "start"


def fault_lane(fault: Fault) -> str:
    """The key of the lane on which a fault is shown."""
    if fault.ref.kind == "Node":
        return f"node/{fault.ref.name}"
    if fault.ref.kind == "Pod":
        return f"pod/{fault.ref.namespace}/{fault.ref.name}"
    return f"component/{fault.ref.name}"


def deed_of(fault: Fault) -> str:
    """How a fault is marked: what starts again is mended."""
    return "mended" if fault.deed == STARTS else "fault"


def faults_by_target(trace: Trace) -> dict[Ref, list[Fault]]:
    """The faults of a run from time 0 on, by what they hit."""
    found: dict[Ref, list[Fault]] = {}
    for fault in trace.of(Fault):
        if fault.at >= 0:
            found.setdefault(fault.ref, []).append(fault)
    return found


def node_lanes(trace: Trace, faults: dict[Ref, list[Fault]], end: Micros) -> tuple[Lane, ...]:
    """A lane for every node that a fault hit, with the stretches in which its kubelet did not run."""
    return tuple(
        Lane(
            key=f"node/{ref.name}", label=Text("name", name=ref.name), title=ref.name, spans=stopped(hits, end),
            marks=tuple(Mark(at=hit.at, deed=deed_of(hit), record=hit.seq, text=sentence(trace, hit)) for hit in hits),
        )
        for ref, hits in faults.items()
        if ref.kind == "Node"
    )  # fmt: skip


def stopped(faults: list[Fault], end: Micros) -> tuple[Span, ...]:
    """The stretches between a stop and the next start."""
    found: list[Span] = []
    since: Fault | None = None
    for fault in faults:
        if fault.deed == STARTS and since is not None:
            found.append(Span(start=since.at, end=fault.at, state="stopped", word=since.what, record=since.seq))
            since = None
        elif fault.deed in STOPS and since is None:
            since = fault
    if since is not None:
        found.append(Span(start=since.at, end=end, state="stopped", word=since.what, record=since.seq, ends=False))
    return tuple(found)


def node_notes(trace: Trace) -> tuple[Text, ...]:
    """What a picture with a stopped kubelet must say: the control plane's answer to it is not part of the model yet."""
    hit = any(fault.what == "kubelet" and fault.deed in STOPS for fault in trace.of(Fault))
    return (Text("note.node_lifecycle"),) if hit else ()
