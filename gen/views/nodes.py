"""Faults on a timeline: the lane of what was hit, and what a reader must know about what is not simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gen.trace.record import Fault, Micros, Ref
from gen.trace.trace import Trace
from gen.views.model import Lane, Mark, Span, Text
from gen.views.sentences import sentence

MANY = "*"  # all controllers of a process
PROCESSES = {"kube-controller-manager": MANY, "kube-scheduler": "default-scheduler"}  # what runs in each
STOPS, STARTS, CUT, MEND = ("stop", "kill"), "start", "cut", "mend"


def fault_lane(fault: Fault) -> str:
    """The key of the lane on which a fault is shown."""
    if fault.ref.kind == "Node":
        return f"node/{fault.ref.name}"
    if fault.ref.kind == "Pod":
        return f"pod/{fault.ref.namespace}/{fault.ref.name}"
    inside = PROCESSES.get(fault.ref.name, MANY)
    return f"component/{fault.ref.name if inside == MANY else inside}"


def deed_of(fault: Fault) -> str:
    """How a fault is marked: what starts again is mended, and so is a watch that is there again."""
    return "mended" if fault.deed in (STARTS, MEND) else "fault"


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
    """The stretches between a stop and the next start, and those between the cut of a watch and its mend.

    What is stopped watches nothing: a cut is seen only where there is no stop. One that did not last is no stretch.
    """
    found: list[Span] = []
    now, since = None, 0
    for fault, after in zip(faults, in_force(faults), strict=True):
        if after is not now:
            found += [_stretch(now, since, fault.at)] if now and fault.at > since else []
            now, since = after, fault.at
    if now is not None:
        found.append(replace(_stretch(now, since, end), ends=False))
    return tuple(found)


def in_force(faults: list[Fault]) -> Iterator[Fault | None]:
    """After each of the faults of one thing: the one that it suffers from then, if any."""
    stop: Fault | None = None
    cuts: dict[int, Fault] = {}
    for fault in faults:
        if fault.deed in STOPS:
            stop = stop or fault
        elif fault.deed == STARTS:
            stop = None
        elif fault.deed == CUT and fault.lasts is not None:
            cuts[fault.seq] = fault
        elif fault.deed == MEND and fault.cause is not None:
            cuts.pop(fault.cause, None)
        yield stop or next(iter(cuts.values()), None)


def _stretch(fault: Fault, start: Micros, end: Micros) -> Span:
    return Span(start=start, end=end, state="cut" if fault.deed == CUT else "stopped", word=fault.what, record=fault.seq)


def node_notes(trace: Trace) -> tuple[Text, ...]:
    """What a picture with a stopped kubelet must say: the control plane's answer to it is not part of the model yet."""
    hit = any(fault.what == "kubelet" and fault.deed in STOPS for fault in trace.of(Fault))
    return (Text("note.node_lifecycle"),) if hit else ()
