"""The workbench with all that opens: axe-core finds nothing in either colours, and it fits a phone. Each language has a page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AXE = Axe()
ALL: dict[str, list[str]] = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": ["color-contrast"]}
WAYS = {"": ((1440, "default", ALL), (390, "slate", COLOURS)), "en/": ((390, "default", ALL), (1440, "slate", COLOURS))}
SCHEME = """scheme => {
  document.body.setAttribute('data-md-color-scheme', scheme);
  for (const transition of document.getAnimations()) transition.finish();
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """figure => [...figure.querySelectorAll(':is(.kim-bench, .kim-sheet, .kim-command, .kim-status) *')].filter(one => {
  if (!one.checkVisibility() || one.closest('.kim-page, .kim-source-code')) return false;
  const [inner, outer] = [one.getBoundingClientRect(), figure.getBoundingClientRect()];
  return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
}).map(one => one.outerHTML.slice(0, 100))"""
SMALL = """figure => [...figure.querySelectorAll(':is(.kim-bench, .kim-sheet, .kim-command, .kim-status) *')].filter(one =>
  one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
  && parseFloat(getComputedStyle(one).fontSize) < 11.99).map(one => one.outerHTML.slice(0, 100))"""


def why(desk) -> None:
    """The chain, with the source of a function."""
    desk.slider.press("w")
    desk.chain.locator("[data-source]").last.click()
    expect(desk.sheet.locator(".kim-source-code:visible")).to_have_count(1)


def link(desk) -> None:
    """The address."""
    desk.button("player.link").click()
    expect(desk.sheet.get_by_role("textbox")).to_be_visible()


def download(desk) -> None:
    """What can be taken along."""
    desk.button("player.download").click()
    expect(desk.sheet.get_by_role("button", name=desk.word("bench.yaml"))).to_be_visible()


def words(desk) -> None:
    """What could come next at the prompt."""
    desk.line.press_sequentially("kubectl get ")
    expect(desk.figure.get_by_role("listbox").get_by_role("option").first).to_be_visible(timeout=60_000)


@pytest.fixture(scope="module")
def desks(lasting):
    """The first journey in both languages, each with a mistake in its editor."""
    opened = {}

    def desk(language: str):
        if language not in opened:
            opened[language] = one = lasting.workbench(language, "first-journey", reduced_motion="reduce")
            one.edit()
            one.write("replicas", "replcas")
            expect(one.problems.first).to_be_visible(timeout=60_000)
            one.slider.fill("60")
        return opened[language]

    return desk


def told(desk, options: dict[str, list[str]]) -> list[str]:
    """What axe-core has to say of the figure, a line for each element."""
    found = AXE.run(desk.page, {"include": [["#kim-first-journey"]]}, options).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("opens", [why, link, download, words])
@pytest.mark.parametrize("language", ["", "en/"])
def test_what_opens_is_for_everybody_and_fits(desks, language, opens):
    desk = desks(language)
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    opens(desk)
    found = []
    for width, scheme, options in WAYS[language]:
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.evaluate(SCHEME, scheme)
        found += told(desk, options)
    desk.page.evaluate(SCHEME, "default")
    assert found == []
    for width in (320, 360, 390, 660, 1440):
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert desk.page.evaluate(SIDEWAYS) <= 0, f"at {width} px"
        assert desk.figure.evaluate(OUTSIDE) == [], f"at {width} px"
        assert desk.figure.evaluate(SMALL) == [], f"at {width} px"
