"""`kubectl describe` for what surrounds Pods: Services, Nodes, Namespaces, quotas, limits, data and accounts.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recordings 25, 40 and 90. Every function gives lines with tabs.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from gen.kit import quantity
from gen.kit.duration import human_age, parse_timestamp, rfc1123
from gen.kit.evolve import dig
from gen.objects import meta, quotas
from gen.objects.backends import behind, some
from gen.play.kubectl.describe.lines import (
    NONE,
    UNSET,
    Describer,
    Related,
    annotation_lines,
    block,
    date,
    event_lines,
    head,
    label_lines,
    with_events,
)

Obj = dict[str, Any]
LIMITS = ("Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio",
          "----\t--------\t---\t---\t---------------\t-------------\t-----------------------")  # fmt: skip


def describe_service(service: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A Service with its ports and what is behind each."""
    spec, kind = service.get("spec") or {}, dig(service, "spec.type", "")
    selector = ",".join(f"{key}={value}" for key, value in sorted((spec.get("selector") or {}).items()))
    lines = [
        *head(service),
        f"Selector:\t{selector or NONE}",
        f"Type:\t{kind}",
        *([f"IP Family Policy:\t{spec['ipFamilyPolicy']}"] if spec.get("ipFamilyPolicy") else []),
        f"IP Families:\t{','.join(spec.get('ipFamilies') or []) or NONE}",
        f"IP:\t{spec.get('clusterIP', '')}",
        f"IPs:\t{','.join(spec.get('clusterIPs') or []) or NONE}",
        *([f"External IPs:\t{','.join(spec['externalIPs'])}"] if spec.get("externalIPs") else []),
        *([f"Desired LoadBalancer IP:\t{spec['loadBalancerIP']}"] if spec.get("loadBalancerIP") else []),
        *([f"External Name:\t{spec['externalName']}"] if spec.get("externalName") else []),
    ]
    for port in spec.get("ports") or []:
        lines += _service_port(port, related.get("EndpointSlice") or [])
    lines.append(f"Session Affinity:\t{spec.get('sessionAffinity', '')}")
    traffic = (("External", "externalTrafficPolicy"), ("Internal", "internalTrafficPolicy"))
    lines += [f"{word} Traffic Policy:\t{spec[field]}" for word, field in traffic if spec.get(field)]
    return with_events(lines, events, now_s)


def _service_port(port: Obj, slices: list[Obj]) -> list[str]:
    name, protocol = port.get("name") or UNSET, port.get("protocol", "TCP")
    return [
        f"Port:\t{name}\t{port['port']}/{protocol}",
        f"TargetPort:\t{port.get('targetPort', port['port'])}/{protocol}",
        *([f"NodePort:\t{name}\t{port['nodePort']}/{protocol}"] if port.get("nodePort") else []),
        f"Endpoints:\t{some(behind(slices, port))}",
    ]


def describe_resource_quota(quota: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A quota: what is used of what."""
    scopes = sorted(dig(quota, "spec.scopes", []))
    lines = [f"Name:\t{meta.name(quota)}", f"Namespace:\t{meta.namespace(quota)}"]
    if scopes:
        lines.append(f"Scopes:\t{', '.join(scopes)}")
    return block([*lines, "Resource\tUsed\tHard", "--------\t----\t----", *_used(quota)])


def _used(quota: Obj) -> list[str]:
    hard, used = dig(quota, "status.hard", {}), dig(quota, "status.used", {})
    return [f"{name}\t{used.get(name, '0')}\t{hard[name]}" for name in sorted(hard)]


def describe_limit_range(limit_range: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """What containers may ask for, and get."""
    return block(
        [f"Name:\t{meta.name(limit_range)}", f"Namespace:\t{meta.namespace(limit_range)}", *LIMITS, *_limits(limit_range)]
    )


def _limits(limit_range: Obj) -> list[str]:
    rows: list[str] = []
    for item in dig(limit_range, "spec.limits", []):
        told = [item.get(field) or {} for field in ("min", "max", "defaultRequest", "default", "maxLimitRequestRatio")]
        names = dict.fromkeys(name for field in ("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")
                              for name in sorted(item.get(field) or {}))  # fmt: skip
        rows += ["\t".join([item["type"], name, *(str(one.get(name, "-")) for one in told)]) for name in names]
    return rows


def describe_namespace(namespace: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A namespace, with its conditions, its quotas and its limits."""
    first = [*head(namespace, namespaced=False), f"Status:\t{dig(namespace, 'status.phase', '')}"]
    text = block(first)
    found = dig(namespace, "status.conditions", [])
    if found:
        rows = [
            f"  {one['type']}\t{one['status']}\t{date(one['lastTransitionTime'])}\t{one['reason']}\t{one['message']}"
            for one in found
        ]
        titles = ["  Type\tStatus\tLastTransitionTime\tReason\tMessage", "  ----\t------\t------------------\t------\t-------"]
        text += block(["Conditions:", *titles, *rows])
    listed = related.get("ResourceQuota") or []
    quotas_told = [line for one in listed for line in (f"  Name:\t{meta.name(one)}", "  Resource\tUsed\tHard",
                   "  --------\t---\t---", *(f"  {row}" for row in _used(one)))]  # fmt: skip
    text += "\n" + (block(["Resource Quotas", *quotas_told]) if listed else "No resource quota.\n")
    limits = [f" {row}" for one in related.get("LimitRange") or [] for row in _limits(one)]
    return (
        text
        + "\n"
        + (block(["Resource Limits", *(f" {row}" for row in LIMITS), *limits]) if limits else "No LimitRange resource.\n")
    )


def describe_config_map(config_map: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A ConfigMap with all its data."""
    lines = ["", "Data", "===="]
    for key, value in sorted((config_map.get("data") or {}).items()):
        lines += [f"{key}:", "----", *value.split("\n"), ""]
    lines += ["", "BinaryData", "===="]
    lines += [f"{key}: {_bytes(value)} bytes" for key, value in sorted((config_map.get("binaryData") or {}).items())]
    return block(head(config_map)) + "\n".join(lines) + "\n\n" + (block(event_lines(events, now_s)) if events is not None else "")


def describe_secret(secret: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A Secret: how long its values are, not what they are."""
    data = [f"{key}:\t{_bytes(value)} bytes" for key, value in sorted((secret.get("data") or {}).items())]
    return block([*head(secret), "", f"Type:\t{secret.get('type', '')}", "", "Data", "====", *data])


def _bytes(text: str) -> int:
    try:
        return len(base64.b64decode(text))
    except (binascii.Error, ValueError):
        return len(text)


def describe_service_account(account: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """An account of Pods."""
    pulled = [one["name"] for one in account.get("imagePullSecrets") or []] or [NONE]
    lines = [*head(account), f"Image pull secrets:\t{pulled[0]}", *(f"\t{name}" for name in pulled[1:])]
    return with_events(lines, events, now_s)


def describe_priority_class(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A priority by its name."""
    marks = [f"{key}={value}" for key, value in sorted(meta.annotations(found).items())] or [NONE]
    lines = [
        f"Name:\t{meta.name(found)}", f"Value:\t{found.get('value', 0)}",
        f"GlobalDefault:\t{'true' if found.get('globalDefault') else 'false'}",
        f"PreemptionPolicy:\t{found.get('preemptionPolicy', 'PreemptLowerPriority')}",
        f"Description:\t{found.get('description', '')}", f"Annotations:\t{marks[0].strip()}",
        *(f"\t{mark.strip()}" for mark in marks[1:]),
    ]  # fmt: skip
    return with_events([*lines, ""], events, now_s)


def describe_node(node: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A Node: what it is, how it is, and what runs there."""
    lease = next(iter(related.get("Lease") or []), {})
    lines = [
        f"Name:\t{meta.name(node)}",
        f"Roles:\t{_roles(node)}",
        *label_lines("Labels", meta.labels(node)),
        *annotation_lines("Annotations", meta.annotations(node)),
        f"CreationTimestamp:\t{date(node['metadata']['creationTimestamp'])}",
        *_several("Taints", [_taint(one) for one in dig(node, "spec.taints", [])]),
        f"Unschedulable:\t{'true' if dig(node, 'spec.unschedulable') else 'false'}",
        "Lease:",
        f"  HolderIdentity:\t{dig(lease, 'spec.holderIdentity', UNSET)}",
        f"  AcquireTime:\t{_moment(dig(lease, 'spec.acquireTime'))}",
        f"  RenewTime:\t{_moment(dig(lease, 'spec.renewTime'))}",
        *_node_conditions(node),
        "Addresses:", *(f"  {one['type']}:\t{one['address']}" for one in dig(node, "status.addresses", [])),
        *_amounts("Capacity", dig(node, "status.capacity", {})),
        *_amounts("Allocatable", dig(node, "status.allocatable", {})),
        *_system(dig(node, "status.nodeInfo", {})),
        *([f"PodCIDR:\t{node['spec']['podCIDR']}"] if dig(node, "spec.podCIDR") else []),
    ]  # fmt: skip
    running = [pod for pod in related.get("Pod") or [] if dig(pod, "status.phase") not in ("Succeeded", "Failed")]
    return with_events([*lines, *_pods_on(node, running, now_s)], events, now_s)


def _roles(node: Obj) -> str:
    prefix = "node-role.kubernetes.io/"
    return ",".join(sorted(key.removeprefix(prefix) for key in meta.labels(node) if key.startswith(prefix))) or NONE


def _several(title: str, entries: list[str]) -> list[str]:
    return [f"{title}:\t{(entries or [NONE])[0]}", *(f"\t{entry}" for entry in entries[1:])]


def _taint(taint: Obj) -> str:
    value = f"={taint['value']}" if taint.get("value") else ""
    return f"{taint['key']}{value}:{taint['effect']}"


def _moment(time: str | None) -> str:
    return rfc1123(parse_timestamp(time)) if time else UNSET


def _node_conditions(node: Obj) -> list[str]:
    found = dig(node, "status.conditions", [])
    titles = ("Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message")
    rows = [
        f"  {one['type']} \t{one['status']} \t{_moment(one.get('lastHeartbeatTime'))} \t{_moment(one.get('lastTransitionTime'))} "
        f"\t{one.get('reason', '')} \t{one.get('message', '')}"
        for one in found
    ]
    ruled = ["  " + "\t".join(titles), "  " + "\t".join("-" * len(title) for title in titles)]
    return ["Conditions:", *ruled, *rows] if rows else []


def _amounts(title: str, found: dict[str, str]) -> list[str]:
    return [f"{title}:", *(f"  {name}:\t{found[name]}" for name in sorted(found))] if found else []


def _system(info: Obj) -> list[str]:
    told = (
        ("Machine ID", "machineID"), ("System UUID", "systemUUID"), ("Boot ID", "bootID"), ("Kernel Version", "kernelVersion"),
        ("OS Image", "osImage"), ("Operating System", "operatingSystem"), ("Architecture", "architecture"),
        ("Container Runtime Version", "containerRuntimeVersion"), ("Kubelet Version", "kubeletVersion"),
    )  # fmt: skip
    return ["System Info:", *(f"  {title}:\t{info.get(field, '')}" for title, field in told)]


def _pods_on(node: Obj, found: list[Obj], now_s: int) -> list[str]:
    allocatable = dig(node, "status.allocatable", {}) or dig(node, "status.capacity", {})
    titles = ("Namespace", "Name", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age")
    lines = [
        f"Non-terminated Pods:\t({len(found)} in total)",
        "  " + "\t".join(titles),
        "  " + "\t".join("-" * len(one) for one in titles),
    ]
    total: dict[str, quotas.Usage] = {"requests": {}, "limits": {}}
    for pod in found:
        asked = {field: quotas.pod_amounts(pod, field) for field in total}
        cells = [_share(asked[field].get(name, "0"), name, allocatable) for name in ("cpu", "memory") for field in total]
        age = human_age(now_s - parse_timestamp(pod["metadata"]["creationTimestamp"]) // 1_000_000)
        lines.append("  " + "\t".join([meta.namespace(pod), meta.name(pod), *cells, age]))
        total = {field: quotas.summed(total[field], asked[field]) for field in total}
    lines += ["Allocated resources:", "  (Total limits may be over 100 percent, i.e., overcommitted.)"]
    lines += ["  Resource\tRequests\tLimits", "  --------\t--------\t------"]
    more = [name for name in sorted(allocatable) if name not in ("cpu", "memory", "pods", "ephemeral-storage")]
    for name in ("cpu", "memory", "ephemeral-storage", *more):
        cells = [_share(total[field].get(name, "0"), name, allocatable) for field in total]
        plain = [total[field].get(name, "0") for field in total]
        lines.append(f"  {name}\t" + "\t".join(cells if name in quotas.COMPUTE or name.startswith("hugepages-") else plain))
    return lines


def _share(amount: str, name: str, of: dict[str, str]) -> str:
    """`500m (25%)`: an amount, and how much that is of all."""
    whole = quantity.amount(of.get(name, "0")).nano
    return f"{amount} ({quantity.amount(amount).nano * 100 // whole if whole else 0}%)"


SURROUNDINGS: dict[str, Describer] = {
    "Service": describe_service,
    "Node": describe_node,
    "Namespace": describe_namespace,
    "ResourceQuota": describe_resource_quota,
    "LimitRange": describe_limit_range,
    "ConfigMap": describe_config_map,
    "Secret": describe_secret,
    "ServiceAccount": describe_service_account,
    "PriorityClass": describe_priority_class,
}
