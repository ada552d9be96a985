"""However a reader spoils a scenario, the page's engine answers: with a picture, or with what is wrong and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gen.play.reading import reader
from gen.play.scenario.draft import STEPS, opened
from gen.site.browser import ANSWERS, Door, played
from gen.site.graphviz import lay_out

FILE = Path(__file__).parents[2] / "docs/scenarios/self-healing.yaml"
DRAFT = opened(FILE.read_text(encoding="utf-8"), "self-healing").to_json()
BITS = [
    "\t", "- ", "{", "}", "[", "]", ":", "#", "&a ", "*a", "!!int ", "|\n", "'", '"', "null", "~", "1e9", "-1", "0x7f", "9" * 20,
    "1h", "\ud800", "\x00", "\u2028", "한", "true", "[]", "<<: *a", "kubectl ", "-f -", "$(x)", "`", "\\", "a: b", "? ", "%",
    "---\n", "...\n", '"\\U00110000"', "1.5", "3000s", ".inf", ".nan", "2026-01-01", "\n", "  ",
]  # fmt: skip
PARTS = (STEPS, *DRAFT["files"])
CHANGES = st.lists(
    st.tuples(st.sampled_from(PARTS), st.integers(0, 600), st.integers(0, 12), st.sampled_from(["", *BITS])),
    min_size=1,
    max_size=3,
)
DOOR = Door(lay_out)


def spoilt(changes: list[tuple[str, int, int, str]]) -> dict:
    """The draft with some characters taken out, and others put in."""
    texts = {STEPS: DRAFT["steps"], **DRAFT["files"]}
    for part, at, less, more in changes:
        texts[part] = texts[part][:at] + more + texts[part][at + less :]
    return {**DRAFT, "steps": texts.pop(STEPS), "files": texts}


@pytest.fixture(scope="module", params=["CSafeLoader", "SafeLoader"])
def parser(request):
    """The parser that a machine has, and the one that a page has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "PARSER", getattr(yaml, request.param))
        played.cache_clear()
        yield


@pytest.mark.usefixtures("parser")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
@example([(STEPS, 0, 600, "")])
@example([("web.yaml", 0, 0, "\ud800")])
@example([("web.yaml", 15, 0, '"\\U00110000"')])
def test_whatever_is_typed_is_answered(changes):
    scenario = spoilt(changes)
    common = {
        "figure": "x", "lang": "ko", "views": ["timeline", "terminal", "objects"], "view": "events", "scenario": scenario,
        "at": 0, "line": "kubectl get po", "pod": "pod/default/lonely",
    }  # fmt: skip
    for ask in ANSWERS:
        json.loads(DOOR.answer(json.dumps({**common, "ask": ask})))
    more = {"at": 0, "run": "kubectl get pods"}
    for answer in (json.loads(DOOR.answer(json.dumps({**common, "ask": "run", **one}))) for one in ({}, {"more": more})):
        assert answer["html"] or answer["problems"]
        for problem in answer["problems"]:
            assert problem["file"] in (STEPS, *scenario["files"])
            text = scenario["steps"] if problem["file"] == STEPS else scenario["files"][problem["file"]]
            assert 0 <= problem["line"] <= len(text.splitlines()) + 2
