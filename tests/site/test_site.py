"""The built site: both languages, the same pages, whole addresses where they are needed, nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from gen.site import build

ADDRESS = "https://example.org/book/"
PAGES = ["", "about/fidelity/", "about/notices/", "about/decisions/drawn-times/"]
BY_TAG = r'<(?:script|img|iframe|source|use)\b[^>]*?(?:src|href)="([^"]+)"'
BY_LINK = r'<link\b[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"'
FETCHED = re.compile(f"{BY_TAG}|{BY_LINK}")


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("lang", "at"), [("ko", ""), ("en", "en/")])
def test_every_page_is_there_in_its_language_and_knows_its_address(site, page, lang, at):
    text = html(site, at + page)
    assert f'<html lang="{lang}"' in text
    assert f'<link rel="canonical" href="{ADDRESS}{at}{page}">' in text
    sitemap = (site / at / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{ADDRESS}{at}{page}</loc>" in sitemap
    for other, folder in (("ko", ""), ("en", "en/")):
        assert f'<xhtml:link rel="alternate" hreflang="{other}" href="{ADDRESS}{folder}{page}"/>' in sitemap


def test_nothing_that_a_page_loads_comes_from_elsewhere(site, pages):
    for file in pages:
        loaded = [one or other for one, other in FETCHED.findall(file.read_text(encoding="utf-8"))]
        assert len(loaded) > 3
        assert not [link for link in loaded if "//" in link], file
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?https?:", sheet.read_text(encoding="utf-8")), sheet


def test_the_figure_is_in_the_page_itself(site):
    for page in ("", "en/"):
        assert 'class="kim-figure"' in html(site, page)
        assert "Scheduled" in html(site, page)


def test_what_was_not_found_is_told_in_both_languages_from_any_depth(site):
    text = (site / "404.html").read_text(encoding="utf-8")
    assert 'lang="en"' in text
    assert f'href="{ADDRESS}"' in text
    assert f'href="{ADDRESS}en/"' in text
    assert 'href="/book/assets/kim/site.css"' in text


def test_each_language_has_its_own_search(site):
    for folder, lang, other in (("", "ko", "en/"), ("en", "en", "about/../")):
        asked = json.loads((site / folder / "search/search_index.json").read_text(encoding="utf-8"))
        index = json.loads((site / folder / "search/index.json").read_text(encoding="utf-8"))  # only when somebody searches
        assert lang in asked["config"]["lang"]
        assert index["docs"]
        assert not asked["docs"]
        assert not [row for row in index["docs"] if row["location"].startswith(other)]
        feet = "simulated Kubernetes 1.36", "쿠버네티스 1.36 시뮬레이션"  # below each figure: pages are found, not figures
        assert not [row for row in index["docs"] if any(foot in row["text"] for foot in feet)]


def test_the_notices_hold_the_licences(site):
    for folder in ("", "en/"):
        text = html(site, f"{folder}about/notices/")
        assert "SIL OPEN FONT LICENSE" in text
        assert "Martin Donath" in text
        assert "Oliver Nightingale" in text


def test_the_font_and_the_scenario_can_be_had(site):
    for folder in (site, site / "en"):
        assert (folder / "assets/kim/pretendard.woff2").read_bytes()[:4] == b"wOF2"
        assert (folder / "scenarios/first-journey.yaml").exists()
    assert "../fonts" not in (site / "assets/kim/site.css").read_text(encoding="utf-8")


def test_a_second_build_gives_the_same_bytes(site, tmp_path, monkeypatch):
    monkeypatch.setenv("REPO_URL", "https://github.com/example/book")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Seoul")
    assert build(tmp_path / "site", ADDRESS) == 0
    assert digests(tmp_path / "site") == digests(site)
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()


def digests(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
