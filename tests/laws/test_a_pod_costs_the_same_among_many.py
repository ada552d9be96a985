"""What a run costs grows with the number of Pods, and no faster: whoever looks at all Pods at each change of one breaks this.

Cost is counted in calls of functions, which are the same on every machine.
"""

from __future__ import annotations

from cProfile import Profile

from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.record import Phase

FEW, MANY = 8, 24
SCENARIO = """\
title: {{ko: Load, en: Load}}
cluster: {{nodes: 4}}
files:
  web.yaml: |
    apiVersion: v1
    kind: ResourceQuota
    metadata: {{name: team}}
    spec: {{hard: {{pods: "200", requests.cpu: "8"}}}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {{name: web}}
    spec: {{selector: {{app: web}}, ports: [{{port: 80}}]}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {{name: web}}
    spec:
      replicas: {pods}
      minReadySeconds: 2
      selector: {{matchLabels: {{app: web}}}}
      template:
        metadata: {{labels: {{app: web}}}}
        spec:
          containers:
          - {{name: web, image: "nginx:1.27", resources: {{requests: {{cpu: 10m}}}}}}
steps:
- run: kubectl apply -f web.yaml
- after: deployment/web complete
  run: kubectl set image deployment/web web=nginx:1.28
until: settled
"""


def calls_per_pod(file, pods):
    file.write_text(SCENARIO.format(pods=pods), encoding="utf-8")
    scenario, profile = load(file), Profile()
    trace = profile.runcall(simulate, scenario)
    assert sum(phase.phase == "container-started" for phase in trace.of(Phase)) == 2 * pods
    return sum(entry.callcount for entry in profile.getstats()) / pods


def test_a_pod_costs_no_more_among_many(tmp_path):
    few, many = (calls_per_pod(tmp_path / "load.yaml", pods) for pods in (FEW, MANY))
    assert many <= few
