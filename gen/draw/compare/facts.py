"""The numbers of a comparison as a table: a row for each question, a column for each run."""

from __future__ import annotations

from gen.draw.compare.panel import rounded
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Comparison, Course, Text

ROWS = ("least", "short", "nobody", "more", "longer", "both", "whole")


def fact(course: Course, row: str, lang: str) -> str:
    """One number in words."""
    found = getattr(course.sums, row)
    if row == "least":
        return say(Text("compare.of", count=found, wanted=course.wanted), lang)
    if row == "more":
        return f"+{found}" if found > 0 else "0"
    return say(Text("compare.unfinished"), lang) if found is None else rounded(found)


def facts(comparison: Comparison, lang: str) -> list[tuple[str, list[str]]]:
    """The rows: what is asked, and what each run answers."""
    return [(say(Text(f"compare.fact.{row}"), lang), [fact(course, row, lang) for course in comparison.courses]) for row in ROWS]


def told(comparison: Comparison, lang: str) -> list[str]:
    """The same, a sentence for each run."""
    return [
        say(Text("compare.told", name=course.name, **{row: fact(course, row, lang) for row in ROWS}), lang)
        for course in comparison.courses
    ]


def to_html(comparison: Comparison, lang: str) -> Element:
    """For a page."""
    caption = say(Text("compare.facts"), lang)
    head = tag("tr", tag("td"), [tag("th", course.name, scope="col") for course in comparison.courses])
    rows = [tag("tr", tag("th", asked, scope="row"), [tag("td", one) for one in told]) for asked, told in facts(comparison, lang)]
    whole = tag("table", tag("thead", head), tag("tbody", rows), class_="kim-facts", aria_label=caption)
    return tag("div", whole, class_="kim-view kim-facts-box", tabindex=0, role="group", aria_label=caption)
