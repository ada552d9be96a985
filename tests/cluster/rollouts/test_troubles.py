"""What befalls a rollout on its way."""

import re

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.controllers import revisions
from gen.kit.duration import parse_timestamp
from gen.kit.loop import SECOND
from gen.objects import meta, workloads
from gen.trace.record import Decided, Write

ROLLING = "{type: RollingUpdate, rollingUpdate: {maxSurge: %s, maxUnavailable: %s}}"
TO_1_26 = "kubectl set image deployment/web web=nginx:1.26"
STUCK = "kubectl set resources deployment/web --requests=cpu=100"
STATUS = "kubectl rollout status deployment/web --timeout=120s"


def test_a_rollout_that_is_overtaken_leaves_its_pods_behind_first(rollout):
    stage = rollout(4, ROLLING % (1, 1))
    stage.played(STUCK, 3, "kubectl set resources deployment/web --requests=cpu=10m", STATUS)
    overtaken = [step for step in stage.steps() if step[0] == 2]
    assert overtaken == [(2, 0, 1), (2, 1, 2), (2, 2, 0)]
    assert stage.sizes() == {1: 0, 2: 0, 3: 4}


def test_a_rollout_that_stands_still_is_told_after_its_deadline_and_goes_on_when_it_can(rollout):
    stage = rollout(4, ROLLING % (1, 1), "progressDeadlineSeconds: 20")
    said = stage.played(STUCK, STATUS, "kubectl rollout undo deployment/web", STATUS)
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
    assert stage.progress()[-3:] == ["ProgressDeadlineExceeded", "ReplicaSetUpdated", "NewReplicaSetAvailable"]


def test_who_is_resized_while_it_is_stuck_shares_out(rollout):
    stage = rollout(4, ROLLING % ("25%", "25%"), "progressDeadlineSeconds: 20")
    stage.played(STUCK, 3, "kubectl scale deployment/web --replicas=6", until=100)
    assert stage.steps()[1:] == [(2, 0, 1), (1, 4, 3), (2, 1, 2), (1, 3, 5), (2, 2, 3)]  # findings of recording 33
    assert any(one.by.endswith("proportional") for one in stage.trace.of(Decided))
    noted = {one["metadata"]["annotations"][revisions.MAXIMUM] for one in stage.list("ReplicaSet", "default")}
    assert noted == {"8"}


def test_a_rollout_that_is_paused_half_way_goes_on_where_it_was(rollout):
    stage = rollout(4, ROLLING % (1, 0), "minReadySeconds: 5")
    stage.played(TO_1_26, 1, "kubectl rollout pause deployment/web", 20, "kubectl rollout resume deployment/web", STATUS)
    up = [step for step in stage.steps() if step[0] == 2]
    assert up == [(2, 0, 1), (2, 1, 2), (2, 2, 3), (2, 3, 4)]


def test_a_name_that_is_taken_makes_another_hash(rollout):
    stage, made = rollout(2), rollout(2)
    made.played()
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
    stage.played()
    assert stage.deployment()["status"]["collisionCount"] == 1
    own = workloads.own_replica_sets(stage.deployment(), stage.list("ReplicaSet", "default"))
    assert [one["spec"]["replicas"] for one in own] == [2]
    assert own[0]["metadata"]["name"] != taken


def test_a_replica_set_that_somebody_else_resizes_or_deletes_is_put_right(rollout):
    stage = rollout(2)
    [own] = stage.played("kubectl get rs -o name")
    name = own.stdout.split("/")[1].strip()
    stage.played(f"kubectl scale rs/{name} --replicas=5", 3, f"kubectl delete rs/{name} --cascade=orphan", 3)
    assert stage.steps()[1:] == [(1, 5, 2), (1, 0, 2)]  # findings of recording 21: told as scaled, though no Pod is created
    assert stage.sizes() == {1: 2}
    assert len([one for one in stage.list("Pod", "default") if not meta.deleting(one)]) == 2


def test_the_strategy_may_change_on_the_way(rollout):
    stage = rollout(4, ROLLING % (1, 0), "minReadySeconds: 3")
    recreate = """kubectl patch deployment web --type=merge -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'"""
    stage.played(TO_1_26, 1, recreate, STATUS)
    assert stage.steps()[1:] == [(2, 0, 1), (1, 4, 0), (2, 1, 4)]


def test_a_replica_set_that_cannot_be_made_is_told_and_given_up_after_fifteen_retries(rollout, monkeypatch):
    stage = rollout(2)

    async def refused(api, obj, **_):
        if obj["kind"] == "ReplicaSet":
            raise StatusError(403, "Forbidden", "exceeded quota: sets", {})
        return await created(api, obj)

    created = Api.create
    monkeypatch.setattr(Api, "create", refused)
    stage.do(stage.kubectl("kubectl create deployment web --image=nginx:1.25"))
    assert stage.play(1_000 * SECOND, settled=True)
    failed = workloads.condition(stage.deployment(), "Progressing")
    assert (failed["status"], failed["reason"]) == ("False", "ReplicaSetCreateError")
    assert re.fullmatch(r'Failed to create new replica set "web-\w+": exceeded quota: sets', failed["message"])
    [event] = [one for one in stage.list("Event", "default") if one["reason"] == "ReplicaSetCreateError"]
    assert (event["type"], event["message"], event["count"] >= 16) == ("Warning", failed["message"], True)
