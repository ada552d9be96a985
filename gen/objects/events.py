"""Reading Events: when they were seen, how often, and who told them. Both forms, core/v1's and events.k8s.io's."""

from __future__ import annotations

from typing import Any

from gen.kit.duration import human_age, parse_timestamp
from gen.kit.evolve import dig

Obj = dict[str, Any]
SECOND_US = 1_000_000


def first_us(event: Obj) -> int:
    """When it was first seen, in microseconds of Unix time."""
    time = event.get("firstTimestamp") or event.get("eventTime") or dig(event, "metadata.creationTimestamp")
    return parse_timestamp(time) if time else 0


def last_us(event: Obj) -> int:
    """When it was last seen, in microseconds of Unix time."""
    time = dig(event, "series.lastObservedTime") or event.get("lastTimestamp") or event.get("eventTime")
    return parse_timestamp(time) if time else first_us(event)


def count(event: Obj) -> int:
    """How often it was seen."""
    return int(dig(event, "series.count") or event.get("count") or 1)


def seen_for(event: Obj, now_s: int) -> str:
    """How long ago it was first seen."""
    return human_age(now_s - first_us(event) // SECOND_US)


def last_seen(event: Obj, now_s: int) -> str:
    """How long ago it was last seen: the LAST SEEN of `kubectl get events`."""
    return human_age(now_s - last_us(event) // SECOND_US)


def age(event: Obj, now_s: int) -> str:
    """The Age in `kubectl describe`: `12s`, or `12s (x3 over 2m)` for one that was seen several times."""
    latest = last_seen(event, now_s)
    return f"{latest} (x{count(event)} over {seen_for(event, now_s)})" if count(event) > 1 else latest


def reporter(event: Obj) -> str:
    """The component that told it."""
    return str(dig(event, "source.component") or event.get("reportingComponent") or "")


def source(event: Obj, now_s: int = 0) -> str:
    """Who told it and from where: `kubelet, node-1`."""
    host = dig(event, "source.host") or event.get("reportingInstance") or ""
    return f"{reporter(event)}, {host}" if host else reporter(event)


def subobject(event: Obj, now_s: int = 0) -> str:
    """Which part of the object: `spec.containers{web}`."""
    return str(dig(event, "involvedObject.fieldPath", ""))
