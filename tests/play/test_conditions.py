from __future__ import annotations

import pytest

from gen.play.conditions import parse
from gen.play.reading.bad_input import BadInput


class Cluster:
    """The objects of one moment."""

    def __init__(self, *objects):
        self.objects = {(obj["kind"], obj["metadata"].get("namespace", ""), obj["metadata"]["name"]): obj for obj in objects}

    def get(self, kind, namespace, name):
        return self.objects.get((kind, namespace, name))

    def list(self, kind, namespace):
        return [obj for key, obj in self.objects.items() if key[:2] == (kind, namespace)]


def thing(kind, name="web", namespace="default", spec=None, **status):
    return {
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace, "generation": 2},
        "spec": spec or {},
        "status": status,
    }


def web(observedGeneration=2, total=3, **status):
    counts = {"replicas": total, "updatedReplicas": 3, "readyReplicas": 3, "availableReplicas": 3}
    return thing("Deployment", spec={"replicas": 3}, observedGeneration=observedGeneration, **{**counts, **status})


READY = [{"type": "Ready", "status": "True"}]
TRUE = {
    "deployment/web complete": web(),
    "deploy/web ready >= 3": web(),
    "deployment.apps/web ready>=3": web(),
    "deployment/web replicas != 4": web(),
    "deployment/web terminating = 1": web(terminatingReplicas=1),
    "deployment/web exists": web(),
    "pod/web gone": web(),
    "deployment/shop/web exists": thing("Deployment", namespace="shop"),
    "pod/web ready": thing("Pod", conditions=READY),
    "pod/web bound": thing("Pod", spec={"nodeName": "node-1"}),
    "pod/web running": thing("Pod", phase="Running"),
    "pod/web restarts < 2": thing("Pod", containerStatuses=[{"restartCount": 1}]),
    "node/web ready": thing("Node", namespace="", conditions=READY),
    "rs/web complete": thing(
        "ReplicaSet", spec={"replicas": 1}, observedGeneration=2, replicas=1, readyReplicas=1, availableReplicas=1
    ),
    "replicasets ready": thing("ReplicaSet", spec={"replicas": 1}, readyReplicas=1),
    "statefulsets ready 2 updated 1": thing("StatefulSet", spec={"replicas": 3}, readyReplicas=2, updatedReplicas=1),
    "ds/web ready = 2": thing("DaemonSet", numberReady=2),
}
FALSE = {
    "deployment/web complete": [
        web(observedGeneration=1),
        web(total=4),
        web(unavailableReplicas=1),
        web(availableReplicas=2),
        thing("Pod"),
    ],
    "deployment/web ready >= 3": [web(readyReplicas=2), thing("Deployment", name="other", readyReplicas=3)],
    "pod/web gone": [thing("Pod")],
    "pod/web restarts = 0": [thing("Pod", name="other")],
    "replicasets ready": [thing("ReplicaSet", spec={"replicas": 2}, readyReplicas=1)],
    "statefulsets ready": [
        thing("StatefulSet", spec={"replicas": 2}, readyReplicas=2, replicas=2, updatedReplicas=1, observedGeneration=2)
    ],
}
WRONG = {
    "deployment/web happy": "complete, ready",
    "deployment/web": "Write REF",
    "web ready": "kind/name",
    "pods/a/b/c ready": "kind/name",
    "node/node-1 complete": "complete can be: Deployment",
    "deployment/web raedy >= 3": 'did you mean "ready"?',
    "deployment/web ready => 3": "= != < <= > >=",
    "deployment/web ready >= many": "whole number",
    "statefulsets ready two": "updated",
    "": "Write REF",
}


@pytest.mark.parametrize(("text", "obj"), TRUE.items(), ids=TRUE)
def test_what_holds(text, obj):
    condition = parse(text)
    assert condition.holds(Cluster(obj))
    assert str(condition) == text


@pytest.mark.parametrize(("text", "obj"), [(text, obj) for text, objects in FALSE.items() for obj in objects])
def test_what_does_not_hold(text, obj):
    assert not parse(text).holds(Cluster(obj))


@pytest.mark.parametrize(("text", "todo"), WRONG.items(), ids=WRONG)
def test_what_is_no_condition(text, todo):
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert todo in caught.value.todo


def test_names_are_of_the_namespace_that_is_asked():
    there = thing("Deployment", namespace="shop")
    assert parse("deployment/web exists", "shop").holds(Cluster(there))
    assert not parse("deployment/web exists").holds(Cluster(there))
