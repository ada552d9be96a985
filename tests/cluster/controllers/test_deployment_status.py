"""What a Deployment says of itself."""

import pytest

from gen.cluster.controllers import deployment_status as progress
from gen.cluster.controllers.progress import until_stuck
from gen.kit.evolve import evolve, frozen
from gen.kit.loop import SECOND

NOW = 1_767_225_600 * SECOND


def deployment(replicas=3, status=None):
    return frozen(
        {
            "metadata": {"name": "web", "namespace": "default", "generation": 2},
            "spec": {
                "replicas": replicas,
                "progressDeadlineSeconds": 600,
                "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}},
            },
            "status": status or {},
        }
    )


def replica_set(replicas=3, ready=0, have=None, terminating=0):
    status = {
        "replicas": replicas if have is None else have,
        "readyReplicas": ready,
        "availableReplicas": ready,
        "terminatingReplicas": terminating,
    }
    return frozen({"metadata": {"name": "web-1", "uid": "u"}, "spec": {"replicas": replicas}, "status": status})


def reasons(status):
    return {one["type"]: (one["status"], one["reason"]) for one in status["conditions"]}


@pytest.mark.parametrize(
    ("wanted", "ready", "available"),
    [(3, 0, "False"), (3, 2, "False"), (3, 3, "True"), (4, 3, "True"), (4, 2, "False")],  # of 4, one may be unavailable
)
def test_available_allows_for_max_unavailable(wanted, ready, available):
    status = progress.counted(deployment(wanted), replica_set(wanted, ready), [replica_set(wanted, ready)], NOW)
    assert reasons(status)["Available"][0] == available
    assert status.get("unavailableReplicas", 0) == wanted - ready


def test_zero_counts_are_left_out_but_terminating_replicas_never_are():
    status = progress.counted(deployment(), replica_set(have=0), [replica_set(have=0)], NOW)
    assert "replicas" not in status
    assert status["terminatingReplicas"] == 0
    assert status["observedGeneration"] == 2


def test_progressing_goes_from_created_to_updated_to_available():
    created = [progress.condition("Progressing", "True", "NewReplicaSetCreated", "", NOW)]
    start = deployment(status={"conditions": created})
    made = progress.rolled_out(start, replica_set(), [replica_set()], NOW)
    assert reasons(made)["Progressing"] == ("True", "ReplicaSetUpdated")
    done = progress.rolled_out(evolve(start, "status", made), replica_set(ready=3), [replica_set(ready=3)], NOW + SECOND)
    assert reasons(done)["Progressing"] == ("True", "NewReplicaSetAvailable")
    assert done["conditions"][-1]["lastTransitionTime"] == created[0]["lastTransitionTime"]


@pytest.mark.parametrize(("seconds", "reason"), [(599, "NewReplicaSetCreated"), (601, "ProgressDeadlineExceeded")])
def test_a_rollout_that_stands_still_is_told_after_its_deadline(seconds, reason):
    created = [progress.condition("Progressing", "True", "NewReplicaSetCreated", "", NOW)]
    waiting = deployment(status={"conditions": created, "replicas": 3, "updatedReplicas": 3})
    status = progress.rolled_out(waiting, replica_set(), [replica_set()], NOW + seconds * SECOND)
    assert reasons(status)["Progressing"][1] == reason


def test_a_condition_that_says_nothing_new_is_not_touched():
    known = [progress.condition("Available", "True", "MinimumReplicasAvailable", "", NOW)]
    again = progress.condition("Available", "True", "MinimumReplicasAvailable", "", NOW + SECOND)
    assert progress.with_condition(known, again) is known


@pytest.mark.parametrize(
    ("status", "delay"),
    [({}, None), ({"conditions": [progress.condition("Progressing", "True", "ReplicaSetUpdated", "", NOW)]}, 601 * SECOND)],
)
def test_a_rollout_that_is_not_done_is_looked_at_again(status, delay):
    assert until_stuck(deployment(status=status), NOW) == delay
