"""One run of a comparison: who answers, who is missing, who is there for nothing, and how long the change takes."""

from __future__ import annotations

from gen.draw.compare.plan import Layer, Places, both, slabs
from gen.draw.follow import leads_to, track
from gen.draw.measure import width
from gen.draw.rollout.plot import levels
from gen.draw.scale import SECOND, exact, spoken
from gen.draw.svg import Element, Track, tag
from gen.draw.timeline.marks import marks, standing
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Comparison, Course, Lane, Micros, Text
from gen.views.sentences import component
from gen.views.story import Playhead

BAR_TOP, BAR, SIZE = 4, 14, 12
TENTH = SECOND // 10


def rounded(length: Micros) -> str:
    """A length as one compares lengths: in tenths of a second."""
    return spoken((length + TENTH // 2) // TENTH * TENTH)


def layers(course: Course) -> list[tuple[str, Layer]]:
    """What lies on each other, from the back to the front."""
    return [
        ("waiting", lambda one: (one.answering, one.pods)),
        ("missing", lambda one: (one.answering, course.wanted)),
        ("old", lambda one: (0, one.old)),
        ("new", lambda one: (one.old, one.answering)),
    ]


def panel(course: Course, places: Places, comparison: Comparison, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """Everything of one run right of the numbers."""
    y = places.plot.y(course.wanted)
    lane = standing(commands(course), ruler)
    return [
        *levels(places.plot),
        *(area for name, layer in layers(course) for area in areas(name, layer, course, places, comparison, ruler, head, lang)),
        tag("line", x1=0, x2="100%", y1=y, y2=y, class_="kim-wanted"),
        *strip(course, places, comparison, ruler, lang),
        tag("svg", marks(lane, ruler, head, lang), y=places.typed - 1, overflow="visible"),
    ]


def areas(
    name: str, layer: Layer, course: Course, places: Places, comparison: Comparison, ruler: Ruler, head: Playhead, lang: str
) -> list[Element]:
    """A layer as areas; each says what it is, and leads to where it began."""
    found = []
    for slab in slabs(course, comparison.end, layer):
        count = Text(f"compare.area_{name}", count=slab.high - slab.low, name=course.name)
        told = f"{exact(slab.start)} – {exact(slab.end)}  {say(count, lang)}"
        found.append(
            tag(
                "rect", tag("title", told), x=ruler.at(slab.start), y=places.plot.y(slab.high),
                width=ruler.length(slab.start, slab.end), height=places.plot.y(slab.low) - places.plot.y(slab.high),
                class_=f"kim-share kim-share-{name}", data_steps=leads_to(head, [slab.record]),
            )
        )  # fmt: skip
    return found


def strip(course: Course, places: Places, comparison: Comparison, ruler: Ruler, lang: str) -> list[Element]:
    """How long the change takes, as a bar; in it, where both versions answer; beside it, the length in words."""
    top = places.strip + BAR_TOP
    until = comparison.end if course.done is None else course.done
    title = tag("title", f"{exact(course.begin)} – {exact(until)}")
    whole = tag(
        "rect", title, x=ruler.at(course.begin), y=top, width=ruler.length(course.begin, until), height=BAR, class_="kim-change"
    )
    inside = [
        tag("rect", x=ruler.at(one.start), y=top, width=ruler.length(one.start, one.end), height=BAR, class_="kim-both")
        for one in both(course, comparison.end)
    ]
    words = say(Text("compare.unfinished"), lang) if course.sums.whole is None else rounded(course.sums.whole)
    if ruler.scale.width - ruler.scale.px(until) >= width(words, SIZE) + 10:
        text = tag("text", words, x=6, y=BAR_TOP + 11, class_="kim-small")
    else:  # inside, where the bar is filled or not
        filled = any(one.start < until <= one.end for one in both(course, comparison.end))
        text = tag("text", words, x=-6, y=BAR_TOP + 11, text_anchor="end", class_="kim-mark-count" if filled else "kim-small")
    return [whole, *inside, ruler.pinned(until, text, y=places.strip, events=False)]


def commands(course: Course) -> Lane:
    """What was typed for the change."""
    return Lane(key="component/kubectl", label=component("kubectl"), title="kubectl", marks=course.commands)


def heading(course: Course, places: Places, head: Playhead, lang: str) -> list[Element]:
    """The name of a run, and how it stands at the moment."""
    told: Track = track(head, [(one.record, now(one.old, one.new, one.pods, lang)) for one in course.standings])
    return [
        tag(
            "text", tag("tspan", course.name, class_="kim-strong"), tag("tspan", told, dx=10, class_="kim-small kim-muted"),
            x=0, y=places.heading, class_="kim-halo",
        )
    ]  # fmt: skip


def now(old: int, new: int, pods: int, lang: str) -> str:
    """The numbers of a moment."""
    return say(Text("compare.now", old=old, new=new, pods=pods), lang)
