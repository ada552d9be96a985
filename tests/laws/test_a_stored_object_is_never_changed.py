"""Everything that etcd has given out stays as it was: whoever wants it different makes another."""

from pathlib import Path

import pytest

from gen.cluster.apiserver import server
from gen.kit.evolve import frozen
from gen.kit.loop import MINUTE, SECOND, Sleep
from gen.play.scenario.load import load
from gen.play.scenario.nodes import default_nodes
from gen.play.simulate import simulate
from gen.play.stage import Stage

SCENARIOS = sorted((Path(__file__).parents[2] / "docs/scenarios").glob("*.yaml"))
WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 12
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27, resources: {requests: {cpu: 500m}}}]}
"""
LINES = (
    "apply -f web.yaml",
    "rollout status deployment/web",
    "describe deployment web",
    "scale deployment/web --replicas=5",
    "label pods -l app=web team=red",
    "cordon node-1",
    "delete pod -l app=web --wait=false",
    "get pods -o json",
    "uncordon node-1",
    "get all -o wide",
    "delete deployment web --cascade=orphan",
    "apply -f web.yaml",
    "rollout status deployment/web",
    "delete deployment web --cascade=foreground",
)


def a_long_story():
    stage = Stage(default_nodes(3), seed=5)
    stage.files = {"web.yaml": WEB}

    async def type_all():
        for line in LINES:
            await stage.kubectl(f"kubectl {line}")
            await Sleep(SECOND)

    stage.do(type_all())
    stage.fault({"stop": "kubelet", "node": "node-2", "for": "9s"})
    stage.fault({"stop": "kube-controller-manager", "for": "2s"})
    assert stage.play(10 * MINUTE, settled=True)
    assert not stage.list("Deployment", "default")
    return stage.finish()


STORIES = {"a long story": a_long_story, **{path.stem: lambda path=path: simulate(load(path)) for path in SCENARIOS}}


@pytest.mark.parametrize("name", STORIES)
def test_a_run_is_the_same_when_nothing_stored_can_be_changed(monkeypatch, name):
    plain, stamped = STORIES[name]().digest(), server.stamped
    monkeypatch.setattr(server, "stamped", lambda obj, revision: frozen(stamped(obj, revision)))
    assert STORIES[name]().digest() == plain
