"""Questions that many views ask of a trace."""

from __future__ import annotations

from gen.trace.record import Decided, Micros, Obj, Printed, Record, Ref, Request, Said, Seen, Typed, Write
from gen.trace.trace import Trace

ERRANDS = (Request, Seen, Decided)  # what only leads from one happening to the next


def histories(trace: Trace, kind: str) -> dict[Ref, list[Write]]:
    """The writes of every object of a kind, in order; the objects in the order in which they first appear."""
    found: dict[Ref, list[Write]] = {}
    for write in trace.of(Write):
        if write.ref.kind == kind:
            found.setdefault(write.ref, []).append(write)
    return found


def stored(trace: Trace, at: Micros) -> dict[Ref, Obj]:
    """Every object that etcd held at `at`, as it was then."""
    held: dict[Ref, Obj] = {}
    for write in trace.of(Write):
        if write.at > at:
            break
        if write.after is None:
            held.pop(write.ref, None)
        else:
            held[write.ref] = write.after
    return held


def answers(trace: Trace) -> dict[int, list[Printed | Said]]:
    """What each line that was typed has printed, by the number of its record; last is the Said of one that came back."""
    found: dict[int, list[Printed | Said]] = {typed.seq: [] for typed in trace.of(Typed)}
    for record in trace:
        line = record.typed if isinstance(record, Printed) else record.cause if isinstance(record, Said) else None
        if line in found and isinstance(record, Printed | Said):
            found[line].append(record)
    return found


def actor(trace: Trace, record: Record) -> str:
    """Which component did it: for a write, who sent the request behind it."""
    cause = None if record.cause is None else trace[record.cause]
    if isinstance(record, Write) and isinstance(cause, Request):
        return cause.who
    return record.who


def reason(trace: Trace, record: Record) -> Record | None:
    """The nearest happening behind a record: its cause, but for the requests, deliveries and decisions in between."""
    cause = None if record.cause is None else trace[record.cause]
    while isinstance(cause, ERRANDS) and cause.cause is not None:
        cause = trace[cause.cause]
    return None if isinstance(cause, ERRANDS) else cause
