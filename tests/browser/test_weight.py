"""A first view asks for the files that `gen bench` weighs, and for no other."""

from __future__ import annotations

import pytest

from gen.commands.bench_pages import first_view

pytestmark = pytest.mark.browser


def test_a_browser_asks_for_what_is_weighed(visits, address, site, figured_page):
    visit = visits.open(figured_page)
    visit.page.wait_for_load_state("networkidle")
    root = site / "en" if figured_page.startswith("en/") else site
    weighed = first_view(site / figured_page / "index.html", root)
    asked = {url.removeprefix(address) or "./" for url in visit.asked}
    assert asked == {file.relative_to(site).as_posix().removesuffix("index.html") or "./" for file in weighed}
