"""How pictures look: every view drawn twice by one hand, for a page and standing alone."""

from __future__ import annotations

from collections.abc import Mapping

from gen.draw import diff, table, terminal
from gen.draw.board import scene
from gen.draw.figure import Frame, Means, figure, left_out, part
from gen.draw.ladder import drawing as ladder
from gen.draw.measure import wrapped
from gen.draw.rollout import drawing as rollout
from gen.draw.svg import Element, Node, markup, still, tag
from gen.draw.theme import definitions, inner_style, patterns, stylesheet
from gen.draw.timeline import drawing as timeline
from gen.draw.tree import drawing as tree
from gen.draw.words import MissingWord, say
from gen.trace.record import Micros
from gen.views.model import Board, Comparison, Diff, Picture, Rollout, Sequence, Story, Table, Terminal, Text, Timeline, Tree
from gen.views.story import Playhead

__all__ = [
    "Frame",
    "Means",
    "MissingWord",
    "board_map",
    "figure",
    "page_patterns",
    "say",
    "sign",
    "stylesheet",
    "to_html",
    "to_svg",
]

WIDE, NARROW = 880, 390
MARGIN, LINE, LINE_SIZE = 14, 17, 12
WIDER = 120  # percent: the fonts of a reader's system may run as much wider than ours


def to_html(story: Story, means: Means, *, lang: str, at: Micros | None = None) -> str:
    """The first view of a story as a part of a page, without script; the page brings `stylesheet()` and `page_patterns()`."""
    head = Playhead(story.steps, at)
    return markup(still(part(story.pictures[0], means, head, "view", lang), head.start))


def board_map(story: Story, means: Means, *, lang: str, links: Mapping[str, str]) -> str:
    """The story's board as a map: who is there, and for each key of `links` the way to its page."""
    boards = (picture for picture in story.pictures if isinstance(picture, Board))
    return markup(scene.map_of(next(boards), lang, means.icon, means.lay_out, links))


def sign(state: str, lang: str) -> str:
    """A Pod in a state, as small as a word, for the prose of a page that has a figure."""
    named = tag("title", say(Text(f"state.{state}"), lang))
    use = tag("use", href=f"#kim-pod-{state}")
    return markup(
        tag("svg", named, use, class_="kim-svg kim-inline-sign", width=28, height=28, viewBox="-21 -21 42 42", role="img")
    )


def page_patterns() -> str:
    """The patterns and Pods' bodies that all figures of a page share."""
    return markup(patterns())


def to_svg(story: Story, means: Means, *, lang: str, theme: str = "auto", narrow: bool = False, at: Micros | None = None) -> str:
    """The first view of a story as an SVG that stands alone: light, dark, or (auto) as the reader's system has it.

    It shows the moment `at`; the end of the run if that is None. Its last lines say what is not simulated.
    """
    head, wide = Playhead(story.steps, at), NARROW if narrow else WIDE
    title, told, drawing, above = alone(story.pictures[0], means, head, lang, wide, narrow=narrow)
    lines = wrapped(left_out(story, lang), LINE_SIZE, (wide - 2 * MARGIN) * 100 // WIDER) if story.not_simulated else []
    last = [tag("text", line, x=MARGIN, y=above + LINE * number + LINE_SIZE, class_="kim-small kim-muted")
            for number, line in enumerate(lines)]  # fmt: skip
    tall = above + LINE * len(lines) + (MARGIN // 2 if lines else 0)
    whole = tag(
        "svg", tag("title", title), tag("desc", told), inner_style(theme), definitions(),
        tag("rect", width=wide, height=tall, class_="kim-paper"), drawing, last,
        xmlns="http://www.w3.org/2000/svg", class_="kim-svg", width=wide, height=tall, viewBox=f"0 0 {wide} {tall}",
        role="img", lang=lang,
    )  # fmt: skip
    return markup(still(whole, head.start)) + "\n"


def alone(
    picture: Picture, means: Means, head: Playhead, lang: str, wide: int, *, narrow: bool
) -> tuple[str, str, list[Node] | list[Element], int]:
    """A view's title, what it says to those who cannot see it, what it holds, and its height."""
    match picture:
        case Table():
            shown = (table.seen_at(row, head, head.start) for row in picture.rows)
            told = "\n".join(" ".join(text for _, text in table.cells(sighting, picture)) for sighting in shown)
            return say(picture.caption, lang), told, *table.to_svg(picture, lang, wide, head, narrow=narrow)
        case Board():
            drawn = scene.to_svg(picture, lang, wide, head, means.icon, means.lay_out, narrow=narrow)
            return scene.title(lang), scene.described(picture, lang), *drawn
        case Sequence():
            drawn = ladder.to_svg(picture, lang, wide, head, means.icon, narrow=narrow)
            return ladder.title(lang), ladder.described(picture, lang), *drawn
        case Rollout():
            drawn = rollout.to_svg(picture, lang, wide, head, narrow=narrow)
            return rollout.title(lang), rollout.described(picture, lang), *drawn
        case Comparison():
            from gen.draw.compare import drawing as comparison  # the engine in a page does without it

            drawn = comparison.to_svg(picture, lang, wide, head)
            return comparison.title(lang), comparison.described(picture, lang), *drawn
        case Tree():
            drawn = tree.to_svg(picture, lang, wide, head, means.icon, narrow=narrow)
            return tree.title(lang), tree.described(picture, lang), *drawn
        case Diff():
            drawn = diff.to_svg(picture, lang, wide, head, narrow=narrow)
            return diff.title(lang), diff.described(picture, lang, head), *drawn
        case Timeline():
            drawn = timeline.to_svg(picture, lang, wide, head, narrow=narrow)
            return timeline.title(lang), timeline.described(picture, lang), *drawn
        case Terminal():
            told = terminal.described(picture, lang, head)
            return terminal.title(lang), told, *terminal.to_svg(picture, lang, wide, head)
