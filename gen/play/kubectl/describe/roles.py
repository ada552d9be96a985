"""`kubectl describe` for roles and who is bound to them.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40. Every function gives lines with tabs.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.play.kubectl.describe.lines import Describer, Related, head
from gen.play.kubectl.elastic import aligned

Obj = dict[str, Any]


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
    return aligned("\n".join([*head(role, namespaced=False), *lines])) + "\n"


def describe_binding(binding: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Which role, and who has it."""
    lines = ["Role:", f"  Kind:\t{dig(binding, 'roleRef.kind', '')}", f"  Name:\t{dig(binding, 'roleRef.name', '')}"]
    lines += ["Subjects:", "  Kind\tName\tNamespace", "  ----\t----\t---------"]
    lines += [
        f"  {one.get('kind', '')}\t{one.get('name', '')}\t{one.get('namespace', '')}" for one in binding.get("subjects") or []
    ]
    return aligned("\n".join([*head(binding, namespaced=False), *lines])) + "\n"


ROLES: dict[str, Describer] = {
    "Role": describe_role,
    "ClusterRole": describe_role,
    "RoleBinding": describe_binding,
    "ClusterRoleBinding": describe_binding,
}
