"""Every page in a real browser: both languages, light and dark, from a phone to a wide screen."""

from __future__ import annotations

from itertools import product

import pytest

pytestmark = pytest.mark.browser

PAGES = ["", "about/fidelity/", "about/notices/"]
LANGUAGES = ["", "en/"]
WIDTHS = [1440, 390]

SMALL_TEXT = """() => {
  const found = [];
  for (const element of document.querySelectorAll('.kim-figure *')) {
    const own = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || ['TITLE', 'DESC', 'STYLE'].includes(element.tagName.toUpperCase())) continue;
    const drawn = element.getScreenCTM ? element.getScreenCTM() : {a: 1, b: 0};
    const size = parseFloat(getComputedStyle(element).fontSize) * Math.hypot(drawn.a, drawn.b);
    if (size < 11.99) found.push(`${size} ${element.textContent.trim().slice(0, 30)}`);
  }
  return found;
}"""
PAPER = "() => getComputedStyle(document.body).backgroundColor"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
@pytest.mark.parametrize(("language", "page"), [*product(LANGUAGES, PAGES)])
def test_a_page_asks_nobody_else_complains_of_nothing_and_fits(visits, address, language, page, width, scheme):
    visit = visits.open(language + page, width=width, scheme=scheme)
    visit.page.wait_for_load_state("networkidle")
    assert not [url for url in visit.asked if not url.startswith(address)]
    assert not visit.complaints
    assert visit.page.evaluate(OVERFLOW) <= 0
    assert visit.page.evaluate(PAPER) == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 27, 34)")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_a_figure_is_never_small(visits, language, width):
    assert visits.open(language, width=width).page.evaluate(SMALL_TEXT) == []


@pytest.mark.parametrize("width", [1024, 1180, 1220, 1280, 1440, 1920])
def test_a_figure_measures_880_pixels_wherever_there_is_room(visits, width):
    box = visits.open("", width=width).page.locator(".kim-figure").first.bounding_box()
    assert box["width"] == 880
    assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_right_without_script(visits, language, width):
    page = visits.open(language, width=width, script=False).page
    figure = page.locator(".kim-figure").first
    assert figure.is_visible()
    assert figure.locator("svg").first.is_visible()
    assert figure.get_by_text("Scheduled", exact=True).first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_is_ours(visits, language):
    visit = visits.open(language)
    fonts = "() => document.fonts.ready.then(fonts => [...fonts].map(font => `${font.family} ${font.status}`))"
    assert [font for font in visit.page.evaluate(fonts) if "Pretendard" in font and font.endswith("loaded")]
