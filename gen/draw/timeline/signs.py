"""What the signs of a timeline mean: only those that occur in it."""

from __future__ import annotations

from gen.draw.legend import Entry
from gen.draw.svg import tag
from gen.draw.timeline.bars import swatch, word_of
from gen.draw.timeline.marks import COUNTED, FORMS, clustered
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Text, Timeline
from gen.views.states import STATES


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
