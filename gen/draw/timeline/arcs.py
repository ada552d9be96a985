"""Thin lines from cause to effect: a bow between near times (up to the left, down to the right), else a straight arrow."""

from __future__ import annotations

from typing import NamedTuple

from gen.draw.svg import Element, Track, tag
from gen.draw.timeline.marks import clustered, extent
from gen.draw.timeline.rulers import Ruler
from gen.views.model import Arc, Lane, Micros

NEAR_PX = 14
LEAST_BOW, MOST_BOW = 14, 34
CLEAR_PX = 2  # between a line and what it touches


class End(NamedTuple):
    """Where an arc touches a lane: the place of time `at`, or the edges of the mark that stands there."""

    at: Micros
    left: int
    right: int


def end_of(lane: Lane, at: Micros, ruler: Ruler) -> End:
    """The end of an arc on a lane: the mark that tells of `at`, or the bare time."""
    for cluster in clustered(lane.marks, ruler):
        if cluster[0].at <= at <= cluster[-1].at:
            left, right = extent(cluster)
            return End(cluster[0].at, left - CLEAR_PX, right + CLEAR_PX)
    return End(at, 0, 0)


def is_near(link: Arc, lanes: dict[str, Lane], ruler: Ruler) -> bool:
    """Whether the two ends lie nearly above each other."""
    return _apart(link, lanes, ruler) <= NEAR_PX


def _apart(link: Arc, lanes: dict[str, Lane], ruler: Ruler) -> int:
    source = end_of(lanes[link.source], link.source_at, ruler)
    target = end_of(lanes[link.target], link.target_at, ruler)
    return abs(ruler.scale.px(target.at) - ruler.scale.px(source.at))


def straight(link: Arc, lanes: dict[str, Lane], middles: dict[str, int], ruler: Ruler, shown: Track) -> Element:
    """An arrow over a longer time; it lies behind the marks and its head stops short of them. `shown` is its class."""
    x1, x2 = ruler.at(link.source_at), ruler.at(end_of(lanes[link.target], link.target_at, ruler).at)
    return tag("line", x1=x1, y1=middles[link.source], x2=x2, y2=middles[link.target], class_=shown)


def bow(link: Arc, lanes: dict[str, Lane], middles: dict[str, int], ruler: Ruler, shown: Track) -> Element:
    """A curve from the edge of one mark to the edge of the other. `shown` is its class."""
    source = end_of(lanes[link.source], link.source_at, ruler)
    target = end_of(lanes[link.target], link.target_at, ruler)
    y1, y2 = middles[link.source], middles[link.target]
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
