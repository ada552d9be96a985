"""A drawing on a page with what stays beside it: the drawing stretches, and scrolls under that where it has no room."""

from __future__ import annotations

from collections.abc import Sequence

from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Text


def scroller(
    beside: Sequence[Element], shapes: Sequence[Element], height: int, title: str, described: str, label: Text, lang: str
) -> Element:
    """Both in a box that the keyboard reaches; `label` says what it is for those who hear it."""
    drawing = tag(
        "svg", tag("title", title), tag("desc", described), shapes, class_="kim-svg", width="100%", height=height, role="img"
    )
    return tag(
        "div", tag("div", beside, class_="kim-names"), tag("div", drawing, class_="kim-plot"),
        class_="kim-scroll", tabindex=0, role="group", aria_label=say(label, lang),
    )  # fmt: skip
