"""axe-core finds nothing to say on any page, in either colours, wide or narrow; forced colours leave drawings whole."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = Axe()
BUT = {"exclude": [[".md-code__nav"]]}  # the theme's script writes the same unnamed <nav> into every block of code
ALL: dict[str, list[str]] = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": ["color-contrast"]}  # what else could differ between the schemes
DARK = """() => {
  document.body.setAttribute('data-md-color-scheme', 'slate');
  for (const transition of document.getAnimations()) transition.finish();
}"""
PAPER = """one => {
  const probe = one.appendChild(document.createElement('i'));
  probe.style.backgroundColor = 'var(--kim-paper)';
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return colour;
}"""


def told(page: Page, options: dict[str, list[str]]) -> list[str]:
    """What axe-core has to say, a line for each element."""
    found = AXE.run(page, BUT, options).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def test_axe_finds_nothing(visits, any_page):
    page = visits.open(any_page, reduced_motion="reduce").page
    found = told(page, ALL)
    page.set_viewport_size({"width": 390, "height": 900})
    found += told(page, ALL)
    page.evaluate(DARK)
    found += told(page, COLOURS)
    page.set_viewport_size({"width": 1440, "height": 900})
    found += told(page, COLOURS)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_keep_their_own_paper_where_colours_are_forced(visits, scheme):
    """Ink is not forced inside of a drawing: so its paper must not be either, however the page's colours were switched."""
    page = visits.open("en/", scheme=scheme, forced_colors="active").page
    page.evaluate("document.body.dataset.mdColorScheme = document.body.dataset.mdColorScheme === 'slate' ? 'default' : 'slate'")
    for drawing in page.locator(".kim-board, .kim-timeline").all():
        assert drawing.evaluate(PAPER) == drawing.evaluate("one => getComputedStyle(one).backgroundColor")
