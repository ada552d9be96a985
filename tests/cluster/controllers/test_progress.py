"""Whether a rollout gets on, and when to look again."""

import pytest

from gen.cluster.controllers import deployment_status, progress
from gen.cluster.controllers.deployment_conditions import condition
from gen.kit.evolve import frozen
from gen.kit.loop import MILLISECOND, SECOND

NOW = 1_767_225_600 * SECOND


def deployment(*conditions, paused=False, deadline=600, **status):
    spec = {"replicas": 3, "paused": paused, "strategy": {"type": "Recreate"}}
    spec |= {} if deadline is None else {"progressDeadlineSeconds": deadline}
    metadata = {"name": "web", "generation": 1}
    return frozen({"metadata": metadata, "spec": spec, "status": {"conditions": list(conditions), **status}})


def said(reason, status="True", at=NOW):
    return condition("Progressing", status, reason, "", at)


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        (deployment(paused=True), "DeploymentPaused"),
        (deployment(said("ReplicaSetUpdated"), paused=True), "DeploymentPaused"),
        (deployment(said("DeploymentPaused", "Unknown"), paused=True), None),
        (deployment(said("DeploymentPaused", "Unknown")), "DeploymentResumed"),
        (deployment(said("DeploymentResumed", "Unknown")), None),
        (deployment(said("ProgressDeadlineExceeded", "False"), paused=True), None),  # who is stuck is not told to be held
        (deployment(paused=True, deadline=None), None),
        (deployment(), None),
    ],
)
def test_a_deployment_that_is_held_or_released_says_so(subject, reason):
    found = progress.held_or_released(subject, NOW)
    assert (found and found["reason"]) == reason
    assert found is None or found["status"] == "Unknown"


@pytest.mark.parametrize(
    ("subject", "now", "delay"),
    [
        (deployment(said("ReplicaSetUpdated")), NOW, 601 * SECOND),
        (deployment(said("ReplicaSetUpdated")), NOW + 599 * SECOND, 2 * SECOND),
        (deployment(said("ReplicaSetUpdated")), NOW + 599_500 * MILLISECOND, progress.AT_ONCE_US),
        (deployment(said("ReplicaSetUpdated")), NOW + 700 * SECOND, progress.AT_ONCE_US),
        (deployment(said("ProgressDeadlineExceeded", "False")), NOW, None),
        (deployment(), NOW, None),
        (deployment(said("ReplicaSetUpdated"), deadline=None), NOW, None),
        (
            deployment(said("x"), replicas=3, updatedReplicas=3, availableReplicas=3, observedGeneration=1),
            NOW,
            None,
        ),
    ],
)
def test_when_to_look_again(subject, now, delay):
    assert progress.until_stuck(subject, now) == delay


def replica_set(failure=None, **status):
    conditions = {"conditions": [failure]} if failure else {}
    return frozen({"metadata": {"name": "web-1", "uid": "u"}, "spec": {"replicas": 3}, "status": {**status, **conditions}})


def test_a_failure_is_handed_up_as_old_as_it_is_also_without_a_deadline():
    failure = {
        "type": "ReplicaFailure",
        "status": "True",
        "lastTransitionTime": "2025-12-31T00:00:00Z",
        "reason": "FailedCreate",
        "message": "quota",
    }
    for subject in (deployment(), deployment(deadline=None)):
        status = deployment_status.rolled_out(subject, replica_set(), [replica_set(failure)], NOW)
        assert status["conditions"][-1] == {**failure, "lastUpdateTime": "2025-12-31T00:00:00Z"}
        assert "ReplicaFailure" not in str(deployment_status.rolled_out(subject, replica_set(), [replica_set()], NOW))


@pytest.mark.parametrize(
    ("statuses", "number"),
    [
        ([{"terminatingReplicas": 1}, {"terminatingReplicas": 2}], 3),
        ([{}, {"terminatingReplicas": 2}], 2),
        ([{"observedGeneration": 1}, {"terminatingReplicas": 2}], None),
        ([], 0),
    ],
)
def test_terminating_pods_are_counted_where_all_tell_of_them(statuses, number):
    sets = [replica_set(**status) for status in statuses]
    assert deployment_status.terminating(sets) == number
    assert ("terminatingReplicas" in deployment_status.counted(deployment(), None, sets, NOW)) == (number is not None)
