"""What else a page asks the door; and that nothing of a stranger's is ever more than text there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from gen.draw.words import LANGUAGES
from gen.play.scenario.draft import opened
from gen.play.scenario.file import from_text
from gen.play.scenario.load import load
from gen.play.shell_script import shell_script
from gen.play.simulate import simulate
from gen.site import browser
from gen.site.browser import Door
from gen.site.graphviz import lay_out

SECOND = 1_000_000
SCENARIO = Path(__file__).parents[2] / "docs/scenarios/self-healing.yaml"
DRAFT = opened(SCENARIO.read_text(encoding="utf-8"), "self-healing").to_json()
BROKEN = {**DRAFT, "steps": "steps: {"}
VIEWS = ["board", "timeline", "sequence", "objects", "terminal", "events"]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def ask() -> Ask:
    door = Door(lay_out)

    def asked(ask: str, scenario: dict[str, Any] = DRAFT, **more: Any) -> dict[str, Any]:
        question = {"ask": ask, "figure": "x", "lang": "en", "views": ["timeline"], "scenario": scenario, "at": None, **more}
        return json.loads(door.answer(json.dumps(question)))

    return asked


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_stands_alone(ask, view, lang):
    wide, narrow = (ask("picture", view=view, lang=lang, narrow=slim, at=12 * SECOND)["svg"] for slim in (False, True))
    for svg in (wide, narrow):
        page = ElementTree.fromstring(svg)
        assert (page.tag, page.get("lang")) == ("{http://www.w3.org/2000/svg}svg", lang)
    assert wide != narrow
    assert ask("picture", BROKEN, view=view) == {"svg": None}


def test_the_text_is_the_scenario_as_one_file(ask):
    text = ask("text")["text"]
    assert from_text(text, "x").files == load(SCENARIO).files
    assert [step.run for step in from_text(text, "x").steps] == [step.run for step in load(SCENARIO).steps]
    assert ask("text", BROKEN)["text"].endswith("steps: {\n")


def test_the_script_is_that_of_the_scenario(ask):
    assert ask("script")["text"] == shell_script(load(SCENARIO))
    assert ask("script", BROKEN) == {"text": None}


@pytest.mark.parametrize(
    ("line", "at", "words"),
    [
        ("kubectl get deplo", 0, ["deployments.apps"]),
        ("kubectl delete pod lon", 12 * SECOND, ["lonely"]),
        ("kubectl delete pod lon", -SECOND, []),
        ("kubectl apply -f l", 0, ["lonely.yaml"]),
    ],
)
def test_a_line_is_completed_with_what_there_is_at_its_moment(ask, line, at, words):
    assert ask("complete", line=line, at=at) == {"words": words}


def test_of_a_draft_with_mistakes_a_line_can_still_be_completed(ask):
    assert "deployments.apps" in ask("complete", BROKEN, line="kubectl get ", at=0)["words"]


def test_the_containers_of_a_pod(ask):
    assert ask("containers", pod="pod/default/lonely", at=12 * SECOND) == {"words": ["web"]}
    assert ask("containers", pod="pod/default/lonely", at=-SECOND) == {"words": []}
    assert ask("containers", pod="pod/other/lonely", at=12 * SECOND) == {"words": []}
    assert ask("containers", BROKEN, pod="pod/default/lonely", at=0) == {"words": []}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_has_an_end_for_each_step_of_the_figure(ask, lang):
    html = ask("why", lang=lang)["html"]
    figure = ask("run", lang=lang)["html"]
    film = json.loads(figure.partition('class="kim-film">')[2].partition("</script>")[0])
    chain = ElementTree.fromstring(f"<div>{html}</div>").find("ol")
    ends = chain.get("data-ends").split(",")
    assert len(ends) == len(film["times"])
    assert set(ends) <= {item.get("data-record") for item in chain}
    assert "missing_or_surplus" in html
    assert {item.get("data-ref", "").partition("/")[0] for item in chain} == {"", "pod"}
    assert ask("why", BROKEN) == {"html": ""}


def test_without_a_run_there_is_no_digest(ask):
    assert ask("digest", BROKEN) == {"digest": None}


def test_a_run_and_a_layout_are_made_once(monkeypatch):
    runs, layouts = [], []
    browser.played.cache_clear()
    monkeypatch.setattr(browser, "simulate", lambda scenario, **limits: runs.append(limits) or simulate(scenario, **limits))
    door = Door(lambda dot: layouts.append(dot) or lay_out(dot))
    question = json.dumps({"ask": "run", "figure": "x", "lang": "ko", "views": ["board"], "scenario": DRAFT, "at": None})
    assert door.answer(question) == door.answer(question)
    assert runs == [{"most_records": browser.MOST_RECORDS}]
    assert len(layouts) == len(set(layouts)) > 0


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"&<b>'\x01\x1b[31m\x00\u2028{{7*7}}"
TYPED = EVIL.replace("'", "")  # no end of a quoted word
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {note: %(evil)s}}
spec: {containers: [{name: web, image: %(evil)s, command: [sh, -c, %(evil)s]}], nodeSelector: {a: %(evil)s}}
"""
LINES = [
    "kubectl apply -f a.yaml", f"kubectl get pod '{TYPED}'", f"kubectl create deployment web --image='{TYPED}'",
    f"kubectl annotate pod web more='{TYPED}'", "kubectl describe pod web", "kubectl get pod web -o yaml",
    f"kubectl get '{TYPED}'",
]  # fmt: skip
STRANGE = {
    "name": EVIL, "title": {"ko": EVIL, "en": EVIL},
    "steps": "steps:\n" + "".join(f"- run: {json.dumps(line)}\n" for line in LINES) + "until: 20s\n",
    "files": {"a.yaml": POD % {"evil": json.dumps(EVIL)}, EVIL: EVIL},
}  # fmt: skip


class Reader(HTMLParser):
    """What a browser would make of it: the elements, what of them could run, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.harmful, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        links = [given.get(name) or "" for name in ("href", "src", "action", "formaction")]
        if tag == "script":
            self.harmful += [] if given == {"type": "application/json", "class": "kim-film"} else [given]
        self.harmful += [tag] if tag in ("b", "iframe", "object", "base", "meta", "link") and not given.get("class") else []
        self.harmful += [name for name in given if name.startswith("on") or name == "srcdoc"]
        self.harmful += [link for link in links if link and not link.startswith(("#", "icons/", "story.yaml"))]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["run", "why"])
def test_what_a_stranger_wrote_is_never_more_than_text(ask, what, lang):
    html = ask(what, STRANGE, views=VIEWS, lang=lang, icons="icons", source="story.yaml")["html"]
    read = Reader(html)
    assert read.harmful == []
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in read.text
    assert html.count("<script") == html.count("</script") == (what == "run")
    assert not set(html) & set("\x00\x01\x1b\n")


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_stranger_wrote_is_only_text_in_a_picture_too(ask, view):
    page = ElementTree.fromstring(ask("picture", STRANGE, view=view, icons="icons")["svg"])
    names = {element.tag.rpartition("}")[2] for element in page.iter()}
    assert not names & {"script", "img", "b", "a", "foreignObject"}
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    links = [value for element in page.iter() for name, value in element.items() if name.endswith("href")]
    assert all(link.startswith(("#", "icons/")) for link in links)


def test_what_a_stranger_wrote_comes_back_in_the_file(ask):
    again = from_text(ask("text", STRANGE)["text"], "x")
    assert again.title == STRANGE["title"]
    assert again.files == STRANGE["files"]
    assert [step.run for step in again.steps] == LINES


def test_what_a_stranger_wrote_is_no_shell(ask, tmp_path):
    text = ask("script", STRANGE)["text"]
    assert subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True, encoding="utf-8").stderr == ""


@pytest.mark.parametrize("name", ["figure", "icons", "source"])
def test_what_the_page_says_itself_is_escaped_as_well(ask, name):
    html = ask("run", views=["board"], **{name: EVIL})["html"]
    assert html.count("<script") == 1
    assert "<img src=x" not in html
