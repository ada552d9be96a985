"""A Pod may say what its node must be like, by label, and what it would like its node to be.

`nodeSelector` and the required node affinity reject nodes; the preferred node affinity gives points.
Upstream: pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go and
staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gen.cluster.scheduler.framework import SKIP, Filter, Rejection, Score, State, Unplaceable, largest_first
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot
from gen.kit.evolve import dig

Obj = dict[str, Any]
NAME = "NodeAffinity"
REJECTED = Rejection(NAME, ("node(s) didn't match Pod's node affinity/selector",), resolvable=False)
CONFLICT = "pod affinity terms conflict"
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+", re.ASCII)

# What each operator asks of a label's value (None where the node has no such label).
OPERATORS: dict[str, Callable[[str | None, list[str]], bool]] = {
    "In": lambda value, wanted: value in wanted,
    "NotIn": lambda value, wanted: value not in wanted,
    "Exists": lambda value, wanted: value is not None,
    "DoesNotExist": lambda value, wanted: value is None,
    "Gt": lambda value, wanted: compares(value, wanted) > 0,
    "Lt": lambda value, wanted: compares(value, wanted) < 0,
}

# Of fields there is only the node's name, and a requirement compares it with exactly one value.
FIELD_OPERATORS: dict[str, Callable[[str, list[str]], bool]] = {
    "In": lambda name, wanted: wanted == [name],
    "NotIn": lambda name, wanted: len(wanted) == 1 and wanted != [name],
}


def compares(value: str | None, wanted: list[str]) -> int:
    """Above 0 if the label's number is greater than the one asked for, below 0 if less; 0 also where one is no number."""
    if value is None or not (WHOLE_NUMBER.fullmatch(value) and WHOLE_NUMBER.fullmatch(wanted[0])):
        return 0
    return int(value) - int(wanted[0])


def term_matches(term: Obj, labels: dict[str, str], node: str) -> bool:
    """Whether a node fulfils all that a node selector term asks. A term that asks nothing matches nothing."""
    expressions, fields = term.get("matchExpressions") or [], term.get("matchFields") or []
    if not (expressions or fields):
        return False
    return all(OPERATORS[one["operator"]](labels.get(one["key"]), one.get("values") or []) for one in expressions) and all(
        one["key"] == "metadata.name" and FIELD_OPERATORS[one["operator"]](node, one.get("values") or []) for one in fields
    )


def required_terms(spec: Obj) -> list[Obj] | None:
    """The terms of which a node must fulfil one; None where the Pod requires none."""
    terms: list[Obj] | None = dig(spec, "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
    return terms


def suits(spec: Obj, labels: dict[str, str], node: str) -> bool:
    """Whether a node is as the Pod requires: all of `nodeSelector`, and one of the required terms."""
    selector = spec.get("nodeSelector") or {}
    terms = required_terms(spec)
    return selector.items() <= labels.items() and (terms is None or any(term_matches(term, labels, node) for term in terms))


def requires(pod: PodInfo, snapshot: Snapshot) -> State:
    """Skip Pods that require nothing; reject those whose terms each name different nodes at once."""
    if named_nodes(pod) == ():
        raise Unplaceable(NAME, CONFLICT)
    return None if pod.spec.get("nodeSelector") or required_terms(pod.spec) is not None else SKIP


def named_nodes(pod: PodInfo) -> tuple[str, ...] | None:
    """The nodes that the required terms name, if every term names some: then no other need be asked."""
    named: list[str] = []
    for term in required_terms(pod.spec) or [{}]:
        fields = [one for one in term.get("matchFields") or [] if one["key"] == "metadata.name" and one["operator"] == "In"]
        if not fields:
            return None
        named += [name for name in fields[0]["values"] if all(name in one["values"] for one in fields)]
    return tuple(dict.fromkeys(named))


def matches(state: State, pod: PodInfo, node: NodeInfo) -> Rejection | None:
    """Reject a node that is not as the Pod requires."""
    return None if suits(pod.spec, node.labels, node.name) else REJECTED


def preferences(pod: PodInfo, snapshot: Snapshot, feasible: list[NodeInfo]) -> State:
    """The preferred terms; skip Pods that prefer nothing."""
    return dig(pod.spec, "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution", []) or SKIP


def preferred(terms: State, pod: PodInfo, node: NodeInfo) -> int:
    """The weights of the preferred terms that the node fulfils."""
    return sum(one["weight"] for one in terms if one.get("weight") and term_matches(one["preference"], node.labels, node.name))


FILTER = Filter(NAME, matches, requires, named_nodes)
SCORE = Score(NAME, 2, preferred, preferences, largest_first)
