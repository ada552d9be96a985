"""What the plugins that look at one node alone said about it, kept until the node changes.

Most Pods are like many others, and most nodes are as they were a moment ago: so most of these questions need not be asked
again. The answers are the same with and without this memory; only the time is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.cluster.scheduler.framework import SKIP, Filter, Profile, Rejection, Score, State
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

MOST_SHAPES = 64  # remembered at once; scenarios have fewer kinds of Pods than that


@dataclass(frozen=True, slots=True)
class Verdict:
    """About one node as it was at `generation`: the first rejection, or else the points of every local score in order."""

    generation: int
    rejection: Rejection | None
    points: tuple[int, ...] = ()


class Shape:
    """The answers for all Pods of one shape."""

    def __init__(self, pod: PodInfo, snapshot: Snapshot, profile: Profile) -> None:
        self.filters: list[tuple[Filter, State]] = [
            (one, state) for one in profile.filters if one.local and (state := one.prepare(pod, snapshot)) is not SKIP
        ]
        self.scores: list[tuple[Score, State]] = [
            (one, state) for one in profile.scores if one.local and (state := one.prepare(pod, snapshot, [])) is not SKIP
        ]
        self._known: dict[str, Verdict] = {}

    def verdict(self, pod: PodInfo, node: NodeInfo) -> Verdict:
        """The answers about a node, asked anew only if it has changed."""
        known = self._known.get(node.name)
        if known is None or known.generation != node.generation:
            known = self._known[node.name] = self._ask(pod, node)
        return known

    def _ask(self, pod: PodInfo, node: NodeInfo) -> Verdict:
        for one, state in self.filters:
            rejection = one.check(state, pod, node)
            if rejection is not None:
                return Verdict(node.generation, rejection)
        return Verdict(node.generation, None, tuple(one.rate(state, pod, node) for one, state in self.scores))


class Memory:
    """The shapes that were asked about lately. All is forgotten when a Node itself changes."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._epoch = -1
        self._shapes: dict[str, Shape] = {}

    def shape(self, pod: PodInfo, snapshot: Snapshot) -> Shape:
        """The answers for Pods like this one. Raises Unplaceable."""
        if snapshot.epoch != self._epoch or len(self._shapes) >= MOST_SHAPES and pod.shape not in self._shapes:
            self._shapes.clear()
            self._epoch = snapshot.epoch
        known = self._shapes.get(pod.shape)
        if known is None:
            known = self._shapes[pod.shape] = Shape(pod, snapshot, self._profile)
        return known
