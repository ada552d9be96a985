"""One decision: which node takes this Pod, or why none can.

First the filters, node by node until enough nodes are found; then the scores, to compare those that are left. This is a
plain function of the Pod and the snapshot. Upstream: pkg/scheduler/schedule_one.go, schedulePod.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gen.cluster.scheduler import message
from gen.cluster.scheduler.framework import SKIP, Filter, Profile, Rejection, State, Unplaceable
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.preemption import Prospect, prospects
from gen.cluster.scheduler.profile import DEFAULT
from gen.cluster.scheduler.ranking import Ranking, rank
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot
from gen.cluster.scheduler.verdicts import Memory, Shape, Verdict

ALWAYS_ENOUGH = 100  # upstream: minFeasibleNodesToFind
LEAST_PERCENTAGE = 5  # upstream: minFeasibleNodesPercentageToFind
ROWS_TOLD = 6  # nodes whose points a record keeps


@dataclass(frozen=True, slots=True)
class Placement:
    """The outcome for one Pod: a `node`, or the `message` that says why there is none.

    `asked` nodes were looked at, `rejections` are by node. `ranking` is None where there was nothing to compare: no node, or
    only one. `plugins` are those that rejected; an empty list means that only more nodes can help.
    """

    node: str | None
    asked: int
    feasible: list[str] = field(default_factory=list)
    rejections: dict[str, Rejection] = field(default_factory=dict)
    ranking: Ranking | None = None
    message: str = ""
    plugins: tuple[str, ...] = ()
    prospect: Prospect | None = None

    def told(self) -> dict[str, object]:
        """What a record of the decision keeps."""
        rows = self.ranking.rows(ROWS_TOLD) if self.ranking else {}
        return {
            "node": self.node, "asked": self.asked, "feasible": len(self.feasible),
            **({"scores": rows} if rows else {}),
            **({"rejected": message.histogram(self.rejections.values())} if self.rejections else {}),
            **({"message": self.message} if self.message else {}),
            **({"couldPreemptOn": self.prospect.helpful} if self.prospect and self.prospect.helpful else {}),
        }  # fmt: skip


def schedule(
    pod: PodInfo, snapshot: Snapshot, profile: Profile = DEFAULT, memory: Memory | None = None, start: int = 0
) -> Placement:
    """Choose a node. `start` is the place in the order of nodes where the search begins."""
    nodes = snapshot.order()
    if not nodes:
        return Placement(None, 0, message=message.NO_NODES)
    try:
        shape = (memory or Memory(profile)).shape(pod, snapshot)
        others = prepared(pod, snapshot, profile)
    except Unplaceable as refusal:
        return Placement(None, 0, message=message.unplaceable(len(nodes), refusal.reason), plugins=(refusal.plugin,))
    named = [only for one in profile.filters if (only := one.only(pod)) is not None]
    candidates = nodes[start:] + nodes[:start]
    if named:
        candidates = [node for node in candidates if all(node.name in only for only in named)]
    feasible, rejections = search(pod, candidates, shape, others, nodes_to_find(len(nodes)))
    asked = len(feasible) + len(rejections)
    if not feasible:
        return _nowhere(pod, nodes, rejections, profile, snapshot)
    names = [node.name for node, _ in feasible]
    if len(feasible) == 1:
        return Placement(names[0], asked, names, rejections)
    ranking = rank(pod, snapshot, profile, shape, feasible)
    return Placement(ranking.best, asked, names, rejections, ranking)


def prepared(pod: PodInfo, snapshot: Snapshot, profile: Profile) -> list[tuple[Filter, State]]:
    """The filters that look at more than one node, with what they worked out. Raises Unplaceable."""
    return [(one, state) for one in profile.filters if not one.local and (state := one.prepare(pod, snapshot)) is not SKIP]


def search(
    pod: PodInfo, candidates: list[NodeInfo], shape: Shape, others: list[tuple[Filter, State]], enough: int
) -> tuple[list[tuple[NodeInfo, Verdict]], dict[str, Rejection]]:
    """Ask the filters about one node after the other until `enough` can take the Pod: those, and why the others cannot."""
    feasible: list[tuple[NodeInfo, Verdict]] = []
    rejections: dict[str, Rejection] = {}
    for node in candidates:
        verdict = shape.verdict(pod, node)
        rejection = verdict.rejection
        if rejection is None and others:
            rejection = next((found for one, state in others if (found := one.check(state, pod, node))), None)
        if rejection is not None:
            rejections[node.name] = rejection
            continue
        feasible.append((node, verdict))
        if len(feasible) >= enough:
            break
    return feasible, rejections


def nodes_to_find(nodes: int, percentage: int = 0) -> int:
    """How many nodes that can take the Pod are enough: in a large cluster looking at all would take too long.

    A percentage of 0 adapts to the size of the cluster. Upstream: schedule_one.go, numFeasibleNodesToFind.
    """
    if nodes < ALWAYS_ENOUGH:
        return nodes
    share = percentage or max(50 - nodes // 125, LEAST_PERCENTAGE)
    return max(nodes * share // 100, ALWAYS_ENOUGH)


def _nowhere(
    pod: PodInfo, nodes: list[NodeInfo], rejections: dict[str, Rejection], profile: Profile, snapshot: Snapshot
) -> Placement:
    """No node can take the Pod: say why, and whether making room by preemption would help."""
    left_out = tuple(one.name for one in profile.filters if one.only(pod) is not None)
    for node in nodes:
        if node.name not in rejections:
            reason = f"node(s) didn't satisfy plugin(s) [{' '.join(left_out)}]"
            rejections[node.name] = Rejection(left_out[0], (reason,), resolvable=False)
    prospect = prospects(pod, nodes, rejections, profile, snapshot)
    return Placement(
        None,
        len(nodes),
        rejections=rejections,
        message=message.unschedulable(len(nodes), rejections.values(), prospect.text()),
        plugins=tuple(sorted({rejection.plugin for rejection in rejections.values()})),
        prospect=prospect,
    )
