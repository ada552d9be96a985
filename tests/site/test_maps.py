"""The map leads from each component to its page; whatever does not exist is named, with what to do."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from gen.site import maps, problems

DOCS = Path(__file__).parents[2] / "docs"
SCENARIO = (DOCS / "scenarios/first-journey.yaml").read_text(encoding="utf-8")
MAP = "scenario: first-journey\nlinks:\n"

WRONG = {
    "no mapping": ("first-journey", "no list of options", "Write `scenario: NAME`"),
    "broken YAML": ("scenario: [x\nlinks: {}", "no YAML in its line 2", "Write `option: value`"),
    "no links": ("scenario: first-journey", "is no map", "`component: page.md#place`"),
    "links that are no list": ("scenario: first-journey\nlinks: kubelet", "is no map", "a line"),
    "one option too many": (f"{MAP}  etcd: index.md\nview: board", "is no map", "Write"),
    "an unknown scenario": ("scenario: first-jorney\nlinks: {}", "no scenario 'first-jorney'", 'did you mean "first-journey"?'),
    "an unknown box": (f"{MAP}  kubelets: parts.md", "the board has no 'kubelets'", 'did you mean "kubelet"?'),
    "an unknown page": (f"{MAP}  kubelet: part.md", "there is no page 'part.md'", 'did you mean "parts.md"?'),
    "a page of another language": (f"{MAP}  kubelet: ../ko/parts.md", "there is no page", 'did you mean "parts.md"?'),
    "a page that is not named": (f"{MAP}  kubelet:", "there is no page 'None'", "known here: about/model.md, index.md, parts.md"),
    "an unknown heading": (f"{MAP}  kubelet: parts.md#ran", "parts.md has no heading with {#ran}", "Give it one"),
}


@pytest.fixture
def at(tmp_path, monkeypatch):
    """A Markdown that renders one of three English pages, outside of any build."""
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    pages = {"index.md": "# Front {#front}\n", "parts.md": "# Parts\n\n## Runs {#run}\n", "about/model.md": "# Model\n"}
    docs = tmp_path / "docs/en"
    for path, text in {**pages, "../ko/parts.md": "", "../scenarios/first-journey.yaml": SCENARIO}.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8")
    config = SimpleNamespace(docs_dir=str(docs), config_file_path=str(tmp_path / "mkdocs.en.yml"), theme={"language": "en"})

    def page(path: str, url: str) -> Markdown:
        markdown = Markdown()
        file = SimpleNamespace(src_uri=path, url=url, abs_src_path=str(docs / path), content_string=pages[path])
        markdown.treeprocessors.register(SimpleNamespace(file=file, config=config), "relpath", 0)
        return markdown

    return page


def drawn(source: str, page: Markdown) -> str:
    return maps.clickable(source, "map", "map", {}, page)


def links(html: str) -> dict[str, str]:
    """Where each box leads."""
    return {box: target for target, box in re.findall(r'<a href="([^"]*)"><g [^>]*data-box="([^"]*)"', html)}


@pytest.mark.parametrize(("source", "what", "todo"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_map_says_what_and_what_to_do(at, source, what, todo):
    with pytest.raises(SuperFencesException) as found:
        drawn(source, at("index.md", ""))
    assert str(found.value).startswith("docs/en/index.md: map fence: ")
    assert what in str(found.value)
    assert todo in str(found.value)


def test_every_component_leads_to_its_page_and_what_has_none_stands_there_without_a_link(at):
    source = f"{MAP}  etcd: parts.md\n  kubelet: parts.md#run\n  kubectl: index.md#front\n  default-scheduler: about/model.md"
    html = drawn(source, at("index.md", ""))
    assert links(html) == {
        "etcd": "parts/",
        "kubelet/node-1": "parts/#run",
        "kubelet/node-2": "parts/#run",
        "kubelet/node-3": "parts/#run",
        "kubectl": "#front",
        "default-scheduler": "about/model/",
    }
    assert 'data-box="kube-apiserver"' in html


def test_links_hold_from_a_page_further_down(at):
    source = f"{MAP}  etcd: parts.md\n  kubelet: about/model.md\n  kubectl: index.md"
    found = links(drawn(source, at("about/model.md", "about/model/")))
    assert (found["etcd"], found["kubelet/node-1"], found["kubectl"]) == ("../../parts/", "./", "../..")


def test_nothing_happens_on_a_map(at):
    html = drawn(f"{MAP}  etcd: parts.md", at("index.md", ""))
    assert html.startswith('<figure class="kim-figure kim-figure-map" data-search-exclude lang="en">')
    assert "data-k=" not in html
    assert "data-steps=" not in html
    assert "<script" not in html
    assert "\n\n" not in html
