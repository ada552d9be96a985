"""`kubectl describe`: an object, and what is told about it, for people.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2). Every function gives lines with tabs; `elastic.aligned` makes columns
of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.kit.duration import human_age, parse_timestamp, rfc1123
from gen.kit.evolve import dig
from gen.objects import events as told
from gen.objects import meta, pods, selectors, workloads
from gen.play.kubectl.describe_pod import containers, tolerations, volumes
from gen.play.kubectl.elastic import aligned

Obj = dict[str, Any]
HIDDEN_ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"
LONGEST_ANNOTATION = 140


def multiline(title: str, entries: list[str]) -> list[str]:
    """A title with one entry a line, `<none>` without any."""
    return [f"{title}:\t{entries[0]}", *(f"\t{entry}" for entry in entries[1:])] if entries else [f"{title}:\t<none>"]


def label_lines(title: str, found: dict[str, str]) -> list[str]:
    """Labels, or a node selector: `key=value`, by key."""
    return multiline(title, [f"{key}={value}" for key, value in sorted(found.items())])


def annotation_lines(title: str, found: dict[str, str]) -> list[str]:
    """Annotations: `key: value`, by key; a long value on a line of its own, cut off."""
    entries: list[str] = []
    for key, value in sorted(found.items()):
        if key == HIDDEN_ANNOTATION:
            continue
        if len(value) < LONGEST_ANNOTATION and "\n" not in value:
            entries.append(f"{key}: {value}")
        else:
            cut = [line[:LONGEST_ANNOTATION] + ("..." if len(line) > LONGEST_ANNOTATION else "") for line in value.splitlines()]
            entries += [f"{key}:", *(f"  {line}" for line in cut)]
    return multiline(title, entries)


def date(time: str) -> str:
    """`Thu, 01 Jan 2026 00:00:00 +0000`."""
    return rfc1123(parse_timestamp(time))


def controlled_by(obj: Obj) -> list[str]:
    """The owner that is the controller."""
    owner = meta.controller_of(obj)
    return [f"Controlled By:\t{owner['kind']}/{owner['name']}"] if owner else []


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
    return [
        "Pod Template:",
        *(f"  {line}" for line in inner),
        *(containers("Init Containers", spec["initContainers"], {}, "  ") if spec.get("initContainers") else []),
        *containers("Containers", spec.get("containers") or [], {}, "  "),
        *volumes(spec.get("volumes") or [], "  "),
        *(f"  {line}" for line in label_lines("Node-Selectors", spec.get("nodeSelector") or {})),
        *(f"  {line}" for line in multiline("Tolerations", tolerations(spec.get("tolerations") or []))),
    ]


def event_lines(events: list[Obj], now_s: int) -> list[str]:
    """The Events about an object, the oldest first."""
    if not events:
        return ["Events:\t<none>"]
    rows = ["Events:", "  Type\tReason\tAge\tFrom\tMessage", "  ----\t------\t----\t----\t-------"]
    for event in sorted(events, key=lambda one: one.get("lastTimestamp") or ""):
        about = told.subobject(event)
        message = f"{about}: {event['message'].strip()}" if about else event["message"].strip()
        rows.append(f"  {event['type']}\t{event['reason']}\t{told.last_seen(event, now_s)}\t{told.reporter(event)}\t{message}")
    return rows


def describe_deployment(deployment: Obj, replica_sets: list[Obj], events: list[Obj], now_s: int) -> str:
    """A Deployment with its ReplicaSets."""
    spec, status = deployment["spec"], deployment.get("status") or {}
    rolling = dig(spec, "strategy.rollingUpdate")
    count = {name: status.get(f"{name}Replicas", 0) for name in ("updated", "available", "unavailable")}
    new, old = workloads.new_and_old(deployment, replica_sets)
    conditions = status.get("conditions") or []
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
        *([f"RollingUpdateStrategy:\t{rolling['maxUnavailable']} max unavailable, {rolling['maxSurge']} max surge"] if rolling else []),
        *pod_template(spec["template"]),
        *(["Conditions:", "  Type\tStatus\tReason", "  ----\t------\t------"] if conditions else []),
        *(f"  {one['type']} \t{one['status']}\t{one.get('reason', '')}" for one in conditions),
        f"OldReplicaSets:\t{_created(old)}",
        f"NewReplicaSet:\t{_created([new] if new else [])}",
    ]
    return _text(lines, events, now_s)


def _created(replica_sets: list[Obj]) -> str:
    return ", ".join(
        f"{meta.name(one)} ({dig(one, 'status.replicas', 0)}/{dig(one, 'spec.replicas', 0)} replicas created)" for one in replica_sets
    ) or "<none>"


def describe_replica_set(replica_set: Obj, own_pods: list[Obj], events: list[Obj], now_s: int) -> str:
    """A ReplicaSet with how its Pods are."""
    phases = {"Running": 0, "Pending": 0, "Succeeded": 0, "Failed": 0}
    for pod in own_pods:
        phases[pods.phase(pod)] = phases.get(pods.phase(pod), 0) + 1
    lines = [
        f"Name:\t{meta.name(replica_set)}",
        f"Namespace:\t{meta.namespace(replica_set)}",
        f"Selector:\t{selectors.format_selector(replica_set['spec'].get('selector'))}",
        *label_lines("Labels", meta.labels(replica_set)),
        *annotation_lines("Annotations", meta.annotations(replica_set)),
        *controlled_by(replica_set),
        f"Replicas:\t{dig(replica_set, 'status.replicas', 0)} current / {dig(replica_set, 'spec.replicas', 0)} desired",
        f"Pods Status:\t{phases['Running']} Running / {phases['Pending']} Waiting / {phases['Succeeded']} Succeeded / {phases['Failed']} Failed",
        *pod_template(replica_set["spec"]["template"]),
    ]
    conditions = dig(replica_set, "status.conditions", [])
    lines += ["Conditions:", "  Type\tStatus\tReason", "  ----\t------\t------"] if conditions else []
    lines += [f"  {one['type']} \t{one['status']}\t{one.get('reason', '')}" for one in conditions]
    return _text(lines, events, now_s)


def describe_pod(pod: Obj, events: list[Obj], now_s: int) -> str:
    """A Pod with its containers and volumes."""
    spec, status = pod["spec"], pod.get("status") or {}
    node = spec.get("nodeName")
    addresses = [f"  IP:\t{one['ip']}" for one in status.get("podIPs") or []]
    statuses = {one["name"]: one for one in [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]}
    conditions = status.get("conditions") or []
    lines = [
        f"Name:\t{meta.name(pod)}",
        f"Namespace:\t{meta.namespace(pod)}",
        f"Priority:\t{spec.get('priority', 0)}",
        *([f"Priority Class Name:\t{spec['priorityClassName']}"] if spec.get("priorityClassName") else []),
        f"Service Account:\t{spec.get('serviceAccountName', 'default')}",
        f"Node:\t{node}/{status.get('hostIP', '')}" if node else "Node:\t<none>",
        *([f"Start Time:\t{date(status['startTime'])}"] if status.get("startTime") else []),
        *label_lines("Labels", meta.labels(pod)),
        *annotation_lines("Annotations", meta.annotations(pod)),
        *_pod_state(pod, now_s),
        f"IP:\t{status.get('podIP', '')}",
        *(["IPs:", *addresses] if addresses else ["IPs:\t<none>"]),
        *controlled_by(pod),
        *([f"NominatedNodeName:\t{status['nominatedNodeName']}"] if status.get("nominatedNodeName") else []),
        *(containers("Init Containers", spec["initContainers"], statuses, "") if spec.get("initContainers") else []),
        *containers("Containers", spec["containers"], statuses, ""),
        *(["Conditions:", "  Type\tStatus"] if conditions else []),
        *(f"  {one['type']} \t{one['status']} " for one in conditions),
        *volumes(spec.get("volumes") or [], ""),
        f"QoS Class:\t{pods.qos_class(pod)}",
        *label_lines("Node-Selectors", spec.get("nodeSelector") or {}),
        *multiline("Tolerations", tolerations(spec.get("tolerations") or [])),
    ]
    return _text(lines, events, now_s)


def _pod_state(pod: Obj, now_s: int) -> list[str]:
    deleted = pod["metadata"].get("deletionTimestamp")
    if deleted:
        lasts = human_age(now_s - parse_timestamp(deleted) // 1_000_000)
        grace = pod["metadata"].get("deletionGracePeriodSeconds", 0)
        state = [f"Status:\tTerminating (lasts {lasts})", f"Termination Grace Period:\t{grace}s"]
    else:
        state = [f"Status:\t{pods.phase(pod)}"]
    status = pod.get("status") or {}
    return [*state, *(f"{title}:\t{status[key]}" for title, key in (("Reason", "reason"), ("Message", "message")) if status.get(key))]


def _text(lines: list[str], events: list[Obj], now_s: int) -> str:
    """The lines aligned; the table of events is a block of its own, unless there are none."""
    if not events:
        return aligned("\n".join([*lines, *event_lines(events, now_s)])) + "\n"
    return aligned("\n".join(lines)) + "\n" + aligned("\n".join(event_lines(events, now_s))) + "\n"


DESCRIBED: dict[str, Callable[..., str]] = {
    "Deployment": describe_deployment,
    "ReplicaSet": describe_replica_set,
    "Pod": describe_pod,
}
