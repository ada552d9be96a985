"""Figures that were kept are those that would be drawn, and are drawn anew where anything about them has changed."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown

from gen.site import drawings, fences, problems, reasons
from gen.site.shelf import Shelf

ROOT = Path(__file__).parents[2]
FENCE = "scenario: first-journey\nview: [board, timeline]\nat: 1s"
OTHERS = {
    "another moment": (FENCE.replace("1s", "2s"), "ko", "index.md", ""),
    "another view": (FENCE.replace("board, ", ""), "ko", "index.md", ""),
    "another title": (f"{FENCE}\ntitle: Three Pods", "ko", "index.md", ""),
    "another object": (f"{FENCE}\nfocus: deployment/web", "ko", "index.md", ""),
    "another start": (f"{FENCE}\nstarts: [one-pod]", "ko", "index.md", ""),
    "all starts": (f"{FENCE}\nstarts: all", "ko", "index.md", ""),
    "another scenario": (FENCE.replace("first-journey", "one-pod"), "ko", "index.md", ""),
    "another language": (FENCE, "en", "index.md", ""),
    "another page": (FENCE, "ko", "controllers.md", "controllers/"),
}


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """The folder of kept figures, empty."""
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    monkeypatch.setattr(drawings, "DRAWINGS", Shelf(tmp_path, most=9))
    monkeypatch.setattr(reasons, "MADE", {})
    return tmp_path


@pytest.fixture
def drawn(monkeypatch):
    """The names of the figures that were really drawn."""
    names: list[str] = []
    figure = fences.figure
    monkeypatch.setattr(fences, "figure", lambda *args, **more: names.append(more["frame"].name) or figure(*args, **more))
    return names


def page(lang: str = "ko", path: str = "index.md", url: str = "") -> Markdown:
    """A Markdown that renders a page, outside of any build."""
    docs = ROOT / "docs" / lang
    file = SimpleNamespace(src_uri=path, url=url, abs_src_path=str(docs / path), content_string="")
    config = SimpleNamespace(docs_dir=str(docs), config_file_path=str(ROOT / "mkdocs.yml"), theme={"language": lang})
    markdown = Markdown()
    markdown.treeprocessors.register(SimpleNamespace(file=file, config=config), "relpath", 0)
    return markdown


def html(source: str, lang: str = "ko", path: str = "index.md", url: str = "") -> str:
    return fences.run(source, "run", "run", {}, page(lang, path, url))


def test_a_figure_is_drawn_once_and_brings_its_reasons_each_time(drawn, monkeypatch):
    first, made = html(FENCE), dict(reasons.MADE)
    monkeypatch.setattr(reasons, "MADE", {})
    assert html(FENCE) == first
    assert drawn == ["first-journey"]
    assert made == reasons.MADE
    assert len(made["ko"]) == 1


def test_the_second_on_a_page_has_a_name_of_its_own(drawn):
    for _ in range(2):
        on_it = page()
        for _ in range(2):
            fences.run(FENCE, "run", "run", {}, on_it)
    assert drawn == ["first-journey", "first-journey-2"]


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_asked_otherwise_is_another_figure(drawn, other):
    first = html(FENCE)
    assert html(*other) != first
    assert len(drawn) == 2


def test_changed_code_draws_everything_anew(drawn, monkeypatch):
    html(FENCE)
    monkeypatch.setattr(drawings, "code", lambda: "another")
    html(FENCE)
    assert len(drawn) == 2


def test_a_run_that_may_play_otherwise_is_drawn_anew(drawn, monkeypatch):
    html(FENCE)
    monkeypatch.setattr(fences, "name_of", lambda file: "another")
    html(FENCE)
    assert len(drawn) == 2


def test_code_is_every_file_and_the_packages(tmp_path, monkeypatch):
    monkeypatch.setattr(drawings, "GEN", tmp_path)
    words = [drawings.code.__wrapped__()]
    (tmp_path / "words.yaml").write_text("", encoding="utf-8")
    words.append(drawings.code.__wrapped__())
    monkeypatch.setattr(drawings, "version", lambda package: "99")
    words.append(drawings.code.__wrapped__())
    assert len(set(words)) == 3


@pytest.mark.parametrize("content", [b"", b"text", gzip.compress(b"text"), gzip.compress(b"3"), gzip.compress(b'["one"]')])
def test_a_damaged_figure_is_drawn_anew(drawn, kept, content):
    first = html(FENCE)
    (file,) = kept.iterdir()
    file.write_bytes(content)
    assert html(FENCE) == first
    assert len(drawn) == 2
    assert html(FENCE) == first
    assert len(drawn) == 2
