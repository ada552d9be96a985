"""The rows that kubectl prints: for every kind its columns, as a table of (heading, wide only, how a cell is made).

Ages are counted up to `now_s`, whole seconds of Unix time: there is no clock here. Upstream:
pkg/printers/internalversion/printers.go (v1.36.2); the recording 40-kubectl-printing holds them all.
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import human_age
from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.objects.backends import some
from gen.objects.events import last_seen, seen_for, source, subobject
from gen.objects.table_columns import AGE, NAME, NONE, OF_TEMPLATE, SECOND_US, Cell, Column, count, pairs, value
from gen.objects.tables_others import OTHERS

Obj = dict[str, Any]


def _restarts(pod: Obj, now_s: int) -> str:
    """`3 (12s ago)`: how often, and when the last of them ended."""
    total, latest_us = pods.restarts(pod), pods.last_restart_us(pod)
    return f"{total} ({human_age(now_s - latest_us // SECOND_US)} ago)" if total and latest_us is not None else str(total)


def _gates(pod: Obj, now_s: int) -> str:
    gates = dig(pod, "spec.readinessGates", [])
    met = sum((pods.condition(pod, gate["conditionType"]) or {}).get("status") == "True" for gate in gates)
    return f"{met}/{len(gates)}" if gates else NONE


def _node_status(node: Obj, now_s: int) -> str:
    """`Ready`, `NotReady`, `Ready,SchedulingDisabled`: the true conditions among Ready, and whether it is cordoned."""
    ready = next((one for one in dig(node, "status.conditions", []) if one.get("type") == "Ready"), None)
    word = "Unknown" if ready is None else "Ready" if ready["status"] == "True" else "NotReady"
    return f"{word},SchedulingDisabled" if dig(node, "spec.unschedulable") else word


def _roles(node: Obj, now_s: int) -> str:
    prefix = "node-role.kubernetes.io/"
    return ",".join(sorted(key.removeprefix(prefix) for key in meta.labels(node) if key.startswith(prefix))) or NONE


def _address(kind: str) -> Cell:
    def cell(node: Obj, now_s: int) -> str:
        return next((one["address"] for one in dig(node, "status.addresses", []) if one.get("type") == kind), NONE)

    return cell


def _kernel(node: Obj, now_s: int) -> str:
    version, machine = dig(node, "status.nodeInfo.kernelVersion", ""), dig(node, "status.nodeInfo.architecture", "")
    return f"{version} ({machine})" if version and machine else version or "<unknown>"


def _ports(service: Obj, now_s: int) -> str:
    def port(one: Obj) -> str:
        node_port = f":{one['nodePort']}" if one.get("nodePort") else ""
        return f"{one['port']}{node_port}/{one.get('protocol', 'TCP')}"

    return ",".join(map(port, dig(service, "spec.ports", []))) or NONE


def _external(service: Obj, now_s: int) -> str:
    kind = dig(service, "spec.type")
    if kind == "ExternalName":
        return str(dig(service, "spec.externalName", ""))
    return "<pending>" if kind == "LoadBalancer" else ",".join(dig(service, "spec.externalIPs", [])) or NONE


def _slice_ports(one: Obj, now_s: int) -> str:
    return some([str(port.get("port", "*")) for port in one.get("ports") or []]) or "<unset>"


def _slice_addresses(one: Obj, now_s: int) -> str:
    return some([address for each in one.get("endpoints") or [] for address in each["addresses"]]) or "<unset>"


def _endpoints(one: Obj, now_s: int) -> str:
    found: list[str] = []
    for subset in one.get("subsets") or []:
        addresses = [address["ip"] for address in subset.get("addresses") or []]
        ports = [f":{port['port']}" for port in subset.get("ports") or []]
        found += [f"[{ip}]{port}" if ":" in ip else ip + port for port in ports or [""] for ip in addresses]
    return some(found) or NONE


def _data(obj: Obj, now_s: int) -> int:
    return len(obj.get("data") or {}) + len(obj.get("binaryData") or {})


def _event_object(event: Obj, now_s: int) -> str:
    involved = event.get("involvedObject") or {}
    return f"{involved.get('kind', '').lower()}/{involved.get('name', '')}"


def _quota(limits: bool) -> Cell:
    """`pods: 3/5, services: 0/2`: what is used of what is limited; what `limits.` begins stands apart."""

    def cell(quota: Obj, now_s: int) -> str:
        hard, used = dig(quota, "status.hard", {}), dig(quota, "status.used", {})
        names = [name for name in sorted(hard) if name.startswith("limits") == limits]
        return ", ".join(f"{name}: {used.get(name, '0')}/{hard[name]}" for name in names)

    return cell


def _subjects(kind: str) -> Cell:
    def cell(binding: Obj, now_s: int) -> str:
        found = [one for one in binding.get("subjects") or [] if one.get("kind") == kind]
        homes = [f"{one.get('namespace', '')}/" if kind == "ServiceAccount" else "" for one in found]
        return ", ".join(home + one["name"] for home, one in zip(homes, found, strict=True))

    return cell


OF_BINDING = (
    NAME,
    Column("ROLE", lambda one, now_s: f"{dig(one, 'roleRef.kind', '')}/{dig(one, 'roleRef.name', '')}"),
    AGE,
    Column("USERS", _subjects("User"), wide=True),
    Column("GROUPS", _subjects("Group"), wide=True),
    Column("SERVICEACCOUNTS", _subjects("ServiceAccount"), wide=True),
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Pod": (
        NAME,
        Column("READY", lambda pod, now_s: "/".join(map(str, pods.ready_count(pod)))),
        Column("STATUS", lambda pod, now_s: pods.status_word(pod)),
        Column("RESTARTS", _restarts),
        AGE,
        Column("IP", value("status.podIP"), wide=True),
        Column("NODE", value("spec.nodeName"), wide=True),
        Column("NOMINATED NODE", value("status.nominatedNodeName"), wide=True),
        Column("READINESS GATES", _gates, wide=True),
    ),
    "Deployment": (
        NAME,
        Column("READY", lambda one, now_s: f"{dig(one, 'status.readyReplicas', 0)}/{dig(one, 'spec.replicas', 0)}"),
        Column("UP-TO-DATE", count("status.updatedReplicas")),
        Column("AVAILABLE", count("status.availableReplicas")),
        AGE,
        *OF_TEMPLATE,
    ),
    "ReplicaSet": (
        NAME,
        Column("DESIRED", count("spec.replicas")),
        Column("CURRENT", count("status.replicas")),
        Column("READY", count("status.readyReplicas")),
        AGE,
        *OF_TEMPLATE,
    ),
    "Node": (
        NAME,
        Column("STATUS", _node_status),
        Column("ROLES", _roles),
        AGE,
        Column("VERSION", value("status.nodeInfo.kubeletVersion", "")),
        Column("INTERNAL-IP", _address("InternalIP"), wide=True),
        Column("EXTERNAL-IP", _address("ExternalIP"), wide=True),
        Column("OS-IMAGE", value("status.nodeInfo.osImage", "<unknown>"), wide=True),
        Column("KERNEL-VERSION", _kernel, wide=True),
        Column("CONTAINER-RUNTIME", value("status.nodeInfo.containerRuntimeVersion", "<unknown>"), wide=True),
    ),
    "Event": (
        Column("LAST SEEN", last_seen),
        Column("TYPE", value("type", "")),
        Column("REASON", value("reason", "")),
        Column("OBJECT", _event_object),
        Column("SUBOBJECT", subobject, wide=True),
        Column("SOURCE", source, wide=True),
        Column("MESSAGE", lambda event, now_s: str(event.get("message", "")).strip()),
        Column("FIRST SEEN", seen_for, wide=True),
        Column("COUNT", lambda event, now_s: dig(event, "series.count") or event.get("count") or 1, wide=True),
        Column("NAME", lambda event, now_s: meta.name(event), wide=True),
    ),
    "Namespace": (NAME, Column("STATUS", value("status.phase", "")), AGE),
    "Service": (
        NAME,
        Column("TYPE", value("spec.type", "ClusterIP")),
        Column("CLUSTER-IP", value("spec.clusterIP")),
        Column("EXTERNAL-IP", _external),
        Column("PORT(S)", _ports),
        AGE,
        Column("SELECTOR", pairs("spec.selector"), wide=True),
    ),
    "EndpointSlice": (
        NAME,
        Column("ADDRESSTYPE", value("addressType", "")),
        Column("PORTS", _slice_ports),
        Column("ENDPOINTS", _slice_addresses),
        AGE,
    ),
    "Endpoints": (NAME, Column("ENDPOINTS", _endpoints), AGE),
    "ConfigMap": (NAME, Column("DATA", _data), AGE),
    "Secret": (NAME, Column("TYPE", value("type", "")), Column("DATA", _data), AGE),
    "ServiceAccount": (NAME, AGE),
    "Role": (NAME, Column("CREATED AT", value("metadata.creationTimestamp", ""))),
    "ClusterRole": (NAME, Column("CREATED AT", value("metadata.creationTimestamp", ""))),
    "CustomResourceDefinition": (NAME, Column("CREATED AT", value("metadata.creationTimestamp", ""))),
    "RoleBinding": OF_BINDING,
    "ClusterRoleBinding": OF_BINDING,
    "ResourceQuota": (NAME, Column("REQUEST", _quota(False)), Column("LIMIT", _quota(True)), AGE),
    "LimitRange": (NAME, Column("CREATED AT", value("metadata.creationTimestamp", ""))),
    "PriorityClass": (
        NAME,
        Column("VALUE", count("value")),
        Column("GLOBAL-DEFAULT", lambda one, now_s: "true" if one.get("globalDefault") else "false"),
        AGE,
        Column("PREEMPTIONPOLICY", value("preemptionPolicy", "PreemptLowerPriority")),
    ),
    "Lease": (NAME, Column("HOLDER", value("spec.holderIdentity", "")), AGE),
}
NAMED = (NAME, AGE)


def columns(kind: str, *, wide: bool = False) -> tuple[Column, ...]:
    """The columns of a kind; one without columns of its own shows name and age."""
    return tuple(column for column in (COLUMNS.get(kind) or OTHERS.get(kind, NAMED)) if wide or not column.wide)


def table(kind: str, objects: list[Obj], now_s: int, *, wide: bool = False) -> tuple[list[str], list[list[str]]]:
    """Headings and rows, one a given object, in the given order."""
    shown = columns(kind, wide=wide)
    return [column.heading for column in shown], [[str(column.cell(obj, now_s)) for column in shown] for obj in objects]


def labels_text(obj: Obj) -> str:
    """What `--show-labels` shows."""
    return ",".join(f"{key}={value}" for key, value in sorted(meta.labels(obj).items())) or NONE
