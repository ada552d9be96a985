"""What the forms in a timeline mean: only those that occur in it."""

from __future__ import annotations

from gen.draw.bars import swatch, word_of
from gen.draw.marks import COUNTED, FORMS, clustered
from gen.draw.measure import width
from gen.draw.rulers import Ruler
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Text, Timeline
from gen.views.states import STATES

SWATCH, GAP, ROW = 26, 16, 22
Entry = tuple[list[Element], str]


def entries(timeline: Timeline, ruler: Ruler, lang: str) -> list[Entry]:
    """Each form with its words: deeds first, then states, then what arrows say."""
    lanes = timeline.lanes
    deeds = {mark.deed for lane in lanes for mark in lane.marks}
    states = {span.state for lane in lanes for span in lane.spans}
    found: list[Entry] = [
        ([tag("svg", form(1), x=10 if deed in COUNTED else 13, y=-6, overflow="visible")], say(Text(f"legend.{deed}"), lang))
        for deed, form in FORMS.items()
        if deed in deeds
    ]
    if any(len(cluster) > 1 for lane in lanes for cluster in clustered(lane.marks, ruler)):
        found.append(([tag("svg", FORMS["write"](2), x=7, y=-6, overflow="visible")], say(Text("legend.count"), lang)))
    found += [(swatch(state), word_of(state, lang)) for state in STATES if state in states]
    if timeline.arcs:
        arrow = tag("line", x1=1, y1=7, x2=22, y2=7, class_="kim-arc")
        found.append(([arrow], say(Text("legend.cause"), lang)))
    return found


def to_html(found: list[Entry], lang: str) -> Element:
    """The legend as a list."""
    items = [
        tag("li", tag("svg", form, class_="kim-svg", width=SWATCH, height=14, aria_hidden="true"), tag("span", words))
        for form, words in found
    ]
    return tag("ul", items, class_="kim-legend", aria_label=say(Text("legend.title"), lang))


def to_svg(found: list[Entry], room: int) -> tuple[list[Element], int]:
    """The legend in rows of at most `room` pixels, and its height."""
    x, y, drawn = 0, 0, []
    for form, words in found:
        needed = SWATCH + 6 + width(words, 12)
        if x and x + needed > room:
            x, y = 0, y + ROW
        drawn.append(
            tag("g", form, tag("text", words, x=SWATCH + 6, y=11, class_="kim-small kim-muted"), transform=f"translate({x},{y})")
        )
        x += needed + GAP
    return drawn, y + ROW
