"""One measured run, in a process of its own: `python -m gen.commands.load PODS` prints its figures as JSON.

Processor time, not time on the wall: other work on the machine counts less. The peak is the whole process's, imports included.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

PODS_A_NODE = 10
FEWEST_NODES = 3
SMALL = 10  # up to so many Pods a run is repeated and the fastest counts: what is left is the work itself
REPEATS = 5

SCENARIO = """\
title: {{ko: Load, en: Load}}
cluster: {{nodes: {nodes}}}
files:
  web.yaml: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {{name: web}}
    spec:
      replicas: {pods}
      selector: {{matchLabels: {{app: web}}}}
      template:
        metadata: {{labels: {{app: web}}}}
        spec:
          containers:
          - {{name: web, image: "nginx:1.27"}}
steps:
- run: kubectl apply -f web.yaml
{more}until: settled
"""


VIEWS = ("board", "timeline", "events")


def measured(pods: int) -> dict[str, Any]:
    """Play a Deployment of so many Pods; for a small one draw its views too."""
    began = process_time()
    from gen.draw import figure
    from gen.play.scenario.load import load
    from gen.play.simulate import simulate
    from gen.site.means import standing_alone
    from gen.views import story

    imported = process_time()
    scenario = load(written(pods))
    loaded = process_time()
    runs, drawings = [], []
    for _ in range(REPEATS if pods <= SMALL else 1):
        start = process_time()
        trace = simulate(scenario)
        runs.append(process_time() - start)
        if pods <= SMALL:
            start = process_time()
            figure(story(trace, VIEWS), standing_alone(), lang="en")
            drawings.append(process_time() - start)
    return {
        "pods": pods,
        "import_s": imported - began,
        "load_s": loaded - imported,
        "run_s": min(runs),
        "draw_s": min(drawings, default=None),
        "records": len(trace),
        "ready": ready(trace),
        "peak_mb": peak_mb(),
    }


def written(pods: int, nodes: int = 0, more: str = "") -> Path:
    """The scenario as a file, with `more` steps; unless told otherwise on a node for each 10 Pods, but on three at least."""
    file = Path(tempfile.mkdtemp()) / "load.yaml"
    nodes = nodes or max(FEWEST_NODES, pods // PODS_A_NODE)
    file.write_text(SCENARIO.format(pods=pods, nodes=nodes, more=more), encoding="utf-8")
    return file


def ready(trace: Any) -> int:
    """How many Pods were Ready at the end."""
    from gen.objects.pods import is_ready
    from gen.trace.record import Write

    last = {write.ref: write.after for write in trace.of(Write) if write.ref.kind == "Pod"}
    return sum(pod is not None and is_ready(pod) for pod in last.values())


def peak_mb() -> float | None:
    """The most memory that this process had, in megabytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
