"""The moment that a reader looks at: what had happened last, and the chain of causes that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from gen.trace.query import actor
from gen.trace.record import Fault, Micros, Phase, Record, Ref, Typed, Write
from gen.trace.trace import Trace
from gen.views.focus import SILENT_KINDS, Scope
from gen.views.model import Arc, Moment
from gen.views.nodes import fault_lane
from gen.views.sentences import sentence

LONGEST_CHAIN = 6  # arcs; what lies further back is told by "why"


def moment(trace: Trace, records: Iterable[Record], at: Micros | None) -> Moment | None:
    """The last of the records at the moment `at`; None if no moment was chosen or nothing had happened yet."""
    past = [] if at is None else [record for record in records if 0 <= record.at <= at]
    if at is None or not past:
        return None
    last = max(past, key=lambda record: (record.at, record.seq))
    return Moment(at=at, since=last.at, record=last.seq, text=sentence(trace, last))


def deeds(trace: Trace, scope: Scope) -> Iterator[Record]:
    """The records that a moment may tell of: commands, faults, writes of objects in view, and what kubelets did for them."""
    for record in trace:
        if isinstance(record, (Typed, Fault)) or isinstance(record, (Phase, Write)) and _in_view(record.ref, scope):
            yield record


def _in_view(ref: Ref, scope: Scope) -> bool:
    return ref.kind not in SILENT_KINDS and scope.holds(ref)


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


def arcs(trace: Trace, places: Places, seq: int) -> tuple[Arc, ...]:
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
