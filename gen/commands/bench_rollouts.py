"""How much a large rollout costs: a Deployment on fifteen nodes is created, and then rolled over to a new image.

Processor time, not time on the wall, of a whole process: `python -m gen.commands.bench_rollouts PODS` prints its figures as
JSON. Few Pods and many are played in turn, so that both meet the same machine; of the turns the one in the middle counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import process_time
from typing import Any

from gen.commands.bench_promises import Promise

Figures = dict[str, Any]
Turn = dict[int, Figures]  # by the number of Pods

NODES, FEW, MANY = 15, 100, 1_000
TURNS = 3
MOST_S, MOST_MB, MOST_TIMES = 10, 600, 1.5
NEW_IMAGE = "nginx:1.28"
ROLLOVER = f"""\
- after: deployment/web complete
  run: kubectl set image deployment/web web={NEW_IMAGE}
"""


class NotRolledOver(Exception):
    """A run failed, or not all of its Pods became what they should be."""


def rollouts() -> Iterator[Promise]:
    """Measure a few turns. Raises NotRolledOver."""
    yield from promises([{pods: once(pods) for pods in (FEW, MANY)} for _ in range(TURNS)])


def promises(turns: list[Turn]) -> Iterator[Promise]:
    """What the turns add up to."""
    for pods in (FEW, MANY):
        what = f"{pods:,} Pods on {NODES} nodes, created and rolled over"
        seconds, megabytes = (MOST_S, MOST_MB) if pods == MANY else (None, None)
        yield Promise(f"{what}, processor time", median(turn[pods]["cpu_s"] for turn in turns), "s", seconds)
        peaks = [turn[pods]["peak_mb"] for turn in turns if turn[pods]["peak_mb"] is not None]
        if peaks:
            yield Promise(f"{what}, memory", median(peaks), "MB", megabytes)
    costs = [turn[MANY]["run_s"] / MANY / (turn[FEW]["run_s"] / FEW) for turn in turns]
    yield Promise(f"a Pod among {MANY:,} costs what one among {FEW} does", median(costs), "times", MOST_TIMES)


def once(pods: int) -> Figures:
    """One run in a process of its own. Raises NotRolledOver."""
    done = subprocess.run(
        [sys.executable, "-m", "gen.commands.bench_rollouts", str(pods)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    found: Figures = {} if done.returncode else json.loads(done.stdout)
    if found.get("new") != pods:
        raise NotRolledOver(f"{found['new']} of {pods} Pods have the new image" if found else f"the run of {pods} Pods failed")
    return found


def measured(pods: int) -> Figures:
    """Play it here; `cpu_s` is all that this process has cost so far, `run_s` the run alone."""
    from gen.commands.load import peak_mb, written
    from gen.play.scenario.load import load
    from gen.play.simulate import simulate

    scenario = load(written(pods, NODES, ROLLOVER))
    began = process_time()
    trace = simulate(scenario)
    ended = process_time()
    return {"cpu_s": ended, "run_s": ended - began, "peak_mb": peak_mb(), "new": rolled_over(trace)}


def rolled_over(trace: Any) -> int:
    """How many Pods were Ready with the new image at the end."""
    from gen.objects.pods import is_ready
    from gen.trace.query import stored

    held = [obj for ref, obj in stored(trace, trace.info["end"]).items() if ref.kind == "Pod"]
    return sum(is_ready(pod) and pod["spec"]["containers"][0]["image"] == NEW_IMAGE for pod in held)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
