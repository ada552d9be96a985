"""Every page knows its other editions, at any address and from any depth."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import urljoin

import pytest

from gen.site import languages

ROWS = [
    {"lang": "ko", "name": "한국어", "at": "", "config": "mkdocs.yml"},
    {"lang": "en", "name": "English", "at": "en/", "config": "mkdocs.en.yml"},
]


def config(lang: str, site_url: str = "") -> SimpleNamespace:
    return SimpleNamespace(extra={"languages": ROWS}, theme={"language": lang}, site_url=site_url)


@pytest.mark.parametrize("page", ["", "about/fidelity/"])
@pytest.mark.parametrize("at", ["", "en/"])
def test_the_switch_leads_to_the_same_page(at, page):
    here = f"http://127.0.0.1:8000/book/{at}{page}"
    links = [edition.link for edition in languages.editions(config("en" if at else "ko"), page)]
    assert [urljoin(here, link) for link in links] == [f"http://127.0.0.1:8000/book/{other}{page}" for other in ("", "en/")]


@pytest.mark.parametrize(("lang", "site_url"), [("ko", "https://example.org/book/"), ("en", "https://example.org/book/en/")])
def test_search_engines_get_whole_addresses(lang, site_url):
    found = languages.editions(config(lang, site_url), "about/fidelity/")
    assert [edition.url for edition in found] == [f"https://example.org/book/{at}about/fidelity/" for at in ("", "en/")]


def test_without_an_address_there_is_none_to_give():
    assert [edition.url for edition in languages.editions(config("ko"), "about/fidelity/")] == ["", ""]


@pytest.mark.parametrize(
    ("site_url", "links"),
    [("", ["/", "/en/"]), ("https://example.org/book/", ["https://example.org/book/", "https://example.org/book/en/"])],
)
def test_a_page_without_a_place_links_to_the_front_pages(site_url, links):
    assert [edition.link for edition in languages.editions(config("ko", site_url), None)] == links


@pytest.mark.parametrize(
    ("lang", "given", "wanted"),
    [
        ("ko", "https://e.org/", "https://e.org/"),
        ("en", "https://e.org/", "https://e.org/en/"),
        ("en", "https://e.org/en/", "https://e.org/en/"),
        ("en", "", ""),
    ],
)
def test_one_address_serves_both_languages(lang, given, wanted):
    one = config(lang, given)
    languages.address(one)
    assert one.site_url == wanted
