"""Search engines learn of each page where it stands and what it is in the other language, from the page and from the sitemap."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

ADDRESS = "https://example.org/book/"
DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"<loc>([^<]+)</loc>(.*?)</url>", re.DOTALL)
ALTERNATE = re.compile(r'<xhtml:link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/>')
Links = list[tuple[str, str]]


class Head(HTMLParser):
    """The links of a page's head that search engines read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.canonical: list[str | None] = []
        self.alternates: Links = []
        self.exact: list[str] = []
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        rel = given.get("rel") or ""
        if tag == "link" and "canonical" in rel.split():
            self.canonical.append(given["href"])
        if tag == "link" and "alternate" in rel.split():
            self.alternates.append((given["hreflang"] or "", given["href"] or ""))
            self.exact += [rel] if rel == "alternate" else []


def urls() -> list[str]:
    """Every page, from the root of its language on."""
    paths = [file.relative_to(DOCS / "ko").as_posix().removesuffix(".md") for file in sorted((DOCS / "ko").rglob("*.md"))]
    return ["" if path == "index" else f"{path.removesuffix('index')}/".replace("//", "/") for path in paths]


def wanted(url: str) -> Links:
    korean, english = ADDRESS + url, f"{ADDRESS}en/{url}"
    return [("ko", korean), ("en", english), ("x-default", korean)]


def test_every_page_says_where_it_stands_and_what_its_editions_are(site):
    for at in ("", "en/"):
        for url in urls():
            head = Head((site / at / url / "index.html").read_text(encoding="utf-8"))
            assert head.canonical == [ADDRESS + at + url]
            assert head.alternates == wanted(url)


def test_the_theme_asks_for_no_sitemap_because_of_them(site, pages):
    """Its script fetches one for every `link[rel=alternate]`; whoever reads HTML splits rel into words."""
    script = next((site / "assets/javascripts").glob("bundle.*.js")).read_text(encoding="utf-8")
    assert re.search(r"link\[rel=[\"']?alternate", script)
    assert not re.search(r"link\[rel~=", script)
    for page in pages:
        assert not Head(page.read_text(encoding="utf-8")).exact, page


def test_the_sitemaps_say_the_same(site):
    for at in ("", "en/"):
        rows = ROW.findall((site / at / "sitemap.xml").read_text(encoding="utf-8"))
        assert sorted(loc for loc, _ in rows) == sorted(ADDRESS + at + url for url in urls())
        for loc, rest in rows:
            assert ALTERNATE.findall(rest) == wanted(loc.removeprefix(ADDRESS + at))


def test_without_an_address_there_are_none(workshop):
    assert workshop.build("--strict", SITE_URL="").returncode == 0
    head = Head(workshop.page("en/index.html"))
    assert (head.canonical, head.alternates) == ([], [])


def test_what_was_not_found_is_no_page(site):
    assert Head((site / "404.html").read_text(encoding="utf-8")).alternates == []
