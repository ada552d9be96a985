"""A run at a glance: its timeline without a word, one small drawing that stretches to the width of a card.

Above, what was typed; below, a row for each thing that had states: Pods, and whatever was stopped or cut off.
"""

from __future__ import annotations

from gen.draw.scale import Scale
from gen.draw.svg import Element, tag
from gen.views.model import Break, Lane, Mark, Span, Timeline

WIDE, TALL, EDGE = 272, 112, 8
HEAD = 16  # the strip of what was typed
ROWS, LEAST_ROWS = 12, 4  # more are not drawn; fewer leave the lower part empty
AS_WIDE = 880  # breaks take as much of the width as in a picture that is so wide
LEAST = 2  # what lasts for no time is still seen
TYPED, TYPED_PX = "l7,4.5l-7,4.5z", 6
CROSS = "m-3,-3l6,6m0,-6l-6,6"


def thumbnail(timeline: Timeline) -> Element:
    """The drawing. It is an ornament: what it shows is told beside it, so a reader who cannot see it misses nothing."""
    lanes = [lane for lane in timeline.lanes if lane.spans][:ROWS]
    pitch = (TALL - HEAD - EDGE) // max(len(lanes), LEAST_ROWS)
    scale = Scale(timeline.start, timeline.end, timeline.breaks, AS_WIDE)
    rows = [HEAD + 2 + pitch * number for number in range(max(len(lanes), LEAST_ROWS))]
    tall = min(pitch - 3, 12)
    return tag(
        "svg",
        [tag("path", d=f"M{EDGE},{top + tall // 2}h{WIDE - 2 * EDGE}", class_="kim-row-line") for top in rows],
        [bar for lane, top in zip(lanes, rows, strict=False) for bar in bars(lane, scale, top, tall)],
        [silence(cut, scale) for cut in timeline.breaks],
        [tag("path", d=f"M{x},{HEAD // 2 - 1}{TYPED}", class_="kim-mark") for x in typed(timeline, scale)],
        [cross for lane, top in zip(lanes, rows, strict=False) for cross in crosses(lane, scale, top + tall // 2)],
        class_="kim-svg kim-thumbnail", viewBox=f"0 0 {WIDE} {TALL}", aria_hidden="true", focusable="false",
    )  # fmt: skip


def place(at: int, scale: Scale) -> int:
    """Where a time lies."""
    return EDGE + scale.position(at) * (WIDE - 2 * EDGE) // 10_000


def bars(lane: Lane, scale: Scale, top: int, tall: int) -> list[Element]:
    """The states of a lane, in the forms that they have everywhere."""
    return [part for span in lane.spans for part in bar(span, scale, top, tall)]


def bar(span: Span, scale: Scale, top: int, tall: int) -> list[Element]:
    """One state."""
    x = place(span.start, scale)
    wide = max(place(span.end, scale) - x, LEAST)
    found = [tag("rect", x=x, y=top, width=wide, height=tall, class_=f"kim-bar kim-bar-{span.state}")]
    if span.state == "running":
        found.append(tag("rect", x=x, y=top + tall // 2, width=wide, height=tall - tall // 2, class_="kim-half-running"))
    return found


def silence(cut: Break, scale: Scale) -> Element:
    """A stretch that is left out."""
    x = place(cut.start, scale)
    return tag("rect", x=x, y=HEAD - 2, width=place(cut.end, scale) - x, height=TALL - HEAD, class_="kim-break")


def typed(timeline: Timeline, scale: Scale) -> list[int]:
    """Where something was typed; what would lie on one another is one."""
    found: list[int] = []
    for at in sorted(mark.at for mark in every_mark(timeline) if mark.deed == "typed"):
        x = place(at, scale)
        if not found or x - found[-1] >= TYPED_PX:
            found.append(x)
    return found


def every_mark(timeline: Timeline) -> list[Mark]:
    """The deeds of all lanes."""
    return [mark for lane in timeline.lanes for mark in lane.marks]


def crosses(lane: Lane, scale: Scale, middle: int) -> list[Element]:
    """The faults that hit a lane."""
    places = dict.fromkeys(place(mark.at, scale) for mark in lane.marks if mark.deed == "fault")
    return [tag("path", d=f"M{x},{middle}{CROSS}", class_="kim-mark-fault") for x in places]
