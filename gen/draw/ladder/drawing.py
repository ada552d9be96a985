"""The ladder, whole: names that stay in sight above the lifelines, a row for each line, and the times beside them.

One drawing serves a page at every width, as its rows are equally high and its columns are shares of the width. Only a text
that has no room on a phone is there twice, and the style sheet shows the one that fits.
"""

from __future__ import annotations

from gen.draw.follow import track
from gen.draw.ladder import head as heads
from gen.draw.ladder.head import Icons
from gen.draw.ladder.rows import LINE, NARROW_RIGHT, NARROW_TIMES, PAGE_PLOTS, RIGHT, SIZE, TIMES, Grid, rows, total
from gen.draw.ladder.rungs import plot
from gen.draw.measure import wrapped
from gen.draw.scale import exact
from gen.draw.standing_alone import view_style
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Sequence, Text
from gen.views.story import Playhead

MARGIN = 14


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("ladder.title"), lang)


def described(sequence: Sequence, lang: str) -> str:
    """The picture for those who cannot see it: who takes part, and from when to when."""
    who = ", ".join(say(name, lang) for _, name in sequence.participants)
    times = [line.at for line in sequence.lines] or [0]
    return say(Text("ladder.describe", who=who, lines=len(sequence.lines), start=exact(times[0]), end=exact(times[-1])), lang)


def to_html(sequence: Sequence, lang: str, head: Playhead, icons: Icons) -> Element:
    """For a page: columns stretch, rows and texts do not."""
    grid = Grid(names(sequence), PAGE_PLOTS, stretches=True)
    found = rows(sequence, grid, lang)
    drawing = tag(
        "svg", tag("title", title(lang)), tag("desc", described(sequence, lang)),
        plot(found, grid, sequence.rest, head, lang, narrow=None),
        class_="kim-svg", width="100%", height=total(found), role="img",
    )  # fmt: skip
    reached = track(head, [(sequence.rest, "kim-note kim-now")], "kim-note") if sequence.rest else "kim-note"
    notes = [tag("p", say(note, lang), class_=reached) for note in sequence.notes]
    top = heads.to_html(sequence, lang, icons)
    return tag("div", top, tag("div", drawing, class_="kim-rungs"), notes, class_="kim-view kim-ladder")


def to_svg(sequence: Sequence, lang: str, whole: int, head: Playhead, icons: Icons, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    left, right = (NARROW_TIMES, NARROW_RIGHT) if narrow else (TIMES, RIGHT)
    grid = Grid(names(sequence), (whole - left - right,), stretches=False)
    top, y = heads.to_svg(sequence, lang, grid, icons, narrow=narrow)
    found = rows(sequence, grid, lang)
    tall = total(found)
    lines = [line for note in sequence.notes for line in wrapped(say(note, lang), SIZE, whole - 2 * MARGIN)]
    below = y + tall
    return [
        view_style("ladder"),
        tag("g", top, transform=f"translate({left})"),
        tag("line", x1=0, x2=whole, y1=y, y2=y, class_="kim-grid"),
        tag(
            "svg", plot(found, grid, sequence.rest, head, lang, narrow=narrow),
            x=left, y=y, width=grid.widths[0], height=tall, overflow="visible", class_="kim-rungs",
        ),
        *(
            tag("text", line, x=MARGIN, y=below + LINE * (number + 1), class_="kim-small kim-muted")
            for number, line in enumerate(lines)
        ),
    ], below + LINE * len(lines) + (10 if lines else 0)  # fmt: skip


def names(sequence: Sequence) -> tuple[str, ...]:
    """The participants' keys from left to right."""
    return tuple(name for name, _ in sequence.participants)
