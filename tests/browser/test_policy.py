"""The policy of the pages in a real browser: what a reader does works, and what is not ours does not run."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BLOCK = '<div class="language-python highlight"><pre><span></span><code>x = 1\n</code></pre></div>'
FOREIGN = "<script>document.title = 'foreign'</script>"
END = "</article>"


def with_more(visits, path: str, more: str):
    """A page of the site with something more in it, as the host would send it."""
    visit = visits.open("nowhere")
    visit.complaints.clear()

    def sent(route):
        answer = route.fetch()
        body = answer.text()
        assert END in body
        route.fulfill(response=answer, body=body.replace(END, more + END))

    visit.page.route(visits.address + path, sent)
    visit.page.goto(visits.address + path)
    visit.page.wait_for_load_state("networkidle")
    return visit


@pytest.mark.parametrize("language", ["", "en/"])
def test_searching_switching_and_copying_bring_no_complaint(visits, language):
    visit = with_more(visits, language, BLOCK)
    page = visit.page
    page.click("label[for='__palette_1']")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").fill("kubelet")
    page.locator("input.md-search__input").dispatch_event("keyup")
    page.wait_for_selector(".md-search-result__item", timeout=10_000)
    page.keyboard.press("Escape")
    page.locator("[data-clipboard-target], .md-clipboard").last.click()
    page.wait_for_selector(".md-dialog--active", timeout=5_000)  # which says that it was copied
    assert visit.complaints == []
    assert not [url for url in visit.asked if url.endswith("sitemap.xml")]


def test_a_script_that_is_not_ours_does_not_run(visits):
    visit = with_more(visits, "en/", FOREIGN)
    assert visit.page.title() != "foreign"
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)


def test_the_colours_hold_on_the_page_for_what_was_not_found(visits):
    visit = visits.open("nowhere", scheme="dark")
    assert visit.page.get_attribute("body", "data-md-color-scheme") == "slate"
    assert [complaint for complaint in visit.complaints if "404" not in complaint] == []
