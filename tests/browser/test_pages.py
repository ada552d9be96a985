"""Every page in a real browser: both languages, light and dark, from a phone to a wide screen."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ["", "en/"]
NARROWEST = 360  # here a board shrinks a little
WIDTHS = [1440, 390, NARROWEST]
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 27, 34)"}

SMALL_TEXT = """() => {
  const found = [];
  for (const element of document.querySelectorAll('.kim-figure *, .kim-code *')) {
    const own = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !element.checkVisibility() || ['TITLE', 'DESC', 'STYLE'].includes(element.tagName.toUpperCase())) continue;
    const drawn = element.getScreenCTM ? element.getScreenCTM() : {a: 1, b: 0};
    const size = parseFloat(getComputedStyle(element).fontSize) * Math.hypot(drawn.a, drawn.b);
    if (size < 11.99) found.push(`${size} ${element.textContent.trim().slice(0, 30)}`);
  }
  return found;
}"""
COLOUR = "() => getComputedStyle(document.body).backgroundColor"
OVERFLOW = """() => {
  document.body.getBoundingClientRect(); // what the new width lets move begins to
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""


def test_a_page_asks_nobody_else_complains_of_nothing_and_fits(visits, address, any_page):
    width, scheme = (390, "dark") if any_page.startswith("en/") else (1440, "light")
    visit = visits.open(any_page, width=width, scheme=scheme)
    visit.page.wait_for_load_state("networkidle")
    assert not [url for url in visit.asked if not url.startswith(address)]
    assert [complaint for complaint in visit.complaints if any_page != "nowhere/" or "404" not in complaint] == []
    assert visit.page.evaluate(COLOUR) == PAPER[scheme]
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate(OVERFLOW) <= 0, f"at {width} px something reaches over the edge"
        assert width == NARROWEST or visit.page.evaluate(SMALL_TEXT) == [], f"at {width} px"


@pytest.mark.parametrize("width", [1024, 1180, 1220, 1280, 1440, 1920])
def test_a_figure_measures_880_pixels_wherever_there_is_room(visits, width):
    box = visits.open("", width=width).page.locator(".kim-figure").first.bounding_box()
    assert box["width"] == 880
    assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_is_ours(visits, language):
    visit = visits.open(language)
    fonts = "() => document.fonts.ready.then(fonts => [...fonts].map(font => `${font.family} ${font.status}`))"
    assert [font for font in visit.page.evaluate(fonts) if "Pretendard" in font and font.endswith("loaded")]
