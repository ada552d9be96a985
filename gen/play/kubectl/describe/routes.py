"""`kubectl describe` for Ingresses, with what is behind each path; and for autoscalers, with what they measure.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40. Every function gives lines with tabs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta
from gen.objects.backends import behind, some
from gen.objects.tables_others import addresses
from gen.play.kubectl.describe.lines import (
    NONE,
    UNSET,
    Describer,
    Related,
    annotation_lines,
    date,
    head,
    label_lines,
    with_events,
)

Obj = dict[str, Any]
UNKNOWN = "<unknown>"
OF_SERVICE = "kubernetes.io/service-name"


def describe_ingress(ingress: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Which host and path leads to which Service."""
    spec = ingress.get("spec") or {}
    default = _backend(spec["defaultBackend"], related) if spec.get("defaultBackend") else "<default>"
    lines = [
        f"Name:\t{meta.name(ingress)}",
        *label_lines("Labels", meta.labels(ingress)),
        f"Namespace:\t{meta.namespace(ingress)}",
        f"Address:\t{addresses(ingress)}",
        f"Ingress Class:\t{spec.get('ingressClassName', NONE)}",
        f"Default backend:\t{default}",
        *(["TLS:"] if spec.get("tls") else []),
        *(_tls(one) for one in spec.get("tls") or []),
        "Rules:",
        "  Host\tPath\tBackends",
        "  ----\t----\t--------",
        *(list(_rules(spec.get("rules") or [], related)) or [f"  *\t *\t{default}"]),
        *annotation_lines("Annotations", meta.annotations(ingress)),
    ]
    return with_events(lines, events, now_s)


def _tls(one: Obj) -> str:
    hosts = ",".join(one.get("hosts") or [])
    return f"  {one['secretName']} terminates {hosts}" if one.get("secretName") else f"  SNI routes {hosts}"


def _rules(rules: list[Obj], related: Related) -> Iterator[str]:
    for rule in rules:
        if rule.get("http"):
            yield f"  {rule.get('host') or '*'}\t"
            for path in rule["http"].get("paths") or []:
                yield f"    \t{path.get('path', '')} \t{_backend(path['backend'], related)}"


def _backend(backend: Obj, related: Related) -> str:
    """`web:http (10.244.1.2:80)`: the Service and its port, and where that leads."""
    asked = backend.get("service")
    if not asked:
        found = backend.get("resource") or {}
        return f"APIGroup: {found.get('apiGroup', NONE)}, Kind: {found.get('kind', '')}, Name: {found.get('name', '')}"
    name, port = asked["name"], asked.get("port") or {}
    called = f"{name}:{port.get('name') or port.get('number', 0)}"
    service = next((one for one in related.get("Service") or [] if meta.name(one) == name), None)
    if service is None:
        return f'{called} (<error: services "{name}" not found>)'
    same = [
        one for one in dig(service, "spec.ports", []) if port.get("name") == one.get("name") or port.get("number") == one["port"]
    ]
    slices = [one for one in related.get("EndpointSlice") or [] if meta.labels(one).get(OF_SERVICE) == name]
    leads = some(behind(slices, same[-1] if same else {})) if slices else NONE
    return f"{called} ({leads})"


def describe_autoscaler(scaler: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """What an autoscaler measures, between which bounds it scales, and how it is."""
    spec, status = scaler.get("spec") or {}, scaler.get("status") or {}
    target, measured = spec.get("scaleTargetRef") or {}, status.get("currentMetrics") or []
    conditions = [
        f"  {one['type']}\t{one['status']}\t{one.get('reason', '')}\t{one.get('message', '')}"
        for one in status.get("conditions") or []
    ]
    titles = ["Conditions:", "  Type\tStatus\tReason\tMessage", "  ----\t------\t------\t-------"]
    counts = f"{status.get('currentReplicas', 0)} current / {status.get('desiredReplicas', 0)} desired"
    lines = [
        *head(scaler),
        f"CreationTimestamp:\t{date(scaler['metadata']['creationTimestamp'])}",
        f"Reference:\t{target.get('kind', '')}/{target.get('name', '')}",
        "Metrics:\t( current / target )",
        *(_metric(one, measured[at] if at < len(measured) else {}) for at, one in enumerate(spec.get("metrics") or [])),
        f"Min replicas:\t{spec.get('minReplicas', UNSET)}",
        f"Max replicas:\t{spec.get('maxReplicas', 0)}",
        *(_behaviour(spec["behavior"]) if spec.get("behavior") else []),
        f"{target.get('kind', '')} pods:\t{counts}",
        *([*titles, *conditions] if conditions else []),
    ]
    return with_events(lines, events, now_s)


def _metric(wanted: Obj, measured: Obj) -> str:
    kind = wanted["type"]
    field = kind[0].lower() + kind[1:]
    source, target, now = wanted[field], dig(wanted, f"{field}.target", {}), dig(measured, f"{field}.current", {})
    average = f"{now.get('averageValue', UNKNOWN)} / {target.get('averageValue')}"
    if kind in ("Resource", "ContainerResource"):
        of = f' of container "{source["container"]}"' if "container" in source else ""
        title = f"  resource {source['name']}{of} on pods"
        if target.get("averageValue") is not None:
            return f"{title}:\t{average}"
        share = now.get("averageUtilization")
        used = UNKNOWN if share is None else f"{share}% ({now.get('averageValue', 0)})"
        most = target.get("averageUtilization")
        return f"{title}  (as a percentage of request):\t{used} / {'<auto>' if most is None else f'{most}%'}"
    name = f'  "{dig(source, "metric.name", "")}"'
    if kind == "Pods":
        return f"{name} on pods:\t{average}"
    if kind == "Object":
        name += f" on {dig(source, 'describedObject.kind', '')}/{dig(source, 'describedObject.name', '')}"
    if target.get("averageValue") is not None:
        return f"{name} (target average value):\t{average}"
    return f"{name} (target value):\t{now.get('value', UNKNOWN)} / {target.get('value')}"


def _behaviour(behaviour: Obj) -> Iterator[str]:
    yield "Behavior:"
    for title, field in (("Scale Up", "scaleUp"), ("Scale Down", "scaleDown")):
        rules = behaviour.get(field)
        if rules is None:
            continue
        yield f"  {title}:"
        if rules.get("stabilizationWindowSeconds") is not None:
            yield f"    Stabilization Window: {rules['stabilizationWindowSeconds']} seconds"
        if rules.get("policies"):
            yield f"    Select Policy: {rules.get('selectPolicy', 'Max')}"
            yield "    Policies:"
            for one in rules["policies"]:
                yield f"      - Type: {one['type']}\tValue: {one['value']}\tPeriod: {one['periodSeconds']} seconds"


ROUTES: dict[str, Describer] = {"Ingress": describe_ingress, "HorizontalPodAutoscaler": describe_autoscaler}
