"""What pages weigh is exact: it is promised, and held here. How long drawings take is only shown."""

from __future__ import annotations

import gzip

import pytest

from gen.commands import bench_pages

PAGE = """<html><head><link rel="icon" href="../assets/mark.svg"><link href="../elsewhere/" rel="next">
<link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js" type="module"></script></head>
<body><a href="../other/">x</a><figure id="x" class="kim-figure">
<svg><image href="../assets/api.png"/><use href="#kim-place"/></svg>
</figure><script id="__config" type="application/json">{"base": "..", "search": "../assets/worker.js"}</script></body></html>"""
FILES = {
    "index.html": "<html>no figure</html>",
    "parts/index.html": PAGE,
    "other/index.html": "<html>no figure either</html>",
    "assets/a.css": '@font-face { src: url("font.woff2"); } a { mask: url(data:image/svg+xml,x) }',
    "assets/font.woff2": "font",
    "assets/a.js": "js",
    "assets/lazy.js": "is not fetched",
    "assets/worker.js": "worker",
    "assets/mark.svg": "<svg/>",
    "assets/api.png": "png",
    "assets/javascripts/lunr/min/lunr.ko.min.js": "ko",
    "search/search_index.json": "{}",
    "search/index.json": "is fetched when somebody searches",
}


@pytest.fixture
def small(tmp_path):
    for name, text in {**FILES, **{f"en/{name}": text for name, text in FILES.items()}}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_first_view_is_the_page_and_all_that_it_loads(small):
    found = bench_pages.first_view(small / "parts/index.html", small)
    searching = {"search/index.json", "assets/javascripts/lunr/min/lunr.ko.min.js"}
    not_fetched = {"index.html", "other/index.html", "assets/lazy.js", *searching}
    assert {file.relative_to(small).as_posix() for file in found} == set(FILES) - not_fetched


def test_pages_with_figures_are_weighed_in_both_languages(small):
    whole, figure, english, _ = bench_pages.weights(small)
    assert (whole.what, english.what) == ("first view of /parts, 8 files", "first view of /en/parts, 8 files")
    assert (whole.most, english.most) == (400, 250)
    markup = PAGE[PAGE.index("<figure") : PAGE.index("</figure>") + len("</figure>")]
    assert figure.found == len(gzip.compress(markup.encode(), 9)) / 1000


def test_the_built_pages_are_as_light_as_promised(site):
    weighed = list(bench_pages.weights(site))
    assert weighed
    assert [promise for promise in weighed if not promise.kept] == []


def test_each_page_is_drawn_by_its_biggest_figure(tmp_path, monkeypatch):
    (tmp_path / "ko").mkdir()
    fence = "```run\nscenario: {}\nview: events\n```\n"
    (tmp_path / "ko/parts.md").write_text(fence.format("short") + fence.format("long"), encoding="utf-8")
    (tmp_path / "ko/prose.md").write_text("Prose.", encoding="utf-8")
    monkeypatch.setattr("gen.site.cache.run_of", lambda file: range(9 if file.stem == "long" else 3))
    monkeypatch.setattr(bench_pages, "drawing_ms", lambda file: 12.5)
    (promise,) = bench_pages.drawings(tmp_path)
    assert (promise.what, promise.found) == ("drawing parts.md, long", 12.5)
