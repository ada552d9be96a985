"""The trace for people: when, who, what, and because of which record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gen.commands.playing import note
from gen.commands.selector import enumeration, selected
from gen.draw.words import say
from gen.trace.record import Denied, Fault, Micros, Phase, Printed, Record, Said, Typed, Write
from gen.trace.trace import Trace
from gen.views.sentences import sentence

TOLD = (Typed, Said, Printed, Write, Denied, Phase, Fault)  # deeds; the requests and thoughts between them are told by --why
HEARTBEATS = ("Lease",)
INDENT = " " * 8 + "| "


def story(trace: Trace, lang: str) -> Iterator[str]:
    """The deeds of a run from time 0 on, a line each. Heartbeats are counted, not listed."""
    deeds = [record for record in trace if record.at >= 0 and isinstance(record, TOLD)]
    told = [record for record in deeds if not is_heartbeat(record)]
    numbers = {record.seq for record in told}
    column = width(told)
    for record in told:
        yield row(trace, record, lang, column) + because(trace, record, numbers)
        if isinstance(record, Said | Printed):
            yield from screen(record)
    if len(told) < len(deeds):
        note(f"{len(deeds) - len(told)} heartbeats are not listed")


def is_heartbeat(record: Record) -> bool:
    """Whether it only says that somebody is still alive."""
    return isinstance(record, Write) and record.ref.kind in HEARTBEATS


def because(trace: Trace, record: Record, told: set[int]) -> str:
    """The nearest cause among the lines that are told."""
    cause = record.cause
    while cause is not None and cause not in told:
        cause = trace[cause].cause
    return "" if cause is None else f"  ← #{cause}"


def chain(trace: Trace, selector: str, lang: str) -> Iterator[str]:
    """Every link that leads to what `selector` names, its root first; what was decided, with the rule's own name."""
    found = selected(trace, selector)
    links = trace.why(found[0].seq)
    column = width(links)
    for link in links:
        decided = f"  [{link.by}]" if link.by else ""
        yield row(trace, link, lang, column) + decided
    if found[1:]:
        note(f"the same for {enumeration([f'#{record.seq}' for record in found[1:]])}")


def screen(said: Said | Printed) -> list[str]:
    """What stood on the terminal, where it was more than the one line that its sentence quotes."""
    lines = (said.stdout + said.stderr).rstrip("\n").splitlines()
    return [f"{INDENT}{line}".rstrip() for line in lines] if len(lines) > 1 else []


def width(records: Sequence[Record]) -> int:
    """How wide the column of names must be."""
    return max((len(record.who) for record in records), default=0)


def row(trace: Trace, record: Record, lang: str, column: int) -> str:
    """One line: number, time, who, sentence."""
    number = f"#{record.seq}"
    return f"{number:>6} {clock(record.at):>10}  {record.who:<{column}}  {say(sentence(trace, record), lang)}"


def clock(at: Micros) -> str:
    """A moment of the run, to the millisecond: `12.345s`, `3m05.000s`."""
    sign = "-" if at < 0 else ""
    minutes, rest = divmod(abs(at) // 1000, 60_000)
    seconds = f"{rest // 1000}.{rest % 1000:03}s"
    return f"{sign}{minutes}m{seconds:0>7}" if minutes else f"{sign}{seconds}"
