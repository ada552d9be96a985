"""Where the parts of a comparison stand: for each run a heading, commands, a plot of Pods, and a strip of the change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gen.draw.rollout.plan import Panel
from gen.views.model import Comparison, Course, Micros, Standing

AXIS, HEADING, ROW, STRIP, GAP, FOOT = 28, 20, 24, 22, 8, 2
POD, LEAST, MOST = 16, 48, 72  # pixels for a Pod where there are few; the least and the most for all
Layer = Callable[[Standing], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of one run begin, from its heading's baseline down to its strip."""

    heading: int
    typed: int
    plot: Panel
    strip: int


def most_pods(comparison: Comparison) -> int:
    """How many Pods the plots must have room for: the same in all, so that they can be compared."""
    return max([1, *(max(course.wanted, one.pods, one.answering) for course in comparison.courses for one in course.standings)])


def plan(comparison: Comparison) -> list[Places]:
    """The places for each run."""
    most = most_pods(comparison)
    tall = min(max(POD * most, LEAST), MOST)
    found = []
    for number in range(len(comparison.courses)):
        y = AXIS + number * (HEADING + ROW + tall + STRIP + GAP)
        top = y + HEADING + ROW
        found.append(Places(y + 14, y + HEADING, Panel(y + 14, top, top + tall, most), top + tall))
    return found


def height(comparison: Comparison) -> int:
    """The height of all plots together."""
    return plan(comparison)[-1].strip + STRIP + FOOT


def stretches(course: Course, end: Micros) -> Iterator[tuple[Standing, Micros]]:
    """Each standing with the time at which the next one takes its place."""
    ends = [*(one.at for one in course.standings[1:]), end]
    return ((one, until) for one, until in zip(course.standings, ends, strict=True) if until > one.at)


@dataclass(slots=True)
class Slab:
    """A stretch of time in which a layer reaches from one number of Pods to another; `record` began it."""

    start: Micros
    end: Micros
    low: int
    high: int
    record: int


def slabs(course: Course, end: Micros, layer: Layer) -> list[Slab]:
    """A layer, cut where it changes."""
    found: list[Slab] = []
    for one, until in stretches(course, end):
        low, high = layer(one)
        if high <= low:
            continue
        if found and (found[-1].end, found[-1].low, found[-1].high) == (one.at, low, high):
            found[-1].end = until
        else:
            found.append(Slab(one.at, until, low, high, one.record))
    return found


def both(course: Course, end: Micros) -> list[Slab]:
    """The stretches in which both versions answer."""
    return slabs(course, end, lambda one: (0, int(bool(one.old and one.new))))
