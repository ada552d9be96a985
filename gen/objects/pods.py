"""Reading a Pod: phase, conditions, readiness, quality of service."""

from __future__ import annotations

from typing import Any

from gen.kit import quantity
from gen.kit.duration import parse_timestamp
from gen.kit.evolve import dig

Obj = dict[str, Any]
SECOND_US = 1_000_000
QOS_RESOURCES = ("cpu", "memory")


def phase(pod: Obj) -> str:
    """`status.phase`."""
    known = (pod.get("status") or {}).get("phase")
    return "Pending" if known is None else str(known)


def node_of(pod: Obj) -> str:
    """The node that it is bound to; "" while there is none."""
    return str((pod.get("spec") or {}).get("nodeName") or "")


def condition(pod: Obj, kind: str) -> Obj | None:
    """The condition of that type."""
    conditions: list[Obj] = (pod.get("status") or {}).get("conditions") or []
    for one in conditions:
        if one["type"] == kind:
            return one
    return None


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
    """How often its containers were restarted, all together, as kubectl's RESTARTS counts them."""
    return sum(int(one.get("restartCount", 0)) for one in _counted(pod))


def last_restart_us(pod: Obj) -> int | None:
    """When the last of the containers ended that were restarted since, in microseconds of Unix time."""
    ends = [dig(one, "lastState.terminated.finishedAt") for one in _counted(pod)]
    return max((parse_timestamp(end) for end in ends if end), default=None)


def _counted(pod: Obj) -> list[Obj]:
    """The statuses whose restarts count: of init containers while one is not through, then of containers and sidecars."""
    inits = dig(pod, "status.initContainerStatuses", [])
    if inits and _initializing(pod):
        return list(inits)
    return [*sidecar_statuses(pod), *dig(pod, "status.containerStatuses", [])]


def is_sidecar(container: Obj) -> bool:
    """Whether an init container goes on beside the others."""
    return container.get("restartPolicy") == "Always"


def sidecars(spec: Obj) -> list[Obj]:
    """The init containers in a Pod's spec that go on beside the others."""
    return [one for one in spec.get("initContainers") or [] if is_sidecar(one)]


def sidecar_statuses(pod: Obj) -> list[Obj]:
    """The statuses of its sidecars."""
    names = [one["name"] for one in sidecars(pod.get("spec") or {})]
    return [one for one in dig(pod, "status.initContainerStatuses", []) if one["name"] in names]


def qos_class(pod: Obj) -> str:
    """Guaranteed, Burstable or BestEffort: only processor and memory count.

    What the Pod states as a whole goes before what its containers state. Requests that were left out have been defaulted to
    the limits before (upstream: pkg/apis/core/v1/helper/qos/qos.go).
    """
    known = dig(pod, "status.qosClass")
    if known:
        return str(known)
    spec = pod["spec"]
    stating = [spec] if spec.get("resources") else [*(spec.get("containers") or []), *(spec.get("initContainers") or [])]
    stated = [(_counting(one, "requests"), _counting(one, "limits")) for one in stating]
    if not any(requests or limits for requests, limits in stated):
        return "BestEffort"
    guaranteed = all(len(limits) == len(QOS_RESOURCES) and requests == limits for requests, limits in stated)
    return "Guaranteed" if guaranteed else "Burstable"


def _counting(container: Obj, side: str) -> dict[str, int]:
    """What a container states of the resources that make the QoS class; zero is as if not stated."""
    stated = dig(container, f"resources.{side}", {})
    amounts = {name: quantity.milli(stated[name]) for name in QOS_RESOURCES if name in stated}
    return {name: amount for name, amount in amounts.items() if amount}


def requests(pod: Obj) -> dict[str, int]:
    """What the Pod asks of a node, by resource: cpu in thousandths, all others in whole units.

    Its containers ask together; init containers one after the other, beside the sidecars that were started before them
    (upstream: component-helpers/resource/helpers.go, PodRequests).
    """
    total: dict[str, int] = {}
    for container in pod["spec"].get("containers") or []:
        _add(total, _requests_of(container))
    beside: dict[str, int] = {}
    highest: dict[str, int] = {}
    for container in pod["spec"].get("initContainers") or []:
        alone = dict(beside)
        _add(alone, _requests_of(container))
        if is_sidecar(container):
            beside = alone
        highest = {name: max(highest.get(name, 0), alone.get(name, 0)) for name in {**highest, **alone}}
    _add(total, beside)
    total = {name: max(total.get(name, 0), highest.get(name, 0)) for name in {**total, **highest}}
    _add(total, {name: in_base_units(name, text) for name, text in (pod["spec"].get("overhead") or {}).items()})
    return total


def in_base_units(resource: str, text: Any) -> int:
    """A quantity as a whole number: cpu in thousandths, all others in whole units."""
    return quantity.milli(text) if resource == "cpu" else quantity.value(text)


def _requests_of(container: Obj) -> dict[str, int]:
    asked = (container.get("resources") or {}).get("requests") or {}
    return {name: in_base_units(name, text) for name, text in asked.items()}


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for name, amount in more.items():
        total[name] = total.get(name, 0) + amount


def ready_count(pod: Obj) -> tuple[int, int]:
    """(ready, total) of the containers, sidecars among them, as kubectl's READY shows them."""
    statuses = [*dig(pod, "status.containerStatuses", []), *sidecar_statuses(pod)]
    ready = sum(bool(one.get("ready")) and "running" in one.get("state", {}) for one in statuses)
    return ready, len(pod["spec"].get("containers") or []) + len(sidecars(pod["spec"]))


def status_word(pod: Obj) -> str:
    """The STATUS of kubectl (upstream: pkg/printers/internalversion/printers.go, printPod)."""
    word = str(dig(pod, "status.reason") or phase(pod))
    scheduled = condition(pod, "PodScheduled")
    if scheduled and scheduled.get("reason") == "SchedulingGated":
        word = "SchedulingGated"
    initializing = _initializing(pod)
    if initializing:
        word = initializing
    else:
        word = _word_of_containers(pod, word)
    if pod["metadata"].get("deletionTimestamp"):
        if dig(pod, "status.reason") == "NodeLost":
            return "Unknown"
        if not is_terminal(pod):
            return "Terminating"
    return word


def _initializing(pod: Obj) -> str:
    """`Init:…` while an init container is not through, else ""."""
    initialized = condition(pod, "Initialized")
    if initialized and initialized["status"] == "True":
        return ""
    specs = {one["name"]: one for one in pod["spec"].get("initContainers") or []}
    for index, one in enumerate(dig(pod, "status.initContainerStatuses", [])):
        state = one.get("state") or {}
        ended = state.get("terminated")
        if ended and ended.get("exitCode") == 0:
            continue
        if is_sidecar(specs.get(one["name"], {})) and one.get("started"):
            continue
        if ended:
            return f"Init:{ended.get('reason') or _exit_word(ended)}"
        reason = (state.get("waiting") or {}).get("reason", "")
        return f"Init:{reason}" if reason and reason != "PodInitializing" else f"Init:{index}/{len(specs)}"
    return ""


def _word_of_containers(pod: Obj, word: str) -> str:
    running = False
    for one in reversed(dig(pod, "status.containerStatuses", [])):
        state = one.get("state") or {}
        waiting, ended = (state.get("waiting") or {}).get("reason"), state.get("terminated")
        if waiting:
            word = waiting
        elif ended:
            word = ended.get("reason") or _exit_word(ended)
        elif one.get("ready") and "running" in state:
            running = True
    if word == "Completed" and running:
        return "Running" if is_ready(pod) else "NotReady"
    return word


def _exit_word(ended: Obj) -> str:
    return f"Signal:{ended['signal']}" if ended.get("signal") else f"ExitCode:{ended.get('exitCode', 0)}"
