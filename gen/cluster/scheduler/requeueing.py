"""Which change in the cluster is worth another try for a Pod that found no node.

A Pod waits for the very thing that was in its way. Each plugin that rejected a node for it says which changes might have
altered its mind; all others leave the Pod in peace. Upstream: the EventsToRegister functions of the plugins (queueing hints).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gen.cluster.scheduler.framework import Filter
from gen.cluster.scheduler.plugins import (
    inter_pod_affinity,
    node_affinity,
    node_name,
    node_ports,
    node_resources_fit,
    node_unschedulable,
    spread_constraints,
    taint_toleration,
)
from gen.cluster.scheduler.pod_affinity import Term
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo
from gen.objects import selectors

Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A Node came (`before` is None), changed, or went (`after` is None)."""

    before: NodeInfo | None
    after: NodeInfo | None


@dataclass(frozen=True, slots=True)
class PodChange:
    """A Pod that has a node came, changed there, or went."""

    before: PodInfo | None
    after: PodInfo | None
    node: str


@dataclass(frozen=True, slots=True)
class OwnChange:
    """The waiting Pod itself was changed."""

    before: PodInfo
    after: PodInfo


Change = NodeChange | PodChange | OwnChange
Hint = Callable[[PodInfo, Change], bool]


def node_now_passes(rule: Filter) -> Hint:
    """The node passes the filter now and did not before, or the Pod itself was changed."""

    def hint(pod: PodInfo, change: Change) -> bool:
        if isinstance(change, OwnChange):
            return change.before.shape != change.after.shape
        if not isinstance(change, NodeChange) or change.after is None:
            return False
        return rule.check(None, pod, change.after) is None and (
            change.before is None or rule.check(None, pod, change.before) is not None
        )

    return hint


def room_was_made(pod: PodInfo, change: Change) -> bool:
    """A Pod went, or asks for less now; or a node came or grew on which the Pod would fit if it were empty."""
    if isinstance(change, PodChange):
        return change.after is None or change.before is not None and _asks_less(change.before, change.after)
    if isinstance(change, OwnChange):
        return _asks_less(change.before, change.after)
    if change.after is None or node_resources_fit.lacking(pod, _emptied(change.after)):
        return False
    before = change.before.allocatable if change.before else {}
    return any(amount > before.get(resource, 0) for resource, amount in change.after.allocatable.items())


def ports_were_freed(pod: PodInfo, change: Change) -> bool:
    """A Pod that held a wanted port went, or a node came."""
    if isinstance(change, NodeChange):
        return change.before is None
    if not isinstance(change, PodChange) or change.before is None or change.after is not None:
        return False
    freed = change.before.ports
    return any(node_ports.conflict(port, freed) for port in pod.ports)


def spread_may_differ(pod: PodInfo, change: Change) -> bool:
    """A Pod that a constraint counts came, went or was relabelled; or a node with the constraints' labels."""
    constraints = spread_constraints.own(pod, "DoNotSchedule")
    if isinstance(change, NodeChange):
        return any(spread_constraints.has_all_keys(one, constraints) for one in (change.before, change.after) if one)
    if isinstance(change, OwnChange):
        return change.before.labels != change.after.labels
    if change.before and change.after and change.before.labels == change.after.labels:
        return False
    changed = [one for one in (change.before, change.after) if one and one.namespace == pod.namespace]
    return any(selectors.matches(constraint.selector, one.labels) for constraint in constraints for one in changed)


def company_may_differ(pod: PodInfo, change: Change) -> bool:
    """A Pod that a rule of one of the two speaks of came, went or was relabelled; or a node with other labels came."""
    if isinstance(change, NodeChange):
        before = change.before.labels if change.before else None
        return change.after is not None and change.after.labels != before
    if isinstance(change, OwnChange):
        return change.before.labels != change.after.labels
    if change.before and change.after and change.before.labels == change.after.labels:
        return False
    changed = [one for one in (change.before, change.after) if one]
    rules = [*pod.affinity.required, *pod.affinity.forbidden]
    return any(_may_mean(term, one) for one in changed for term in rules) or any(
        _may_mean(term, pod) for one in changed for term in one.affinity.forbidden
    )


def _may_mean(term: Term, pod: PodInfo) -> bool:
    """Whether the term may speak of this Pod; which namespaces have which labels is left open."""
    chosen = term.namespace_selector is not None or pod.namespace in term.namespaces
    return chosen and selectors.matches(term.selector, pod.labels)


HINTS: dict[str, Hint] = {
    node_unschedulable.NAME: node_now_passes(node_unschedulable.FILTER),
    node_name.NAME: node_now_passes(node_name.FILTER),
    taint_toleration.NAME: node_now_passes(taint_toleration.FILTER),
    node_affinity.NAME: node_now_passes(node_affinity.FILTER),
    node_ports.NAME: ports_were_freed,
    node_resources_fit.NAME: room_was_made,
    spread_constraints.NAME: spread_may_differ,
    inter_pod_affinity.NAME: company_may_differ,
}


def worth_another_try(pod: PodInfo, plugins: tuple[str, ...], change: Change) -> bool:
    """Whether one of the plugins that rejected the Pod may answer differently now."""
    return any(HINTS[name](pod, change) for name in plugins if name in HINTS)


def _asks_less(before: PodInfo, after: PodInfo) -> bool:
    return any(after.requests.get(resource, 0) < amount for resource, amount in before.requests.items())


def _emptied(node: NodeInfo) -> NodeInfo:
    empty = NodeInfo(node.name)
    empty.set_node(node.node)
    return empty
