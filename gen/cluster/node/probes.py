"""What a probe's results lead to: a pure machine. It counts, and says when the verdict of a container changes.

Upstream: pkg/kubelet/prober/worker.go (doProbe), results/results_manager.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

Obj = dict[str, Any]
SUCCESS, FAILURE, UNKNOWN, ERROR = "success", "failure", "unknown", "error"
LIVENESS, READINESS, STARTUP = "liveness", "readiness", "startup"
KINDS = (LIVENESS, READINESS, STARTUP)

# What holds of a container before its probe has said anything (upstream: worker.go, newWorker).
AT_FIRST = {LIVENESS: SUCCESS, READINESS: FAILURE, STARTUP: UNKNOWN}

# What is made of a run of equal results that has reached its threshold, by kind and result: the deed, "" for none.
VERDICTS = {
    (LIVENESS, SUCCESS): "",
    (LIVENESS, FAILURE): "kill",
    (READINESS, SUCCESS): "ready",
    (READINESS, FAILURE): "unready",
    (STARTUP, SUCCESS): "started",
    (STARTUP, FAILURE): "kill",
}


@dataclass(frozen=True, slots=True)
class Count:
    """How far a probe has come: what it holds for true, the last result, how often in a row, and whether it rests.

    It rests (`on_hold`) from the moment that its container is to be killed until there is a new one.
    """

    verdict: str
    last: str = ""
    row: int = 0
    on_hold: bool = False

    @property
    def pending(self) -> bool:
        """Whether results are on their way to another verdict, or there was none yet."""
        return not self.on_hold and (not self.last or self.last != self.verdict)


def begin(kind: str) -> Count:
    """Before the first result of a new container."""
    return Count(AT_FIRST[kind])


def counted(kind: str, count: Count, result: str, thresholds: Mapping[str, int]) -> tuple[Count, str]:
    """After one more result: the new count, and what is to be done (see VERDICTS)."""
    if count.on_hold or result == ERROR:
        return count, ""
    row = count.row + 1 if result == count.last else 1
    count = replace(count, last=result, row=row)
    if row < thresholds[result]:
        return count, ""
    deed = VERDICTS[kind, result] if result != count.verdict else ""
    if result == FAILURE and kind != READINESS:
        return Count(result, on_hold=True), "kill"
    return replace(count, verdict=result), deed


def thresholds(probe: Obj) -> dict[str, int]:
    """How many results in a row it takes (defaults: pkg/apis/core/v1/defaults.go, SetDefaults_Probe)."""
    return {SUCCESS: int(probe.get("successThreshold") or 1), FAILURE: int(probe.get("failureThreshold") or 3)}


def is_due(kind: str, started: bool, ran_s: int, probe: Obj) -> bool:
    """Whether a running container is probed now: a startup probe until it has started, the others from then on.

    `ran_s`: for how many whole seconds the container has run; it is left alone for initialDelaySeconds.
    """
    return (kind == STARTUP) != started and ran_s >= int(probe.get("initialDelaySeconds") or 0)
