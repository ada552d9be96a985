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
from gen.play.kubectl.describe_containers import containers
from gen.play.kubectl.describe_volumes import volumes
from gen.play.kubectl.elastic import aligned

Obj = dict[str, Any]
HIDDEN_ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"
LONGEST_ANNOTATION = 140  # upstream: maxAnnotationLen
ROLLING = "RollingUpdateStrategy:\t{maxUnavailable} max unavailable, {maxSurge} max surge"
WORDS = (("Running", "Running"), ("Pending", "Waiting"), ("Succeeded", "Succeeded"), ("Failed", "Failed"))  # phase, word


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
        value = value.removesuffix("\n")
        if key == HIDDEN_ANNOTATION:
            continue
        if len(key) + len(value) + 2 > LONGEST_ANNOTATION or "\n" in value:
            entries += [f"{key}:", *(f"  {_shortened(line, LONGEST_ANNOTATION - 2)}" for line in value.split("\n"))]
        else:
            entries.append(f"{key}: {value}")
    return multiline(title, entries)


def _shortened(text: str, longest: int) -> str:
    return f"{text[:longest]}..." if len(text) > longest else text


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


def conditions_with_reasons(found: list[Obj]) -> list[str]:
    """A workload's conditions; nothing where there are none."""
    rows = [f"  {one['type']} \t{one['status']}\t{one.get('reason', '')}" for one in found]
    return ["Conditions:", "  Type\tStatus\tReason", "  ----\t------\t------", *rows] if rows else []


def event_lines(events: list[Obj], now_s: int) -> list[str]:
    """The Events about an object, the oldest first."""
    if not events:
        return ["Events:\t<none>"]
    rows = ["Events:", "  Type\tReason\tAge\tFrom\tMessage", "  ----\t------\t----\t----\t-------"]
    for event in sorted(events, key=lambda one: one.get("lastTimestamp") or ""):
        about = told.subobject(event)
        message = f"{about}: {event['message'].strip()}" if about else event["message"].strip()
        rows.append(f"  {event['type']}\t{event['reason']}\t{told.age(event, now_s)}\t{told.reporter(event)}\t{message}")
    return rows


def describe_deployment(deployment: Obj, replica_sets: list[Obj], events: list[Obj] | None, now_s: int) -> str:
    """A Deployment with its ReplicaSets."""
    spec, status = deployment["spec"], deployment.get("status") or {}
    rolling = dig(spec, "strategy.rollingUpdate")
    count = {name: status.get(f"{name}Replicas", 0) for name in ("updated", "available", "unavailable")}
    new, old = workloads.new_and_old(deployment, replica_sets)
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
    return _text(lines, events, now_s)


def _created(replica_sets: list[Obj]) -> str:
    counts = ((meta.name(one), dig(one, "status.replicas", 0), dig(one, "spec.replicas", 0)) for one in replica_sets)
    return ", ".join(f"{name} ({made}/{wanted} replicas created)" for name, made, wanted in counts) or "<none>"


def describe_replica_set(replica_set: Obj, own_pods: list[Obj], events: list[Obj] | None, now_s: int) -> str:
    """A ReplicaSet with how its Pods are."""
    phases = [pods.phase(pod) for pod in own_pods]
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
    return _text(lines, events, now_s)


def describe_pod(pod: Obj, events: list[Obj] | None, now_s: int) -> str:
    """A Pod with its containers and volumes."""
    spec, status = pod["spec"], pod.get("status") or {}
    addresses = [f"  IP:\t{one['ip']}" for one in status.get("podIPs") or []]
    inits = spec.get("initContainers")
    lines = [
        f"Name:\t{meta.name(pod)}",
        f"Namespace:\t{meta.namespace(pod)}",
        *_pod_place(pod),
        *label_lines("Labels", meta.labels(pod)),
        *annotation_lines("Annotations", meta.annotations(pod)),
        *_pod_state(pod, now_s),
        f"IP:\t{status.get('podIP', '')}",
        *(["IPs:", *addresses] if addresses else ["IPs:\t<none>"]),
        *controlled_by(pod),
        *([f"NominatedNodeName:\t{status['nominatedNodeName']}"] if status.get("nominatedNodeName") else []),
        *(containers("Init Containers", inits, status.get("initContainerStatuses") or [], pod) if inits else []),
        *containers("Containers", spec["containers"], status.get("containerStatuses") or [], pod),
        *_pod_conditions(pod),
        *volumes(spec.get("volumes") or []),
        f"QoS Class:\t{pods.qos_class(pod)}",
        *label_lines("Node-Selectors", spec.get("nodeSelector") or {}),
        *tolerations(spec.get("tolerations") or []),
        *spread_constraints(spec.get("topologySpreadConstraints") or []),
    ]
    return _text(lines, events, now_s)


def _pod_place(pod: Obj) -> list[str]:
    """What it is to the cluster, where it is and since when."""
    spec, started = pod["spec"], dig(pod, "status.startTime")
    given = (
        ("Priority", "priority"), ("Priority Class Name", "priorityClassName"), ("Runtime Class Name", "runtimeClassName"),
        ("Service Account", "serviceAccountName"),
    )  # fmt: skip
    return [
        *(f"{title}:\t{spec[field]}" for title, field in given if spec.get(field) not in (None, "")),
        f"Node:\t{spec['nodeName']}/{dig(pod, 'status.hostIP', '')}" if spec.get("nodeName") else "Node:\t<none>",
        *([f"Start Time:\t{date(started)}"] if started else []),
    ]


def _pod_state(pod: Obj, now_s: int) -> list[str]:
    if pods.is_terminating(pod):
        lasts = human_age(now_s - parse_timestamp(pod["metadata"]["deletionTimestamp"]) // 1_000_000)
        grace = pod["metadata"].get("deletionGracePeriodSeconds", 0)
        state = [f"Status:\tTerminating (lasts {lasts})", f"Termination Grace Period:\t{grace}s"]
    else:
        state = [f"Status:\t{dig(pod, 'status.phase', '')}"]
    seccomp = ("SeccompProfile", "spec.securityContext.seccompProfile.type")
    further = (("Reason", "status.reason"), ("Message", "status.message"), seccomp)
    return [*state, *(f"{title}:\t{dig(pod, path)}" for title, path in further if dig(pod, path))]


def _pod_conditions(pod: Obj) -> list[str]:
    gates = [(gate["conditionType"], pods.condition(pod, gate["conditionType"])) for gate in dig(pod, "spec.readinessGates", [])]
    found = dig(pod, "status.conditions", [])
    return [
        *(["Readiness Gates:", "  Type\tStatus"] if gates else []),
        *(f"  {kind} \t{gate['status'] if gate else '<none>'} " for kind, gate in gates),
        *(["Conditions:", "  Type\tStatus"] if found else []),
        *(f"  {one['type']} \t{one['status']} " for one in found),
    ]


def _text(lines: list[str], events: list[Obj] | None, now_s: int) -> str:
    """The lines aligned; the table of events is a block of its own, unless there are none. None: events are not shown."""
    if not events:
        return aligned("\n".join([*lines, *(event_lines([], now_s) if events is not None else [])])) + "\n"
    return aligned("\n".join(lines)) + "\n" + aligned("\n".join(event_lines(events, now_s))) + "\n"


DESCRIBED: dict[str, Callable[..., str]] = {
    "Deployment": describe_deployment,
    "ReplicaSet": describe_replica_set,
    "Pod": describe_pod,
}
