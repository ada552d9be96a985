"""The comparison, whole: a plot for each run on one scale of time, legend, notes, and the numbers."""

from __future__ import annotations

from gen.draw import legend
from gen.draw.compare.facts import told
from gen.draw.compare.panel import commands, heading, panel
from gen.draw.compare.plan import FOOT, both, height, plan
from gen.draw.measure import width
from gen.draw.rollout.drawing import PAGE_PLOTS
from gen.draw.scale import Scale, exact, spoken
from gen.draw.scroller import scroller
from gen.draw.standing_alone import LINE, MARGIN, lines_of, view_style, written
from gen.draw.svg import Element, tag
from gen.draw.timeline.plot import grid, playhead, silence
from gen.draw.timeline.rulers import Ruler
from gen.draw.timeline.signs import entries
from gen.draw.words import say
from gen.views.model import Comparison, Group, Text, Timeline
from gen.views.story import Playhead

SHEETS = ("rollout", "compare")
NAME_SIZE, LEAST_NAMES = 12, 16


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("compare.title"), lang)


def described(comparison: Comparison, lang: str) -> str:
    """The picture for those who cannot see it: the numbers of each run."""
    if not comparison.courses:
        return " ".join(say(note, lang) for note in comparison.notes)
    about = Text(
        "compare.describe", service=comparison.service, start=spoken(comparison.courses[0].begin), end=exact(comparison.end)
    )
    return " ".join([say(about, lang), *told(comparison, lang)])


def to_html(comparison: Comparison, lang: str, head: Playhead) -> Element:
    """For a page: plots for wide figures and for phones; both stretch, and scroll under their numbers where they must."""
    notes = [tag("p", say(note, lang), class_="kim-note") for note in comparison.notes]
    if not comparison.courses:
        return tag("div", notes, class_="kim-view kim-compare")
    rulers = {size: Ruler(scale(comparison, width), stretches=True) for size, width in PAGE_PLOTS.items()}
    plots = [tag("div", with_numbers(comparison, ruler, lang, head), class_=f"kim-{size}") for size, ruler in rulers.items()]
    forms_of_both = legend.to_html(forms(comparison, rulers["narrow"], lang), lang)
    return tag("div", plots, forms_of_both, notes, class_="kim-view kim-compare kim-needs-640")


def with_numbers(comparison: Comparison, ruler: Ruler, lang: str, head: Playhead) -> Element:
    """Numbers and plots side by side."""
    room, tall = names_width(comparison), height(comparison)
    beside = tag("svg", names(comparison, head, lang, room), class_="kim-svg", width=room, height=tall, aria_hidden="true")
    drawn, label = plots(comparison, ruler, head, lang), Text("compare.scroll")
    return scroller([beside], drawn, tall, title(lang), described(comparison, lang), label, lang)


def scale(comparison: Comparison, width: int) -> Scale:
    """Virtual time on so many pixels."""
    return Scale(comparison.start, comparison.end, comparison.breaks, width)


def plots(comparison: Comparison, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """Everything right of the numbers, from the back to the front: one grid, one playhead, a plot for each run."""
    places, bottom = plan(comparison), height(comparison) - FOOT
    return [
        *grid(ruler, bottom),
        *(element for cut in comparison.breaks for element in silence(cut, ruler, bottom, places[0].strip, lang)),
        *(
            element
            for course, where in zip(comparison.courses, places, strict=True)
            for element in panel(course, where, comparison, ruler, head, lang)
        ),
        *playhead(ruler, head, bottom),
    ]


def names_width(comparison: Comparison) -> int:
    """The room that the numbers need."""
    ticks = [one for where in plan(comparison) for one in where.plot.ticks()]
    return max(LEAST_NAMES, *(width(str(one), NAME_SIZE) for one in ticks))


def names(comparison: Comparison, head: Playhead, lang: str, room: int) -> list[Element]:
    """What stands left of the plots: numbers of Pods, and the headings, which reach over the plot."""
    places = plan(comparison)
    numbers = [(one, where.plot.y(one)) for where in places for one in where.plot.ticks()]
    return [
        *(tag("text", str(one), x=room, y=y + 4, text_anchor="end", class_="kim-small kim-muted") for one, y in numbers),
        *(
            element
            for course, where in zip(comparison.courses, places, strict=True)
            for element in heading(course, where, head, lang)
        ),
    ]


def to_svg(comparison: Comparison, lang: str, whole: int, head: Playhead) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    notes = lines_of([say(note, lang) for note in comparison.notes], whole)
    if not comparison.courses:
        return written(notes, MARGIN, "kim-muted"), 2 * MARGIN + LINE * len(notes)
    room, tall = names_width(comparison), height(comparison)
    ruler = Ruler(scale(comparison, whole - room - 3 * MARGIN), stretches=False)
    now = head.steps[head.start : head.start + 1]
    lines = lines_of([f"{exact(step.at)}   {say(step.text, lang)}" for step in now], whole)
    shapes, high = legend.to_svg(forms(comparison, ruler, lang), whole - 2 * MARGIN)
    numbers = lines_of(told(comparison, lang), whole)
    top = MARGIN + LINE * len(lines)
    below = top + tall + 10
    drawn = tag(
        "svg", plots(comparison, ruler, head, lang), x=room + 2 * MARGIN, y=top, width=ruler.scale.width, height=tall,
        overflow="visible",
    )  # fmt: skip
    return [
        view_style(*SHEETS),
        *written(lines, MARGIN // 2),
        drawn, tag("g", names(comparison, head, lang, room), transform=f"translate({MARGIN},{top})"),
        tag("g", shapes, transform=f"translate({MARGIN},{below})"),
        *written(numbers, below + high),
        *written(notes, below + high + LINE * len(numbers), "kim-muted"),
    ], below + high + LINE * (len(numbers) + len(notes)) + MARGIN  # fmt: skip


def forms(comparison: Comparison, ruler: Ruler, lang: str) -> list[legend.Entry]:
    """What the signs mean: only those that occur."""
    courses, end = comparison.courses, comparison.end
    held = [one for course in courses for one in course.standings]
    wanted = tag("line", x1=1, x2=25, y1=7, y2=7, class_="kim-wanted")
    found: list[tuple[str, Element, bool]] = [
        ("wanted", wanted, True),
        ("old", swatch("share kim-share-old"), any(one.old for one in held)),
        ("new", swatch("share kim-share-new"), any(one.new for one in held)),
        ("missing", swatch("share kim-share-missing"), any(course.sums.least < course.wanted for course in courses)),
        ("waiting", swatch("share kim-share-waiting"), any(one.pods > one.answering for one in held)),
        ("change", swatch("change"), True),
        ("both", swatch("both"), any(both(course, end) for course in courses)),
    ]
    lanes = Group(heading=None, lanes=tuple(commands(course) for course in courses))
    marks = entries(Timeline(start=comparison.start, end=end, groups=(lanes,)), ruler, lang)
    return marks + [([form], say(Text(f"compare.legend.{key}"), lang)) for key, form, seen in found if seen]


def swatch(name: str) -> Element:
    """A small piece of an area."""
    return tag("rect", x=1, y=2, width=24, height=10, class_=f"kim-{name}")
