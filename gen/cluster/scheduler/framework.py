"""What a placement rule is. The scheduler itself knows no rule: it asks the plugins of its profile, in order.

A filter says whether a node can take a Pod at all; a score says how good a node is, compared with the others that can.
Upstream: pkg/scheduler/framework/interface.go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

State = Any  # what a plugin works out once for a Pod, before it looks at the nodes
SKIP: Final = object()  # the plugin has nothing to say about this Pod
BEST_SCORE = 100  # upstream: MaxNodeScore


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a node cannot take a Pod. `resolvable`: it might, if some of its Pods went away."""

    plugin: str
    reasons: tuple[str, ...]
    resolvable: bool = True


class Unplaceable(Exception):
    """A plugin knows without looking at any node that the Pod cannot be placed."""

    def __init__(self, plugin: str, reason: str) -> None:
        super().__init__(reason)
        self.plugin, self.reason = plugin, reason


def nothing_to_prepare(pod: PodInfo, snapshot: Snapshot) -> State:
    """For plugins that work from the Pod and the node alone."""
    return None


def any_node(pod: PodInfo) -> tuple[str, ...] | None:
    """For plugins that do not know beforehand which nodes come into question."""
    return None


@dataclass(frozen=True, slots=True)
class Filter:
    """A rule that rejects nodes.

    `prepare` runs once a Pod and may answer SKIP or raise Unplaceable; `only` names the nodes that come into question, None
    for all. `local`: the answer depends on the Pod's shape and the one node, so it holds until that node changes.
    """

    name: str
    check: Callable[[State, PodInfo, NodeInfo], Rejection | None]
    prepare: Callable[[PodInfo, Snapshot], State] = nothing_to_prepare
    only: Callable[[PodInfo], tuple[str, ...] | None] = any_node
    local: bool = True


Normalise = Callable[[State, list[int], list[NodeInfo]], list[int]]


def as_it_is(state: State, scores: list[int], nodes: list[NodeInfo]) -> list[int]:
    """For scores that are from 0 to 100 already."""
    return scores


@dataclass(frozen=True, slots=True)
class Score:
    """A rule that compares nodes: `rate` gives a node its points, `normalise` brings the points of all nodes to 0 … 100.

    `prepare` gets the nodes that passed the filters. A `local` one does not look at them.
    """

    name: str
    weight: int
    rate: Callable[[State, PodInfo, NodeInfo], int]
    prepare: Callable[[PodInfo, Snapshot, list[NodeInfo]], State]
    normalise: Normalise = as_it_is
    local: bool = True


def nothing_to_compare(pod: PodInfo, snapshot: Snapshot, feasible: list[NodeInfo]) -> State:
    """For scores that work from the Pod and the node alone."""
    return None


def proportional(scores: list[int], reverse: bool = False) -> list[int]:
    """Points in proportion to the most that any node has, which becomes 100; reversed, the most becomes 0.

    Upstream: pkg/scheduler/framework/plugins/helper/normalize_score.go.

    >>> proportional([0, 1, 4])
    [0, 25, 100]
    """
    most = max(scores, default=0)
    if most == 0:
        return [BEST_SCORE] * len(scores) if reverse else scores
    shares = [BEST_SCORE * score // most for score in scores]
    return [BEST_SCORE - share for share in shares] if reverse else shares


def largest_first(state: State, scores: list[int], nodes: list[NodeInfo]) -> list[int]:
    """The most points become 100."""
    return proportional(scores)


def smallest_first(state: State, scores: list[int], nodes: list[NodeInfo]) -> list[int]:
    """The fewest points are the best; no points at all are 100."""
    return proportional(scores, reverse=True)


@dataclass(frozen=True, slots=True)
class Profile:
    """Which rules a scheduler follows, in the order in which it asks them."""

    filters: tuple[Filter, ...]
    scores: tuple[Score, ...]

    def describe(self) -> list[str]:
        """The rules as lines of text."""
        return [f"filter {one.name}" for one in self.filters] + [f"score {one.name} x{one.weight}" for one in self.scores]
