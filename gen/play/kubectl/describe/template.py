"""The template of a workload's Pods, and what it shares with the description of a Pod."""

from __future__ import annotations

from typing import Any

from gen.objects import selectors
from gen.play.kubectl.describe.containers import containers
from gen.play.kubectl.describe.lines import annotation_lines, label_lines, multiline
from gen.play.kubectl.describe.volumes import volumes

Obj = dict[str, Any]


def tolerations(found: list[Obj]) -> list[str]:
    """Tolerations: `key=value:Effect op=Exists for 300s`, by key."""

    def text(one: Obj) -> str:
        value = f"={one['value']}" if one.get("value") else ""
        effect = f":{one['effect']}" if one.get("effect") else ""
        exists = "op=Exists" if one.get("operator") == "Exists" and not value else ""
        lasts = f"for {one['tolerationSeconds']}s" if one.get("tolerationSeconds") is not None else ""
        return " ".join(filter(None, (f"{one.get('key', '')}{value}{effect}", exists, lasts)))

    return multiline("Tolerations", [text(one) for one in sorted(found, key=lambda one: str(one.get("key", "")))])


def spread_constraints(found: list[Obj]) -> list[str]:
    """How evenly Pods must be spread, by topology; nothing where nothing is said."""

    def text(one: Obj) -> str:
        selector = one.get("labelSelector")
        whose = f" for selector {selectors.format_selector(selector)}" if selector else ""
        return f"{one['topologyKey']}:{one['whenUnsatisfiable']} when max skew {one['maxSkew']} is exceeded{whose}"

    ordered = sorted(found, key=lambda one: str(one["topologyKey"]))
    return multiline("Topology Spread Constraints", [text(one) for one in ordered]) if found else []


def pod_template(template: Obj) -> list[str]:
    """The template of a workload's Pods."""
    spec = template.get("spec") or {}
    found = (template.get("metadata") or {}).get("annotations") or {}
    account = spec.get("serviceAccountName")
    inner = [
        *label_lines("Labels", (template.get("metadata") or {}).get("labels") or {}),
        *(annotation_lines("Annotations", found) if found else []),
        *([f"Service Account:\t{account}"] if account else []),
    ]
    outer = [
        *spread_constraints(spec.get("topologySpreadConstraints") or []),
        *([f"Priority Class Name:\t{spec['priorityClassName']}"] if spec.get("priorityClassName") else []),
        *label_lines("Node-Selectors", spec.get("nodeSelector") or {}),
        *tolerations(spec.get("tolerations") or []),
    ]
    return [
        "Pod Template:",
        *(line if line.startswith("\t") else f"  {line}" for line in inner),
        *(containers("Init Containers", spec["initContainers"], [], indent="  ") if spec.get("initContainers") else []),
        *containers("Containers", spec.get("containers") or [], [], indent="  "),
        *volumes(spec.get("volumes") or [], indent="  "),
        *(f"  {line}" for line in outer),
    ]
