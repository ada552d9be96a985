"""Pods that want to be together, and Pods that want to be apart.

A rule names Pods and a topology key: being near means to be on nodes with the same value of that label. The Pods that are
there already count too: one that wants to be left alone keeps others away, whatever they say themselves.
Upstream: pkg/scheduler/framework/plugins/interpodaffinity/filtering.go and scoring.go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gen.cluster.scheduler.framework import BEST_SCORE, SKIP, Filter, Rejection, Score, State
from gen.cluster.scheduler.pod_affinity import Term
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

NAME = "InterPodAffinity"
REQUIRED_AFFINITY_WEIGHT = 1  # upstream: hardPodAffinityWeight: a Pod that must be near us would like us near, too
Place = tuple[str, str]  # a topology key and its value

LONELY = Rejection(NAME, ("node(s) didn't match pod affinity rules",), resolvable=False)
CROWDED = Rejection(NAME, ("node(s) didn't match pod anti-affinity rules",))
UNWELCOME = Rejection(NAME, ("node(s) didn't satisfy existing pods anti-affinity rules",))


def means(term: Term, pod: PodInfo, snapshot: Snapshot) -> bool:
    """Whether the term speaks of this Pod."""
    return term.matches(pod.namespace, pod.labels, snapshot.namespaces)


def places(terms: Iterable[Term], node: NodeInfo) -> list[Place]:
    """Where `node` is, for every term; none where it lacks the label."""
    return [(term.topology_key, node.labels[term.topology_key]) for term in terms if term.topology_key in node.labels]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where there are Pods that the Pod must be near, where some that it must not be near, and where it is not welcome."""

    near: Counter[Place]
    away: Counter[Place]
    unwelcome: Counter[Place]
    suits_itself: bool  # the Pod is one of those that it must be near


def neighbourhood(pod: PodInfo, snapshot: Snapshot) -> State:
    """Look at the Pods that are there; skip Pods that neither have rules nor are the object of any."""
    rules, near, away, unwelcome = pod.affinity, Counter[Place](), Counter[Place](), Counter[Place]()
    for node, other in snapshot.pods_with_affinity():
        unwelcome.update(places([term for term in other.affinity.forbidden if means(term, pod, snapshot)], node))
    if not (unwelcome or rules.required or rules.forbidden):
        return SKIP
    if rules.required or rules.forbidden:
        for node, other in snapshot.placed_pods():
            if rules.required and all(means(term, other, snapshot) for term in rules.required):
                near.update(places(rules.required, node))
            away.update(places([term for term in rules.forbidden if means(term, other, snapshot)], node))
    return Neighbourhood(near, away, unwelcome, all(means(term, pod, snapshot) for term in rules.required))


def good_company(state: Neighbourhood, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject nodes that are not near whom the Pod must be near, or near whom it must not."""
    if not _near_enough(state, pod, node):
        return LONELY
    if any(state.away[place] for place in places(pod.affinity.forbidden, node)):
        return CROWDED
    if state.unwelcome and any(state.unwelcome[place] for place in node.labels.items()):
        return UNWELCOME
    return None


def _near_enough(state: Neighbourhood, pod: PodInfo, node: NodeInfo) -> bool:
    """The first of a group that wants to be together has nobody to be near yet: it may go anywhere."""
    required = places(pod.affinity.required, node)
    if len(required) < len(pod.affinity.required):
        return False
    return all(state.near[place] for place in required) or not state.near and state.suits_itself


def attractions(pod: PodInfo, snapshot: Snapshot, feasible: list[NodeInfo]) -> State:
    """What every place is worth, by the Pod's wishes and by those of the Pods that are there; skip if nothing anywhere."""
    worth: Counter[Place] = Counter()
    if pod.affinity.preferred or pod.affinity.avoided:
        for node, other in snapshot.placed_pods():
            _weigh(worth, pod.affinity.preferred, other, node, snapshot, 1)
            _weigh(worth, pod.affinity.avoided, other, node, snapshot, -1)
    for node, other in snapshot.pods_with_affinity():
        for term in other.affinity.required:
            if means(term, pod, snapshot):
                worth.update(dict.fromkeys(places([term], node), REQUIRED_AFFINITY_WEIGHT))
        _weigh(worth, other.affinity.preferred, pod, node, snapshot, 1)
        _weigh(worth, other.affinity.avoided, pod, node, snapshot, -1)
    return worth or SKIP


def _weigh(worth: Counter[Place], terms: Iterable[Term], pod: PodInfo, node: NodeInfo, snapshot: Snapshot, sign: int) -> None:
    for term in terms:
        if means(term, pod, snapshot):
            for place in places([term], node):
                worth[place] += sign * term.weight


def attraction(worth: State, pod: PodInfo, node: NodeInfo) -> int:
    """What the places are worth that the node is in; below 0 where the Pod would rather not be."""
    return sum(worth[place] for place in node.labels.items() if place in worth)


def stretched(state: State, scores: list[int], nodes: list[NodeInfo]) -> list[int]:
    """The most attractive becomes 100, the least 0; where all are equal nobody gets anything."""
    least, most = min(scores), max(scores)
    if least == most:
        return [0] * len(scores)
    return [int(BEST_SCORE * ((score - least) / (most - least))) for score in scores]


FILTER = Filter(NAME, good_company, neighbourhood, local=False)
SCORE = Score(NAME, 2, attraction, attractions, stretched, local=False)
