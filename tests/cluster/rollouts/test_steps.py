"""The steps that rollouts take, as recordings show them."""

import re

import pytest

from gen.cluster.controllers import revisions
from gen.kit.loop import SECOND
from gen.objects import meta
from gen.play.conditions import deployment_complete
from gen.trace.record import Write

ROLLING = "{type: RollingUpdate, rollingUpdate: {maxSurge: %s, maxUnavailable: %s}}"
TO_1_26 = "kubectl set image deployment/web web=nginx:1.26"
STATUS = "kubectl rollout status deployment/web --timeout=120s"


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (ROLLING % ("25%", "25%"), [(2, 0, 1), (1, 3, 2), (2, 1, 2), (1, 2, 1), (2, 2, 3), (1, 1, 0)]),  # recording 02a
        (ROLLING % (0, 1), [(1, 3, 2), (2, 0, 1), (1, 2, 1), (2, 1, 2), (1, 1, 0), (2, 2, 3)]),  # recording 03a
        ("{type: Recreate}", [(1, 3, 0), (2, 0, 3)]),  # recording 04
    ],
)
def test_the_steps_of_a_rollout(rollout, strategy, expected):
    stage = rollout(3, strategy)
    assert stage.played(TO_1_26, STATUS)[-1].rc == 0
    assert stage.steps()[1:] == expected
    assert deployment_complete(stage.deployment())


def test_the_first_steps_are_taken_before_anything_is_ready(rollout):
    stage = rollout(10)
    stage.played(TO_1_26, STATUS)
    assert stage.steps()[1:4] == [(2, 0, 3), (1, 10, 8), (2, 3, 5)]  # recording 02c


def test_recreate_waits_until_no_old_pod_runs(rollout):
    stage = rollout(3, "{type: Recreate}")
    stage.played(TO_1_26, STATUS)
    new = stage.list("ReplicaSet", "default")[-1]
    made = next(
        one
        for one in stage.trace.of(Write)
        if one.ref.kind == "ReplicaSet" and one.after and meta.uid(one.after) == meta.uid(new)
    )
    old = {one.ref.name: one.after for one in stage.trace.of(Write) if one.ref.kind == "Pod" and one.seq < made.seq}
    assert [pod for pod in old.values() if pod and pod["status"]["phase"] not in ("Succeeded", "Failed")] == []


def test_a_rollout_tells_how_it_gets_on(rollout):
    stage = rollout(3)
    stage.played(TO_1_26, STATUS)
    assert stage.progress() == [
        "NewReplicaSetCreated", "ReplicaSetUpdated", "NewReplicaSetAvailable",
        "NewReplicaSetCreated", "ReplicaSetUpdated", "NewReplicaSetAvailable",
    ]  # fmt: skip
    assert meta.annotations(stage.deployment())[revisions.REVISION] == "2"


def test_a_paused_deployment_is_resized_but_makes_no_new_version(rollout):
    stage = rollout(3)
    said = stage.played(
        "kubectl rollout pause deployment/web", TO_1_26, "kubectl scale deployment/web --replicas=4", 5,
        "kubectl get rs --no-headers", "kubectl rollout resume deployment/web", STATUS,
    )  # fmt: skip
    assert re.fullmatch(r"web-\S+ +4 +4 +4 .*\n", said[3].stdout)
    assert stage.progress()[2:] == [
        "NewReplicaSetAvailable", "DeploymentPaused", "DeploymentResumed", "ReplicaSetUpdated", "NewReplicaSetAvailable",
    ]  # fmt: skip
    assert stage.sizes() == {1: 0, 2: 4}


def test_old_replica_sets_are_kept_up_to_the_limit_and_revisions_go_on(rollout):
    stage = rollout(2, spec="revisionHistoryLimit: 1")
    lines = [f"kubectl set image deployment/web web=nginx:1.2{number}" for number in (6, 7, 8)]
    stage.played(
        *(line for pair in zip(lines, [STATUS] * 3, strict=True) for line in pair),
        "kubectl rollout undo deployment/web",
        STATUS,
    )
    assert stage.sizes() == {4: 0, 5: 2}
    back = next(one for one in stage.list("ReplicaSet", "default") if revisions.revision_of(one) == 5)
    assert back["metadata"]["annotations"][revisions.REVISION_HISTORY] == "3"
    assert back["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.27"


def test_pods_must_be_ready_for_a_while_before_old_ones_go(rollout):
    stage = rollout(2, ROLLING % (1, 0), "minReadySeconds: 6")
    stage.played(TO_1_26, STATUS)

    def ready_pods(replica_set):
        return replica_set["status"].get("readyReplicas", 0)

    shrunk = [one for one in stage.trace.of(Write) if one.ref.kind == "Event" and "Scaled down" in one.after["message"]]
    ready = [
        one for one in stage.trace.of(Write)
        if one.ref.kind == "ReplicaSet" and one.before and ready_pods(one.after) > ready_pods(one.before)
    ]  # fmt: skip
    first = next(one for one in ready if one.at > shrunk[0].at - 10 * SECOND)
    assert 5 * SECOND <= shrunk[0].at - first.at <= 6.2 * SECOND


def test_the_controller_rolls_back_if_the_annotation_asks_for_it(rollout):
    stage = rollout(2)
    stage.played(TO_1_26, STATUS, f"kubectl annotate deployment/web {revisions.ROLLBACK}=1", 3, STATUS)
    assert stage.deployment()["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.25"
    assert revisions.ROLLBACK not in meta.annotations(stage.deployment())
    assert stage.sizes() == {2: 0, 3: 2}
    said = [
        one.after
        for one in stage.trace.of(Write)
        if one.ref.kind == "Event" and one.after["reason"].startswith("DeploymentRollback")
    ]
    assert [(one["reason"], one["message"]) for one in said] == [
        ("DeploymentRollback", 'Rolled back deployment "web" to revision 1')
    ]


def test_annotations_and_min_ready_seconds_follow_to_the_newest_replica_set(rollout):
    stage = rollout(2)
    stage.played(
        "kubectl annotate deployment/web team=red",
        """kubectl patch deployment web -p '{"spec":{"minReadySeconds":3}}'""",
        3,
    )
    newest = stage.list("ReplicaSet", "default")[0]
    assert meta.annotations(newest)["team"] == "red"
    assert newest["spec"]["minReadySeconds"] == 3
    assert len(stage.list("ReplicaSet", "default")) == 1


def test_a_deployment_of_no_pods_has_rollouts_too(rollout):
    stage = rollout(0)
    stage.played(TO_1_26, STATUS, "kubectl scale deployment/web --replicas=2", STATUS)
    assert stage.sizes() == {1: 0, 2: 2}
    assert stage.steps() == [(2, 0, 2)]


def test_a_restart_is_a_new_version_of_the_same(rollout):
    stage = rollout(2)
    stage.played("kubectl rollout restart deployment/web", STATUS)
    new = stage.deployment()["spec"]["template"]
    assert list(meta.annotations(new)) == ["kubectl.kubernetes.io/restartedAt"]
    assert stage.sizes() == {1: 0, 2: 2}


def test_every_step_has_a_cause_in_what_was_typed(rollout):
    stage = rollout(3)
    stage.played(TO_1_26, STATUS)
    last = [one for one in stage.trace.of(Write) if one.ref.kind == "ReplicaSet"][-1]
    assert "set image" in str([getattr(one, "line", "") for one in stage.trace.why(last.seq)])
