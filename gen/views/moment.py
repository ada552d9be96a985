"""What a reader can step to, and the chain of causes that led there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gen.trace.query import ERRANDS, actor
from gen.trace.record import Decided, Fault, Micros, Phase, Record, Ref, Request, Typed, Write
from gen.trace.trace import Trace
from gen.views.focus import SILENT_KINDS, Scope
from gen.views.model import Arc
from gen.views.nodes import fault_lane

CHANGES = ("create", "update", "patch", "delete")
LONGEST_CHAIN = 6  # arcs; what lies further back is told by "why"


def deeds(trace: Trace, scope: Scope) -> Iterator[Record]:
    """What pictures tell of, from virtual time 0 on: commands, faults, writes of objects in view, what kubelets did for them."""
    for record in trace:
        if record.at >= 0 and (
            isinstance(record, (Typed, Fault)) or isinstance(record, (Phase, Write)) and _in_view(record.ref, scope)
        ):
            yield record


def refusals(trace: Trace, scope: Scope) -> Iterator[Request]:
    """The calls that would have changed an object in view, and were refused; from virtual time 0 on."""
    for request in trace.of(Request):
        refused = request.at >= 0 and request.code >= 400 and request.verb in CHANGES
        if refused and request.ref.kind not in SILENT_KINDS and scope.holds(_subject(trace, request)):
            yield request


def _in_view(ref: Ref, scope: Scope) -> bool:
    return ref.kind not in SILENT_KINDS and scope.holds(ref)


def _subject(trace: Trace, request: Request) -> Ref:
    """What a request is about. An object that was to get its name from the server: what somebody decided to create it for."""
    cause = None if request.cause is None else trace[request.cause]
    return cause.ref if isinstance(cause, Decided) and not request.ref.name else request.ref


def with_errands(trace: Trace, records: list[Record]) -> list[Record]:
    """These records and, between them, the deliveries and decisions that led from one to the next; in order."""
    found = {record.seq: record for record in records}
    for record in records:
        cause = None if record.cause is None else trace[record.cause]
        while isinstance(cause, ERRANDS) and cause.seq not in found:
            if cause.at >= 0 and not isinstance(cause, Request):
                found[cause.seq] = cause
            cause = None if cause.cause is None else trace[cause.cause]
    return [found[seq] for seq in sorted(found)]


@dataclass(frozen=True, slots=True)
class Places:
    """On which lanes of a picture a record is seen, in the order in which it touches them."""

    trace: Trace
    lanes: frozenset[str]

    def of(self, record: Record) -> list[str]:
        """The keys of the lanes, none if the picture shows nothing of it."""
        return [key for key in self._candidates(record) if key in self.lanes]

    def _candidates(self, record: Record) -> list[str]:
        if isinstance(record, Typed):
            return ["component/kubectl"]
        if isinstance(record, Fault):
            return [fault_lane(record)]
        if isinstance(record, Phase):
            return [_lane_of(record.ref)]
        if isinstance(record, Write):
            who = actor(self.trace, record)
            return [*([] if who == "kubectl" else [f"component/{who}"]), _lane_of(record.ref)]
        return []


def _lane_of(ref: Ref) -> str:
    return f"pod/{ref.namespace}/{ref.name}" if ref.kind == "Pod" else ""


def chain(trace: Trace, places: Places, seq: int) -> tuple[Arc, ...]:
    """The hops from lane to lane in the chain of causes of a record, the last ones if there are many."""
    visits: list[tuple[str, Micros, Micros]] = []  # lane, first and last time on it without leaving
    for record in trace.why(seq):
        for lane in places.of(record):
            if record.at < 0:
                continue
            if visits and visits[-1][0] == lane:
                visits[-1] = (lane, visits[-1][1], record.at)
            else:
                visits.append((lane, record.at, record.at))
    hops = [
        Arc(source=source, source_at=leaving, target=target, target_at=reached)
        for (source, _, leaving), (target, reached, _) in pairwise(visits)
    ]
    return tuple(hops[-LONGEST_CHAIN:])
