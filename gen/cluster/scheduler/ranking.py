"""Which of the nodes that can take a Pod gets it: the one with the most points.

Every score's points are brought to 0 … 100, weighed and added. Upstream: pkg/scheduler/framework/runtime/framework.go
(RunScorePlugins) and pkg/scheduler/schedule_one.go (prioritizeNodes, selectHost).
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.cluster.scheduler.framework import SKIP, Profile
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot
from gen.cluster.scheduler.verdicts import Shape, Verdict


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weighed points of every node by score plugin, and their sums; all in the order of `nodes`."""

    nodes: list[str]
    columns: dict[str, list[int]]
    totals: list[int]

    @property
    def best(self) -> str:
        """The node with the most points; of several the first that was asked.

        The real scheduler takes the head of a heap here, which is nearly always the first too.
        """
        return self.nodes[self.totals.index(max(self.totals))]

    def rows(self, most: int) -> dict[str, dict[str, int]]:
        """The best nodes first, at most so many: their totals, and the points of every plugin."""
        order = sorted(range(len(self.nodes)), key=self.totals.__getitem__, reverse=True)[:most]
        return {
            self.nodes[index]: {"total": self.totals[index], **{name: column[index] for name, column in self.columns.items()}}
            for index in order
        }


def rank(pod: PodInfo, snapshot: Snapshot, profile: Profile, shape: Shape, feasible: list[tuple[NodeInfo, Verdict]]) -> Ranking:
    """Compare the nodes that passed every filter."""
    nodes = [node for node, _ in feasible]
    local = {one.name: (index, state) for index, (one, state) in enumerate(shape.scores)}
    columns: dict[str, list[int]] = {}
    for score in profile.scores:
        if score.local:
            if score.name not in local:
                continue
            index, state = local[score.name]
            points = [verdict.points[index] for _, verdict in feasible]
        else:
            state = score.prepare(pod, snapshot, nodes)
            if state is SKIP:
                continue
            points = [score.rate(state, pod, node) for node in nodes]
        columns[score.name] = [score.weight * point for point in score.normalise(state, points, nodes)]
    return Ranking([node.name for node in nodes], columns, [sum(column) for column in zip(*columns.values(), strict=True)])
