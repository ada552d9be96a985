"""Where the constraints of PodTopologySpread come from, and which nodes they count.

Upstream: pkg/scheduler/framework/plugins/podtopologyspread/common.go and plugin.go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gen.cluster.scheduler.plugins.node_affinity import required_terms, suits
from gen.cluster.scheduler.plugins.taint_toleration import untolerated
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import ZONE, NodeInfo, Snapshot

Obj = dict[str, Any]
NAME = "PodTopologySpread"
HOSTNAME = "kubernetes.io/hostname"
DEFAULT_MAX_SKEW = {HOSTNAME: 3, ZONE: 5}  # upstream: systemDefaultConstraints; both prefer, none rejects
NOTHING = {"matchExpressions": [{"key": "", "operator": "In", "values": []}]}  # what a constraint without a selector matches


@dataclass(frozen=True, slots=True)
class Constraint:
    """One topology spread constraint, every default filled in."""

    topology_key: str
    max_skew: int
    selector: Obj
    min_domains: int = 1
    honours_affinity: bool = True
    honours_taints: bool = False


def own(pod: PodInfo, when_unsatisfiable: str) -> list[Constraint]:
    """The Pod's own constraints of one sort."""
    stated = pod.spec.get("topologySpreadConstraints") or []
    return [read(one, pod.labels) for one in stated if one.get("whenUnsatisfiable", "DoNotSchedule") == when_unsatisfiable]


def read(stated: Obj, labels: dict[str, str]) -> Constraint:
    """A constraint as the Pod states it. `matchLabelKeys` add the Pod's own values of those labels to the selector."""
    selector = stated.get("labelSelector")
    keyed = {key: labels[key] for key in stated.get("matchLabelKeys") or [] if key in labels}
    if selector is not None and keyed:
        selector = {**selector, "matchLabels": {**(selector.get("matchLabels") or {}), **keyed}}
    return Constraint(
        topology_key=stated["topologyKey"],
        max_skew=stated["maxSkew"],
        selector=NOTHING if selector is None else selector,
        min_domains=stated.get("minDomains") or 1,
        honours_affinity=(stated.get("nodeAffinityPolicy") or "Honor") == "Honor",
        honours_taints=(stated.get("nodeTaintsPolicy") or "Ignore") == "Honor",
    )


def defaults(pod: PodInfo, snapshot: Snapshot) -> list[Constraint]:
    """The cluster's constraints, for the Pods of the same workload and Services; none for a Pod that belongs to nothing."""
    selector = snapshot.groups.selector(pod)
    if selector is None:
        return []
    return [Constraint(key, max_skew, selector) for key, max_skew in DEFAULT_MAX_SKEW.items()]


def is_picky(constraint: Constraint, pod: PodInfo) -> bool:
    """Whether there can be nodes that do not count."""
    restricted = pod.spec.get("nodeSelector") or required_terms(pod.spec) is not None
    return bool(constraint.honours_taints or constraint.honours_affinity and restricted)


def counts_node(constraint: Constraint, pod: PodInfo, node: NodeInfo) -> bool:
    """Whether the node's Pods count: not where the Pod could never go anyway, as far as the constraint's policies say so."""
    if constraint.honours_affinity and not suits(pod.spec, node.labels, node.name):
        return False
    return not (constraint.honours_taints and node.taints and untolerated(node.taints, pod.spec.get("tolerations") or []))


def has_all_keys(node: NodeInfo, constraints: list[Constraint]) -> bool:
    """Whether the node is in a domain of every constraint."""
    return all(one.topology_key in node.labels for one in constraints)
