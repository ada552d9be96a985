"""The plot of a timeline: the same hand for a page, where it stretches, and for a picture that stands alone."""

from __future__ import annotations

from itertools import chain

from gen.draw.arcs import bow, is_near, straight
from gen.draw.bars import bar, word
from gen.draw.marks import marks
from gen.draw.rulers import Ruler
from gen.draw.scale import Scale, spoken
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Break, Lane, Micros, Text, Timeline

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


def plot(timeline: Timeline, ruler: Ruler, lang: str) -> list[Element]:
    """Everything right of the names, from the back to the front."""
    at, bottom = tops(timeline), height(timeline) - FOOT
    lanes = timeline.lanes
    by_key = {lane.key: lane for lane in lanes}
    middles = {key: y + ROW // 2 for key, y in at.items()}
    near = [link for link in timeline.arcs if is_near(link, by_key, ruler)]
    far = [link for link in timeline.arcs if link not in near]
    return [
        *grid(ruler, bottom),
        *(tag("line", x1=0, x2="100%", y1=y, y2=y, class_="kim-row-line") for y in middles.values()),
        *(row(lane, at[lane.key], bars(lane, ruler, lang)) for lane in lanes if lane.spans),
        *chain.from_iterable(silence(cut, ruler, bottom, label_room(timeline, bottom), lang) for cut in timeline.breaks),
        *playhead(timeline, ruler, bottom),
        *(straight(link, by_key, middles, ruler) for link in far),
        *(bow(link, by_key, middles, ruler) for link in near),
        *(row(lane, at[lane.key], bar_words(lane, touched(timeline, lane), ruler, lang)) for lane in lanes if lane.spans),
        *(row(lane, at[lane.key], marks(lane, ruler, lang)) for lane in lanes if lane.marks),
    ]


def row(lane: Lane, y: int, children: list[Element]) -> Element:
    """What stands on one lane; a player finds it by its key."""
    return tag("svg", children, y=y, overflow="visible", data_lane=lane.key)


def bars(lane: Lane, ruler: Ruler, lang: str) -> list[Element]:
    """The states of a lane."""
    return [element for span in lane.spans for element in bar(span, ruler, lang)]


def touched(timeline: Timeline, lane: Lane) -> list[Micros]:
    """Where arcs begin and end on a lane."""
    starts = [link.source_at for link in timeline.arcs if link.source == lane.key]
    return starts + [link.target_at for link in timeline.arcs if link.target == lane.key]


def bar_words(lane: Lane, taken: list[Micros], ruler: Ruler, lang: str) -> list[Element]:
    """The words in the bars of a lane, right of the arcs that touch it."""
    return [found for span in lane.spans if (found := word(span, taken, ruler, lang))]


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


def playhead(timeline: Timeline, ruler: Ruler, bottom: int) -> list[Element]:
    """The moment that was chosen, if one was."""
    if timeline.moment is None:
        return []
    x = ruler.at(timeline.moment.at)
    line = tag("line", x1=x, x2=x, y1=AXIS - 6, y2=bottom, class_="kim-playhead")
    return [line, ruler.pinned(timeline.moment.at, tag("path", d="M-6,-8h12l-6,8z", class_="kim-playhead-head"), y=AXIS - 2)]
