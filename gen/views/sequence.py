"""The ladder: who called the API server when, whom it told of what, and what each then did, from top to bottom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from gen.kit.evolve import dig
from gen.trace.query import actor
from gen.trace.record import Decided, Fault, Micros, Phase, Printed, Record, Ref, Request, Said, Seen, Typed, Write
from gen.trace.trace import Trace
from gen.views import wire
from gen.views.board import API, FIRST, KUBECTL, target_of
from gen.views.focus import Scope
from gen.views.model import Break, Line, Sequence, Text
from gen.views.moment import deeds, refusals, with_errands
from gen.views.nodes import MANY, PROCESSES, deed_of
from gen.views.registry import view
from gen.views.sentences import component
from gen.views.silence import busy_times

ETCD, OTHERS, SCHEDULER, KUBELET = "etcd", "others", "default-scheduler", "kubelet"
ALWAYS = (API, ETCD)
CONTROLLERS = 5  # more share one lifeline
LINES = 120  # more are counted, not drawn
SILENCE: Micros = 300_000  # calls take milliseconds, the steps of a container's start some tenths of a second; longer is a wait


@view("sequence")
def sequence(trace: Trace, focus: Ref | None = None) -> Sequence:
    """Fold a trace into lines between the API server and everybody else."""
    scope = Scope(trace, focus)
    told = [line for record in happenings(trace, scope) if (line := line_of(trace, scope, record))]
    kept, rest = told[:LINES], told[LINES:]
    actors = list(dict.fromkeys(name for line in kept for name in (line.source, line.target) if name))
    own = controllers(actors)
    several = sum(name.startswith(f"{KUBELET}/") for name in actors) > 1
    lines = tuple(gathered(line, own, several=several) for line in kept)
    return Sequence(
        participants=tuple((name, name_of(name)) for name in participants(lines, own)), lines=lines,
        breaks=tuple(silences(lines, busy_times(trace))), rest=rest[0].record if rest else 0,
        notes=(Text("note.lines_left_out", count=len(rest)),) if rest else (),
    )  # fmt: skip


def happenings(trace: Trace, scope: Scope) -> list[Record]:
    """What becomes a line: all deeds in view, what kubectl printed, calls that were refused, and what led to them."""
    said: list[Said | Printed] = [*trace.of(Said), *trace.of(Printed)]
    printed = [one for one in said if one.at >= 0 and wire.printed(one)]
    told = [*deeds(trace, scope), *refusals(trace, scope), *printed]
    return with_errands(trace, sorted(told, key=lambda record: record.seq))


def line_of(trace: Trace, scope: Scope, record: Record) -> Line | None:
    """The line of a record; the participants are still those that acted, each kubelet for itself."""

    def line(kind: str, source: str, text: Text, target: str = "", revision: int = 0) -> Line:
        return Line(at=record.at, record=record.seq, kind=kind, source=source, target=target, text=text, revision=revision)

    match record:
        case Typed():
            return line("typed", KUBECTL, Text("name", name=wire.shortened(record.line.removeprefix("kubectl "))))
        case Said() | Printed():
            return line("said" if record.rc == 0 else "refused", KUBECTL, Text("name", name=wire.printed(record)))
        case Request():
            return line("refused", record.who, wire.refused(scope, record), API)
        case Write() if wire.is_one_more(trace, record):
            return line("store", API, Text("name", name=wire.path(scope, record.ref)), ETCD, record.revision)
        case Write():
            return line("call", actor(trace, record), wire.call(trace, scope, record), API, record.revision)
        case Seen():
            cause = None if record.cause is None else trace[record.cause]
            return line("watch", API, wire.delivery(scope, cause, record.who), record.who) if isinstance(cause, Write) else None
        case Decided():
            return line("decided", record.who, wire.decision(record))
        case Phase():
            return line("work", record.who, wire.work(record))
        case Fault():
            return line(deed_of(record), hit_by(trace, record), wire.hit(record))
    return None


def hit_by(trace: Trace, fault: Fault) -> str:
    """Who feels a fault: a component, the kubelet of a node, or of the node of the Pod whose container is killed."""
    if fault.ref.kind != "Pod":
        return target_of(fault)
    pods = (write.after for write in trace.of(Write) if write.ref == fault.ref and write.seq < fault.seq and write.after)
    return f"{KUBELET}/{next((dig(pod, 'spec.nodeName', '') for pod in reversed(list(pods))), '')}"


def controllers(actors: Iterable[str]) -> tuple[str, ...]:
    """The controllers that have a lifeline of their own, from left to right."""
    found = [name for name in actors if "/" not in name and name not in (KUBECTL, *ALWAYS, SCHEDULER, *PROCESSES)]
    ordered = [*(name for name in FIRST if name in found), *(name for name in found if name not in FIRST)]
    return tuple(ordered if len(ordered) <= CONTROLLERS else ordered[: CONTROLLERS - 1])


def gathered(line: Line, own: tuple[str, ...], *, several: bool) -> Line:
    """The line between the participants that are drawn: who shares a lifeline is named in the text."""
    source, target = lifeline(line.source, own), lifeline(line.target, own)
    who = line.target if line.kind == "watch" else line.source
    shared = lifeline(who, own)
    text = line.text
    if shared == OTHERS:
        text = Text("ladder.there", where=component(who), what=text)
    elif shared == KUBELET and several:
        text = Text("ladder.there", where=who.removeprefix(f"{KUBELET}/"), what=text)
    return replace(line, source=source, target=target, text=text)


def lifeline(name: str, own: tuple[str, ...]) -> str:
    """The participant that stands for an actor. A whole process is hit where its first controller stands."""
    if name.startswith(f"{KUBELET}/"):
        return KUBELET
    if name in PROCESSES:
        inside = PROCESSES[name]
        return inside if inside != MANY else own[0] if own else OTHERS
    return name if name in ("", KUBECTL, *ALWAYS, SCHEDULER, *own) else OTHERS


def participants(lines: tuple[Line, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """All lifelines from left to right."""
    seen = {name for line in lines for name in (line.source, line.target)}
    order = (KUBECTL, *ALWAYS, *own, OTHERS, SCHEDULER, KUBELET)
    return tuple(name for name in order if name in seen or name in ALWAYS)


def name_of(name: str) -> Text:
    """A participant's full name."""
    return {KUBELET: Text("name", name=KUBELET), OTHERS: Text("ladder.others")}.get(name) or component(name)


def silences(lines: tuple[Line, ...], busy: list[Micros]) -> Iterator[Break]:
    """The long waits between two lines; quiet are those in which nothing at all was done."""
    for before, after in pairwise(lines):
        if after.at - before.at >= SILENCE:
            quiet = bisect_left(busy, before.at + 1) == bisect_left(busy, after.at)
            yield Break(start=before.at, end=after.at, quiet=quiet)
