"""Rollouts in a cluster: the steps that recordings show, and what befalls a rollout on its way."""

import re

import pytest

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.controllers import revisions
from gen.kit.duration import parse_timestamp
from gen.kit.loop import SECOND, Sleep
from gen.objects import meta, workloads
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Decided, Write

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: REPLICAS
  strategy: STRATEGY
  SPEC
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {terminationGracePeriodSeconds: 2, containers: [{name: web, image: nginx:1.25}]}
"""
ROLLING = "{type: RollingUpdate, rollingUpdate: {maxSurge: %s, maxUnavailable: %s}}"
TO_1_26 = "kubectl set image deployment/web web=nginx:1.26"
STUCK = "kubectl set resources deployment/web --requests=cpu=100"
STATUS = "kubectl rollout status deployment/web --timeout=120s"
SCALED = re.compile(r"Scaled (?:up|down) replica set (\S+) from (\d+) to (\d+)$")


def stage_with(replicas=3, strategy=None, spec="", seed=3):
    stage = Stage(default_nodes(3), seed=seed)
    strategy = strategy or ROLLING % ("25%", "25%")
    stage.files = {"web.yaml": WEB.replace("REPLICAS", str(replicas)).replace("STRATEGY", strategy).replace("SPEC", spec)}
    return stage


def played(stage, *lines, until=300):
    """Type the lines, with pauses where a number stands; what each printed."""
    said = []

    async def type_them():
        for line in ("kubectl apply -f web.yaml", STATUS, *lines):
            if isinstance(line, int):
                await Sleep(line * SECOND)
            else:
                said.append(await stage.kubectl(line))

    stage.do(type_them())
    assert stage.play(until * SECOND, settled=True)
    return said[2:]


def steps(stage):
    """What was scaled, by the order in which the ReplicaSets were born: `("2nd", 0, 1)`."""
    born = [one.ref.name for one in stage.trace.of(Write) if one.ref.kind == "ReplicaSet" and one.before is None]
    events = [one.after for one in stage.trace.of(Write) if one.ref.kind == "Event" and one.after]
    found = [SCALED.search(one["message"]) for one in events if one["reason"] == "ScalingReplicaSet"]
    return [(born.index(one[1]) + 1, int(one[2]), int(one[3])) for one in found if one]


def deployment(stage):
    return stage.get("Deployment", "default", "web")


def sizes(stage):
    sets = sorted(stage.list("ReplicaSet", "default"), key=lambda one: revisions.revision_of(one))
    return {revisions.revision_of(one): one["spec"]["replicas"] for one in sets}


def progress(stage):
    """The reasons of the condition Progressing, one after another."""
    seen = [
        workloads.condition(one.after, "Progressing")
        for one in stage.trace.of(Write)
        if one.ref.kind == "Deployment" and one.after
    ]
    reasons = [one["reason"] for one in seen if one]
    return [reason for index, reason in enumerate(reasons) if index == 0 or reasons[index - 1] != reason]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (ROLLING % ("25%", "25%"), [(2, 0, 1), (1, 3, 2), (2, 1, 2), (1, 2, 1), (2, 2, 3), (1, 1, 0)]),  # recording 02a
        (ROLLING % (0, 1), [(1, 3, 2), (2, 0, 1), (1, 2, 1), (2, 1, 2), (1, 1, 0), (2, 2, 3)]),  # recording 03a
        ("{type: Recreate}", [(1, 3, 0), (2, 0, 3)]),  # recording 04
    ],
)
def test_the_steps_of_a_rollout(strategy, expected):
    stage = stage_with(3, strategy)
    assert played(stage, TO_1_26, STATUS)[-1].rc == 0
    assert steps(stage)[1:] == expected
    assert workloads.complete(deployment(stage))


def test_the_first_steps_are_taken_before_anything_is_ready():
    stage = stage_with(10)
    played(stage, TO_1_26, STATUS)
    assert steps(stage)[1:4] == [(2, 0, 3), (1, 10, 8), (2, 3, 5)]  # recording 02c


def test_recreate_waits_until_no_old_pod_runs():
    stage = stage_with(3, "{type: Recreate}")
    played(stage, TO_1_26, STATUS)
    new = stage.list("ReplicaSet", "default")[-1]
    made = next(
        one
        for one in stage.trace.of(Write)
        if one.ref.kind == "ReplicaSet" and one.after and meta.uid(one.after) == meta.uid(new)
    )
    old = {one.ref.name: one.after for one in stage.trace.of(Write) if one.ref.kind == "Pod" and one.seq < made.seq}
    assert [pod for pod in old.values() if pod and pod["status"]["phase"] not in ("Succeeded", "Failed")] == []


def test_a_rollout_tells_how_it_gets_on():
    stage = stage_with(3)
    played(stage, TO_1_26, STATUS)
    assert progress(stage) == [
        "NewReplicaSetCreated", "ReplicaSetUpdated", "NewReplicaSetAvailable",
        "NewReplicaSetCreated", "ReplicaSetUpdated", "NewReplicaSetAvailable",
    ]  # fmt: skip
    assert meta.annotations(deployment(stage))[revisions.REVISION] == "2"


def test_a_rollout_that_is_overtaken_leaves_its_pods_behind_first():
    stage = stage_with(4, ROLLING % (1, 1))
    played(stage, STUCK, 3, "kubectl set resources deployment/web --requests=cpu=10m", STATUS)
    overtaken = [step for step in steps(stage) if step[0] == 2]
    assert overtaken == [(2, 0, 1), (2, 1, 2), (2, 2, 0)]
    assert sizes(stage) == {1: 0, 2: 0, 3: 4}


def test_a_rollout_that_stands_still_is_told_after_its_deadline_and_goes_on_when_it_can():
    stage = stage_with(4, ROLLING % (1, 1), "progressDeadlineSeconds: 20")
    said = played(stage, STUCK, STATUS, "kubectl rollout undo deployment/web", STATUS)
    assert said[1].stderr == 'error: deployment "web" exceeded its progress deadline\n'
    assert said[3].rc == 0
    stuck = next(
        one
        for one in stage.trace.of(Write)
        if one.ref.kind == "Deployment" and one.after and "has timed out" in str(one.after["status"])
    )
    assert "Available" in str(stuck.after["status"])
    last = workloads.condition(stuck.before, "Progressing")
    waited = stage.loop.epoch_us + stuck.at - parse_timestamp(last["lastUpdateTime"])
    assert 20 * SECOND < waited < 22 * SECOND
    assert progress(stage)[-3:] == ["ProgressDeadlineExceeded", "ReplicaSetUpdated", "NewReplicaSetAvailable"]


def test_who_is_resized_while_it_is_stuck_shares_out():
    stage = stage_with(4, ROLLING % ("25%", "25%"), "progressDeadlineSeconds: 20")
    played(stage, STUCK, 3, "kubectl scale deployment/web --replicas=6", until=100)
    assert steps(stage)[1:] == [(2, 0, 1), (1, 4, 3), (2, 1, 2), (1, 3, 5), (2, 2, 3)]  # findings of recording 33
    assert any(one.by.endswith("proportional") for one in stage.trace.of(Decided))
    noted = {one["metadata"]["annotations"][revisions.MAXIMUM] for one in stage.list("ReplicaSet", "default")}
    assert noted == {"8"}


def test_a_paused_deployment_is_resized_but_makes_no_new_version():
    stage = stage_with(3)
    said = played(
        stage, "kubectl rollout pause deployment/web", TO_1_26, "kubectl scale deployment/web --replicas=4", 5,
        "kubectl get rs --no-headers", "kubectl rollout resume deployment/web", STATUS,
    )  # fmt: skip
    assert re.fullmatch(r"web-\S+ +4 +4 +4 .*\n", said[3].stdout)
    assert progress(stage)[2:] == [
        "NewReplicaSetAvailable", "DeploymentPaused", "DeploymentResumed", "ReplicaSetUpdated", "NewReplicaSetAvailable",
    ]  # fmt: skip
    assert sizes(stage) == {1: 0, 2: 4}


def test_a_rollout_that_is_paused_half_way_goes_on_where_it_was():
    stage = stage_with(4, ROLLING % (1, 0), "minReadySeconds: 5")
    played(stage, TO_1_26, 1, "kubectl rollout pause deployment/web", 20, "kubectl rollout resume deployment/web", STATUS)
    up = [step for step in steps(stage) if step[0] == 2]
    assert up == [(2, 0, 1), (2, 1, 2), (2, 2, 3), (2, 3, 4)]


def test_old_replica_sets_are_kept_up_to_the_limit_and_revisions_go_on():
    stage = stage_with(2, spec="revisionHistoryLimit: 1")
    lines = [f"kubectl set image deployment/web web=nginx:1.2{number}" for number in (6, 7, 8)]
    played(
        stage,
        *(line for pair in zip(lines, [STATUS] * 3, strict=True) for line in pair),
        "kubectl rollout undo deployment/web",
        STATUS,
    )
    assert sizes(stage) == {4: 0, 5: 2}
    back = next(one for one in stage.list("ReplicaSet", "default") if revisions.revision_of(one) == 5)
    assert back["metadata"]["annotations"][revisions.REVISION_HISTORY] == "3"
    assert back["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.27"


def test_pods_must_be_ready_for_a_while_before_old_ones_go():
    stage = stage_with(2, ROLLING % (1, 0), "minReadySeconds: 6")
    played(stage, TO_1_26, STATUS)

    def ready_pods(replica_set):
        return replica_set["status"].get("readyReplicas", 0)

    shrunk = [one for one in stage.trace.of(Write) if one.ref.kind == "Event" and "Scaled down" in one.after["message"]]
    ready = [
        one for one in stage.trace.of(Write)
        if one.ref.kind == "ReplicaSet" and one.before and ready_pods(one.after) > ready_pods(one.before)
    ]  # fmt: skip
    first = next(one for one in ready if one.at > shrunk[0].at - 10 * SECOND)
    assert 5 * SECOND <= shrunk[0].at - first.at <= 6.2 * SECOND


def test_a_name_that_is_taken_makes_another_hash():
    stage, made = stage_with(2), stage_with(2)
    played(made)
    taken = made.list("ReplicaSet", "default")[0]["metadata"]["name"]
    stage.files["taken.yaml"] = f"""
apiVersion: apps/v1
kind: ReplicaSet
metadata: {{name: {taken}}}
spec:
  replicas: 0
  selector: {{matchLabels: {{app: other}}}}
  template: {{metadata: {{labels: {{app: other}}}}, spec: {{containers: [{{name: other, image: nginx:1.25}}]}}}}
"""
    stage.do(stage.kubectl("kubectl apply -f taken.yaml"))
    assert stage.play(5 * SECOND, settled=True)
    played(stage)
    assert deployment(stage)["status"]["collisionCount"] == 1
    own = workloads.own_replica_sets(deployment(stage), stage.list("ReplicaSet", "default"))
    assert [one["spec"]["replicas"] for one in own] == [2]
    assert own[0]["metadata"]["name"] != taken


def test_the_controller_rolls_back_if_the_annotation_asks_for_it():
    stage = stage_with(2)
    played(stage, TO_1_26, STATUS, f"kubectl annotate deployment/web {revisions.ROLLBACK}=1", 3, STATUS)
    assert deployment(stage)["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.25"
    assert revisions.ROLLBACK not in meta.annotations(deployment(stage))
    assert sizes(stage) == {2: 0, 3: 2}
    said = [
        one.after
        for one in stage.trace.of(Write)
        if one.ref.kind == "Event" and one.after["reason"].startswith("DeploymentRollback")
    ]
    assert [(one["reason"], one["message"]) for one in said] == [
        ("DeploymentRollback", 'Rolled back deployment "web" to revision 1')
    ]


def test_annotations_and_min_ready_seconds_follow_to_the_newest_replica_set():
    stage = stage_with(2)
    played(
        stage,
        "kubectl annotate deployment/web team=red",
        """kubectl patch deployment web -p '{"spec":{"minReadySeconds":3}}'""",
        3,
    )
    newest = stage.list("ReplicaSet", "default")[0]
    assert meta.annotations(newest)["team"] == "red"
    assert newest["spec"]["minReadySeconds"] == 3
    assert len(stage.list("ReplicaSet", "default")) == 1


def test_a_replica_set_that_somebody_else_resizes_or_deletes_is_put_right():
    stage = stage_with(2)
    [own] = played(stage, "kubectl get rs -o name")
    name = own.stdout.split("/")[1].strip()
    played(stage, f"kubectl scale rs/{name} --replicas=5", 3, f"kubectl delete rs/{name} --cascade=orphan", 3)
    assert steps(stage)[1:] == [(1, 5, 2), (1, 0, 2)]  # findings of recording 21: told as scaled, though no Pod is created
    assert sizes(stage) == {1: 2}
    assert len([one for one in stage.list("Pod", "default") if not meta.deleting(one)]) == 2


def test_a_deployment_of_no_pods_has_rollouts_too():
    stage = stage_with(0)
    played(stage, TO_1_26, STATUS, "kubectl scale deployment/web --replicas=2", STATUS)
    assert sizes(stage) == {1: 0, 2: 2}
    assert steps(stage) == [(2, 0, 2)]


def test_the_strategy_may_change_on_the_way():
    stage = stage_with(4, ROLLING % (1, 0), "minReadySeconds: 3")
    recreate = """kubectl patch deployment web --type=merge -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'"""
    played(stage, TO_1_26, 1, recreate, STATUS)
    assert steps(stage)[1:] == [(2, 0, 1), (1, 4, 0), (2, 1, 4)]


def test_a_restart_is_a_new_version_of_the_same():
    stage = stage_with(2)
    played(stage, "kubectl rollout restart deployment/web", STATUS)
    new = deployment(stage)["spec"]["template"]
    assert list(meta.annotations(new)) == ["kubectl.kubernetes.io/restartedAt"]
    assert sizes(stage) == {1: 0, 2: 2}


def test_every_step_has_a_cause_in_what_was_typed():
    stage = stage_with(3)
    played(stage, TO_1_26, STATUS)
    last = [one for one in stage.trace.of(Write) if one.ref.kind == "ReplicaSet"][-1]
    assert "set image" in str([getattr(one, "line", "") for one in stage.trace.why(last.seq)])


def test_a_replica_set_that_cannot_be_made_is_told_and_given_up_after_fifteen_retries(monkeypatch):
    stage = stage_with(2)

    async def refused(api, obj, **_):
        if obj["kind"] == "ReplicaSet":
            raise StatusError(403, "Forbidden", "exceeded quota: sets", {})
        return await created(api, obj)

    created = Api.create
    monkeypatch.setattr(Api, "create", refused)
    stage.do(stage.kubectl("kubectl create deployment web --image=nginx:1.25"))
    assert stage.play(1_000 * SECOND, settled=True)
    failed = workloads.condition(deployment(stage), "Progressing")
    assert (failed["status"], failed["reason"]) == ("False", "ReplicaSetCreateError")
    assert re.fullmatch(r'Failed to create new replica set "web-\w+": exceeded quota: sets', failed["message"])
    [event] = [one for one in stage.list("Event", "default") if one["reason"] == "ReplicaSetCreateError"]
    assert (event["type"], event["message"], event["count"] >= 16) == ("Warning", failed["message"], True)
