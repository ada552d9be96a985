"""The timeline: who did what when, and in which state each Pod was, on lanes of virtual time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gen.trace.record import Micros, Ref
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.grouping import grouped
from gen.views.lanes import component_lanes, pod_lane, pods_in_view
from gen.views.model import Group, Lane, Text, Timeline
from gen.views.moment import Places, chain, deeds
from gen.views.nodes import faults_by_target, node_lanes, node_notes
from gen.views.registry import view
from gen.views.silence import breaks, busy_times

LANES = 40  # more are counted, not drawn
TAIL = 20  # after the last happening, a twentieth of the time that is drawn stays visible


@view("timeline")
def timeline(trace: Trace, focus: Ref | None = None) -> Timeline:
    """Fold a trace into lanes, leave out long silences, and tell what led to every deed."""
    scope = Scope(trace, focus)
    groups, pods_left_out = lanes_of(trace, scope)
    happened = sorted(set(happenings(groups, run_end(trace))))
    cuts = breaks(happened, busy_times(trace))
    end = happened[-1] + max((happened[-1] - sum(cut.end - cut.start for cut in cuts)) // TAIL, 1)
    groups = tuple(replace(group, lanes=tuple(stretched(lane, end) for lane in group.lanes)) for group in groups)
    places = Places(trace, frozenset(lane.key for group in groups for lane in group.lanes))
    records = tuple(record.seq for record in deeds(trace, scope))
    ways = [chain(trace, places, seq) for seq in records]
    arcs = {arc: number for number, arc in enumerate(dict.fromkeys(arc for way in ways for arc in way))}
    return Timeline(
        start=0, end=end, groups=groups, breaks=cuts, records=records,
        arcs=tuple(arcs), chains=tuple(tuple(arcs[arc] for arc in way) for way in ways),
        notes=(*left_out(pods_left_out), *node_notes(trace)),
    )  # fmt: skip


def lanes_of(trace: Trace, scope: Scope) -> tuple[tuple[Group, ...], int]:
    """Components, nodes that a fault hit, Pods by their owner; and how many Pods found no lane."""
    faults, end = faults_by_target(trace), run_end(trace)
    components = component_lanes(trace, scope, faults, end)
    nodes = node_lanes(trace, faults, end)
    pods = pods_in_view(trace, scope)
    room = max(LANES - len(components) - len(nodes), 0)
    lanes = {ref: pod_lane(trace, ref, writes, faults, end) for ref, writes in list(pods.items())[:room]}
    hit = (Group(heading=Text("group.nodes"), lanes=nodes),) if nodes else ()
    return (Group(heading=None, lanes=components), *hit, *grouped(trace, scope, lanes)), len(pods) - len(lanes)


def run_end(trace: Trace) -> Micros:
    """When the run was over: as noted in the trace, but not before its last record."""
    return max(0, int(trace.info.get("end", 0)), *(record.at for record in trace.records[-1:]))


def happenings(groups: tuple[Group, ...], end: Micros) -> Iterator[Micros]:
    """When anything changes in the picture: its beginning, deeds, changes of state, the run's end."""
    yield from (0, end)
    for lane in (lane for group in groups for lane in group.lanes):
        yield from (mark.at for mark in lane.marks)
        for span in lane.spans:
            yield from (span.start, span.end)


def stretched(lane: Lane, end: Micros) -> Lane:
    """A lane whose last state goes on to the picture's end, if it had not ended."""
    return replace(lane, spans=tuple(span if span.ends else replace(span, end=end) for span in lane.spans))


def left_out(pods: int) -> tuple[Text, ...]:
    """A note on the Pods that found no lane."""
    return (Text("note.pods_left_out", count=pods),) if pods > 0 else ()
