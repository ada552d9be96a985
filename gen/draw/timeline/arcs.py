"""Thin lines from cause to effect: a bow between near times (up to the left, down to the right), else a straight arrow."""

from __future__ import annotations

from typing import NamedTuple

from gen.draw.svg import Element, Track, tag
from gen.draw.timeline.marks import Standing, extent
from gen.draw.timeline.rulers import Ruler
from gen.views.model import Micros

NEAR_PX = 14
LEAST_BOW, MOST_BOW = 14, 34
CLEAR_PX = 2  # between a line and what it touches


class End(NamedTuple):
    """Where an arc touches a lane, at height `y`: the edges of the mark that stands there, or the bare place of `at`."""

    at: Micros
    left: int
    right: int
    y: int


def end_of(marks: list[Standing], at: Micros, y: int) -> End:
    """The end of an arc on a lane with these marks."""
    for one in marks:
        if one.marks[0].at <= at <= one.marks[-1].at:
            left, right = extent(one.marks)
            return End(one.marks[0].at, one.aside + left - CLEAR_PX, one.aside + right + CLEAR_PX, y)
    return End(at, 0, 0, y)


def is_near(source: End, target: End, ruler: Ruler) -> bool:
    """Whether the two ends lie nearly above each other."""
    return abs(ruler.scale.px(target.at) - ruler.scale.px(source.at)) <= NEAR_PX


def straight(source: End, target: End, ruler: Ruler, shown: Track) -> Element:
    """An arrow over a longer time; it lies behind the marks and its head stops short of them. `shown` is its class."""
    return tag("line", x1=ruler.at(source.at), y1=source.y, x2=ruler.at(target.at), y2=target.y, class_=shown)


def bow(source: End, target: End, ruler: Ruler, shown: Track) -> Element:
    """A curve from the edge of one mark to the edge of the other. `shown` is its class."""
    y1, y2 = source.y, target.y
    right = y2 > y1 or ruler.scale.px(target.at) < MOST_BOW  # there is no room for a bow to the left of time 0
    x1 = ruler.scale.px(source.at) - ruler.scale.px(target.at) + (source.right if right else source.left)
    x2 = target.right if right else target.left
    reach = min(max(abs(y2 - y1) // 4, LEAST_BOW), MOST_BOW) * 4 // 3
    bulge = max(x1, x2) + reach if right else min(x1, x2) - reach
    path = f"M{x1},{y1}C{bulge},{y1} {bulge},{y2} {x2},{y2}"
    drawn = tag(
        "g", tag("circle", cx=x1, cy=y1, r=2, class_="kim-arc-start"), tag("path", d=path, class_="kim-arc"), class_=shown
    )
    return ruler.pinned(target.at, drawn, events=False)
