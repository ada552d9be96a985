"""The scheduler in a cluster without kubelets: nodes are objects, and Pods need nothing but a node."""

from __future__ import annotations

import pytest

from gen.cluster.wiring import ADMINISTRATOR, SCHEDULER, Cluster
from gen.kit.loop import SECOND, Loop
from gen.kit.process import Process
from gen.trace.record import Decided, Request
from gen.trace.trace import Trace

CAPACITY = {"cpu": "2", "memory": "4Gi", "pods": "110"}


class Scene:
    """A cluster of nodes `a` and `b`, and somebody who talks to its API."""

    def __init__(self):
        self.loop = Loop(start=-60 * SECOND, epoch_us=1_767_225_600 * SECOND)
        self.trace = Trace({})
        self.cluster = Cluster(self.loop, self.trace)
        self.person = Process(self.loop, "terminal")
        self.api = self.cluster.api("kubectl", ADMINISTRATOR, self.person)
        self.do(self.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}}))
        self.cluster.start("kube-controller-manager")
        self.cluster.start(SCHEDULER)
        self.play(1)

    def do(self, deed):
        self.person.spawn(deed)
        self.play(0)

    def play(self, seconds):
        self.loop.run(self.loop.now + int(seconds * SECOND) + 50_000)

    def node(self, name, cpu="2", **spec):
        status = {"capacity": CAPACITY, "allocatable": {**CAPACITY, "cpu": cpu}}
        labels = {"kubernetes.io/hostname": name}
        ready = [{"type": "Ready", "status": "True", "reason": "KubeletReady"}]
        node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}, "spec": spec}
        self.do(self.api.create(node))
        self.do(self.api.patch("Node", "", name, {"status": {**status, "conditions": ready}}, how="merge", subresource="status"))
        self.play(1)

    def pod(self, name, cpu="100m", **spec):
        container = {"name": "main", "image": "nginx", "resources": {"requests": {"cpu": cpu}}}
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "default"}}
        self.do(self.api.create({**pod, "spec": {"containers": [container], **spec}}))

    def node_of(self, name):
        return self.cluster.server.find("Pod", "default", name)["spec"].get("nodeName")

    def condition(self, name):
        status = self.cluster.server.find("Pod", "default", name).get("status") or {}
        return next((one for one in status.get("conditions") or [] if one["type"] == "PodScheduled"), None)

    def events(self, reason):
        found = self.cluster.server.store.list(("Event", "default"))
        return [one for one in found if one["reason"] == reason and one["reportingComponent"] == "default-scheduler"]


@pytest.fixture
def scene():
    made = Scene()
    made.node("a")
    made.node("b")
    return made


def test_a_pod_gets_a_node_and_it_is_said(scene):
    scene.pod("web")
    scene.play(1)
    assert scene.node_of("web") == "a"
    assert scene.condition("web")["status"] == "True"
    [event] = scene.events("Scheduled")
    assert event["message"] == "Successfully assigned default/web to a"
    assert (event["type"], event["action"], event["reportingInstance"]) == (
        "Normal",
        "Binding",
        "default-scheduler-control-plane",
    )
    assert event["firstTimestamp"] is None
    assert event["eventTime"]


def test_the_decision_is_the_cause_of_the_binding(scene):
    scene.pod("web")
    scene.play(1)
    [binding] = [one for one in scene.trace.of(Request) if one.subresource == "binding"]
    decision = scene.trace[binding.cause]
    assert isinstance(decision, Decided)
    assert decision.by == "gen.cluster.scheduler.cycle.schedule"
    assert list(decision.values["scores"]) == ["a", "b"]
    assert [type(one).__name__ for one in scene.trace.why(binding.seq)][-2:] == ["Decided", "Request"]


def test_the_next_pod_is_decided_while_the_last_is_being_bound(scene):
    for name in ("one", "two", "three"):
        scene.person.spawn(scene.api.create({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "default"},
            "spec": {"containers": [{"name": "main", "image": "nginx", "resources": {"requests": {"cpu": "1500m"}}}]},
        }))  # fmt: skip
    scene.play(1)
    bindings = [one for one in scene.trace.of(Request) if one.subresource == "binding"]
    decisions = [one for one in scene.trace.of(Decided) if one.who == "default-scheduler"]
    assert decisions[1].at < bindings[0].answered
    assert sorted(one.values["node"] or "" for one in decisions) == ["", "a", "b"], "what is assumed counts at once"


def test_where_there_is_no_node_the_pod_says_why(scene):
    scene.pod("big", cpu="3")
    scene.play(5)
    condition = scene.condition("big")
    text = (
        "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, "
        "preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling."
    )
    assert (condition["status"], condition["reason"], condition["message"]) == ("False", "Unschedulable", text)
    assert condition["observedGeneration"] == 1
    [event] = scene.events("FailedScheduling")
    assert (event["type"], event["action"], event["message"]) == ("Warning", "Scheduling", text)
    assert "series" not in event, "nothing changed, so it was not tried again"


def test_room_that_is_made_is_used(scene):
    scene.pod("first", cpu="2")
    scene.pod("second", cpu="2")
    scene.pod("third", cpu="2")
    scene.play(2)
    assert (scene.node_of("third"), len(scene.events("FailedScheduling"))) == (None, 1)
    scene.do(scene.api.delete("Pod", "default", "first", grace=0))
    scene.play(1)
    assert scene.node_of("third") == "a"


def test_a_node_that_is_uncordoned_is_used(scene):
    scene.node("c", unschedulable=True)
    scene.pod("picky", nodeSelector={"kubernetes.io/hostname": "c"})
    scene.play(1)
    assert "1 node(s) were unschedulable" in scene.condition("picky")["message"]
    scene.do(scene.api.patch("Node", "", "c", {"spec": {"unschedulable": None}}, how="merge"))
    scene.play(2)
    assert scene.node_of("picky") == "c"


def test_gated_pods_and_pods_of_other_schedulers_are_left_alone(scene):
    scene.pod("gated", schedulingGates=[{"name": "example.com/quota"}])
    scene.pod("foreign", schedulerName="other")
    scene.play(1)
    assert (scene.node_of("gated"), scene.node_of("foreign")) == (None, None)
    assert [one for one in scene.trace.of(Decided) if one.who == "default-scheduler"] == []
    told = {"reason": "SchedulingGated", "message": "Scheduling is blocked due to non-empty scheduling gates"}
    assert scene.condition("gated").items() >= told.items()
    scene.do(scene.api.patch("Pod", "default", "gated", {"spec": {"schedulingGates": None}}, how="merge"))
    scene.play(2)
    assert scene.node_of("gated")


def test_without_nodes_it_is_tried_again_and_again():
    scene = Scene()
    scene.pod("early")
    scene.play(8)
    assert scene.condition("early")["message"] == "no nodes available to schedule pods"
    assert sum(one.values["node"] is None for one in scene.trace.of(Decided) if one.who == "default-scheduler") == 3
    scene.node("late")
    scene.play(12)
    assert scene.node_of("early") == "late"


def test_a_scheduler_that_was_stopped_goes_on_where_it_was(scene):
    scene.cluster.stop(SCHEDULER)
    scene.pod("web")
    scene.play(3)
    assert (scene.node_of("web"), scene.condition("web"), scene.events("FailedScheduling")) == (None, None, [])
    scene.cluster.start(SCHEDULER)
    scene.play(1)
    assert scene.node_of("web") == "a"
