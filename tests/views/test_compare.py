"""Runs side by side: who stands behind a Service, folded from the runs of the page on strategies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.site.cache import run_of
from gen.trace.record import Ref, Typed
from gen.trace.trace import Trace
from gen.views.compare import Run, compare, turnover, why_each
from gen.views.compare.runs import BEFORE
from gen.views.model import Comparison, Course, Text

SCENARIOS = Path(__file__).parents[2] / "docs/scenarios"
WAYS = ("recreate", "rolling", "blue-green", "canary")
SERVICE = Ref("Service", "default", "web")


def trace_of(way: str) -> Trace:
    return run_of(SCENARIOS / f"strategy-{way}.yaml")


def until(second: int, trace: Trace) -> Trace:
    """A run as it would be if it had ended then."""
    cut = Trace({**trace.info, "end": second * 1_000_000})
    cut.records = [record for record in trace if record.at <= second * 1_000_000]
    return cut


@cache
def runs() -> list[Run]:
    return [Run(way, trace_of(way)) for way in WAYS]


@pytest.fixture
def comparison() -> Comparison:
    (picture,) = compare(runs()).pictures
    assert isinstance(picture, Comparison)
    return picture


@pytest.fixture
def courses(comparison) -> dict[str, Course]:
    return {course.name: course for course in comparison.courses}


@pytest.mark.parametrize(
    ("way", "least", "nobody", "more", "both"),
    [
        ("recreate", 0, True, 0, False),
        ("rolling", 3, False, 1, True),
        ("blue-green", 4, False, 4, False),
        ("canary", 4, False, 2, True),
    ],
)
def test_each_way_in_numbers(courses, way, least, nobody, more, both):
    sums = courses[way].sums
    assert (sums.least, sums.nobody > 0, sums.more, sums.both > 0) == (least, nobody, more, both)
    assert sums.nobody <= sums.short
    assert (sums.short > 0) == (least < 4)
    assert (sums.longer > 0) == (more > 0)
    assert sums.whole == courses[way].done - courses[way].begin


def test_a_change_begins_with_the_line_that_was_typed_for_it(courses):
    for way, course in courses.items():
        assert course.begin == course.commands[0].at == 10_000_000
        first = course.standings[0]
        assert (first.old, first.new, first.pods, first.record) == (4, 0, 4, BEFORE), way
        last = course.standings[-1]
        assert (last.old, last.new, last.pods) == (0, 4, 4), way
    assert [mark.label.split()[0] for mark in courses["blue-green"].commands] == ["apply", "patch", "delete"]


def test_the_switch_is_one_step_from_all_old_to_all_new(courses):
    behind = [(one.old, one.new) for one in courses["blue-green"].standings]
    assert list(dict.fromkeys(behind)) == [(4, 0), (0, 4)]


def test_what_the_same_containers_run_is_one_version_whoever_made_them(courses):
    """The canary's Pod and those that follow it are all new."""
    assert max(one.new for one in courses["canary"].standings) == 5


def test_one_clock_for_all(comparison):
    told = compare(runs())
    assert [step.at for step in told.steps] == sorted(step.at for step in told.steps)
    assert [step.record for step in told.steps] == list(comparison.records)
    assert {dict(step.text.params)["name"] for step in told.steps} == set(WAYS)
    assert comparison.start < min(course.begin for course in comparison.courses)
    assert comparison.end > told.steps[-1].at
    assert told.records == sum(sum(record.at >= 0 for record in run.trace) for run in runs())


def test_why_of_each_run_leads_back_to_its_own_lines():
    told, reasons = compare(runs()), why_each(runs())
    known = {link.record: link for link in reasons.links}
    assert len(known) == len(reasons.links)
    for step, end in zip(told.steps, reasons.ends, strict=True):
        assert known[end].at == step.at
        first = reasons.chain(end)[0]
        base, trace = 0, runs()[0].trace
        for _, trace in runs():
            if first.record < base + len(trace):
                break
            base += len(trace)
        assert isinstance(trace[first.record - base], Typed)


def test_of_several_services_the_focus_is_meant():
    assert turnover(trace_of("rolling"), SERVICE) == turnover(trace_of("rolling"))
    assert turnover(trace_of("rolling"), Ref("Service", "default", "other")) is None
    assert turnover(trace_of("rolling"), Ref("Deployment", "default", "web")) is None


def test_a_run_without_a_change_is_named():
    told = compare([Run("one", run_of(SCENARIOS / "one-pod.yaml")), *runs()[:1]])
    (picture,) = told.pictures
    assert [course.name for course in picture.courses] == ["recreate"]
    assert picture.notes == (Text("compare.none", name="one"),)
    assert compare([Run("none", Trace({}))]).steps == ()


def test_a_change_that_does_not_come_to_its_end_has_no_length():
    found = turnover(until(15, trace_of("rolling")))
    assert found is not None
    assert (found.done, found.sums().whole, found.sums().least) == (None, None, 3)


def played(tmp_path: Path, then: str, at: str = "10s") -> Trace:
    """Four Pods behind a Service, as on the page, and then another line."""
    text = (SCENARIOS / "strategy-rolling.yaml").read_text(encoding="utf-8").partition("steps:")[0]
    steps = f"steps:\n- run: kubectl apply -f web.yaml -f service.yaml\n- at: {at}\n  run: kubectl {then}\nuntil: settled\n"
    file = tmp_path / "changed.yaml"
    file.write_text(text + steps, encoding="utf-8")
    return simulate(load(file))


def test_only_a_new_version_is_a_turnover(tmp_path):
    assert turnover(played(tmp_path, "scale deployment/web --replicas=6")) is None
    assert turnover(played(tmp_path, "delete service web")) is None


def test_a_change_that_comes_before_the_first_version_is_ready_wants_what_was_there(tmp_path):
    found = turnover(played(tmp_path, "set image deployment/web web=nginx:1.29", at="2s"))
    assert found is not None
    assert (found.begin, found.wanted, found.standings[0].old) == (2_000_000, 4, 0)
    assert found.done is not None


def test_what_the_service_never_selects_is_not_there_for_it():
    """Before the switch nothing has changed behind the Service, however many Pods wait for it."""
    assert turnover(until(20, trace_of("blue-green"))) is None
