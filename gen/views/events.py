"""The Events as `kubectl get events` prints them, with virtual time in place of LAST SEEN."""

from __future__ import annotations

from dataclasses import replace

from gen.objects.events import count
from gen.objects.tables import table
from gen.trace.query import histories
from gen.trace.record import Ref, Write
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.model import Column, Row, Sighting, Table, Text
from gen.views.registry import view

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
def events(trace: Trace, focus: Ref | None = None) -> Table:
    """Fold a trace into the table of its Events: a row each, as kubectl would print it whenever it was seen."""
    scope = Scope(trace, focus)
    spoken = [
        writes for writes in histories(trace, "Event").values() if writes[0].at >= 0 and scope.holds_event(writes[0].after or {})
    ]
    rows, columns = filled([row(writes) for writes in spoken])
    return Table(caption=Text("caption.events", count=len(rows)), columns=columns, rows=tuple(rows))


def row(writes: list[Write]) -> Row:
    """One Event with all its sightings."""
    warns = (writes[0].after or {}).get("type") == "Warning"
    return Row(sightings=tuple(sighting(write) for write in writes if write.after), tone="warning" if warns else "")


def sighting(write: Write) -> Sighting:
    """An Event as it was written once."""
    event = write.after or {}
    _, kind, reason, about, message = table("Event", [event], 0)[1][0]
    times = f"×{count(event)}" if count(event) > 1 else ""
    return Sighting(at=write.at, record=write.seq, cells=("", kind, reason, about, times, message))


def filled(rows: list[Row]) -> tuple[list[Row], tuple[Column, ...]]:
    """The rows and columns without COUNT, if every Event was seen only once."""
    if any(one.cells[COUNT] for each in rows for one in each.sightings):
        return rows, COLUMNS
    return [replace(each, sightings=tuple(without_count(one) for one in each.sightings)) for each in rows], COLUMNS[
        :COUNT
    ] + COLUMNS[COUNT + 1 :]


def without_count(one: Sighting) -> Sighting:
    """A sighting without the cell that says how often."""
    return replace(one, cells=one.cells[:COUNT] + one.cells[COUNT + 1 :])
