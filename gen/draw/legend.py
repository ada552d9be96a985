"""What signs mean: each with its words, as a list or in rows."""

from __future__ import annotations

from gen.draw.measure import width
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Text

SWATCH, GAP, ROW = 26, 16, 22
Entry = tuple[list[Element], str]


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
