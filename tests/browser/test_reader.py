"""What a reader does around the figures: changes the language, the colours, searches, gets lost."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("page", ["", "about/fidelity/"])
def test_the_switch_leads_to_the_same_page_and_back(visits, address, page, width):
    visit = visits.open(page, width=width)
    visit.page.click("a.kim-language")
    assert visit.page.url == f"{address}en/{page}"
    visit.page.click("a.kim-language")
    assert visit.page.url == f"{address}{page}"


def test_the_colours_can_be_switched_and_stay(visits, address):
    page = visits.open("").page
    assert page.get_attribute("body", "data-md-color-scheme") == "default"
    page.click("label[for='__palette_1']")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.goto(f"{address}en/about/fidelity/")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        *[("", asked) for asked in ("스케줄러", "스케줄러는", "scheduler", "레플리카셋", "kubelet")],
        *[("en/", asked) for asked in ("scheduler", "schedulers", "ReplicaSets", "sandboxes")],
    ],
)
def test_the_search_finds_words_with_and_without_what_hangs_on_them(visits, language, asked):
    page = visits.open(language).page
    box = page.locator("input.md-search__input")
    box.click()
    box.fill(asked)
    box.dispatch_event("keyup")
    page.wait_for_selector(".md-search-result__item", timeout=10_000)
    links = page.eval_on_selector_all(".md-search-result__link", "links => links.map(link => new URL(link.href).pathname)")
    assert links
    assert all(link.startswith(f"/book/{language}") and (language or not link.startswith("/book/en/")) for link in links)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["", "en/"])
def test_the_map_leads_to_the_page_of_a_component(visits, language, width):
    page = visits.open(language, width=width).page
    box = page.locator(".kim-map a:visible").filter(has=page.locator("[data-box='etcd']"))
    target = box.get_attribute("href")
    box.click()
    assert page.url.endswith(f"{language}{target}")
    assert page.locator(f"[id='{target.partition('#')[2]}']").is_visible()


@pytest.mark.parametrize("path", ["nowhere", "about/no/such/page/", "en/nowhere/"])
def test_a_lost_reader_finds_the_way_back_in_both_languages(visits, path):
    page = visits.open(path).page
    assert page.locator("main h1").is_visible()
    assert page.locator("main [lang=en] h2").is_visible()
    size = page.locator("main h1").evaluate("heading => getComputedStyle(heading).fontWeight")
    assert size == "800"  # the style sheet was found from here too
