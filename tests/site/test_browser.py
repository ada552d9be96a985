"""The door in the page: what a reader runs is what the build runs; what is wrong is told with its place; a step finds its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gen.play.reading import reader
from gen.play.scenario.draft import STEPS, Draft, opened
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.site import browser
from gen.site.browser import Door, beginnings, played
from gen.site.graphviz import lay_out
from gen.trace.record import Fault, Printed, Said, Typed

SECOND = 1_000_000
DOCS = Path(__file__).parents[2] / "docs"
SCENARIOS = sorted((DOCS / "scenarios").glob("*.yaml"))
FIGURE = re.compile(
    r'<figure data-search-exclude id="kim-([^"]+)" class="kim-figure" lang="(..)"([^>]*)>(.*?)</figure>', re.DOTALL
)
DATA = re.compile(r'data-(\w+)="([^"]*)"')
FILM = re.compile(r'class="kim-film">(.*?)</script>', re.DOTALL)
Ask = Callable[..., dict[str, Any]]


def draft_of(name: str, **changed: Any) -> dict[str, Any]:
    """A scenario as the page has it; `changed` are its steps or its files."""
    draft = opened((DOCS / f"scenarios/{name}.yaml").read_text(encoding="utf-8"), name).to_json()
    return {**draft, **changed, "files": {**draft["files"], **changed.get("files", {})}}


@pytest.fixture(scope="module")
def ask() -> Ask:
    door = Door(lay_out)

    def asked(scenario: dict[str, Any], ask: str = "run", **more: Any) -> dict[str, Any]:
        question = {"ask": ask, "figure": "x", "lang": "en", "views": ["timeline"], "scenario": scenario, "at": None, **more}
        return json.loads(door.answer(json.dumps(question)))

    return asked


WEB, STORY = draft_of("self-healing")["files"]["web.yaml"], draft_of("self-healing")["steps"]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request, monkeypatch):
    """The parser that a machine has, and the one that Python has in a page."""
    played.cache_clear()
    monkeypatch.setattr(reader, "PARSER", getattr(yaml, request.param))


def test_every_figure_of_the_book_can_be_drawn_again_by_the_page(pages, ask):
    count = 0
    for page in pages:
        for name, lang, attributes, inside in FIGURE.findall(page.read_text(encoding="utf-8")):
            data, film = dict(DATA.findall(attributes)), json.loads(FILM.search(inside)[1])
            if data["views"] == "compare":  # several runs: none of them is the reader's to change there
                continue
            at = film["times"][film["at"]] if film["times"] else None
            draft = data["draft"].rpartition("/")[2].removesuffix(".json")
            answer = ask(
                draft_of(draft), figure=name, lang=lang, views=data["views"].split(","), focus=data["focus"], at=at,
                icons=data["icons"], source=data["draft"].replace(".json", ".yaml"),
            )  # fmt: skip
            drawn = answer["html"].removeprefix(f'<figure id="kim-{name}" class="kim-figure" lang="{lang}">')
            assert drawn.removesuffix("</figure>") == inside.rpartition("</figcaption>")[2], (page, name)
            assert answer["problems"] == []
            count += 1
    assert count > 10


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_a_scenario_runs_in_a_page_as_it_does_elsewhere(ask, file):
    assert ask(draft_of(file.stem), "digest") == {"digest": simulate(load(file)).digest()}
    run = played(Draft.from_json(draft_of(file.stem)))
    begun = beginnings(run.scenario, run.trace)
    assert len(begun) == len(run.scenario.steps)
    for step, record in zip(run.scenario.steps, begun, strict=True):
        assert isinstance(record, Typed if step.run else Fault)
        assert step.run == record.line if step.run else step.fault[record.deed] == record.what


FIELD = 'Deployment in version "v1" cannot be handled as a Deployment: '
IN_FILES = {
    "no YAML": ("replicas: 3", "replicas: [3", 7, 11, "did not find expected ',' or ']'"),
    "a tab": ("  replicas", "\treplicas", 6, 1, "found character that cannot start any token"),
    "an unknown field": ("replicas: 3", "replcas: 3", 6, 3, f'{FIELD}strict decoding error: unknown field "spec.replcas"'),
    "a wrong type": ("replicas: 3", "replicas: many", 6, 3, "json: cannot unmarshal string into Go struct field"),
    "a wrong value": ("replicas: 3", "replicas: -1", 6, 3, "must be greater than or equal to 0"),
    "a wrong selector": (
        "{app: web}\n  template",
        "{app: wob}\n  template",
        11,
        7,
        "`selector` does not match template `labels`",
    ),
    "no kind": ("kind: Deployment\n", "", 1, 1, "kind not set"),
    "an unknown kind": ("kind: Deployment", "kind: Deploymnt", 2, 1, 'no matches for kind "Deploymnt" in version "apps/v1"'),
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("old", "new", "line", "column", "what"), IN_FILES.values(), ids=IN_FILES)
def test_a_mistake_in_a_file_is_told_with_its_line_there(ask, old, new, line, column, what):
    assert old in WEB
    answer = ask(draft_of("self-healing", files={"web.yaml": WEB.replace(old, new)}))
    wrong, waiting = answer["problems"]
    assert (wrong["file"], wrong["line"], wrong["column"]) == ("web.yaml", line, column)
    assert what in wrong["what"]
    assert (waiting["file"], waiting["line"]) == (STEPS, 7)
    assert waiting["what"] == "its condition never came true: deployment/web complete"
    assert waiting["todo"] == "The run is drawn up to there."
    assert "kubectl apply" in answer["html"]


@pytest.mark.usefixtures("parser")
def test_each_mistake_of_a_file_has_its_own_place(ask):
    other = "apiVersion: apps/v1\nkind: Deploymnt\nmetadata: {name: other}\n"
    text = f"{WEB.replace('replicas: 3', 'replcas: 3').rstrip()}\n---\n{other}"
    found = [one for one in ask(draft_of("self-healing", files={"web.yaml": text}))["problems"] if one["file"] == "web.yaml"]
    assert {(one["line"], one["column"]) for one in found} == {(6, 3), (text[: text.index("Deploymnt")].count("\n") + 1, 1)}


LONG = "A page plays at most one hour of virtual time. Write a shorter time."
IN_STEPS = {
    "an unknown verb": ("kubectl apply", "kubectl aply", 5, 3, 'unknown command "aply" for "kubectl"', 'did you mean "apply"?'),
    "another program": ("kubectl apply", "rm", 5, 3, "rm: command not found", "A line begins with `kubectl`."),
    "an unknown key": ("- run: kubectl apply", "- rnu: kubectl apply", 5, 3, "unknown field 'rnu'", 'Did you mean "run"?'),
    "no YAML": ("steps:", "steps: ]", 4, 8, "did not find expected node content", "Write it as YAML."),
    "no such file": ("lonely.yaml", "lonly.yaml", 5, 3, 'the path "lonly.yaml" does not exist', "Write the file under"),
    "no such node": (
        "kill: container, pod: lonely, container: web",
        "stop: kubelet, node: node-9",
        12,
        26,
        "no node 'node-9'",
        "",
    ),
    "too long": ("until: settled", "until: 2h", 0, 0, "until: 2h0m0s", LONG),
    "too late": ("at: 20s", "at: 2h", 11, 3, "at: 2h0m0s", LONG),
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("old", "new", "line", "column", "what", "todo"), IN_STEPS.values(), ids=IN_STEPS)
def test_a_mistake_in_the_steps_is_told_with_its_line_and_nothing_is_drawn(ask, old, new, line, column, what, todo):
    assert old in STORY
    answer = ask(draft_of("self-healing", steps=STORY.replace(old, new)))
    ((problem),) = answer["problems"]
    assert (problem["file"], problem["line"], problem["column"]) == (STEPS, line, column)
    assert what in problem["what"]
    assert todo in problem["todo"]
    assert answer["html"] is None


@pytest.mark.parametrize(("lang", "todo"), [("en", "The run is drawn up to there."), ("ko", "거기까지의 실행을 그렸다.")])
def test_a_step_that_never_ends_is_drawn_up_to_there(ask, lang, todo):
    never = draft_of("self-healing", steps=STORY.replace("deployment/web complete", "deployment/wob complete"))
    answer = ask(never, lang=lang)
    what = "its condition never came true: deployment/wob complete"
    assert answer["problems"] == [{"file": STEPS, "line": 7, "column": 0, "what": what, "todo": todo}]
    assert "apply" in answer["html"]
    assert "delete" not in answer["html"]
    for only in ({"careful": True}, {"draw": False}):
        quiet = ask(never, lang=lang, **only)
        assert quiet["html"] is None
        assert [(one["what"], one["todo"]) for one in quiet["problems"]] == [(what, "")]


def test_more_than_a_page_can_hold_is_told(ask):
    many = "steps:\n- run: kubectl create deployment web --image=nginx --replicas=3000\n"
    answer = ask(draft_of("self-healing", steps=many))
    ((problem),) = answer["problems"]
    assert problem["what"].startswith(f"more than {browser.MOST_RECORDS:,} things happened within ")
    assert problem["todo"] == "A page plays only so much. Ask for fewer Pods or a shorter time."
    assert answer["html"] is None


def test_a_careful_run_without_a_mistake_is_drawn(ask):
    scenario = draft_of("self-healing")
    assert ask(scenario, careful=True)["html"] == ask(scenario)["html"] is not None
    assert ask(scenario, draw=False) == {"problems": [], "html": None, "at": None}


GET = "kubectl get deployments"


@pytest.mark.parametrize(
    ("at", "place"),
    [(0, 1), (SECOND, 1), (9 * SECOND, 1), (12 * SECOND, 2), (20 * SECOND, 3), (30 * SECOND, 4), (55 * SECOND, 4)],
)
def test_one_more_line_stands_at_its_moment_among_the_steps(ask, at, place):
    scenario = draft_of("self-healing")
    before = played(Draft.from_json(scenario)).trace
    answer = ask(scenario, more={"at": at, "run": GET})
    run = played(Draft.from_json(answer["scenario"]))
    assert [step.run for step in run.scenario.steps].index(GET) == place
    assert len(run.scenario.steps) == 5
    (typed,) = (one for one in run.trace.of(Typed) if one.line == GET)
    (said,) = (one for one in run.trace.of(Said) if one.cause == typed.seq)
    assert typed.at >= at
    assert answer["at"] == said.at
    assert json.loads(FILM.search(answer["html"])[1])["times"]
    assert [(one.at, one.line) for one in run.trace.of(Typed) if one.at < at] == [
        (one.at, one.line) for one in before.of(Typed) if one.at < at
    ]
    assert answer["problems"] == []


def test_one_more_line_that_goes_on_holds_nothing_up(ask):
    scenario = draft_of("self-healing")
    before = played(Draft.from_json(scenario)).trace
    answer = ask(scenario, views=["terminal"], more={"at": 9 * SECOND, "run": "kubectl get pods -w"})
    run = played(Draft.from_json(answer["scenario"]))
    (typed,) = (one for one in run.trace.of(Typed) if one.line == "kubectl get pods -w")
    first, *others = (one for one in run.trace.of(Printed) if one.typed == typed.seq)
    assert (answer["at"], answer["problems"]) == (first.at, [])
    assert others
    assert answer["html"].count('class="kim-box"') == 2
    assert [one.line for one in run.trace.of(Typed) if one is not typed] == [one.line for one in before.of(Typed)]
    assert abs(run.trace.info["end"] - before.info["end"]) < SECOND


FAULTS = [
    {"kill": "container", "pod": "lonely", "container": "web"}, {"stop": "kubelet", "node": "node-1", "for": "5s"},
    {"cut": "watch", "of": "replicaset-controller", "for": "5s"},
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: next(iter(fault)))
def test_one_more_fault_happens_at_its_moment(ask, fault):
    answer = ask(draft_of("self-healing"), more={"at": 12 * SECOND, "fault": fault})
    run = played(Draft.from_json(answer["scenario"]))
    assert run.scenario.steps[2].fault == fault
    assert (answer["at"], answer["problems"]) == (12 * SECOND, [])
    assert any(one.at == 12 * SECOND and one.deed in fault for one in run.trace.of(Fault))


CANNOT = {
    "an unknown verb": ({"run": "kubectl destroy pods"}, 'unknown command "destroy"'),
    "a quote that does not end": ({"run": "kubectl get 'pods"}, ""),
    "an unknown node": ({"fault": {"stop": "kubelet", "node": "node-9"}}, "no node 'node-9'"),
    "no such Pod": ({"fault": {"kill": "container", "pod": "gone", "container": "a"}}, "no running container a in pod gone"),
    "too much": ({"run": "kubectl create deployment a --image=nginx --replicas=3000"}, "more than 20,000 things happened"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "what"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_happen_leaves_the_draft_as_it_was(ask, more, what):
    answer = ask(draft_of("self-healing"), more={"at": 12 * SECOND, **more})
    assert answer["html"] is None
    assert "scenario" not in answer
    assert what in answer["problems"][-1]["what"]


def test_a_draft_with_mistakes_takes_no_more_steps(ask):
    answer = ask(draft_of("self-healing", steps="steps: {"), more={"at": 0, "run": GET})
    assert "scenario" not in answer
    assert [problem["file"] for problem in answer["problems"]] == [STEPS]


def test_nothing_at_all_takes_a_first_line(ask):
    empty = {"name": "mine", "steps": "", "files": {}}
    assert ask(empty)["problems"] == []
    answer = ask(empty, more={"at": 0, "run": GET})
    assert answer["scenario"]["steps"] == f"steps:\n- at: 0s\n  run: {GET}\n"
