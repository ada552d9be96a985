"""Every figure of every page: each step looks the same whichever way it was reached, and nothing moves that did not change."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

STEPS = (Path(__file__).parent / "steps.js").read_text(encoding="utf-8")
DISAGREEMENTS = "() => steps.figures.flatMap(steps.disagreements)"
MOVED = "() => Promise.all(steps.figures.map(steps.moved)).then(found => found.flat())"
TALL = 8_000  # so that the bar does not stick to the edge of the window


def test_a_step_looks_the_same_whichever_way_it_was_reached(visits, figured_page):
    page = visits.open(figured_page).page
    page.evaluate(STEPS)
    assert page.evaluate("() => steps.figures.length")
    assert page.evaluate(DISAGREEMENTS) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_that_did_not_change(visits, figured_page, width):
    page = visits.open(figured_page, width=width, height=TALL, reduced_motion="reduce").page
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate(STEPS)
    assert page.evaluate(MOVED) == []
