"""The rows that kubectl prints for kinds that the cluster keeps but does not act on.

Upstream: pkg/printers/internalversion/printers.go (v1.36.2); recording 40.
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import human_age, parse_timestamp
from gen.kit.evolve import dig
from gen.objects import meta
from gen.objects.table_columns import (
    AGE,
    CONTAINERS,
    NAME,
    NONE,
    OF_TEMPLATE,
    SECOND_US,
    Cell,
    Column,
    containers,
    count,
    pairs,
    selector,
    since,
    value,
)

Obj = dict[str, Any]
UNSET, UNKNOWN = "<unset>", "<unknown>"
MODES = {"ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"}
ENDS = ("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet")
DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"
MOST_HOSTS, MOST_METRICS = 3, 2


def job_status(job: Obj) -> str:
    """`Running`, or how it ended or stands still."""
    true = [one["type"] for one in dig(job, "status.conditions", []) if one.get("status") == "True"]
    if not {"Complete", "Failed"} & set(true) and meta.deleting(job):
        return "Terminating"
    return next((word for word in ENDS if word in true), "Running")


def job_completions(job: Obj) -> str:
    """`2/3`; without a wanted number `1/1 of 4`."""
    wanted, parallelism = dig(job, "spec.completions"), dig(job, "spec.parallelism", 0)
    done = dig(job, "status.succeeded", 0)
    return f"{done}/{wanted}" if wanted is not None else f"{done}/1 of {parallelism}" if parallelism > 1 else f"{done}/1"


def job_duration(job: Obj, now_s: int) -> str:
    """From its start to its end, or to now."""
    start, end = dig(job, "status.startTime"), dig(job, "status.completionTime")
    if not start:
        return ""
    until_s = parse_timestamp(end) // SECOND_US if end else now_s
    return human_age(until_s - parse_timestamp(start) // SECOND_US)


def ingress_hosts(ingress: Obj) -> str:
    """The first hosts, `*` if there are none."""
    rules = dig(ingress, "spec.rules", [])
    named = [rule["host"] for rule in rules if rule.get("host")]
    more = f" + {len(rules) - MOST_HOSTS} more..." if len(rules) > MOST_HOSTS <= len(named) else ""
    return (",".join(named[:MOST_HOSTS]) or "*") + more


def addresses(ingress: Obj) -> str:
    """Where an Ingress can be reached."""
    return ",".join(one.get("ip") or one.get("hostname", "") for one in dig(ingress, "status.loadBalancer.ingress", []))


def _ingress_class(ingress: Obj, now_s: int) -> str:
    return str(dig(ingress, "spec.ingressClassName") or meta.annotations(ingress).get("kubernetes.io/ingress.class") or NONE)


def _parameters(one: Obj, now_s: int) -> str:
    found = dig(one, "spec.parameters")
    group = f".{found['apiGroup']}" if found and found.get("apiGroup") else ""
    return f"{found['kind']}{group}/{found['name']}" if found else NONE


def access_modes(modes: list[str]) -> str:
    """`RWO,ROX`."""
    return ",".join(short for mode, short in MODES.items() if mode in modes)


def _phase(obj: Obj, now_s: int) -> str:
    return "Terminating" if meta.deleting(obj) else str(dig(obj, "status.phase", ""))


def _claim_bound(path: str) -> Cell:
    def cell(claim: Obj, now_s: int) -> str:
        found = dig(claim, path) if dig(claim, "spec.volumeName") else None
        return access_modes(found) if isinstance(found, list) else str(found or "")

    return cell


def _claim(volume: Obj, now_s: int) -> str:
    found = dig(volume, "spec.claimRef")
    return f"{found.get('namespace', '')}/{found.get('name', '')}" if found else ""


def _class_name(one: Obj, now_s: int) -> str:
    return meta.name(one) + (" (default)" if meta.annotations(one).get(DEFAULT_CLASS) == "true" else "")


def _revision_of(revision: Obj, now_s: int) -> str:
    owner = meta.controller_of(revision)
    group = (owner or {}).get("apiVersion", "").rpartition("/")[0]
    return f"{owner['kind'].lower()}{'.' if group else ''}{group}/{owner['name']}" if owner else NONE


def metrics_text(scaler: Obj) -> str:
    """What an autoscaler measures, as `cpu: 80%/70%`: now, and what is wanted."""
    wanted, current = dig(scaler, "spec.metrics", []), dig(scaler, "status.currentMetrics") or []
    found = [_metric(one, current[at] if at < len(current) else {}) for at, one in enumerate(wanted)]
    more = f" + {len(found) - MOST_METRICS} more..." if len(found) > MOST_METRICS else ""
    return (", ".join(found[:MOST_METRICS]) or NONE) + more


def _metric(wanted: Obj, current: Obj) -> str:
    kind = wanted["type"]
    field = kind[0].lower() + kind[1:]
    target, now = dig(wanted, f"{field}.target", {}), dig(current, f"{field}.current", {})
    name = f"{wanted[field]['name']}: " if kind in ("Resource", "ContainerResource") else ""
    if name and target.get("averageValue") is None:
        used, share = now.get("averageUtilization"), target.get("averageUtilization")
        return f"{name}{UNKNOWN if used is None else f'{used}%'}/{'<auto>' if share is None else f'{share}%'}"
    if kind in ("External", "Object") and target.get("averageValue") is None:
        return f"{now.get('value', UNKNOWN)}/{target.get('value')}"
    average = " (avg)" if kind in ("External", "Object") else ""
    return f"{name}{now.get('averageValue', UNKNOWN)}/{target.get('averageValue')}{average}"


OTHERS: dict[str, tuple[Column, ...]] = {
    "ReplicationController": (
        NAME,
        Column("DESIRED", count("spec.replicas")),
        Column("CURRENT", count("status.replicas")),
        Column("READY", count("status.readyReplicas")),
        AGE,
        *CONTAINERS,
        Column("SELECTOR", pairs("spec.selector"), wide=True),
    ),
    "ControllerRevision": (NAME, Column("CONTROLLER", _revision_of), Column("REVISION", count("revision")), AGE),
    "StatefulSet": (
        NAME,
        Column("READY", lambda one, now_s: f"{dig(one, 'status.readyReplicas', 0)}/{dig(one, 'spec.replicas', 0)}"),
        AGE,
        *CONTAINERS,
    ),
    "DaemonSet": (
        NAME,
        Column("DESIRED", count("status.desiredNumberScheduled")),
        Column("CURRENT", count("status.currentNumberScheduled")),
        Column("READY", count("status.numberReady")),
        Column("UP-TO-DATE", count("status.updatedNumberScheduled")),
        Column("AVAILABLE", count("status.numberAvailable")),
        Column("NODE SELECTOR", pairs("spec.template.spec.nodeSelector")),
        AGE,
        *OF_TEMPLATE,
    ),
    "Job": (
        NAME,
        Column("STATUS", lambda job, now_s: job_status(job)),
        Column("COMPLETIONS", lambda job, now_s: job_completions(job)),
        Column("DURATION", job_duration),
        AGE,
        *OF_TEMPLATE,
    ),
    "CronJob": (
        NAME,
        Column("SCHEDULE", value("spec.schedule", "")),
        Column("TIMEZONE", value("spec.timeZone")),
        Column("SUSPEND", lambda one, now_s: str(dig(one, "spec.suspend", False))),
        Column("ACTIVE", lambda one, now_s: len(dig(one, "status.active", []))),
        Column("LAST SCHEDULE", lambda one, now_s: since(dig(one, "status.lastScheduleTime"), now_s, NONE)),
        AGE,
        Column("CONTAINERS", containers("name", "spec.jobTemplate.spec.template.spec.containers"), wide=True),
        Column("IMAGES", containers("image", "spec.jobTemplate.spec.template.spec.containers"), wide=True),
        Column("SELECTOR", selector("spec.jobTemplate.spec.selector"), wide=True),
    ),
    "HorizontalPodAutoscaler": (
        NAME,
        Column("REFERENCE", lambda one, now_s: f"{dig(one, 'spec.scaleTargetRef.kind')}/{dig(one, 'spec.scaleTargetRef.name')}"),
        Column("TARGETS", lambda one, now_s: metrics_text(one)),
        Column("MINPODS", value("spec.minReplicas", UNSET)),
        Column("MAXPODS", count("spec.maxReplicas")),
        Column("REPLICAS", count("status.currentReplicas")),
        AGE,
    ),
    "PodDisruptionBudget": (
        NAME,
        Column("MIN AVAILABLE", value("spec.minAvailable", "N/A")),
        Column("MAX UNAVAILABLE", value("spec.maxUnavailable", "N/A")),
        Column("ALLOWED DISRUPTIONS", count("status.disruptionsAllowed")),
        AGE,
    ),
    "NetworkPolicy": (NAME, Column("POD-SELECTOR", selector("spec.podSelector")), AGE),
    "Ingress": (
        NAME,
        Column("CLASS", _ingress_class),
        Column("HOSTS", lambda one, now_s: ingress_hosts(one)),
        Column("ADDRESS", lambda one, now_s: addresses(one)),
        Column("PORTS", lambda one, now_s: "80, 443" if dig(one, "spec.tls") else "80"),
        AGE,
    ),
    "IngressClass": (NAME, Column("CONTROLLER", value("spec.controller", "")), Column("PARAMETERS", _parameters), AGE),
    "PersistentVolumeClaim": (
        NAME,
        Column("STATUS", _phase),
        Column("VOLUME", value("spec.volumeName", "")),
        Column("CAPACITY", _claim_bound("status.capacity.storage")),
        Column("ACCESS MODES", _claim_bound("status.accessModes")),
        Column("STORAGECLASS", value("spec.storageClassName", "")),
        Column("VOLUMEATTRIBUTESCLASS", value("spec.volumeAttributesClassName", UNSET)),
        AGE,
        Column("VOLUMEMODE", value("spec.volumeMode", UNSET), wide=True),
    ),
    "PersistentVolume": (
        NAME,
        Column("CAPACITY", value("spec.capacity.storage", "")),
        Column("ACCESS MODES", lambda one, now_s: access_modes(dig(one, "spec.accessModes", []))),
        Column("RECLAIM POLICY", value("spec.persistentVolumeReclaimPolicy", "")),
        Column("STATUS", _phase),
        Column("CLAIM", _claim),
        Column("STORAGECLASS", value("spec.storageClassName", "")),
        Column("VOLUMEATTRIBUTESCLASS", value("spec.volumeAttributesClassName", UNSET)),
        Column("REASON", value("status.reason", "")),
        AGE,
        Column("VOLUMEMODE", value("spec.volumeMode", UNSET), wide=True),
    ),
    "StorageClass": (
        Column("NAME", _class_name),
        Column("PROVISIONER", value("provisioner", "")),
        Column("RECLAIMPOLICY", value("reclaimPolicy", "Delete")),
        Column("VOLUMEBINDINGMODE", value("volumeBindingMode", "Immediate")),
        Column("ALLOWVOLUMEEXPANSION", lambda one, now_s: "true" if one.get("allowVolumeExpansion") else "false"),
        AGE,
    ),
}
