"""A taint keeps Pods away from a node, except those that tolerate it.

`NoSchedule` and `NoExecute` keep them away for good, `PreferNoSchedule` only where there is a better node.
Upstream: pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.scheduler.framework import Filter, Rejection, Score, State, nothing_to_compare, smallest_first
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo

Obj = dict[str, Any]
NAME = "TaintToleration"
FORBIDDING = ("NoSchedule", "NoExecute")
DISCOURAGING = "PreferNoSchedule"
REJECTED = Rejection(NAME, ("node(s) had untolerated taint(s)",), resolvable=False)


def tolerates(toleration: Obj, taint: Obj) -> bool:
    """Whether the toleration covers the taint. What it leaves empty covers everything.

    Upstream: staging/src/k8s.io/api/core/v1/toleration.go, ToleratesTaint, without the comparisons Gt and Lt, which a
    feature gate keeps off.
    """
    if toleration.get("effect") and toleration["effect"] != taint.get("effect"):
        return False
    if toleration.get("key") and toleration["key"] != taint.get("key"):
        return False
    operator = toleration.get("operator") or "Equal"
    if operator == "Equal":
        return (toleration.get("value") or "") == (taint.get("value") or "")
    return bool(operator == "Exists")


def tolerated(taint: Obj, tolerations: list[Obj]) -> bool:
    """Whether one of the tolerations covers the taint."""
    return any(tolerates(toleration, taint) for toleration in tolerations)


def untolerated(taints: list[Obj], tolerations: list[Obj]) -> Obj | None:
    """The first taint that keeps a Pod with these tolerations away for good."""
    return next((taint for taint in taints if taint.get("effect") in FORBIDDING and not tolerated(taint, tolerations)), None)


def admits(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject a node with a taint that the Pod does not tolerate."""
    return REJECTED if node.taints and untolerated(node.taints, pod.spec.get("tolerations") or []) else None


def discouragements(state: State, pod: PodInfo, node: NodeInfo) -> int:
    """How many taints would rather not have the Pod: the fewer the better."""
    if not node.taints:
        return 0
    speaking = [one for one in pod.spec.get("tolerations") or [] if one.get("effect") in (None, "", DISCOURAGING)]
    return sum(taint.get("effect") == DISCOURAGING and not tolerated(taint, speaking) for taint in node.taints)


FILTER = Filter(NAME, admits)
SCORE = Score(NAME, 3, discouragements, nothing_to_compare, smallest_first)
