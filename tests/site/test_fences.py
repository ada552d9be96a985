"""What can be wrong with a fence is told with what to do about it; what is right is understood."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from gen.draw import MissingWord
from gen.play.simulate import StepFailed
from gen.site import drawings, fences, maps, problems, terminal
from gen.site.cache import Unmet
from gen.site.fences import Fence, WrongFence, parsed
from gen.site.shelf import Shelf
from gen.trace.record import Ref
from gen.trace.trace import Trace

DOCS = Path(__file__).parents[2] / "docs"

WRONG = {
    "no scenario": ("view: timeline", "says no scenario", "Add `scenario: NAME`"),
    "no view": ("scenario: first-journey", "says no view", "Add `view: NAME`"),
    "an unknown view": ("scenario: x\nview: timelime", "no view 'timelime'", 'did you mean "timeline"?'),
    "an unknown view in a list": ("scenario: x\nview: [events, pie]", "no view 'pie'", "timeline"),
    "a view that is no name": ("scenario: x\nview: {events: 1}", "no view {'events': 1}", 'did you mean "events"?'),
    "a view in a list in a list": ("scenario: x\nview: [[events]]", "no view ['events']", 'did you mean "events"?'),
    "a view twice": ("scenario: x\nview: [events, board, events]", "view names events twice", "Name it once"),
    "a list without a view": ("scenario: x\nview: []", "view is empty", "Name at least one"),
    "an unknown option": ("scenario: x\nview: events\nfocsu: pod/web", "no option 'focsu'", 'did you mean "focus"?'),
    "a moment that is none": ("scenario: x\nview: events\nat: soon", "at is no time: 'soon'", "Write it as 12s"),
    "a reference that is none": ("scenario: x\nview: events\nfocus: web", "'web' names no object", "Write kind/name"),
    "an unknown kind": ("scenario: x\nview: events\nfocus: bot/web", "'bot/web' names no object", "Write kind/name"),
    "a title that is no text": ("scenario: x\nview: events\ntitle: 12", "title is no text: 12", "quotes"),
    "broken YAML": ("scenario: [x\nview: events", "no YAML in its line 2", "Write `option: value`"),
    "a sentence": ("first-journey", "no list of options", "Write `scenario: NAME`"),
    "nothing": ("", "no list of options", "Write `scenario: NAME`"),
}


@pytest.mark.parametrize(("source", "what", "todo"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_fence_says_what_and_what_to_do(source, what, todo):
    with pytest.raises(WrongFence) as found:
        parsed(source)
    assert what in str(found.value)
    assert todo in str(found.value)


def test_a_fence_is_understood():
    source = "title: Up\nwatch: Who?\nscenario: first-journey\nview: [timeline, events]\nfocus: deployment/web\nat: 1m2.5s"
    focus = Ref("Deployment", "default", "web")
    assert parsed(source) == Fence("first-journey", ["timeline", "events"], "Up", "Who?", focus, 62_500_000)


def test_one_view_needs_no_list():
    assert parsed("scenario: first-journey\nview: events").view == ["events"]


@pytest.fixture
def page(monkeypatch, tmp_path):
    """A Markdown that renders the Korean front page, outside of any build, where no figure is kept yet."""
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    monkeypatch.setattr(drawings, "DRAWINGS", Shelf(tmp_path, most=9))
    text = "# Page\n\n```run\nscenario: first-journey\nview: events\n```\n"
    file = SimpleNamespace(src_uri="index.md", url="", abs_src_path=str(DOCS / "ko/index.md"), content_string=text)
    ours = str(DOCS.parent / "mkdocs.yml")
    config = SimpleNamespace(docs_dir=str(DOCS / "ko"), config_file_path=ours, theme={"language": "ko"})
    markdown = Markdown()
    markdown.treeprocessors.register(SimpleNamespace(file=file, config=config), "relpath", 0)
    return markdown


def test_a_fence_becomes_a_figure_in_the_language_of_its_page(page):
    html = fences.run("scenario: first-journey\nview: events", "run", "run", {}, page)
    assert html.startswith("<figure ")
    assert 'lang="ko"' in html
    assert "\n\n" not in html


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (MissingWord("ko", "pod.bound"), "gen/draw/words/ko.yaml: no words for 'pod.bound'"),
        (KeyError("surprise"), "KeyError: 'surprise'"),
    ],
)
def test_whatever_goes_wrong_names_the_page_and_the_line(page, monkeypatch, error, what):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr(fences, "figure", fails)
    with pytest.raises(SuperFencesException) as found:
        fences.run("scenario: first-journey\nview: events", "run", "run", {}, page)
    assert str(found.value).startswith("docs/ko/index.md:3: run fence: ")
    assert what in str(found.value)


@pytest.mark.parametrize(("error", "what"), [
    (StepFailed(2, 19, "it never ended", Trace()), "step 2 (line 19 of the scenario) failed: it never ended"),
    (Unmet("line 21: too late"), "the run does not do what its scenario expects: line 21: too late"),
])  # fmt: skip
@pytest.mark.parametrize(("name", "fence", "source"), [
    ("run", fences.run, "scenario: first-journey\nview: events"),
    ("map", maps.clickable, "scenario: first-journey\nlinks: {}"),
    ("terminal", terminal.terminal, "first-journey: 1"),
])  # fmt: skip
def test_a_run_that_fails_is_told_alike_by_every_fence(page, monkeypatch, name, fence, source, error, what):
    def fails(*_):
        raise error

    for module in (fences, maps, terminal):
        monkeypatch.setattr(module, "run_of", fails)
    with pytest.raises(SuperFencesException) as found:
        fence(source, name, name, {}, page)
    assert str(found.value).endswith(f"{name} fence: {what}")


@pytest.mark.parametrize("name", ["../scenarios/first-journey", "first-journey.yaml", "FIRST-JOURNEY"])
def test_a_scenario_has_one_name(page, name):
    with pytest.raises(SuperFencesException) as found:
        fences.run(f"scenario: {name}\nview: events", "run", "run", {}, page)
    assert f"there is no scenario {name!r}; " in str(found.value)


def test_a_focus_that_the_run_never_had_is_wrong(page):
    with pytest.raises(SuperFencesException) as found:
        fences.run("scenario: first-journey\nview: events\nfocus: deployment/wob", "run", "run", {}, page)
    assert 'focus: the run has no deployment/wob; did you mean "deployment/web"?' in str(found.value)
