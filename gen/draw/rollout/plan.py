"""Where the parts of a rollout stand: two lanes of deeds, then one panel for the bounds and one for the ReplicaSets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from gen.views.model import Balance, Count, Micros, Rollout, Share, Text

AXIS, ROW, FOOT = 28, 26, 6
GAP, HEADING = 12, 26  # between the panels, and what a heading takes
HEADROOM = (18, 6)  # over the highest line of a panel: in the upper one a number stands there
POD, LEAST, MOST = 26, 78, 132  # pixels for a Pod where there are few; the least and the most for all
TICK_PX = 16  # the room that a number on the upright axis needs
TICKS = tuple(step * ten for ten in (1, 10, 100, 1_000, 10_000) for step in (1, 2, 5))
PIECES = 300  # stretches in a line or an area; where there are more, those that fall into one of so many moments are one
Timed = TypeVar("Timed", Balance, Count)


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot of numbers of Pods, from 0 at `bottom` to `most` at `top`."""

    heading: int  # the baseline of what stands over it
    top: int
    bottom: int
    most: int

    def y(self, number: int) -> int:
        """Where a number of Pods lies."""
        return self.bottom - number * (self.bottom - self.top) // self.most

    def ticks(self) -> range:
        """Round numbers, as many as there is room for."""
        step = next((step for step in TICKS if self.y(0) - self.y(step) >= TICK_PX), TICKS[-1])
        return range(0, self.most + 1, step)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole: where the lanes of commands and of scalings begin, both panels, and the lower edge."""

    typed: int
    scaled: int
    bounds: Panel
    sets: Panel
    height: int

    @property
    def bottom(self) -> int:
        """Down to where upright lines reach."""
        return self.height - FOOT


def plan(rollout: Rollout) -> Plan:
    """The places for a rollout."""
    most = max([1, *(max(one.most, one.pods) for one in rollout.balances)])
    tall = min(max(POD * most, LEAST), MOST)
    headings = AXIS + 2 * ROW, AXIS + 2 * ROW + HEADING + HEADROOM[0] + tall + GAP
    tops = (y + HEADING + room for y, room in zip(headings, HEADROOM, strict=True))
    upper, lower = (Panel(y + 19, top, top + tall, most) for y, top in zip(headings, tops, strict=True))
    return Plan(AXIS, AXIS + ROW, upper, lower, height=lower.bottom + FOOT)


def coarse(rollout: Rollout) -> Rollout:
    """A rollout that changes so often that nobody could tell its stretches apart, with fewer of them; and a note on it."""
    if max([len(rollout.balances), *(len(share.counts) for share in rollout.shares)]) <= PIECES:
        return rollout
    moment = max((rollout.end - sum(cut.end - cut.start for cut in rollout.breaks)) // PIECES, 1)
    shares = tuple(replace(share, counts=thinned(share.counts, moment)) for share in rollout.shares)
    notes = (*rollout.notes, Text("rollout.coarse"))
    return replace(rollout, balances=thinned(rollout.balances, moment), shares=shares, notes=notes)


def thinned(found: tuple[Timed, ...], moment: Micros) -> tuple[Timed, ...]:
    """The last of each moment."""
    return tuple({one.at // moment: one for one in found}.values())


def stretches(found: Sequence[Timed], end: Micros) -> Iterator[tuple[Timed, Micros]]:
    """Each of these with the time at which the next one takes its place."""
    ends = [one.at for one in found[1:]] + [end]
    return ((one, until) for one, until in zip(found, ends, strict=False) if until > one.at)


def bands(rollout: Rollout) -> list[tuple[Balance, Micros]]:
    """The stretches of the same bounds, in which there was a Deployment."""
    changes = [
        one for number, one in enumerate(rollout.balances) if number == 0 or bounds(one) != bounds(rollout.balances[number - 1])
    ]
    return [(one, until) for one, until in stretches(changes, rollout.end) if one.most]


def bounds(balance: Balance) -> tuple[int, int]:
    """What must be available, and what may be there."""
    return balance.least, balance.most


class Slab(NamedTuple):
    """A stretch of time in which one ReplicaSet has the same Pods above the same `base`."""

    share: Share
    start: Micros
    end: Micros
    base: int
    held: Count


def slabs(rollout: Rollout) -> list[Slab]:
    """All ReplicaSets on top of each other, the oldest at the bottom, cut where the picture of one changes."""
    times = sorted({rollout.end, *(one.at for share in rollout.shares for one in share.counts)})
    found: list[Slab] = []
    last: dict[str, int] = {}
    places = {share.key: 0 for share in rollout.shares}
    for start, end in pairwise(times):
        base = 0
        for share in rollout.shares:
            number = places[share.key]
            while number < len(share.counts) and share.counts[number].at <= start:
                number += 1
            places[share.key] = number
            count = share.counts[number - 1] if number else None
            if count is None or not count.pods:
                last.pop(share.key, None)
                continue
            slab = Slab(share, start, end, base, count)
            before = last.get(share.key)
            if before is not None and alike(found[before], slab):
                found[before] = found[before]._replace(end=end)
            else:
                last[share.key] = len(found)
                found.append(slab)
            base += count.pods
    return found


def alike(one: Slab, other: Slab) -> bool:
    """Whether two slabs look the same."""
    return (one.base, one.held.pods, one.held.available, one.held.old) == (
        other.base, other.held.pods, other.held.available, other.held.old,
    )  # fmt: skip
