from __future__ import annotations

from typing import Any

import pytest

from gen.kit.evolve import evolve, frozen
from gen.views.states import STATES, spans, state_of

POD = frozen(
    {"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [{"name": "web"}]}, "status": {"phase": "Pending"}}
)
BOUND = evolve(POD, "spec.nodeName", "node-1")


def container(state: dict[str, Any], ready: bool = False) -> list[dict[str, Any]]:
    return [{"name": "web", "ready": ready, "restartCount": 0, "state": state}]


def with_status(phase: str, state: dict[str, Any], *, ready: bool = False) -> dict[str, Any]:
    conditions = [{"type": "Ready", "status": "True" if ready else "False"}]
    return evolve(BOUND, "status", {"phase": phase, "containerStatuses": container(state, ready), "conditions": conditions})


@pytest.mark.parametrize(
    ("pod", "state"),
    [
        (POD, "pending"),
        (BOUND, "pending"),
        (with_status("Pending", {"waiting": {"reason": "ContainerCreating"}}), "starting"),
        (with_status("Pending", {"waiting": {"reason": "ErrImagePull"}}), "failed"),
        (with_status("Pending", {"waiting": {"reason": "ImagePullBackOff"}}), "backoff"),
        (with_status("Running", {"running": {}}), "running"),
        (with_status("Running", {"running": {}}, ready=True), "ready"),
        (with_status("Running", {"waiting": {"reason": "CrashLoopBackOff"}}), "backoff"),
        (with_status("Running", {"terminated": {"reason": "Error", "exitCode": 1}}), "failed"),
        (with_status("Succeeded", {"terminated": {"reason": "Completed", "exitCode": 0}}), "succeeded"),
        (with_status("Failed", {"terminated": {"reason": "Error", "exitCode": 1}}), "failed"),
        (
            evolve(with_status("Running", {"running": {}}, ready=True), "metadata.deletionTimestamp", "2026-01-01T00:00:30Z"),
            "terminating",
        ),
    ],
)
def test_the_state_of_a_pod(pod, state):
    assert state_of(pod)[0] == state
    assert state in STATES


def test_one_bar_for_each_stretch_of_one_state(trace):
    from gen.trace.query import histories

    (writes,) = histories(trace, "Pod").values()
    found = spans(writes, 0, 32_000_000)
    assert [(span.state, span.start, span.end, span.ends) for span in found] == [
        ("pending", 40_000, 90_000, True),
        ("starting", 90_000, 2_000_000, True),
        ("ready", 2_000_000, 30_020_000, True),
        ("terminating", 30_020_000, 31_000_000, True),
    ]


def test_a_state_that_began_before_the_picture_begins_with_it(trace):
    from gen.trace.query import histories

    (writes,) = histories(trace, "Pod").values()
    assert spans(writes[:-2], 10_000_000, 20_000_000)[0].start == 10_000_000
    assert not spans(writes[:-2], 10_000_000, 20_000_000)[0].ends
