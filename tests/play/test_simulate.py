"""Where a run ends: when all has settled, at its time, at a step that cannot be played, or with more than a trace should hold."""

from __future__ import annotations

import pytest

from gen.play.scenario.file import from_text
from gen.play.simulate import RunTooLarge, StepFailed, simulate
from gen.trace.record import Fault, Typed, Write

SECOND = 1_000_000
STORY = """\
steps:
- run: kubectl create deployment web --image=nginx
- {}
- run: kubectl get pods
"""


@pytest.mark.parametrize(
    ("step", "line", "why"),
    [
        ("{after: pod/gone ready, run: kubectl get nodes}", 3, "its condition never came true: pod/gone ready"),
        ("{fault: {kill: container, pod: gone, container: web}}", 3, "no running container web in pod gone"),
    ],
)
def test_a_step_that_cannot_be_played_is_told_with_the_run_as_far_as_it_came(step, line, why):
    with pytest.raises(StepFailed) as caught:
        simulate(from_text(STORY.format(step), "story.yaml"))
    failed = caught.value
    assert (failed.step, failed.line, failed.why, str(failed)) == (2, line, why, why)
    assert [typed.line for typed in failed.trace.of(Typed)] == ["kubectl create deployment web --image=nginx"]
    assert not list(failed.trace.of(Fault))
    assert failed.trace.info["end"] > 0


def test_a_run_that_ends_at_a_time_is_not_blamed_for_steps_it_did_not_come_to():
    story = from_text(STORY.format("{at: 50s, run: kubectl get nodes}") + "until: 20s\n", "story.yaml")
    assert [typed.at for typed in simulate(story).of(Typed)] == [0]
    assert len(list(simulate(story, until=60 * SECOND).of(Typed))) == 3


def test_a_run_ends_soon_behind_the_most_that_its_trace_should_hold():
    story = from_text(STORY.format("{at: 2s, run: kubectl get nodes}"), "story.yaml")
    length = len(simulate(story))
    assert len(simulate(story, most_records=length)) == length
    with pytest.raises(RunTooLarge, match=r"more than 200 things happened within \d+\.\d s"):
        simulate(story, most_records=200)


def test_a_node_from_the_middle_of_the_run_joins_when_its_second_is_over():
    nodes = "cluster: {nodes: [{metadata: {name: first}}, {metadata: {name: late, creationTimestamp: '2026-01-01T00:00:05Z'}}]}\n"
    trace = simulate(from_text(nodes + STORY.format("{at: 1s, run: kubectl get pods}"), "story.yaml"))
    created = {write.ref.name: write.at for write in reversed(list(trace.of(Write))) if write.ref.kind == "Node"}
    assert created["first"] < 0
    assert 6 * SECOND <= created["late"] < 7 * SECOND
