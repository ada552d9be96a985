"""The timeline, whole: names beside the plot, legend and notes below it."""

from __future__ import annotations

from gen.draw import legend
from gen.draw.follow import leads_to
from gen.draw.measure import fitted, width
from gen.draw.scale import Scale, exact, spoken
from gen.draw.scroller import scroller
from gen.draw.standing_alone import LINE, MARGIN, lines_of, written
from gen.draw.svg import Element, tag
from gen.draw.timeline.plot import AXIS, ROW, height, plot
from gen.draw.timeline.rulers import Ruler
from gen.draw.timeline.signs import entries
from gen.draw.words import say
from gen.views.model import Group, Lane, Text, Timeline
from gen.views.story import Playhead

PAGE_PLOT = 540  # the least width of a page's plot: what fits there, fits when it stretches
NARROW_NAMES, WIDE_NAMES = 132, 190
NAME_SIZE = 13


def to_html(timeline: Timeline, lang: str, head: Playhead) -> Element:
    """For a page: the names stay where they are, the plot stretches, and scrolls under them where it has no room."""
    ruler = Ruler(Scale(timeline.start, timeline.end, timeline.breaks, PAGE_PLOT), stretches=True)
    names = [element for group in timeline.groups for element in names_of(group, head, lang)]
    drawn, label = plot(timeline, ruler, head, lang), Text("timeline.scroll")
    both = scroller(names, drawn, height(timeline), title(lang), described(timeline, lang), label, lang)
    notes = [tag("p", say(note, lang), class_="kim-note") for note in timeline.notes]
    return tag("div", both, legend.to_html(entries(timeline, ruler, lang), lang), notes, class_="kim-view kim-timeline")


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("timeline.title"), lang)


def names_of(group: Group, head: Playhead, lang: str) -> list[Element]:
    """The heading of a group and the names of its lanes."""
    heading = [] if group.heading is None else [tag("div", heading_parts(group.heading, lang), class_="kim-heading")]
    return heading + [name_of(lane, head, lang) for lane in group.lanes]


def name_of(lane: Lane, head: Playhead, lang: str) -> Element:
    """The name of a lane; it leads to all that happens on it."""
    deeds = [*(mark.record for mark in lane.marks), *(span.record for span in lane.spans)]
    return tag(
        "div", say(lane.label, lang), class_=name_class(lane), title=lane.title, data_lane=lane.key,
        data_steps=leads_to(head, deeds),
    )  # fmt: skip


def heading_parts(heading: Text, lang: str) -> list[Element]:
    """A heading with the object's name set apart from the words around it."""
    name = str(dict(heading.params).get("name", ""))
    text = say(heading, lang)
    if not name or not text.endswith(name):
        return [tag("span", text)]
    return [tag("span", text.removesuffix(name)), tag("code", name)]


def name_class(lane: Lane) -> str:
    """Names of objects and commands are set in a monospace face."""
    return "kim-name kim-mono" if is_name(lane) else "kim-name"


def is_name(lane: Lane) -> bool:
    """Whether a lane is called by a name that nobody translates."""
    return not lane.key.startswith("component/") or lane.key == "component/kubectl"


def described(timeline: Timeline, lang: str) -> str:
    """The picture for those who cannot see it: what every lane goes through, and when."""
    told = [
        say(Text("timeline.describe", start=spoken(timeline.start), end=exact(timeline.end), lanes=len(timeline.lanes)), lang)
    ]
    for lane in timeline.lanes:
        if lane.spans:
            spans = ", ".join(
                say(Text("timeline.span", at=exact(span.start), state=Text(f"state.{span.state}")), lang) for span in lane.spans
            )
            told.append(say(Text("timeline.lane", lane=lane.title, spans=spans), lang))
    return " ".join(told)


def to_svg(timeline: Timeline, lang: str, whole: int, head: Playhead, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    names = names_width(timeline, lang, narrow=narrow)
    room = whole - names - 3 * MARGIN
    ruler = Ruler(Scale(timeline.start, timeline.end, timeline.breaks, room), stretches=False)
    now = head.steps[head.start : head.start + 1]
    told = lines_of([f"{exact(step.at)}   {say(step.text, lang)}" for step in now], whole)
    top, tall = MARGIN + len(told) * LINE, height(timeline)
    forms, legend_height = legend.to_svg(entries(timeline, ruler, lang), whole - 2 * MARGIN)
    notes = lines_of([say(note, lang) for note in timeline.notes], whole)
    below = top + tall + 8 + legend_height
    drawing = tag("svg", plot(timeline, ruler, head, lang), x=names + 2 * MARGIN, width=room, height=tall, overflow="visible")
    return [
        *written(told, MARGIN // 2),
        tag("svg", drawing, written_names(timeline, lang, names), y=top, overflow="visible"),
        tag("g", forms, transform=f"translate({MARGIN},{top + tall + 8})"),
        *written(notes, below, "kim-muted"),
    ], below + len(notes) * LINE + 8


def names_width(timeline: Timeline, lang: str, *, narrow: bool) -> int:
    """The room that the widest name needs, within limits; where there is room, headings do not reach over the plot either."""
    names = [width(say(lane.label, lang), NAME_SIZE, mono=is_name(lane)) for lane in timeline.lanes]
    headings = [width(say(group.heading, lang), NAME_SIZE, bold=True) for group in timeline.groups if group.heading is not None]
    widest = max(names if narrow else names + headings, default=0)
    return min(widest, NARROW_NAMES if narrow else WIDE_NAMES)


def written_names(timeline: Timeline, lang: str, room: int) -> list[Element]:
    """The names and headings as text; a name that is too long ends in an ellipsis."""
    found, y = [], AXIS
    for group in timeline.groups:
        if group.heading is not None:
            heading = say(group.heading, lang)
            back = tag(
                "rect", x=MARGIN - 4, y=y + 4, width=width(heading, NAME_SIZE, bold=True) + 8, height=18, class_="kim-paper"
            )
            found += [back, tag("text", heading, x=MARGIN, y=y + 18, class_="kim-strong kim-muted")]
            y += ROW
        for lane in group.lanes:
            text = fitted(say(lane.label, lang), NAME_SIZE, room, mono=is_name(lane))
            mono = "kim-mono" if is_name(lane) else None
            found.append(tag("text", tag("title", lane.title), text, x=room + MARGIN, y=y + 17, text_anchor="end", class_=mono))
            y += ROW
    return found
