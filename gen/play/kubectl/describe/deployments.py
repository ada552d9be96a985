"""`kubectl describe` for Deployments and ReplicaSets.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta, pods, selectors, workloads
from gen.play.kubectl.describe.lines import Describer, Related, annotation_lines, controlled_by, date, label_lines, with_events
from gen.play.kubectl.describe.template import pod_template

Obj = dict[str, Any]
ROLLING = "RollingUpdateStrategy:\t{maxUnavailable} max unavailable, {maxSurge} max surge"
WORDS = (("Running", "Running"), ("Pending", "Waiting"), ("Succeeded", "Succeeded"), ("Failed", "Failed"))  # phase, word


def describe_deployment(deployment: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A Deployment with its ReplicaSets."""
    spec, status = deployment["spec"], deployment.get("status") or {}
    rolling = dig(spec, "strategy.rollingUpdate")
    count = {name: status.get(f"{name}Replicas", 0) for name in ("updated", "available", "unavailable")}
    new, old = workloads.new_and_old(deployment, related["ReplicaSet"])
    lines = [
        f"Name:\t{meta.name(deployment)}",
        f"Namespace:\t{meta.namespace(deployment)}",
        f"CreationTimestamp:\t{date(deployment['metadata']['creationTimestamp'])}",
        *label_lines("Labels", meta.labels(deployment)),
        *annotation_lines("Annotations", meta.annotations(deployment)),
        f"Selector:\t{selectors.format_selector(spec.get('selector'))}",
        f"Replicas:\t{spec['replicas']} desired | {count['updated']} updated | {status.get('replicas', 0)} total | "
        f"{count['available']} available | {count['unavailable']} unavailable",
        f"StrategyType:\t{dig(spec, 'strategy.type', '')}",
        f"MinReadySeconds:\t{spec.get('minReadySeconds', 0)}",
        *([ROLLING.format(**rolling)] if rolling else []),
        *pod_template(spec["template"]),
        *conditions_with_reasons(status.get("conditions") or []),
        f"OldReplicaSets:\t{_created(old)}",
        f"NewReplicaSet:\t{_created([new] if new else [])}",
    ]
    return with_events(lines, events, now_s)


def _created(replica_sets: list[Obj]) -> str:
    counts = ((meta.name(one), dig(one, "status.replicas", 0), dig(one, "spec.replicas", 0)) for one in replica_sets)
    return ", ".join(f"{name} ({made}/{wanted} replicas created)" for name, made, wanted in counts) or "<none>"


def describe_replica_set(replica_set: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A ReplicaSet with how its Pods are."""
    phases = [pods.phase(pod) for pod in related["Pod"]]
    lines = [
        f"Name:\t{meta.name(replica_set)}",
        f"Namespace:\t{meta.namespace(replica_set)}",
        f"Selector:\t{selectors.format_selector(replica_set['spec'].get('selector'))}",
        *label_lines("Labels", meta.labels(replica_set)),
        *annotation_lines("Annotations", meta.annotations(replica_set)),
        *controlled_by(replica_set),
        f"Replicas:\t{dig(replica_set, 'status.replicas', 0)} current / {dig(replica_set, 'spec.replicas', 0)} desired",
        "Pods Status:\t" + " / ".join(f"{phases.count(phase)} {word}" for phase, word in WORDS),
        *pod_template(replica_set["spec"]["template"]),
        *conditions_with_reasons(dig(replica_set, "status.conditions", [])),
    ]
    return with_events(lines, events, now_s)


def conditions_with_reasons(found: list[Obj]) -> list[str]:
    """A workload's conditions; nothing where there are none."""
    rows = [f"  {one['type']} \t{one['status']}\t{one.get('reason', '')}" for one in found]
    return ["Conditions:", "  Type\tStatus\tReason", "  ----\t------\t------", *rows] if rows else []


DEPLOYMENTS: dict[str, Describer] = {"Deployment": describe_deployment, "ReplicaSet": describe_replica_set}
