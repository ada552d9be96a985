"""A Deployment that is rolled out in a small cluster, and what one asks of it."""

import re

import pytest

from gen.cluster.controllers import revisions
from gen.kit.loop import SECOND, Sleep
from gen.objects import workloads
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Write

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
QUARTERS = "{type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}"
STATUS = "kubectl rollout status deployment/web --timeout=120s"
SCALED = re.compile(r"Scaled (?:up|down) replica set (\S+) from (\d+) to (\d+)$")


class Rollout(Stage):
    """A stage of three nodes for one Deployment."""

    def __init__(self, replicas=3, strategy=QUARTERS, spec="", seed=3):
        super().__init__(default_nodes(3), seed=seed)
        text = WEB.replace("REPLICAS", str(replicas)).replace("STRATEGY", strategy).replace("SPEC", spec)
        self.files = {"web.yaml": text}

    def played(self, *lines, until=300):
        """Type the lines, with pauses where a number stands; what each printed."""
        said = []

        async def type_them():
            for line in ("kubectl apply -f web.yaml", STATUS, *lines):
                if isinstance(line, int):
                    await Sleep(line * SECOND)
                else:
                    said.append(await self.kubectl(line))

        self.do(type_them())
        assert self.play(until * SECOND, settled=True)
        return said[2:]

    def steps(self):
        """What was scaled, by the order in which the ReplicaSets were born: `(2, 0, 1)`."""
        born = [one.ref.name for one in self.trace.of(Write) if one.ref.kind == "ReplicaSet" and one.before is None]
        events = [one.after for one in self.trace.of(Write) if one.ref.kind == "Event" and one.after]
        found = [SCALED.search(one["message"]) for one in events if one["reason"] == "ScalingReplicaSet"]
        return [(born.index(one[1]) + 1, int(one[2]), int(one[3])) for one in found if one]

    def deployment(self):
        return self.get("Deployment", "default", "web")

    def sizes(self):
        sets = sorted(self.list("ReplicaSet", "default"), key=lambda one: revisions.revision_of(one))
        return {revisions.revision_of(one): one["spec"]["replicas"] for one in sets}

    def progress(self):
        """The reasons of the condition Progressing, one after another."""
        seen = [
            workloads.condition(one.after, "Progressing")
            for one in self.trace.of(Write)
            if one.ref.kind == "Deployment" and one.after
        ]
        reasons = [one["reason"] for one in seen if one]
        return [reason for index, reason in enumerate(reasons) if index == 0 or reasons[index - 1] != reason]


@pytest.fixture
def rollout():
    return Rollout
