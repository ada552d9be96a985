"""`kubectl describe` for Pods.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import human_age, parse_timestamp
from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.play.kubectl.describe.containers import containers
from gen.play.kubectl.describe.lines import Related, annotation_lines, controlled_by, date, label_lines, with_events
from gen.play.kubectl.describe.template import spread_constraints, tolerations
from gen.play.kubectl.describe.volumes import volumes

Obj = dict[str, Any]


def describe_pod(pod: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
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
    return with_events(lines, events, now_s)


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
