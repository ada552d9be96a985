"""What a kubelet reports of a Pod; the order and the words are those of recordings 01 and 08."""

import pytest

from gen.cluster.node.runtime import Container, Sandbox
from gen.cluster.node.status import Sight, pod_status
from gen.kit.evolve import frozen
from gen.kit.loop import SECOND
from gen.trace.record import Ref

POD = frozen(
    {
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "default", "uid": "u", "generation": 1},
        "spec": {"containers": [{"name": "nginx", "image": "nginx:1.25"}]},
        "status": {
            "phase": "Pending",
            "conditions": [{"type": "PodScheduled", "status": "True", "lastTransitionTime": "1970-01-01T00:00:00Z"}],
        },
    }
)


def sight(run=None, **more):
    sandbox = Sandbox("s", "u", Ref("Pod", "default", "web"), "10.244.1.2", {"nginx": [run] if run else []})
    return Sight("192.168.0.11", 0, 5 * SECOND, sandbox, **more)


def run(**more):
    return Container("c", "nginx", "nginx:1.25", restart=0, **more)


def conditions(status):
    return {one["type"]: (one["status"], one.get("reason", "")) for one in status["conditions"]}


def test_before_the_sandbox_is_up():
    status = pod_status(POD, Sight("192.168.0.11", 0, 5 * SECOND))
    assert status["phase"] == "Pending"
    assert [one["type"] for one in status["conditions"]] == [
        "PodReadyToStartContainers",
        "Initialized",
        "Ready",
        "ContainersReady",
        "PodScheduled",
    ]
    assert conditions(status)["Ready"] == ("False", "ContainersNotReady")
    assert status["containerStatuses"][0]["state"] == {"waiting": {"reason": "ContainerCreating"}}
    assert status["containerStatuses"][0]["image"] == "nginx:1.25"
    assert "podIP" not in status


def test_running_is_ready_where_there_is_no_probe():
    status = pod_status(POD, sight(run(started_us=SECOND), sandbox_ready=True))
    assert status["phase"] == "Running"
    assert conditions(status)["Ready"] == ("True", "")
    assert status["podIP"] == "10.244.1.2"
    assert status["containerStatuses"][0]["image"] == "docker.io/library/nginx:1.25"
    assert status["containerStatuses"][0]["state"] == {"running": {"startedAt": "1970-01-01T00:00:01Z"}}


@pytest.mark.parametrize(
    ("code", "phase", "reason", "initialized"),
    [(0, "Succeeded", "PodCompleted", "PodCompleted"), (137, "Failed", "PodFailed", "")],
)
def test_how_it_ended(code, phase, reason, initialized):
    status = pod_status(POD, sight(run(started_us=SECOND, finished_us=2 * SECOND, exit_code=code), ended=True))
    assert status["phase"] == phase
    assert conditions(status)["Ready"] == ("False", reason)
    assert conditions(status)["Initialized"] == ("True", initialized)
    assert conditions(status)["PodReadyToStartContainers"] == ("False", "")


def test_deleted_before_it_was_started():
    status = pod_status(POD, Sight("192.168.0.11", 0, 5 * SECOND, ended=True))
    assert status["phase"] == "Failed"
    assert status["containerStatuses"][0]["state"]["terminated"]["reason"] == "ContainerStatusUnknown"


def test_while_it_waits_to_be_restarted():
    waiting = {"nginx": {"reason": "CrashLoopBackOff", "message": "back-off 10s"}}
    ended = run(started_us=SECOND, finished_us=2 * SECOND, exit_code=1)
    status = pod_status(POD, sight(ended, sandbox_ready=True, waiting=waiting))
    assert status["phase"] == "Running"
    assert status["containerStatuses"][0]["state"] == {"waiting": waiting["nginx"]}
    assert status["containerStatuses"][0]["lastState"]["terminated"]["exitCode"] == 1


def test_a_condition_keeps_the_time_of_its_last_transition():
    status = pod_status(POD, sight())
    times = {one["type"]: one["lastTransitionTime"] for one in status["conditions"]}
    assert times["PodScheduled"] == "1970-01-01T00:00:00Z"
    assert times["Ready"] == "1970-01-01T00:00:05Z"
