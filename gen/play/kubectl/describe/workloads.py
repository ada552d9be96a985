"""`kubectl describe` for workloads that nobody acts on yet: StatefulSets, DaemonSets, Jobs, CronJobs.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40. Every function gives lines with tabs.
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import human_age, parse_timestamp
from gen.kit.evolve import dig
from gen.objects import meta, pods, selectors
from gen.play.kubectl.describe.deployments import WORDS
from gen.play.kubectl.describe.lines import (
    UNSET,
    Describer,
    Related,
    annotation_lines,
    controlled_by,
    date,
    label_lines,
    with_events,
)
from gen.play.kubectl.describe.template import pod_template

Obj = dict[str, Any]
SCHEDULED = (
    ("Desired Number of Nodes Scheduled", "desiredNumberScheduled"),
    ("Current Number of Nodes Scheduled", "currentNumberScheduled"),
    ("Number of Nodes Scheduled with Up-to-date Pods", "updatedNumberScheduled"),
    ("Number of Nodes Scheduled with Available Pods", "numberAvailable"), ("Number of Nodes Misscheduled", "numberMisscheduled"),
)  # fmt: skip


def _marks(obj: Obj) -> list[str]:
    return [*label_lines("Labels", meta.labels(obj)), *annotation_lines("Annotations", meta.annotations(obj))]


def _named(obj: Obj) -> list[str]:
    return [f"Name:\t{meta.name(obj)}", f"Namespace:\t{meta.namespace(obj)}"]


def _pods_status(related: Related) -> str:
    phases = [pods.phase(pod) for pod in related.get("Pod") or []]
    return "Pods Status:\t" + " / ".join(f"{phases.count(phase)} {word}" for phase, word in WORDS)


def _told(spec: Obj, *fields: tuple[str, str]) -> list[str]:
    """Titles with what the spec says, where it says something."""
    return [f"{title}:\t{spec[field]}" for title, field in fields if spec.get(field) is not None]


def describe_stateful_set(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A StatefulSet, with the claims that each of its Pods gets."""
    spec, rolling = found.get("spec") or {}, dig(found, "spec.updateStrategy.rollingUpdate")
    lines = [
        *_named(found),
        f"CreationTimestamp:\t{date(found['metadata']['creationTimestamp'])}",
        f"Selector:\t{selectors.format_selector(spec.get('selector'))}",
        *_marks(found),
        f"Replicas:\t{spec.get('replicas', 1)} desired | {dig(found, 'status.replicas', 0)} total",
        f"Update Strategy:\t{dig(spec, 'updateStrategy.type', '')}",
        *(f"  {line}" for line in _told(rolling or {}, ("Partition", "partition"), ("MaxUnavailable", "maxUnavailable"))),
        _pods_status(related),
        *pod_template(spec.get("template") or {}),
        *_claims(spec.get("volumeClaimTemplates") or []),
    ]
    return with_events(lines, events, now_s)


def _claims(templates: list[Obj]) -> list[str]:
    if not templates:
        return ["Volume Claims:\t<none>"]
    lines = ["Volume Claims:"]
    for claim in templates:
        inner = [
            f"Name:\t{meta.name(claim)}",
            f"StorageClass:\t{dig(claim, 'spec.storageClassName', '')}",
            *_marks(claim),
            f"Capacity:\t{dig(claim, 'spec.resources.requests.storage', '<default>')}",
            f"Access Modes:\t[{' '.join(dig(claim, 'spec.accessModes', []))}]",
        ]
        lines += [line if line.startswith("\t") else f"  {line}" for line in inner]
    return lines


def describe_daemon_set(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A DaemonSet, with how many nodes have its Pod."""
    spec, chosen = found.get("spec") or {}, dig(found, "spec.template.spec.nodeSelector", {})
    lines = [
        *_named(found),
        f"Selector:\t{selectors.format_selector(spec.get('selector'))}",
        f"Node-Selector:\t{','.join(f'{key}={value}' for key, value in sorted(chosen.items())) or '<none>'}",
        *_marks(found),
        *(f"{title}: {dig(found, f'status.{field}', 0)}" for title, field in SCHEDULED),
        _pods_status(related),
        *pod_template(spec.get("template") or {}),
    ]
    return with_events(lines, events, now_s)


def describe_job(job: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A Job, with how often it succeeded and failed."""
    spec, status = job.get("spec") or {}, job.get("status") or {}
    start, end = status.get("startTime"), status.get("completionTime")
    ended_after = human_age((parse_timestamp(end) - parse_timestamp(start)) // 1_000_000) if start and end else ""
    deadline, indexes = spec.get("activeDeadlineSeconds"), status.get("completedIndexes")
    lines = [
        *_named(job),
        f"Selector:\t{selectors.format_selector(spec.get('selector'))}",
        *_marks(job),
        *controlled_by(job),
        *_told(spec, ("Parallelism", "parallelism")),
        f"Completions:\t{spec.get('completions', UNSET)}",
        *_told(spec, ("Completion Mode", "completionMode")),
        *([f"Suspend:\t{str(spec['suspend']).lower()}"] if spec.get("suspend") is not None else []),
        *_told(spec, ("Backoff Limit", "backoffLimit"), ("TTL Seconds After Finished", "ttlSecondsAfterFinished")),
        *([f"Start Time:\t{date(start)}"] if start else []),
        *([f"Completed At:\t{date(end)}"] if end else []),
        *([f"Duration:\t{ended_after}"] if ended_after else []),
        *([f"Active Deadline Seconds:\t{deadline}s"] if deadline is not None else []),
        f"Pods Statuses:\t{_counts(status)}",
        *([f"Completed Indexes:\t{indexes or '<none>'}"] if spec.get("completionMode") == "Indexed" else []),
        *pod_template(spec.get("template") or {}),
    ]
    return with_events(lines, events, now_s)


def _counts(status: Obj) -> str:
    ready = f" ({status['ready']} Ready)" if status.get("ready") is not None else ""
    return f"{status.get('active', 0)} Active{ready} / {status.get('succeeded', 0)} Succeeded / {status.get('failed', 0)} Failed"


def describe_cron_job(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A CronJob: when, and what for a Job."""
    spec, job = found.get("spec") or {}, dig(found, "spec.jobTemplate.spec", {})
    last, deadline = dig(found, "status.lastScheduleTime"), spec.get("startingDeadlineSeconds")
    suspended, active = spec.get("suspend"), [one["name"] for one in dig(found, "status.active", [])]
    lines = [
        *_named(found),
        *_marks(found),
        f"Schedule:\t{spec.get('schedule', '')}",
        f"Concurrency Policy:\t{spec.get('concurrencyPolicy', '')}",
        f"Suspend:\t{UNSET if suspended is None else suspended}",
        f"Time Zone:\t{spec.get('timeZone', UNSET)}",
        f"Successful Job History Limit:\t{spec.get('successfulJobsHistoryLimit', UNSET)}",
        f"Failed Job History Limit:\t{spec.get('failedJobsHistoryLimit', UNSET)}",
        f"Starting Deadline Seconds:\t{UNSET if deadline is None else f'{deadline}s'}",
        f"Selector:\t{selectors.format_selector(job['selector']) if job.get('selector') else UNSET}",
        f"Parallelism:\t{job.get('parallelism', UNSET)}",
        f"Completions:\t{job.get('completions', UNSET)}",
        *([f"Active Deadline Seconds:\t{job['activeDeadlineSeconds']}s"] if "activeDeadlineSeconds" in job else []),
        *pod_template(job.get("template") or {}),
        f"Last Schedule Time:\t{date(last) if last else UNSET}",
        f"Active Jobs:\t{', '.join(active) or '<none>'}",
    ]
    return with_events(lines, events, now_s)


WORKLOADS: dict[str, Describer] = {
    "StatefulSet": describe_stateful_set,
    "DaemonSet": describe_daemon_set,
    "Job": describe_job,
    "CronJob": describe_cron_job,
}
