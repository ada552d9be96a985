"""Which stretches of time a picture leaves out: long ones in which nothing in it changes."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from gen.trace.record import Micros, Phase, Write
from gen.trace.trace import Trace
from gen.views.focus import SILENT_KINDS
from gen.views.model import Break

SHORTEST: Micros = 500_000  # a shorter stillness is drawn as it is
KEPT = 2  # so are the two shortest, or nothing would be left to draw
MOST, ALIKE = 3, 4  # at most three breaks in a picture, none shorter than a quarter of the longest
MARGIN = 8  # how much of the rest of the picture stays on either side of a break: an eighth
STEPS = ((20_000_000, 1_000_000), (5_000_000, 500_000), (0, 50_000))  # a break as long as this begins and ends at such steps


def breaks(times: list[Micros], busy: list[Micros]) -> tuple[Break, ...]:
    """The breaks of a picture that changes at `times` (in order), in order.

    Left out are stretches without change that are longer than all that stays. A break is quiet if none of the `busy`
    times (in order) lies in it.
    """
    gaps = sorted(((after - before, before) for before, after in pairwise(times)), key=lambda gap: (-gap[0], gap[1]))
    still = longer_than_the_rest([length for length, _ in gaps])
    rest = sum(length for length, _ in gaps[still:])
    cuts = sorted(_cut(start, length, rest) for length, start in gaps[:still])
    return tuple(
        Break(start=first, end=last, quiet=bisect_left(busy, first) == bisect_left(busy, last))
        for first, last in cuts
        if last > first
    )


def longer_than_the_rest(lengths: list[Micros]) -> int:
    """How many of the lengths (longest first) to leave out: each is longer than the sum of all that stay."""
    found, rest = 0, sum(lengths)
    for number, length in enumerate(lengths[:-KEPT][:MOST], 1):
        rest -= length
        if length >= SHORTEST and length > rest and length * ALIKE >= lengths[0]:
            found = number
    return found


def _cut(start: Micros, still: Micros, rest: Micros) -> tuple[Micros, Micros]:
    """A stretch less a margin on either side, between round times."""
    step = next(step for least, step in STEPS if still >= least)
    margin = max(rest // MARGIN, step // 2)
    return -(-(start + margin) // step) * step, (start + still - margin) // step * step


def busy_times(trace: Trace) -> list[Micros]:
    """When anything at all was done, drawn or not; heartbeats and Events don't count."""
    return sorted(
        record.at
        for record in trace
        if isinstance(record, Phase) or isinstance(record, Write) and record.ref.kind not in SILENT_KINDS
    )
