"""`kubectl describe` for roles and who is bound to them.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40. Every function gives lines with tabs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta
from gen.play.kubectl.describe import annotation_lines, label_lines
from gen.play.kubectl.elastic import aligned

Obj = dict[str, Any]
Related = dict[str, list[Obj]]


def describe_role(role: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """What a role allows, by resource."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for rule in role.get("rules") or []:
        names = f"[{' '.join(rule.get('resourceNames') or [])}]"
        groups = rule.get("apiGroups") or [""]
        found = [f"{resource}.{group}" if group else resource for resource in rule.get("resources") or [] for group in groups]
        for resource, url in [*((one, "[]") for one in found), *(("", f"[{one}]") for one in rule.get("nonResourceURLs") or [])]:
            rows.setdefault((resource, url, names), []).extend(rule.get("verbs") or [])
    titles = ("Resources", "Non-Resource URLs", "Resource Names", "Verbs")
    lines = ["PolicyRule:", "  " + "\t".join(titles), "  " + "\t".join("-" * len(title) for title in titles)]
    lines += [f"  {resource}\t{url}\t{names}\t[{' '.join(verbs)}]" for (resource, url, names), verbs in sorted(rows.items())]
    return aligned("\n".join([*_head(role), *lines])) + "\n"


def describe_binding(binding: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Which role, and who has it."""
    lines = ["Role:", f"  Kind:\t{dig(binding, 'roleRef.kind', '')}", f"  Name:\t{dig(binding, 'roleRef.name', '')}"]
    lines += ["Subjects:", "  Kind\tName\tNamespace", "  ----\t----\t---------"]
    lines += [
        f"  {one.get('kind', '')}\t{one.get('name', '')}\t{one.get('namespace', '')}" for one in binding.get("subjects") or []
    ]
    return aligned("\n".join([*_head(binding), *lines])) + "\n"


def _head(obj: Obj) -> list[str]:
    labels, annotations = label_lines("Labels", meta.labels(obj)), annotation_lines("Annotations", meta.annotations(obj))
    return [f"Name:\t{meta.name(obj)}", *labels, *annotations]


ROLES: dict[str, Callable[..., str]] = {
    "Role": describe_role,
    "ClusterRole": describe_role,
    "RoleBinding": describe_binding,
    "ClusterRoleBinding": describe_binding,
}
