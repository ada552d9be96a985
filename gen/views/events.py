"""The Events as `kubectl get events` prints them, with virtual time in place of LAST SEEN."""

from __future__ import annotations

from dataclasses import replace

from gen.objects.events import count
from gen.objects.tables import table
from gen.trace.query import histories
from gen.trace.record import Micros, Obj, Ref, Write
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.model import Column, Row, Table, Text
from gen.views.moment import moment
from gen.views.registry import view

ROWS = 200  # more are counted, not drawn
COLUMNS = (
    Column(key="time", heading="TIME", shape="time"),
    Column(key="type", heading="TYPE"),
    Column(key="reason", heading="REASON"),
    Column(key="object", heading="OBJECT"),
    Column(key="count", heading="COUNT", shape="count"),
    Column(key="message", heading="MESSAGE", shape="text"),
)
COUNT = 4  # which of the columns says how often


@view("events")
def events(trace: Trace, focus: Ref | None = None, at: Micros | None = None) -> Table:
    """Fold a trace into the table of its Events: what kubectl would print at the moment, then what is still to come."""
    scope = Scope(trace, focus)
    spoken = [
        writes for writes in histories(trace, "Event").values() if writes[0].at >= 0 and scope.holds_event(writes[0].after or {})
    ]
    rows = sorted((row(writes, at) for writes in spoken), key=lambda one: (one.at, one.record))
    rows = rows if at is None else mark_now(rows)
    shown, before, after = window(rows)
    shown, columns = filled(shown)
    notes = (("note.events_before", before), ("note.events_after", after))
    return Table(
        caption=Text("caption.events", count=len(rows)), columns=columns, rows=tuple(shown),
        moment=moment(trace, (trace[one.record] for one in rows), at),
        notes=tuple(Text(key, count=count) for key, count in notes if count),
    )  # fmt: skip


def row(writes: list[Write], at: Micros | None) -> Row:
    """One Event as it was at the moment; one that comes later, as it will be when it comes."""
    past = [write for write in writes if at is None or write.at <= at]
    last = past[-1] if past else writes[0]
    event = last.after or writes[0].after or {}
    _, kind, reason, about, message = table("Event", [event], 0)[1][0]
    return Row(
        at=last.at, record=last.seq, when="past" if past else "future", tone="warning" if kind == "Warning" else "",
        cells=("", kind, reason, about, times(event), message),
    )  # fmt: skip


def times(event: Obj) -> str:
    """How often it was seen, where it was more than once."""
    return f"×{count(event)}" if count(event) > 1 else ""


def mark_now(rows: list[Row]) -> list[Row]:
    """Mark the last row of the past."""
    past = [index for index, one in enumerate(rows) if one.when == "past"]
    return [replace(one, when="now") if past and index == past[-1] else one for index, one in enumerate(rows)]


def window(rows: list[Row]) -> tuple[list[Row], int, int]:
    """The rows to show, and how many are left out before and after them: the moment stays in sight."""
    if len(rows) <= ROWS:
        return rows, 0, 0
    now = next((index for index, one in enumerate(rows) if one.when == "now"), 0)
    first = min(max(now - ROWS // 2, 0), len(rows) - ROWS)
    return rows[first : first + ROWS], first, len(rows) - first - ROWS


def filled(rows: list[Row]) -> tuple[list[Row], tuple[Column, ...]]:
    """The rows and columns without COUNT, if every Event was seen only once."""
    if any(one.cells[COUNT] for one in rows):
        return rows, COLUMNS
    return [replace(one, cells=one.cells[:COUNT] + one.cells[COUNT + 1 :]) for one in rows], COLUMNS[:COUNT] + COLUMNS[
        COUNT + 1 :
    ]
