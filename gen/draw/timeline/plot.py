"""The plot of a timeline: the same hand for a page, where it stretches, and for a picture that stands alone."""

from __future__ import annotations

from itertools import chain

from gen.draw.follow import track
from gen.draw.scale import Scale, spoken
from gen.draw.svg import Element, Track, tag
from gen.draw.timeline.arcs import bow, end_of, is_near, straight
from gen.draw.timeline.bars import bar, word
from gen.draw.timeline.marks import Standing, marks, standing
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Break, Lane, Micros, Text, Timeline
from gen.views.story import Playhead

AXIS, ROW, FOOT = 28, 26, 6
LEAST_LABEL_ROOM = 128  # the axis and four lanes
EDGE_PX = 20  # a tick's label that is nearer to an edge leans on it


def height(timeline: Timeline) -> int:
    """The height of a plot: the axis and a row for every lane and heading."""
    return AXIS + ROW * sum(len(group.lanes) + (group.heading is not None) for group in timeline.groups) + FOOT


def tops(timeline: Timeline) -> dict[str, int]:
    """Where each lane begins."""
    found, y = {}, AXIS
    for group in timeline.groups:
        y += ROW * (group.heading is not None)
        for lane in group.lanes:
            found[lane.key] = y
            y += ROW
    return found


def plot(timeline: Timeline, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """Everything right of the names, from the back to the front."""
    at, bottom = tops(timeline), height(timeline) - FOOT
    lanes = timeline.lanes
    found = {lane.key: standing(lane, ruler) for lane in lanes}
    far, near = arcs(timeline, ruler, head, {key: (y + ROW // 2, found[key]) for key, y in at.items()})
    return [
        *grid(ruler, bottom),
        *(tag("line", x1=0, x2="100%", y1=y + ROW // 2, y2=y + ROW // 2, class_="kim-row-line") for y in at.values()),
        *(row(lane, at[lane.key], bars(lane, ruler, head, lang)) for lane in lanes if lane.spans),
        *chain.from_iterable(silence(cut, ruler, bottom, label_room(timeline, bottom), lang) for cut in timeline.breaks),
        *playhead(ruler, head, bottom),
        *far,
        *near,
        *(row(lane, at[lane.key], bar_words(lane, ruler, lang)) for lane in lanes if lane.spans),
        *(row(lane, at[lane.key], marks(found[lane.key], ruler, head, lang)) for lane in lanes if lane.marks),
    ]


def arcs(
    timeline: Timeline, ruler: Ruler, head: Playhead, lanes: dict[str, tuple[int, list[Standing]]]
) -> tuple[list[Element], list[Element]]:
    """The arrows over a longer time and the near ones; each is seen while the playhead stands where it led to.

    `lanes` has the middle of each lane and its marks.
    """
    seen: dict[int, list[tuple[int, bool]]] = {}
    for record, way, after in zip(timeline.records, timeline.chains, (*timeline.records[1:], None), strict=False):
        for number in way:
            seen.setdefault(number, []).append((record, True))
            if after is not None:
                seen[number].append((after, False))
    far: list[Element] = []
    near: list[Element] = []
    for number, link in enumerate(timeline.arcs):
        (y1, before), (y2, behind) = lanes[link.source], lanes[link.target]
        source, target = end_of(before, link.source_at, y1), end_of(behind, link.target_at, y2)
        is_bow = is_near(source, target, ruler)
        looks = "kim-link" if is_bow else "kim-arc kim-arc-far"
        shown = track(head, [(record, looks if on else "kim-off") for record, on in seen.get(number, [])], "kim-off")
        (near if is_bow else far).append((bow if is_bow else straight)(source, target, ruler, shown))
    return far, near


def row(lane: Lane, y: int, children: list[Element]) -> Element:
    """What stands on one lane; a player finds it by its key."""
    return tag("svg", children, y=y, overflow="visible", data_lane=lane.key)


def bars(lane: Lane, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """The states of a lane."""
    return [element for span in lane.spans for element in bar(span, ruler, head, lang)]


def bar_words(lane: Lane, ruler: Ruler, lang: str) -> list[Element]:
    """The words in the bars of a lane."""
    return [found for span in lane.spans if (found := word(span, ruler, lang))]


def grid(ruler: Ruler, bottom: int) -> list[Element]:
    """Upright lines at round times, and the times above them."""
    found: list[Element] = []
    for time in ruler.scale.ticks():
        x = ruler.at(time)
        found.append(tag("line", x1=x, x2=x, y1=AXIS - 6, y2=bottom, class_="kim-grid"))
        found.append(tag("text", spoken(time), x=x, y=15, text_anchor=anchor(time, ruler.scale), class_="kim-small kim-muted"))
    return found


def anchor(time: Micros, scale: Scale) -> str:
    """How a label leans at its place: inwards at the edges."""
    here = scale.px(time)
    return "start" if here < EDGE_PX else "end" if here > scale.width - EDGE_PX else "middle"


def label_room(timeline: Timeline, bottom: int) -> int:
    """How far down the length of a break may be written: beside the components, where no heading lies over it."""
    components = AXIS + ROW * len(timeline.groups[0].lanes) if timeline.groups else bottom
    return components if components >= LEAST_LABEL_ROOM else bottom


def silence(cut: Break, ruler: Ruler, bottom: int, label_bottom: int, lang: str) -> list[Element]:
    """A break: a band with torn edges across all lanes, its length written upright in it."""
    top, tall = AXIS - 6, bottom - AXIS + 6
    torn = "M0,0" + "".join(f"l{side},4" for side in ([3, -3, -3, 3] * (tall // 16 + 1))[: tall // 4])
    key = "timeline.quiet" if cut.quiet else "timeline.skipped"
    length = say(Text(key, length=spoken(cut.end - cut.start)), lang)
    band = tag("rect", x=ruler.at(cut.start), y=top, width=ruler.length(cut.start, cut.end), height=tall, class_="kim-break")
    edges = [ruler.pinned(edge, tag("path", d=torn, class_="kim-break-edge"), y=top) for edge in (cut.start, cut.end)]
    turned = f"rotate(-90) translate({-(top + label_bottom) // 2},4)"
    told = tag("text", length, transform=turned, text_anchor="middle", class_="kim-small kim-muted")
    return [band, *edges, ruler.pinned((cut.start + cut.end) // 2, told)]


def playhead(ruler: Ruler, head: Playhead, bottom: int) -> list[Element]:
    """The line on which the playhead stands."""
    if not head.steps:
        return []
    place = Track.of((number, ruler.at(step.at)) for number, step in enumerate(head.steps))
    line = tag("line", x1=0, x2=0, y1=AXIS - 6, y2=bottom, class_="kim-playhead")
    top = tag("path", d="M-6,-8h12l-6,8z", transform=f"translate(0,{AXIS - 2})", class_="kim-playhead-head")
    return [tag("svg", line, top, x=place, overflow="visible", class_="kim-here", pointer_events="none")]
