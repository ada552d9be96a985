"""Reading a Pod: phase, conditions, readiness, quality of service."""

from __future__ import annotations

from typing import Any

from gen.kit.duration import parse_timestamp
from gen.kit.evolve import dig

Obj = dict[str, Any]
SECOND_US = 1_000_000


def phase(pod: Obj) -> str:
    """`status.phase`."""
    return str(dig(pod, "status.phase", "Pending"))


def condition(pod: Obj, kind: str) -> Obj | None:
    """The condition of that type."""
    return next((one for one in (pod.get("status") or {}).get("conditions") or [] if one["type"] == kind), None)


def is_ready(pod: Obj) -> bool:
    """Whether the condition Ready is True."""
    ready = condition(pod, "Ready")
    return ready is not None and ready["status"] == "True"


def is_available(pod: Obj, min_ready_seconds: int, now_s: int) -> bool:
    """Whether it has been ready for so long (upstream: podutils.IsPodAvailable)."""
    ready = condition(pod, "Ready")
    if ready is None or ready["status"] != "True":
        return False
    return not min_ready_seconds or parse_timestamp(ready["lastTransitionTime"]) // SECOND_US + min_ready_seconds <= now_s


def is_terminal(pod: Obj) -> bool:
    """Whether its containers have ended for good."""
    return phase(pod) in ("Succeeded", "Failed")


def is_active(pod: Obj) -> bool:
    """Whether it counts for its controller: neither ended nor leaving."""
    return not is_terminal(pod) and not pod["metadata"].get("deletionTimestamp")


def is_terminating(pod: Obj) -> bool:
    """Whether it is leaving and has not ended yet."""
    return not is_terminal(pod) and bool(pod["metadata"].get("deletionTimestamp"))


def restarts(pod: Obj) -> int:
    """How often its containers were restarted, all together."""
    return sum(int(one.get("restartCount", 0)) for one in dig(pod, "status.containerStatuses", []))


def qos_class(pod: Obj) -> str:
    """Guaranteed, Burstable or BestEffort (upstream: pkg/apis/core/v1/helper/qos/qos.go)."""
    known = dig(pod, "status.qosClass")
    if known:
        return str(known)
    containers = [*(pod["spec"].get("containers") or []), *(pod["spec"].get("initContainers") or [])]
    stated = [dig(one, "resources", {}) for one in containers]
    if not any((one.get("requests") or one.get("limits")) for one in stated):
        return "BestEffort"
    for one in stated:
        limits, requests = one.get("limits") or {}, one.get("requests") or {}
        if any(name not in limits or requests.get(name, limits[name]) != limits[name] for name in ("cpu", "memory")):
            return "Burstable"
    return "Guaranteed"
