"""A figure where nothing runs: without script, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

CUT = """box => [...box.querySelectorAll('[data-steps]')].filter(row => {
  const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
  return inner.bottom > outer.bottom + 1 || inner.top < outer.top - 1;
}).length"""
VIEWS = (
    ".kim-board > div > svg", ".kim-timeline", ".kim-ladder", ".kim-table", "div.kim-tree", "div.kim-diff", "div.kim-terminal",
    "div.kim-compare",
)  # fmt: skip


def figures(page: Page) -> list[Locator]:
    """The figures of runs."""
    return page.locator(".kim-figure:has(.kim-bar-row)").all()


def is_whole(figure: Locator) -> None:
    """Everything that the build wrote is to be seen, and the bar is not."""
    expect(figure.locator(".kim-bar-row")).to_be_hidden()
    expect(figure.locator(".kim-moment")).to_be_visible()
    assert figure.locator(".kim-time").inner_text()
    seen = [view for view in VIEWS if figure.locator(view).count()]
    assert seen
    for view in seen:
        many = figure.locator(view).count() if "kim-table" in view else 1  # of a board, the one of two that has room
        assert figure.locator(f"{view}:visible").count() == many
    for box in figure.locator(".kim-box").all():
        assert box.locator("[data-steps]").count()
        assert box.evaluate(CUT) == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_a_figure_is_whole_without_script(visits, figured_page, width):
    page = visits.open(figured_page, width=width, script=False).page
    assert figures(page)
    for figure in figures(page):
        is_whole(figure)


def test_a_figure_is_whole_on_paper(visits, figured_page):
    page = visits.open(figured_page).page
    page.emulate_media(media="print")
    for width in (1440, 720):  # 720 pixels are about what a sheet of paper has
        page.set_viewport_size({"width": width, "height": 900})
        for figure in figures(page):
            is_whole(figure)


def test_paper_shows_the_step_at_which_the_reader_stands(visits, figured_page):
    page = visits.open(figured_page).page
    figure = figures(page)[0]
    slider = figure.get_by_role("slider")
    slider.press("End")
    told = figure.locator(".kim-moment").inner_text()
    page.emulate_media(media="print")
    assert figure.locator(".kim-moment").inner_text() == told
