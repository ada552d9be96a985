"""Pods of one kind should not stand all in one place: spread them over zones and nodes.

A constraint names a topology key; nodes with the same value of that label are one domain. `DoNotSchedule` rejects nodes whose
domain would get too far ahead of the emptiest; `ScheduleAnyway` prefers nodes whose domain holds fewer. Pods that say nothing
are spread softly if they belong to a workload or a Service.
Upstream: pkg/scheduler/framework/plugins/podtopologyspread/filtering.go and scoring.go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gen.cluster.scheduler.framework import BEST_SCORE, SKIP, Filter, Rejection, Score, State
from gen.cluster.scheduler.plugins import spread_constraints
from gen.cluster.scheduler.plugins.spread_constraints import HOSTNAME, NAME, Constraint
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot
from gen.objects import selectors

UNEVEN = Rejection(NAME, ("node(s) didn't match pod topology spread constraints",))
WITHOUT_LABEL = Rejection(NAME, (f"{UNEVEN.reasons[0]} (missing required label)",), resolvable=False)
PRECISION = 10**12  # weights are whole numbers of this part, so that every machine rounds alike


def pods_by_domain(constraint: Constraint, pod: PodInfo, snapshot: Snapshot, nodes: list[NodeInfo]) -> dict[str, int]:
    """How many matching Pods each domain holds, of those domains that have a node among `nodes` which counts."""
    counts = snapshot.count_matching(pod.namespace, constraint.selector)
    if spread_constraints.is_picky(constraint, pod):
        nodes = [node for node in nodes if spread_constraints.counts_node(constraint, pod, node)]
    key = constraint.topology_key
    domains: dict[str, int] = {}
    for node in nodes:
        domain = node.labels.get(key, "")
        domains[domain] = domains.get(domain, 0) + counts.get(node.name, 0)
    return domains


@dataclass(frozen=True, slots=True)
class Skew:
    """A constraint that rejects, and how full the domains are. `self_match` is 1 where the Pod itself will count."""

    constraint: Constraint
    domains: Mapping[str, int]
    fewest: int
    self_match: int

    def allows(self, domain: str) -> bool:
        """Whether one more Pod in `domain` keeps it within `maxSkew` of the emptiest."""
        return self.domains.get(domain, 0) + self.self_match - self.fewest <= self.constraint.max_skew


def skews(pod: PodInfo, snapshot: Snapshot) -> State:
    """How full every domain is, for every constraint that rejects; skip Pods without any."""
    constraints = spread_constraints.own(pod, "DoNotSchedule")
    if not constraints:
        return SKIP
    labelled = [node for node in snapshot.order() if spread_constraints.has_all_keys(node, constraints)]
    return [_skew(one, pod, snapshot, labelled) for one in constraints]


def _skew(constraint: Constraint, pod: PodInfo, snapshot: Snapshot, labelled: list[NodeInfo]) -> Skew:
    domains = pods_by_domain(constraint, pod, snapshot, labelled)
    fewest = min(domains.values(), default=0) if len(domains) >= constraint.min_domains else 0
    return Skew(constraint, domains, fewest, int(selectors.matches(constraint.selector, pod.labels)))


def even(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject a node whose domain would get too far ahead, and one that is in no domain."""
    for skew in state:
        domain = node.labels.get(skew.constraint.topology_key)
        if domain is None:
            return WITHOUT_LABEL
        if not skew.allows(domain):
            return UNEVEN
    return None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A constraint that prefers: how many matching Pods each domain holds, and what one of them weighs.

    Where every node is a domain of its own, `by_node`, the domains go by the nodes' names. `base` points count in any domain.
    """

    topology_key: str
    by_node: bool
    counts: Mapping[str, int]
    weight: int
    base: int


@dataclass(frozen=True, slots=True)
class Preference:
    """All constraints that prefer; `keys` are those without which a node gets no points at all."""

    weighed: list[Weighed]
    keys: tuple[str, ...]

    def ignores(self, node: NodeInfo) -> bool:
        """Whether the node lacks a label that it must have."""
        return bool(self.keys) and not all(key in node.labels for key in self.keys)


@cache
def domain_weight(domains: int) -> int:
    """The natural logarithm of the number of domains and two: where there are many, each difference counts more."""
    return int(Decimal(domains + 2).ln() * PRECISION)


def preference(pod: PodInfo, snapshot: Snapshot, feasible: list[NodeInfo]) -> State:
    """Weigh every constraint that prefers: the Pod's own, else the cluster's for Pods of a workload or Service."""
    own = spread_constraints.own(pod, "ScheduleAnyway")
    named = bool(pod.spec.get("topologySpreadConstraints"))
    constraints = own if named else spread_constraints.defaults(pod, snapshot)
    if not constraints:
        return SKIP
    keys = tuple(one.topology_key for one in constraints) if named else ()
    rated = [node for node in feasible if all(key in node.labels for key in keys)] if keys else feasible
    return Preference([_weigh(one, keys, pod, snapshot, rated) for one in constraints], keys)


def _weigh(constraint: Constraint, keys: tuple[str, ...], pod: PodInfo, snapshot: Snapshot, rated: list[NodeInfo]) -> Weighed:
    key, base = constraint.topology_key, (constraint.max_skew - 1) * PRECISION
    if key == HOSTNAME:
        return Weighed(key, True, snapshot.count_matching(pod.namespace, constraint.selector), domain_weight(len(rated)), base)
    domains = dict.fromkeys(node.labels.get(key, "") for node in rated)
    labelled = [node for node in snapshot.order() if all(one in node.labels for one in keys)] if keys else snapshot.order()
    return Weighed(key, False, pods_by_domain(constraint, pod, snapshot, labelled), domain_weight(len(domains)), base)


def crowding(state: Preference, pod: PodInfo, node: NodeInfo) -> int:
    """How full the node's domains are: the fewer points the better. Where it is in no domain, nothing counts."""
    if state.ignores(node):
        return 0
    points = PRECISION // 2
    for one in state.weighed:
        domain = node.labels.get(one.topology_key)
        if domain is not None:
            points += one.counts.get(node.name if one.by_node else domain, 0) * one.weight + one.base
    return points // PRECISION


def emptiest_first(state: Preference, scores: list[int], nodes: list[NodeInfo]) -> list[int]:
    """The emptiest becomes 100, and the fullest as much less as it is fuller; ignored nodes stay at 0."""
    ignored = [state.ignores(node) for node in nodes] if state.keys else [False] * len(nodes)
    counted = [score for score, out in zip(scores, ignored, strict=True) if not out]
    least, most = min(counted, default=0), max(counted, default=0)
    if not most:
        return [0 if out else BEST_SCORE for out in ignored]
    return [0 if out else BEST_SCORE * (most + least - score) // most for score, out in zip(scores, ignored, strict=True)]


FILTER = Filter(NAME, even, skews, local=False)
SCORE = Score(NAME, 2, crowding, preference, emptiest_first, local=False)
