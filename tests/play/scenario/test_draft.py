"""A scenario taken apart for an editor is the same scenario, and so is one put together again, whatever is written in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gen.kit.duration import parse_duration
from gen.play.reading.bad_input import BadInput
from gen.play.reading.reader import documents
from gen.play.scenario.draft import STEPS, Draft, flow, item, opened, time, with_step, written
from gen.play.scenario.file import from_text
from gen.play.scenario.model import Scenario

SECOND = 1_000_000
SCENARIOS = sorted((Path(__file__).parents[3] / "docs/scenarios").glob("*.yaml"))
STEP = {"at": 3 * SECOND, "run": "kubectl delete pod a"}
PARTS = [
    "\t", "  ", " ", "\n", "a", "- b", "key: 1", "#", "|", ">", "---", "...", "%YAML 1.1", '"', "'", "{", "null", "\\",
    "é", "한글", "\u2028", "\x85", "\xa0",
    "\ufeff", "\x7f", "\x00", "\r", "\u200b", "\U0001f600", "*a", "&a", "!!int", "? ", "@", "0o7",
]  # fmt: skip
TEXTS = st.text() | st.lists(st.sampled_from(PARTS)).map("".join)


def deeds(scenario: Scenario) -> list[tuple[Any, ...]]:
    """What is done, wherever it is written."""
    return [(step.at_us, str(step.after or ""), step.run, step.fault) for step in scenario.steps]


def told(scenario: Scenario) -> tuple[Any, ...]:
    """What is played."""
    return scenario.title, scenario.seed, scenario.cluster, scenario.files, deeds(scenario), scenario.until


@pytest.fixture(params=SCENARIOS, ids=lambda path: path.stem)
def text(request) -> str:
    return request.param.read_text(encoding="utf-8")


def test_what_is_taken_apart_is_the_same_scenario(text):
    draft, whole = opened(text, "story"), from_text(text, "story")
    assert told(draft.scenario()) == told(whole)
    assert draft.name == "story"
    assert dict(draft.files) == whole.files
    for line in draft.steps.splitlines():
        assert line in text.splitlines()
    assert "expect" not in draft.steps
    assert Draft.from_json(draft.to_json()) == draft


def test_what_is_put_together_is_the_same_scenario(text):
    draft = opened(text, "story")
    again = opened(written(draft), "story")
    assert told(again.scenario()) == told(draft.scenario())
    assert written(again) == written(draft)


def test_one_more_step_stands_at_its_place(text):
    draft = opened(text, "story")
    before = draft.scenario()
    for place in range(len(before.steps) + 1):
        after = with_step(draft, place, STEP)
        wanted = deeds(before)
        wanted.insert(place, (3 * SECOND, "", STEP["run"], None))
        assert deeds(after.scenario()) == wanted
        assert told(after.scenario())[:4] == told(before)[:4]
        assert [line for line in after.steps.splitlines() if line.startswith("#")] == [
            line for line in draft.steps.splitlines() if line.startswith("#")
        ]


def test_comments_stay_with_what_they_are_about():
    text = (
        "# all\ntitle: {ko: 가, en: a}\n# the steps\nsteps:\n# one\n- run: kubectl get pods\n\n# what is expected\nexpect: []\n"
    )
    draft = opened(text, "story")
    assert draft.steps == "# all\n# the steps\nsteps:\n# one\n- run: kubectl get pods\n\n"
    assert with_step(draft, 0, STEP).steps.splitlines()[2:] == [
        "steps:", "- at: 3s", "  run: kubectl delete pod a", "# one", "- run: kubectl get pods", "",
    ]  # fmt: skip
    assert with_step(draft, 1, STEP).steps.splitlines()[4:] == [
        "- run: kubectl get pods", "- at: 3s", "  run: kubectl delete pod a", "",
    ]  # fmt: skip


GET, NODES = "- run: kubectl get pods\n", "- run: kubectl get nodes\n"
ODD = {
    "indented steps": "steps:\n    - run: kubectl get pods\n    - run: kubectl get nodes\nuntil: 5s\n",
    "wide dashes": "steps:\n-   run: kubectl get pods\n-   at: 3s\n    run: kubectl get nodes\n",
    "dashes alone": "steps:\n-\n  run: kubectl get pods\n-\n  run: kubectl get nodes\n",
    "steps in brackets": "steps: [{run: kubectl get pods}, {at: 3s, run: kubectl get nodes}]\nuntil: 5s\n",
    "brackets in lines": "steps: [\n  {run: kubectl get pods},\n  {at: 3s, run: kubectl get nodes}\n]\nuntil: 5s\n",
    "a step in braces": "steps:\n- {run: kubectl get pods}\n- {at: 3s, run: kubectl get nodes}\n",
    "all in braces": "{steps: [{run: kubectl get pods}], seed: 3}\n",
    "braces in lines": "# c\n{\nsteps: [{run: kubectl get pods}],\nseed: 3\n}\n",
    "a mark above": f"---\nsteps:\n{GET}",
    "a mark below": f"steps:\n{GET}...\n",
    "a mark with a comment": f"--- # begins\nsteps:\n{GET}",
    "more keys below": f"# head\nsteps:\n# one\n{GET}# two\n{NODES}# until\nuntil: 5s\n",
    "no steps": "seed: 3\n",
    "an empty list": "steps: []\nseed: 3\n",
    "no last newline": f"steps:\n{GET}".rstrip("\n"),
    "lines from Windows": f"steps:\n{GET}{NODES}until: 5s\n".replace("\n", "\r\n"),
    "quoted keys": f"\"steps\":\n{GET}'until': 5s\n",
    "all indented": "  seed: 3\n  steps:\n  - run: kubectl get pods\n  until: 5s\n",
    "a folded line": "steps:\n- run: >-\n    kubectl get\n    pods\n\n" + NODES,
    "blank lines at the end": "steps:\n- run: |\n    kubectl get pods\n\n\n\nseed: 3\n",
    "anchors": "steps: &all\n- &a\n  run: kubectl get pods\n- *a\n",
    "merged": "steps:\n- &a {run: kubectl get pods}\n- {<<: *a, at: 4s}\n",
    "question marks": "? steps\n: - run: kubectl get pods\n  - run: kubectl get nodes\n",
    "an odd end of a line": f'steps:\n- run: "kubectl create deployment web --image=a\u2028b"\n{NODES}',
    "heads among the steps": f"title: {{ko: 가, en: a}}\nfiles: {{a.yaml: 'kind: Pod'}}\nsteps:\n{GET}",
    "more steps than ten": "steps:\n" + GET * 12,
}  # fmt: skip


@pytest.mark.parametrize("steps", ODD.values(), ids=ODD.keys())
def test_however_the_steps_are_written_one_more_finds_its_place(steps):
    draft = Draft("story", (("ko", "가"), ("en", "a")), steps, (("web.yaml", "kind: Pod\n"),))
    before = draft.scenario()
    for place in range(len(before.steps) + 1):
        after = with_step(draft, place, STEP).scenario()
        wanted = deeds(before)
        wanted.insert(place, (3 * SECOND, "", STEP["run"], None))
        assert (deeds(after), after.seed, after.until) == (wanted, before.seed, before.until)


@pytest.mark.parametrize("steps", ODD.values(), ids=ODD.keys())
def test_however_the_steps_are_written_the_file_says_the_same(steps):
    draft = Draft("story", (("ko", "가"), ("en", "a")), steps, (("web.yaml", "kind: Pod\n"),))
    assert told(from_text(written(draft), "story")) == told(draft.scenario())
    assert told(opened(written(draft), "story").scenario()) == told(draft.scenario())


def test_a_draft_of_nothing_gets_its_first_step():
    draft = Draft("story", (("ko", "가"), ("en", "a")))
    assert deeds(draft.scenario()) == []
    assert deeds(with_step(draft, 0, STEP).scenario()) == [(3 * SECOND, "", STEP["run"], None)]
    assert from_text(written(draft), "story").steps == ()


def test_what_is_wrong_is_told_with_its_file_and_kept_in_what_is_written():
    draft = Draft("story", (), "steps: {", (("web.yaml", "kind: Pod"),))
    for asked in (draft.scenario, lambda: with_step(draft, 0, STEP)):
        with pytest.raises(BadInput) as caught:
            asked()
        assert (caught.value.file, caught.value.line) == (STEPS, 2)
    assert written(draft) == 'files:\n  "web.yaml": |-\n    kind: Pod\nsteps: {\n'


def test_files_beside_a_scenario_come_with_it(tmp_path):
    (tmp_path / "web.yaml").write_text("kind: Pod\n", encoding="utf-8")
    draft = opened("steps:\n- run: kubectl apply -f web.yaml\n", "story", beside=tmp_path)
    assert draft.files == (("web.yaml", "kind: Pod\n"),)
    with pytest.raises(BadInput, match="does not exist"):
        replace(draft, files=()).scenario()


@given(TEXTS, TEXTS)
@example("\ttab\n  trailing  \n\n", "leading")
@example("   \nblank first\n", "\n\n")
@example("no newline", "many\n\n\n")
@example("kind: Pod\n# the last line\n", "# only\n")
def test_any_text_of_a_file_or_a_title_comes_back(first, second):
    draft = Draft("x", (("ko", second), ("en", first)), "steps: []\n", (("a.yaml", first), ("b/c.yaml", second)))
    again = opened(written(draft), "x")
    assert (dict(again.title), again.files, again.steps) == (dict(draft.title), draft.files, draft.steps)


@given(TEXTS)
def test_any_name_of_a_file_comes_back(name):
    draft = Draft("x", (("ko", "가"), ("en", "a")), "steps: []\n", ((name, "a\n"), ("another", "b\n")))
    assert opened(written(draft), "x").files == tuple(dict(draft.files).items())


@given(TEXTS)
@example("kubectl get pods -o jsonpath={.items}")
@example("kubectl get pods # all")
def test_any_line_becomes_a_step_that_says_it(line):
    text = "\n".join(["steps:", *item({"at": SECOND, "run": line}, "")]) + "\n"
    assert [document.value for document in documents(text)] == [{"steps": [{"at": "1s", "run": line}]}]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=8,
)


@given(VALUES)
def test_any_value_can_be_written_in_one_line(value):
    assert [document.value for document in documents(f"it: {flow(value)}\n")] == [{"it": value}]
    assert "\n" not in flow(value)


@given(st.integers(-SECOND, 3600 * SECOND))
def test_a_moment_is_written_as_it_is_read(at):
    assert parse_duration(time(at)) == max(at, 0)
