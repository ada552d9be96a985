"""What views share where they are pictures that stand alone: their style, and sentences above and below them."""

from __future__ import annotations

from gen.draw.measure import wrapped
from gen.draw.svg import Element, tag
from gen.draw.theme import sheet

MARGIN, LINE, SIZE = 14, 18, 12
ON_A_PAGE = "/* On a page"  # behind this, a style sheet is about HTML


def view_style(*names: str) -> Element:
    """What these style sheets say of drawings."""
    return tag("style", " ".join(line for name in names for line in sheet(name).partition(ON_A_PAGE)[0].split("\n")))


def lines_of(texts: list[str], whole: int) -> list[str]:
    """Sentences in lines that fit into a picture `whole` pixels wide."""
    return [line for text in texts for line in wrapped(text, SIZE, whole - 2 * MARGIN)]


def written(lines: list[str], y: int, tone: str = "") -> list[Element]:
    """Lines of text from `y` on."""
    class_ = f"kim-small {tone}".strip()
    return [tag("text", line, x=MARGIN, y=y + 14 + LINE * at, class_=class_) for at, line in enumerate(lines)]
