"""Several runs on one clock: what a change of version does to those behind a Service, one way beside another.

The records of several traces have one order here, by time and then by run. A record of a comparison is a place in that order,
so that one playhead leads through all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gen.trace.record import Micros, Ref, Typed
from gen.trace.trace import Trace
from gen.views.compare.turnover import Turnover, turnover
from gen.views.model import Break, Comparison, Course, Mark, Reasons, Standing, Step, Story, Text
from gen.views.rollout import mark
from gen.views.sentences import sentence
from gen.views.silence import breaks, busy_times
from gen.views.story import story
from gen.views.timeline import TAIL
from gen.views.why import why

BEFORE = -1  # the record of what stands before the first step


class Run(NamedTuple):
    """A run, under the name that it has beside others: in the reader's language, since that is whose it is."""

    name: str
    trace: Trace


class Place(NamedTuple):
    """A record among those of all runs: when it was, in which of the runs, and its number there."""

    at: Micros
    run: int
    seq: int


def compare(runs: Sequence[Run], focus: Ref | None = None) -> Story:
    """The runs side by side, and a reader's steps through all of them."""
    found = [turnover(run.trace, focus) for run in runs]
    order = in_order(runs, found)
    told = [story(run.trace, ()) for run in runs]
    return Story(
        pictures=(side_by_side(runs, found, order),),
        steps=tuple(
            Step(at=one.at, record=record, text=step(runs[one.run], one.seq)) for record, one in enumerate(order)
        ),
        pods=sum(one.pods for one in told), records=sum(one.records for one in told),
        not_simulated=tuple(dict.fromkeys(name for one in told for name in one.not_simulated)),
    )  # fmt: skip


def step(run: Run, seq: int) -> Text:
    """A record of one of the runs in words."""
    return Text("compare.step", name=run.name, what=sentence(run.trace, run.trace[seq]))


def in_order(runs: Sequence[Run], found: Sequence[Turnover | None]) -> list[Place]:
    """All records at which a reader can stop: the lines behind the differences, and every difference."""
    places = {
        Place(run.trace[seq].at, number, seq)
        for number, (run, one) in enumerate(zip(runs, found, strict=True))
        if one is not None
        for seq in (*(typed.seq for typed in lines(run.trace, one)), *(held.record for held in one.standings[1:]))
    }
    return sorted(places)


def lines(trace: Trace, found: Turnover) -> list[Typed]:
    """The lines behind the differences, in order."""
    roots = {trace.why(held.record)[0].seq for held in found.standings[1:]}
    typed = [record for record in map(trace.__getitem__, sorted(roots)) if isinstance(record, Typed)]
    return [record for record in typed if record.at >= found.begin]


def side_by_side(runs: Sequence[Run], found: Sequence[Turnover | None], order: list[Place]) -> Comparison:
    """The picture."""
    notes = tuple(Text("compare.none", name=run.name) for run, one in zip(runs, found, strict=True) if one is None)
    known = [one for one in found if one is not None]
    if not known:
        return Comparison(service="", start=0, end=1, notes=notes)
    times = sorted({*(one.at for one in order), *(one.begin for one in known)})
    cuts = breaks(times, sorted(at for run in runs for at in busy_times(run.trace)))
    start, end = edges(times, cuts)
    records = {(one.run, one.seq): record for record, one in enumerate(order)}
    courses = tuple(
        course(number, run, one, start, records)
        for number, (run, one) in enumerate(zip(runs, found, strict=True))
        if one is not None
    )
    return Comparison(
        service=known[0].service.name, start=start, end=end, courses=courses, breaks=cuts,
        records=tuple(range(len(order))), notes=notes,
    )  # fmt: skip


def edges(times: list[Micros], cuts: tuple[Break, ...]) -> tuple[Micros, Micros]:
    """From when to when the picture reaches: a little beyond what happens."""
    drawn = times[-1] - times[0] - sum(cut.end - cut.start for cut in cuts)
    margin = max(drawn // TAIL, 1)
    return max(times[0] - margin, 0), times[-1] + margin


def course(number: int, run: Run, found: Turnover, start: Micros, records: dict[tuple[int, int], int]) -> Course:
    """One run as a part of the picture."""
    before, *later = found.standings
    standings: list[Standing] = [replace(before, at=start, record=BEFORE)]
    standings += [replace(one, record=records[number, one.record]) for one in later]
    commands: list[Mark] = [mark(run.trace, typed) for typed in lines(run.trace, found)]
    return Course(
        name=run.name, wanted=found.wanted, begin=found.begin, done=found.done, standings=tuple(standings),
        commands=tuple(replace(one, record=records[number, one.record]) for one in commands), sums=found.sums(),
    )  # fmt: skip


def why_each(runs: Sequence[Run], focus: Ref | None = None) -> Reasons:
    """Why each step of a comparison happened; the records of each run count on from those of the runs before it."""
    order = in_order(runs, [turnover(run.trace, focus) for run in runs])
    links, base, ends = [], 0, dict.fromkeys(order, 0)
    for number, run in enumerate(runs):
        own = [one for one in order if one.run == number]
        steps = tuple(Step(at=one.at, record=one.seq, text=Text("name", name="")) for one in own)
        found = why(run.trace, Story(pictures=(), steps=steps, pods=0, records=0)).links
        links += [
            replace(link, record=link.record + base, cause=None if link.cause is None else link.cause + base) for link in found
        ]
        ends |= {one: one.seq + base for one in own}
        base += len(run.trace)
    return Reasons(links=tuple(links), ends=tuple(ends.values()))
