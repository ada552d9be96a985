"""How pictures look: every view drawn twice by one hand, for a page and standing alone."""

from __future__ import annotations

from gen.draw import lanes, table
from gen.draw.figure import drawn, figure
from gen.draw.svg import markup, tag
from gen.draw.theme import definitions, inner_style, patterns, stylesheet
from gen.draw.words import MissingWord, say
from gen.views.model import Table
from gen.views.registry import Picture

__all__ = ["MissingWord", "figure", "page_patterns", "say", "stylesheet", "to_html", "to_svg"]

WIDE, NARROW = 880, 390


def to_html(view: Picture, *, lang: str) -> str:
    """A view as a part of a page, without script; the page brings `stylesheet()` and, once, `page_patterns()`."""
    return markup(drawn(view, lang))


def page_patterns() -> str:
    """The patterns that all figures of a page share."""
    return markup(patterns())


def to_svg(view: Picture, *, lang: str, theme: str = "auto", narrow: bool = False) -> str:
    """A view as an SVG that stands alone: light, dark, or (auto) as the reader's system has it."""
    wide = NARROW if narrow else WIDE
    if isinstance(view, Table):
        title, (drawing, tall) = say(view.caption, lang), table.to_svg(view, lang, wide, narrow=narrow)
        told = "\n".join(" ".join(text for _, text in table.cells(row, view)) for row in view.rows)
    else:
        title, (drawing, tall) = lanes.title(lang), lanes.to_svg(view, lang, wide, narrow=narrow)
        told = lanes.described(view, lang)
    whole = tag(
        "svg", tag("title", title), tag("desc", told), inner_style(theme), definitions(),
        tag("rect", width=wide, height=tall, class_="kim-paper"), drawing,
        xmlns="http://www.w3.org/2000/svg", class_="kim-svg", width=wide, height=tall, viewBox=f"0 0 {wide} {tall}",
        role="img", lang=lang,
    )  # fmt: skip
    return markup(whole) + "\n"
