"""The rollout, whole: names beside the plot, legend, the table of the steps, and notes."""

from __future__ import annotations

from gen.draw import legend, table
from gen.draw.rollout.plan import Plan, bands, coarse, plan
from gen.draw.rollout.plot import change, commands, names, names_width, plot, scalings
from gen.draw.rollout.steps import COLUMNS, WITHOUT_WHO, steps
from gen.draw.scale import Scale, exact, spoken
from gen.draw.scroller import scroller
from gen.draw.standing_alone import LINE, MARGIN, lines_of, view_style, written
from gen.draw.svg import Element, tag
from gen.draw.timeline.rulers import Ruler
from gen.draw.timeline.signs import entries
from gen.draw.words import say
from gen.views.model import Group, Rollout, Text, Timeline
from gen.views.story import Playhead

PAGE_PLOTS = {"wide": 540, "narrow": 240}  # the least width of a page's plot: what fits there, fits when it stretches


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("rollout.title"), lang)


def described(rollout: Rollout, lang: str) -> str:
    """The picture for those who cannot see it: every step with its numbers."""
    if not rollout.name:
        return say(Text("rollout.none"), lang)
    told = [
        say(
            Text(
                "rollout.told", at=exact(one.at), old=change(one.old), new=change(one.new), available=one.available,
                least=one.least, most=one.most,
            ),
            lang,
        )
        for one in rollout.scalings
    ]  # fmt: skip
    about = Text("rollout.describe", name=rollout.name, start=spoken(rollout.start), end=exact(rollout.end))
    return " ".join([say(about, lang), *told])


def to_html(rollout: Rollout, lang: str, head: Playhead) -> Element:
    """For a page: a plot for wide figures and one for phones; both stretch, and scroll under their names where they must."""
    notes = [tag("p", say(note, lang), class_="kim-note") for note in coarse(rollout).notes]
    if not rollout.name:
        return tag("div", notes, class_="kim-view kim-rollout")
    both = [
        tag("div", with_names(rollout, ruler, lang, head), class_=f"kim-{size}")
        for size, ruler in ((size, Ruler(scale(rollout, width), stretches=True)) for size, width in PAGE_PLOTS.items())
    ]
    forms_of_both = legend.to_html(forms(rollout, Ruler(scale(rollout, PAGE_PLOTS["narrow"]), stretches=True), lang), lang)
    return tag("div", both, forms_of_both, notes, class_="kim-view kim-rollout kim-needs-640")


def steps_to_html(rollout: Rollout, lang: str, head: Playhead) -> Element | None:
    """For a page: the table of the steps, if there are any."""
    found = table.to_html(steps(rollout, lang), lang, head) if rollout.scalings else None
    return tag("div", found, class_="kim-steps") if found else None


def with_names(rollout: Rollout, ruler: Ruler, lang: str, head: Playhead) -> Element:
    """Names and plot side by side."""
    places, room = plan(rollout), names_width(rollout, lang)
    beside = tag(
        "svg", names(rollout, places, head, lang, room), class_="kim-svg", width=room, height=places.height, aria_hidden="true"
    )
    drawn, label = plot(coarse(rollout), places, ruler, head, lang), Text("rollout.scroll")
    return scroller([beside], drawn, places.height, title(lang), described(rollout, lang), label, lang)


def scale(rollout: Rollout, width: int) -> Scale:
    """Virtual time on so many pixels."""
    return Scale(rollout.start, rollout.end, rollout.breaks, width)


def to_svg(rollout: Rollout, lang: str, whole: int, head: Playhead, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    notes = lines_of([say(note, lang) for note in coarse(rollout).notes], whole)
    if not rollout.name:
        return written(notes, MARGIN, "kim-muted"), 2 * MARGIN + LINE * len(notes)
    places, room = plan(rollout), names_width(rollout, lang)
    ruler = Ruler(scale(rollout, whole - room - 3 * MARGIN), stretches=False)
    now = head.steps[head.start : head.start + 1]
    lines = lines_of([f"{exact(step.at)}   {say(step.text, lang)}" for step in now], whole)
    shapes, high = legend.to_svg(forms(rollout, ruler, lang), whole - 2 * MARGIN)
    rows, tall = table.to_svg(steps(rollout, lang, WITHOUT_WHO if narrow else COLUMNS), lang, whole, head, narrow=False)
    top = MARGIN + LINE * len(lines)
    below = top + places.height + 10
    under = below + high + LINE * len(notes) + 8
    return [
        view_style("rollout"),
        *written(lines, MARGIN // 2),
        *chart(rollout, places, ruler, head, lang, room, top),
        tag("g", shapes, transform=f"translate({MARGIN},{below})"),
        *written(notes, below + high, "kim-muted"),
        tag("g", rows, transform=f"translate(0,{under})"),
    ], under + tall


def chart(rollout: Rollout, places: Plan, ruler: Ruler, head: Playhead, lang: str, room: int, top: int) -> list[Element]:
    """Names and plot of a picture that stands alone, from `top` on."""
    drawn = tag(
        "svg", plot(coarse(rollout), places, ruler, head, lang), x=room + 2 * MARGIN, y=top, width=ruler.scale.width,
        height=places.height, overflow="visible",
    )  # fmt: skip
    return [drawn, tag("g", names(rollout, places, head, lang, room), transform=f"translate({MARGIN},{top})")]


def forms(rollout: Rollout, ruler: Ruler, lang: str) -> list[legend.Entry]:
    """What the signs mean: only those that occur."""
    counts = [one for share in rollout.shares for one in share.counts if one.pods]
    edge = tag("path", d="M1,1.5H25M1,12.5H25", class_="kim-allowed-edge")
    found: list[tuple[str, list[Element], bool]] = [
        ("allowed", [tag("rect", x=1, y=1, width=24, height=12, class_="kim-allowed"), edge], bool(bands(rollout))),
        ("available", [tag("line", x1=1, x2=25, y1=7, y2=7, class_="kim-available-line")], bool(counts)),
        ("pods", [tag("line", x1=1, x2=25, y1=7, y2=7, class_="kim-pods-line")], bool(counts)),
        ("old", swatch("old"), any(one.old and one.available for one in counts)),
        ("new", swatch("new"), any(not one.old and one.available for one in counts)),
        ("waiting", swatch("waiting"), any(one.available < one.pods for one in counts)),
    ]
    return signs(rollout, ruler, lang) + [(form, say(Text(f"rollout.legend.{key}"), lang)) for key, form, seen in found if seen]


def swatch(name: str) -> list[Element]:
    """A small piece of an area."""
    return [tag("rect", x=1, y=1, width=24, height=12, class_=f"kim-share kim-share-{name}")]


def signs(rollout: Rollout, ruler: Ruler, lang: str) -> list[legend.Entry]:
    """The marks on both lanes, as a timeline explains them."""
    lanes = Group(heading=None, lanes=(commands(rollout), scalings(rollout)))
    return entries(Timeline(start=rollout.start, end=rollout.end, groups=(lanes,)), ruler, lang)
