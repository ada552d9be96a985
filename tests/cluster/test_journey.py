"""One apply, the whole way: what a comparison of results cannot see."""

import itertools

import pytest

from gen.cluster.apiserver import watchcache
from gen.cluster.controllers.podcontrol import batches
from gen.kit.loop import MILLISECOND, SECOND
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Decided, Fault, Phase, Request, Typed, Write

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: REPLICAS
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27}]}
"""


def stage_with(replicas, nodes=3, **more):
    stage = Stage(default_nodes(nodes), seed=3, **more)
    stage.files = {"web.yaml": WEB.replace("REPLICAS", str(replicas))}
    return stage


def played(stage, *lines, until=60 * SECOND):
    async def type_them():
        for line in lines:
            await stage.kubectl(line)

    stage.do(type_them())
    assert stage.play(until, settled=True)
    return stage.finish()


def pods(stage):
    return stage.list("Pod", "default")


def born(trace, kind):
    return [record for record in trace.of(Write) if record.ref.kind == kind and record.before is None and record.at >= 0]


def test_the_writes_come_in_the_recorded_order():
    trace = played(stage_with(3), "kubectl apply -f web.yaml")
    wanted = [("Deployment", True), ("ReplicaSet", True), ("Deployment", False), ("Pod", True)]
    found = [(one.ref.kind, one.before is None) for one in trace.of(Write) if one.at >= 0 and one.ref.kind != "Event"]
    assert found[:4] == wanted
    statuses = [one.after["status"] for one in trace.of(Write) if one.at >= 0 and one.ref.kind == "Deployment"]
    assert "observedGeneration" not in statuses[1]  # the second status of the first sync lost against the first one
    assert statuses[2]["observedGeneration"] == 1


def test_thirty_pods_are_asked_for_in_batches_that_double():
    trace = played(stage_with(30), "kubectl apply -f web.yaml")
    asked = [one.at for one in trace.of(Request) if one.verb == "create" and one.ref.kind == "Pod" and not one.subresource]
    assert [len(list(group)) for _, group in itertools.groupby(asked)] == batches(30) == [1, 2, 4, 8, 15]


@pytest.mark.parametrize("delay_ms", [1, 50, 400])
def test_a_stale_cache_makes_no_pod_twice(monkeypatch, delay_ms):
    monkeypatch.setattr(watchcache, "DELIVERY_US", (delay_ms * MILLISECOND, 2 * delay_ms * MILLISECOND))
    stage = stage_with(7)
    trace = played(stage, "kubectl apply -f web.yaml")
    assert len(born(trace, "Pod")) == 7
    assert len(born(trace, "ReplicaSet")) == 1


@pytest.mark.parametrize("after_ms", [4, 9, 14, 20, 60, 700])
def test_a_manager_stopped_in_mid_deed_finishes_it_when_it_is_back(after_ms):
    stage = stage_with(10)
    stage.do(stage.kubectl("kubectl apply -f web.yaml"))
    stage.play(after_ms * MILLISECOND)
    stage.fault({"kill": "kube-controller-manager"})
    assert stage.play(60 * SECOND, settled=True)
    assert len(pods(stage)) == 10
    assert all(pod["status"]["phase"] == "Running" for pod in pods(stage))
    assert len(born(stage.trace, "Pod")) == 10


@pytest.mark.parametrize("after_ms", [100, 500, 900, 1_200, 1_700])
def test_a_kubelet_stopped_in_mid_pull_leaves_nothing_locked(after_ms):
    stage = stage_with(4, nodes=1)
    stage.do(stage.kubectl("kubectl apply -f web.yaml"))
    stage.play(after_ms * MILLISECOND)
    images = stage.cluster.machines["node-1"].images
    stage.fault({"stop": "kubelet", "node": "node-1"})
    assert not images.pulling.held
    stage.play(5 * SECOND)
    stage.fault({"start": "kubelet", "node": "node-1"})
    assert stage.play(60 * SECOND, settled=True)
    assert [pod["status"]["phase"] for pod in pods(stage)] == ["Running"] * 4
    assert not images.pulling.held


def test_everything_that_happens_leads_back_to_the_line_that_was_typed():
    trace = played(stage_with(3), "kubectl apply -f web.yaml", "kubectl scale deployment/web --replicas=1")
    told = [one for one in trace if one.at >= 0 and isinstance(one, (Write, Phase, Decided)) and one.ref.kind != "Lease"]
    assert len(told) > 60
    for record in told:
        chain = trace.why(record.seq)
        assert isinstance(chain[0], Typed), [type(link).__name__ for link in chain]
        assert record.by or record.who == "kubectl"


def test_a_pod_without_a_node_says_why_as_the_real_one_does():
    stage = stage_with(1, nodes=0)
    played(stage, "kubectl apply -f web.yaml")
    (condition,) = pods(stage)[0]["status"]["conditions"]
    assert condition.pop("lastTransitionTime")
    assert condition == {
        "type": "PodScheduled",
        "status": "False",
        "reason": "Unschedulable",
        "message": "no nodes available to schedule pods",
        "observedGeneration": 1,
        "lastProbeTime": None,
    }


def test_a_deleted_deployment_takes_everything_with_it():
    stage = stage_with(3)
    played(stage, "kubectl apply -f web.yaml", "kubectl delete deployment web")
    assert pods(stage) == stage.list("ReplicaSet", "default") == stage.list("Deployment", "default") == []
    assert stage.cluster.machines["node-1"].runtime.sandboxes == {}


@pytest.mark.parametrize("cascade", ["foreground", "orphan"])
def test_the_other_cascades(cascade):
    stage = stage_with(2)
    played(stage, "kubectl apply -f web.yaml", f"kubectl delete deployment web --cascade={cascade}")
    left = stage.list("ReplicaSet", "default")
    assert len(left) == (1 if cascade == "orphan" else 0)
    assert len(pods(stage)) == (2 if cascade == "orphan" else 0)
    assert not any(one["metadata"].get("ownerReferences") for one in left)


def test_a_killed_container_is_started_again_in_the_same_pod_because_of_the_fault():
    stage = stage_with(1)
    played(stage, "kubectl apply -f web.yaml")
    pod = pods(stage)[0]
    stage.do(_after(stage, lambda: stage.fault({"kill": "container", "pod": pod["metadata"]["name"]})))
    assert stage.play(stage.loop.now + 60 * SECOND, settled=True)
    status = pods(stage)[0]["status"]["containerStatuses"][0]
    assert (status["restartCount"], status["lastState"]["terminated"]["exitCode"]) == (1, 137)
    assert pods(stage)[0]["metadata"]["uid"] == pod["metadata"]["uid"]
    restarted = [one for one in stage.trace.of(Phase) if one.phase == "container-started"][-1]
    assert any(isinstance(link, Fault) for link in stage.trace.why(restarted.seq))


async def _after(stage, deed):
    deed()


@pytest.mark.parametrize(
    ("after_ms", "phase", "reason"), [(15, "Failed", "ContainerStatusUnknown"), (900, "Succeeded", "Completed")]
)
def test_a_pod_deleted_early_never_starts_but_what_is_under_way_is_finished(after_ms, phase, reason):
    stage = stage_with(1)
    stage.do(stage.kubectl("kubectl apply -f web.yaml"))
    stage.play(after_ms * MILLISECOND)  # its kubelet has just heard of it, or is pulling its image
    stage.do(stage.kubectl("kubectl delete deployment web"))
    assert stage.play(60 * SECOND, settled=True)
    assert pods(stage) == []
    last = [one.before for one in stage.trace.of(Write) if one.ref.kind == "Pod" and one.after is None][-1]
    assert last["status"]["phase"] == phase
    assert last["status"]["containerStatuses"][0]["state"]["terminated"]["reason"] == reason


def test_a_stopped_kubelet_renews_no_lease():
    stage = stage_with(1, nodes=1)
    played(stage, "kubectl apply -f web.yaml")
    stage.fault({"stop": "kubelet", "node": "node-1"})
    before = stage.get("Lease", "kube-node-lease", "node-1")
    stage.play(stage.loop.now + 60 * SECOND)
    assert stage.get("Lease", "kube-node-lease", "node-1") == before
    assert stage.cluster.machines["node-1"].runtime.sandboxes  # the containers run on


@pytest.mark.parametrize(
    ("lasts", "said"), [("30s", None), ("51s", ["node-monitor-grace-period"]), (None, ["node-monitor-grace-period"])]
)
def test_a_node_that_is_silent_for_longer_than_is_simulated_is_told(lasts, said):
    stage = stage_with(1)
    stage.fault({"stop": "kubelet", "node": "node-1", **({"for": lasts} if lasts else {})})
    assert stage.trace.info.get("notSimulated") == said
