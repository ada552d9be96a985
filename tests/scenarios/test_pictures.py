"""What the pictures of every scenario say, and how the first one looks. `pytest --snapshot-update` writes them anew.

Of how it looks, the style sheet and the forms are left out, and icons are names.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from gen.draw import Means, to_svg
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.site.graphviz import lay_out
from gen.trace.trace import Trace
from gen.views import VIEWS, story

SCENARIOS = Path(__file__).parents[2] / "docs" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))
SHOWN = ("board", "timeline", "objects", "events", "terminal")
MEANS = Means(icon=lambda name: f"{name}.png", lay_out=lay_out)
SHARED = re.compile(r"<(style|defs)>.*?</\1>")  # what all have


@cache
def played(name: str) -> Trace:
    return simulate(load(SCENARIOS / f"{name}.yaml"))


@pytest.mark.parametrize("view", SHOWN)
@pytest.mark.parametrize("name", NAMES)
def test_what_it_says(golden, name, view):
    assert VIEWS[view](played(name)).to_json() == golden("yaml")


@pytest.mark.parametrize(
    ("lang", "theme", "narrow"), [("ko", "light", False), ("en", "dark", True)], ids=["ko-light", "en-dark-narrow"]
)
@pytest.mark.parametrize("view", SHOWN)
def test_how_the_first_one_looks(golden, view, lang, theme, narrow):
    drawn = to_svg(story(played("first-journey"), [view]), MEANS, lang=lang, theme=theme, narrow=narrow, at=2_000_000)
    assert SHARED.sub("", drawn).replace("><", ">\n<") == golden("svg")
