"""Why: from the line that somebody typed (or a fault, or the boot) to every step of a story, link by link.

A chain of causes as the trace has it, less what says nothing of its own: a request that was granted is one link with the
write that it led to.
"""

from __future__ import annotations

from gen.kit.evolve import dig
from gen.trace.query import actor
from gen.trace.record import Decided, Denied, Fault, Printed, Record, Request, Said, Seen, Typed, Write
from gen.trace.trace import Trace
from gen.views.changes import changes
from gen.views.deeds import thing
from gen.views.model import Link, Reasons, Story, Text, Written
from gen.views.sentences import component, deed_alone, shown

MOST = 6  # fields of a write, rows of a table
METHODS = {"create": "POST", "update": "PUT", "patch": "PATCH", "delete": "DELETE"}
PEOPLE: dict[type[Record], Text] = {Typed: Text("why.user"), Fault: Text("why.scenario")}  # who is no component
WHOLE = (Typed, Said, Printed, Denied, Fault)  # their sentences are not about a component: here they have words of their own


def why(trace: Trace, story: Story) -> Reasons:
    """The links of all chains that end in a step of the story."""
    found: dict[int, Link] = {}
    for step in story.steps:
        at: int | None = step.record
        while at is not None and at not in found:
            found[at] = link(trace, trace[at])
            at = found[at].cause
    links = tuple(found[record] for record in sorted(found))
    return Reasons(links=links, ends=tuple(step.record for step in story.steps))


def link(trace: Trace, record: Record) -> Link:
    """One record as a link."""
    cause = behind(trace, record)
    return Link(
        record=record.seq, cause=cause, at=record.at,
        who=PEOPLE.get(type(record)) or component(actor(trace, record)),
        text=told(trace, record, begins=cause is None), read=read(record),
        written=written(record, request_of(trace, record)) if isinstance(record, Write) else None, by=record.by,
        about=about(record),
    )  # fmt: skip


def about(record: Record) -> str:
    """The key of the Pod or the Node that a record is about."""
    ref = getattr(record, "ref", None)
    if ref is None or ref.kind not in ("Pod", "Node"):
        return ""
    return f"pod/{ref.namespace}/{ref.name}" if ref.kind == "Pod" else f"node/{ref.name}"


def request_of(trace: Trace, record: Record) -> Request | None:
    """The request that a write granted."""
    cause = None if record.cause is None else trace[record.cause]
    return cause if isinstance(record, Write) and isinstance(cause, Request) else None


def behind(trace: Trace, record: Record) -> int | None:
    """The record of the link before."""
    request = request_of(trace, record)
    return request.cause if request else record.cause


def told(trace: Trace, record: Record, *, begins: bool) -> Text:
    """What was done; where a chain begins with neither a person nor a fault, also when that was."""
    text = deed_alone(trace, record)
    if isinstance(record, WHOLE):
        return Text(f"why.{text.key}", **dict(text.params))
    if begins:
        return Text("why.boot" if record.at < 0 else "why.due", what=text)
    return text


def read(record: Record) -> tuple[Text, ...]:
    """What came in: of an object that was seen its revision, of a question its object, of a rule the tables that it made."""
    match record:
        case Seen():
            return (Text("why.read", thing=thing(record.ref), revision=record.revision),)
        case Request() if record.verb not in METHODS:
            return (Text("why.asked", verb=record.verb, thing=thing(record.ref)),)
        case Decided():
            return tables(record)
    return ()


def tables(record: Decided) -> tuple[Text, ...]:
    """The tables that a rule answered with, as the scores of nodes, row by row: its plain values stand in its sentence."""
    rows = [
        Text("why.row", table=name, name=row, value=total(value))
        for name, table in sorted(record.values.items())
        if isinstance(table, dict)
        for row, value in sorted(table.items())
    ]
    more = len(rows) - MOST
    return (*rows[:MOST], Text("why.rows", count=more)) if more > 0 else tuple(rows)


def total(value: object) -> str:
    """A row of a table: its sum, and of what."""
    if not isinstance(value, dict):
        return shown(value)
    parts = " + ".join(f"{name} {shown(part)}" for name, part in sorted(value.items()) if name != "total")
    return f"{dig(value, 'total')} = {parts}" if "total" in value and parts else parts


def written(write: Write, request: Request | None) -> Written:
    """What a write left behind."""
    deed = "created" if write.before is None else "removed" if write.after is None else "changed"
    found = changes(write.before, write.after) if write.before is not None and write.after is not None else []
    call = f"{METHODS.get(request.verb, request.verb)} {request.subresource}".strip() if request else ""
    listed, more = tuple(found[:MOST]), max(len(found) - MOST, 0)
    return Written(deed=deed, call=call, revision=write.revision, changes=listed, more=more)
