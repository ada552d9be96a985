"""The timeline: who did what when, and in which state each Pod was, on lanes of virtual time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gen.trace.query import actor, histories
from gen.trace.record import Fault, Micros, Record, Ref, Typed, Write
from gen.trace.trace import Trace
from gen.views.focus import SILENT_KINDS, Scope
from gen.views.grouping import grouped
from gen.views.model import Group, Lane, Mark, Text, Timeline
from gen.views.moment import Places, arcs, moment
from gen.views.nodes import deed_of, fault_lane, faults_by_target, node_lanes, node_notes, stopped
from gen.views.registry import view
from gen.views.sentences import component, sentence
from gen.views.silence import breaks
from gen.views.states import spans

LANES = 40  # more are counted, not drawn
TAIL = 20  # after the last happening, a twentieth of the time that is drawn stays visible
# Who stands first; the others follow as they first acted.
FIRST = ("kubectl", "deployment-controller", "replicaset-controller", "default-scheduler")


@view("timeline")
def timeline(trace: Trace, focus: Ref | None = None, at: Micros | None = None) -> Timeline:
    """Fold a trace into lanes: components, nodes that a fault hit, Pods by their owner."""
    scope = Scope(trace, focus)
    faults = faults_by_target(trace)
    components = component_lanes(trace, scope)
    pods = {ref: writes for ref, writes in histories(trace, "Pod").items() if scope.holds(ref) and lives_after_start(writes)}
    happened = sorted(happenings(trace, components, pods))
    cuts = breaks(happened)
    end = happened[-1] + (happened[-1] - sum(cut.end - cut.start for cut in cuts)) // TAIL
    room = LANES - len(components)
    nodes = node_lanes(trace, faults, end)
    shown = dict(list(pods.items())[: max(room - len(nodes), 0)])
    components = tuple(replace(lane, spans=stopped(faults.get(Ref("Component", "", lane.title), []), end)) for lane in components)
    lanes = {ref: pod_lane(trace, ref, writes, faults.get(ref, []), end) for ref, writes in shown.items()}
    groups = (Group(heading=None, lanes=components), *nodes_group(nodes), *grouped(trace, scope, lanes))
    places = Places(trace, frozenset(lane.key for group in groups for lane in group.lanes))
    chosen = moment(trace, shown_records(groups), at)
    return Timeline(
        start=0, end=max(end, 1), groups=groups, breaks=cuts, moment=chosen,
        arcs=arcs(trace, places, chosen.record) if chosen else (),
        notes=(*left_out(len(pods) - len(shown)), *node_notes(trace)),
    )  # fmt: skip


def component_lanes(trace: Trace, scope: Scope) -> tuple[Lane, ...]:
    """A lane for kubectl, and for every component but kubelets that wrote an object in view."""
    marks: dict[str, list[Mark]] = {}
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
            marks.setdefault(record.ref.name, []).append(mark(trace, record, deed_of(record)))
    order = [*(name for name in FIRST if name in marks), *(name for name in marks if name not in FIRST)]
    return tuple(Lane(key=f"component/{name}", label=component(name), title=name, marks=tuple(marks[name])) for name in order)


def mark(trace: Trace, record: Record, deed: str, label: str = "") -> Mark:
    """A deed on a lane, with its sentence."""
    return Mark(at=record.at, deed=deed, record=record.seq, text=sentence(trace, record), label=label)


def lives_after_start(writes: list[Write]) -> bool:
    """Whether a Pod is there at virtual time 0 or later."""
    return writes[-1].at >= 0 or writes[-1].after is not None


def pod_lane(trace: Trace, ref: Ref, writes: list[Write], hits: list[Fault], end: Micros) -> Lane:
    """A Pod's states, and the faults that hit it. Its label is set by its group."""
    return Lane(
        key=f"pod/{ref.namespace}/{ref.name}", label=Text("name", name=ref.name), title=ref.name,
        spans=spans(writes, 0, end), marks=tuple(mark(trace, record, deed_of(record)) for record in hits),
    )  # fmt: skip


def happenings(trace: Trace, components: Iterable[Lane], pods: dict[Ref, list[Write]]) -> set[Micros]:
    """When anything happens that the picture shows: its beginning and the run's end too."""
    times = {0, max(0, int(trace.info.get("end", 0)))}
    times.update(mark.at for lane in components for mark in lane.marks)
    times.update(write.at for writes in pods.values() for write in writes if write.at >= 0)
    times.update(record.at for record in trace.of(Fault) if record.at >= 0)
    return times


def nodes_group(lanes: tuple[Lane, ...]) -> tuple[Group, ...]:
    """The group of the nodes' lanes, if there are any."""
    return (Group(heading=Text("group.nodes"), lanes=lanes),) if lanes else ()


def shown_records(groups: Iterable[Group]) -> list[int]:
    """The records that the picture shows, in order."""
    lanes = [lane for group in groups for lane in group.lanes]
    found = {mark.record for lane in lanes for mark in lane.marks} | {span.record for lane in lanes for span in lane.spans}
    return sorted(found)


def left_out(pods: int) -> tuple[Text, ...]:
    """A note on the Pods that found no lane."""
    return (Text("note.pods_left_out", count=pods),) if pods > 0 else ()
