"""A Node that is deleted while its kubelet lives stays away until the kubelet starts anew."""

from __future__ import annotations

from gen.kit.loop import SECOND
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage


def test_a_deleted_node_is_not_reported_of():
    stage = Stage(default_nodes(2))
    for line in ("kubectl create deployment web --image=nginx --replicas=2", "kubectl delete node node-2"):
        stage.do(stage.kubectl(line))
        stage.loop.run(stage.loop.now + 200 * SECOND)
    stage.do(stage.kubectl("kubectl scale deployment web --replicas=4"))
    stage.loop.run(stage.loop.now + 200 * SECOND)
    assert [node["metadata"]["name"] for node in stage.list("Node", "")] == ["node-1"]
    assert sorted(pod["spec"]["nodeName"] for pod in stage.list("Pod", "default")) == ["node-1"] * 3 + ["node-2"]
