"""What a Pod says about the company it wants: near Pods like these, away from Pods like those.

Upstream: staging/src/k8s.io/kube-scheduler/framework/types.go, AffinityTerm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta, selectors

Obj = dict[str, Any]
NamespaceLabels = Mapping[str, dict[str, str]]  # the labels of every namespace


@dataclass(frozen=True, slots=True)
class Term:
    """Pods that `selector` matches, in these namespaces; and what counts as one place, by a label of nodes."""

    topology_key: str
    selector: Obj | None
    namespaces: tuple[str, ...]
    namespace_selector: Obj | None
    weight: int = 0

    def matches(self, namespace: str, labels: dict[str, str], known: NamespaceLabels) -> bool:
        """Whether a Pod with these labels is meant."""
        there = namespace in self.namespaces or selectors.matches(self.namespace_selector, known.get(namespace, {}))
        return there and selectors.matches(self.selector, labels)


@dataclass(frozen=True, slots=True)
class PodAffinity:
    """All that a Pod says: whom it must be near, whom it must not, and the same as wishes."""

    required: tuple[Term, ...] = ()
    forbidden: tuple[Term, ...] = ()
    preferred: tuple[Term, ...] = ()
    avoided: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required or self.forbidden or self.preferred or self.avoided)


def pod_affinity(pod: Obj) -> PodAffinity:
    """Read `spec.affinity`."""
    near, away = dig(pod, "spec.affinity.podAffinity"), dig(pod, "spec.affinity.podAntiAffinity")
    if not (near or away):
        return NONE
    return PodAffinity(_required(pod, near), _required(pod, away), _preferred(pod, near), _preferred(pod, away))


def _required(pod: Obj, rules: Obj | None) -> tuple[Term, ...]:
    return tuple(_term(pod, one) for one in (rules or {}).get("requiredDuringSchedulingIgnoredDuringExecution") or [])


def _preferred(pod: Obj, rules: Obj | None) -> tuple[Term, ...]:
    stated = (rules or {}).get("preferredDuringSchedulingIgnoredDuringExecution") or []
    return tuple(_term(pod, one["podAffinityTerm"], one["weight"]) for one in stated)


def _term(pod: Obj, stated: Obj, weight: int = 0) -> Term:
    """A term that names no namespaces means the Pod's own."""
    named, chosen = stated.get("namespaces") or [], stated.get("namespaceSelector")
    namespaces = tuple(named) if named or chosen is not None else (meta.namespace(pod),)
    return Term(stated.get("topologyKey", ""), stated.get("labelSelector"), namespaces, chosen, weight)


NONE = PodAffinity()
