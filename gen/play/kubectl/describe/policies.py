"""`kubectl describe` for kinds that nobody acts on yet, and of which their spec tells all: budgets, policies, classes.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40. Every function gives lines with tabs.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta, selectors
from gen.play.kubectl.describe.lines import (
    NONE,
    UNSET,
    Describer,
    Related,
    annotation_lines,
    block,
    head,
    label_lines,
    with_events,
)

Obj = dict[str, Any]
ISOLATED = "    <none> (Selected pods are isolated for {} connectivity)"
EVERY_POD = f"    {NONE} (Allowing the specific traffic to all pods in this namespace)"


def describe_disruption_budget(budget: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """How many Pods may be disturbed."""
    spec = budget.get("spec") or {}
    bounds = (("Min available", "minAvailable"), ("Max unavailable", "maxUnavailable"))
    counts = (("Allowed disruptions", "disruptionsAllowed"), ("Current", "currentHealthy"), ("Desired", "desiredHealthy"))
    lines = [
        f"Name:\t{meta.name(budget)}",
        f"Namespace:\t{meta.namespace(budget)}",
        *(f"{title}:\t{spec[field]}" for title, field in bounds if spec.get(field) is not None),
        f"Selector:\t{selectors.format_selector(spec['selector']) if spec.get('selector') else UNSET}",
        "Status:",
        *(f"    {title}:\t{dig(budget, f'status.{field}', 0)}" for title, field in (*counts, ("Total", "expectedPods"))),
    ]
    return with_events(lines, events, now_s)


def describe_ingress_class(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Who serves Ingresses of a class."""
    parameters = dig(found, "spec.parameters")
    lines = [*head(found, namespaced=False), f"Controller:\t{dig(found, 'spec.controller', '')}"]
    if parameters:
        titles = (("APIGroup", "apiGroup"), ("Kind", "kind"), ("Name", "name"))
        lines += ["Parameters:", *(f"  {title}:\t{parameters[field]}" for title, field in titles if parameters.get(field))]
    return with_events(lines, events, now_s)


def describe_network_policy(policy: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Who may speak with the chosen Pods."""
    spec = policy.get("spec") or {}
    types = spec.get("policyTypes") or ["Ingress"]
    chosen = selectors.format_selector(spec.get("podSelector")) if spec.get("podSelector") else ""
    created = policy["metadata"]["creationTimestamp"].replace("T", " ").replace("Z", " +0000 UTC")
    lines = [
        f"Name:\t{meta.name(policy)}",
        f"Namespace:\t{meta.namespace(policy)}",
        f"Created on:\t{created}",
        *label_lines("Labels", meta.labels(policy)),
        *annotation_lines("Annotations", meta.annotations(policy)),
        "Spec:",
        f"  PodSelector: {f'    {chosen}' if chosen else EVERY_POD}",
    ]
    for direction, whom, where in (("ingress", "from", "source"), ("egress", "to", "destination")):
        if direction.capitalize() in types:
            lines += [f"  Allowing {direction} traffic:", *_allowed(spec.get(direction) or [], direction, whom, where)]
        else:
            lines.append(f"  Not affecting {direction} traffic")
    return block([*lines, f"  Policy Types: {', '.join(types)}"])


def _allowed(rules: list[Obj], direction: str, whom: str, where: str) -> list[str]:
    """What the rules of one direction allow, a line of dashes between them."""
    lines: list[str] = []
    for rule in rules:
        lines += ["    ----------"] if lines else []
        ports = [f"    To Port: {port.get('port', '<nil>')}/{port.get('protocol', 'TCP')}" for port in rule.get("ports") or []]
        lines += ports or ["    To Port: <any> (traffic allowed to all ports)"]
        peers = rule.get(whom) or []
        word = whom.capitalize()
        lines += [line for peer in peers for line in (f"    {word}:", *_peer(peer))]
        lines += [] if peers else [f"    {word}: <any> (traffic not restricted by {where})"]
    return lines or [ISOLATED.format(direction)]


def _peer(peer: Obj) -> list[str]:
    block_of = peer.get("ipBlock")
    if block_of and not peer.get("podSelector") and not peer.get("namespaceSelector"):
        excepted = ", ".join(block_of.get("except") or [])
        return ["      IPBlock:", f"        CIDR: {block_of['cidr']}", f"        Except: {excepted}"]
    named = (("NamespaceSelector", "namespaceSelector"), ("PodSelector", "podSelector"))
    return [f"      {title}: {selectors.format_selector(peer[field])}" for title, field in named if peer.get(field) is not None]


POLICIES: dict[str, Describer] = {
    "PodDisruptionBudget": describe_disruption_budget,
    "IngressClass": describe_ingress_class,
    "NetworkPolicy": describe_network_policy,
}
