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
    domains: dict[str, int] = {}
    for node in nodes:
        if spread_constraints.counts_node(constraint, pod, node):
            domain = node.labels.get(constraint.topology_key, "")
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
    labelled = [node for node in snapshot.order() if spread_constraints.has_all_keys(node, constraints)]
    return [_skew(one, pod, snapshot, labelled) for one in constraints] or SKIP


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
    """A constraint that prefers: how many matching Pods each node (or each domain) holds, and what one of them weighs."""

    constraint: Constraint
    counts: Mapping[str, int]
    weight: int

    def points(self, node: NodeInfo) -> int:
        """Points against `node`, in parts of PRECISION; none where it is in no domain."""
        domain = node.labels.get(self.constraint.topology_key)
        if domain is None:
            return 0
        count = self.counts.get(node.name if self.constraint.topology_key == HOSTNAME else domain, 0)
        return count * self.weight + (self.constraint.max_skew - 1) * PRECISION


@dataclass(frozen=True, slots=True)
class Preference:
    """All constraints that prefer; `keys` are those without which a node gets no points at all."""

    weighed: list[Weighed]
    keys: tuple[str, ...]

    def ignores(self, node: NodeInfo) -> bool:
        """Whether the node lacks a label that it must have."""
        return not all(key in node.labels for key in self.keys)


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
    if constraint.topology_key == HOSTNAME:
        return Weighed(constraint, snapshot.count_matching(pod.namespace, constraint.selector), domain_weight(len(rated)))
    domains = dict.fromkeys(node.labels.get(constraint.topology_key, "") for node in rated)
    labelled = [node for node in snapshot.order() if all(key in node.labels for key in keys)] if keys else snapshot.order()
    return Weighed(constraint, pods_by_domain(constraint, pod, snapshot, labelled), domain_weight(len(domains)))


def crowding(state: Preference, pod: PodInfo, node: NodeInfo) -> int:
    """How full the node's domains are: the fewer points the better."""
    if state.ignores(node):
        return 0
    return (sum(one.points(node) for one in state.weighed) + PRECISION // 2) // PRECISION


def emptiest_first(state: Preference, scores: list[int], nodes: list[NodeInfo]) -> list[int]:
    """The emptiest becomes 100, and the fullest as much less as it is fuller; ignored nodes stay at 0."""
    ignored = [state.ignores(node) for node in nodes]
    counted = [score for score, out in zip(scores, ignored, strict=True) if not out]
    least, most = min(counted, default=0), max(counted, default=0)
    points = [BEST_SCORE * (most + least - score) // most if most else BEST_SCORE for score in scores]
    return [0 if out else point for point, out in zip(points, ignored, strict=True)]


FILTER = Filter(NAME, even, skews, local=False)
SCORE = Score(NAME, 2, crowding, preference, emptiest_first, local=False)
