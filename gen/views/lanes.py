"""The lanes of a timeline: components and what they did, Pods and the states they went through."""

from __future__ import annotations

from gen.trace.query import actor, histories
from gen.trace.record import Fault, Micros, Record, Ref, Typed, Write
from gen.trace.trace import Trace
from gen.views.focus import SILENT_KINDS, Scope
from gen.views.model import Lane, Mark, Text
from gen.views.nodes import deed_of, fault_lane, stopped
from gen.views.sentences import component, sentence
from gen.views.states import spans

# Who stands first; the others follow as they first acted.
FIRST = ("kubectl", "deployment-controller", "replicaset-controller", "default-scheduler")
Faults = dict[Ref, list[Fault]]


def component_lanes(trace: Trace, scope: Scope, faults: Faults, end: Micros) -> tuple[Lane, ...]:
    """A lane for kubectl, and for every component but kubelets that wrote an object in view or was hit by a fault."""
    marks: dict[str, list[Mark]] = {}
    hits = {fault_lane(found[0]): found for found in faults.values()}
    for record in trace.records:
        if record.at < 0:
            continue
        if isinstance(record, Typed):
            marks.setdefault("kubectl", []).append(mark(trace, record, "typed", record.line.removeprefix("kubectl ")))
        elif isinstance(record, Write) and record.ref.kind not in SILENT_KINDS and scope.holds(record.ref):
            who = actor(trace, record)
            if who != "kubectl" and not who.startswith("kubelet/"):
                marks.setdefault(who, []).append(mark(trace, record, "write"))
        elif isinstance(record, Fault) and fault_lane(record).startswith("component/"):
            marks.setdefault(fault_lane(record).removeprefix("component/"), []).append(mark(trace, record, deed_of(record)))
    order = [*(name for name in FIRST if name in marks), *(name for name in marks if name not in FIRST)]
    return tuple(
        Lane(
            key=f"component/{name}", label=component(name), title=name, marks=tuple(marks[name]),
            spans=stopped(hits.get(f"component/{name}", []), end),
        )
        for name in order
    )  # fmt: skip


def mark(trace: Trace, record: Record, deed: str, label: str = "") -> Mark:
    """A deed on a lane, with its sentence."""
    return Mark(at=record.at, deed=deed, record=record.seq, text=sentence(trace, record), label=label)


def pods_in_view(trace: Trace, scope: Scope) -> dict[Ref, list[Write]]:
    """The Pods that are there at virtual time 0 or later, with all that was written of them."""
    found = histories(trace, "Pod")
    return {ref: writes for ref, writes in found.items() if scope.holds(ref) and (writes[-1].at >= 0 or writes[-1].after)}


def pod_lane(trace: Trace, ref: Ref, writes: list[Write], faults: Faults, end: Micros) -> Lane:
    """A Pod's states, and the faults that hit it. Its label is set by its group."""
    return Lane(
        key=f"pod/{ref.namespace}/{ref.name}", label=Text("name", name=ref.name), title=ref.name,
        spans=spans(writes, 0, end), marks=tuple(mark(trace, record, deed_of(record)) for record in faults.get(ref, [])),
    )  # fmt: skip
