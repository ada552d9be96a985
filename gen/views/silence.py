"""Which stretches of time a picture leaves out: long ones in which nothing happened."""

from __future__ import annotations

from itertools import pairwise

from gen.trace.record import Micros
from gen.views.model import Break

SHORTEST: Micros = 6_000_000  # a shorter silence is drawn as it is
SHARE = 3  # so is one that takes less than a third of the picture
MARGIN = 16  # how much of the rest of the picture stays on either side of a break: a sixteenth
SECOND: Micros = 1_000_000


def breaks(times: list[Micros]) -> tuple[Break, ...]:
    """The breaks of a picture whose happenings are at `times` (in order), longest silences first, returned in order."""
    if not times:
        return ()
    drawn, found = times[-1] - times[0], []
    for quiet, start in sorted(
        ((after - before, before) for before, after in pairwise(times)), key=lambda gap: (-gap[0], gap[1])
    ):
        if quiet < SHORTEST or quiet * SHARE < drawn:
            break
        cut = _cut(start, quiet, drawn - quiet)
        if cut is None:
            break
        found.append(cut)
        drawn -= cut.end - cut.start
    return tuple(sorted(found, key=lambda cut: cut.start))


def _cut(start: Micros, quiet: Micros, rest: Micros) -> Break | None:
    """The silence less a margin on either side, in whole seconds; None if nothing to speak of is left."""
    margin = max(rest // MARGIN, SECOND // 2)
    first = -(-(start + margin) // SECOND) * SECOND
    last = (start + quiet - margin) // SECOND * SECOND
    return Break(start=first, end=last) if last - first >= SHORTEST // 2 else None
