"""How views look, kept as SVG and HTML, an element a line. `pytest --snapshot-update` writes them anew.

What all pictures share is left out, so that a new form or colour does not change all of these: forms are kept once.
"""

from __future__ import annotations

import re

import pytest

from gen.draw import page_patterns, stylesheet, to_html, to_svg

MOMENTS = {"timeline": 27_100_000, "table": 27_100_000, "terminal": 27_100_000, "board": 420_000}
OUTAGES = 330_000  # the moment at which most of the board is out
SHARED = re.compile(r"<(style|defs)>.*?</\1>")  # what all have


@pytest.mark.parametrize(
    ("lang", "theme", "narrow"), [("ko", "light", False), ("en", "dark", True)], ids=["ko-light", "en-dark-narrow"]
)
@pytest.mark.parametrize("name", ["timeline", "table", "board", "terminal"])
def test_standing_alone(golden, request, told, means, name, lang, theme, narrow):
    story = told(request.getfixturevalue(name))
    drawn = SHARED.sub("", to_svg(story, means, lang=lang, theme=theme, narrow=narrow, at=MOMENTS[name]))
    assert drawn.replace("><", ">\n<") == golden("svg")


@pytest.mark.parametrize("name", ["timeline", "table", "board", "terminal"])
def test_on_a_page(golden, request, told, means, name):
    at = OUTAGES if name == "board" else MOMENTS[name]
    drawn = to_html(told(request.getfixturevalue(name)), means, lang="ko", at=at).replace("><", ">\n<")
    assert f"{drawn}\n" == golden("html")


def test_the_forms(golden):
    assert page_patterns().replace("><", ">\n<") + "\n" == golden("html")


def test_the_style_is_one_sheet():
    assert stylesheet().count("{") == stylesheet().count("}")
    assert "<style" not in page_patterns()
