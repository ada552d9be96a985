"""What a kubelet reports of a Pod: pure rules from what the runtime shows to `status`.

Upstream: pkg/kubelet/kubelet_pods.go (generateAPIPodStatus, getPhase), pkg/kubelet/status/generate.go (v1.36.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gen.cluster.node.container_status import LOST, container_status
from gen.cluster.node.runtime import KILLED, Sandbox
from gen.kit.duration import timestamp
from gen.kit.evolve import dig
from gen.objects import meta, pods, quotas

Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the kubelet knows when it reports: the sandbox, why containers wait, whether the Pod has ended."""

    host_address: str
    epoch_us: int
    now_us: int
    sandbox: Sandbox | None = None
    sandbox_ready: bool = False
    waiting: dict[str, Obj] = field(default_factory=dict)  # by container: {reason, message}
    ended: bool = False
    over: bool = False  # no container will run again, but the sandbox still stands: the phase is not told yet
    looked: bool = False  # the runtime was asked after the sandbox was made, so its address is known
    unready: tuple[str, ...] = ()  # containers whose readiness probe has not succeeded
    unstarted: tuple[str, ...] = ()  # containers whose startup probe has not succeeded
    reason: Obj = field(default_factory=dict)  # reason and message of the Pod itself, as DeadlineExceeded


def pod_status(pod: Obj, sight: Sight) -> Obj:
    """The whole status, as the kubelet writes it."""
    inits = [container_status(pod, spec, sight, init=True) for spec in pod["spec"].get("initContainers") or []]
    pending = not is_initialized(pod, inits, sight)
    containers = [container_status(pod, spec, sight, blocked=pending) for spec in pod["spec"]["containers"]]
    verdict = phase_of(pod, inits, containers, sight)
    phase = pods.phase(pod) if sight.over and not sight.ended else verdict
    status: Obj = {
        "observedGeneration": meta.generation(pod),
        "phase": phase,
        "conditions": conditions(pod, verdict, inits, containers, sight),
        **(sight.reason if sight.ended else {}),
        "hostIP": sight.host_address,
        "hostIPs": [{"ip": sight.host_address}],
    }
    if sight.sandbox and (sight.looked or any("waiting" not in one["state"] for one in [*inits, *containers])):
        status |= {"podIP": sight.sandbox.address, "podIPs": [{"ip": sight.sandbox.address}]}
    status["startTime"] = dig(pod, "status.startTime") or timestamp(sight.now_us)
    status |= {"initContainerStatuses": inits} if inits else {}
    return status | {"containerStatuses": containers, "qosClass": pods.qos_class(pod), "resources": allocated(pod)}


def allocated(pod: Obj) -> Obj:
    """What the Pod as a whole is allowed (recording 25).

    Left out: what its cgroup adds later where it knows no limit of memory, 9007199254740988Ki in the recordings.
    """
    amounts = {field: quotas.pod_amounts(pod, field) for field in ("limits", "requests")}
    return {field: found for field, found in amounts.items() if found}


def is_initialized(pod: Obj, inits: list[Obj], sight: Sight) -> bool:
    """Whether the init containers are through: each has ended well, a sidecar has started."""
    if sight.sandbox and any(sight.sandbox.runs.get(one["name"]) for one in pod["spec"]["containers"]):
        return True
    return not incomplete(pod, inits)


def incomplete(pod: Obj, inits: list[Obj]) -> list[str]:
    """The init containers that are not through."""
    through = {
        spec["name"]: pods.is_sidecar(spec) and one.get("started") or dig(one, "state.terminated.exitCode") == 0
        for spec, one in zip(pod["spec"].get("initContainers") or [], inits, strict=True)
    }
    return [name for name, done in through.items() if not done]


def phase_of(pod: Obj, inits: list[Obj], containers: list[Obj], sight: Sight) -> str:
    """The Pod's phase, from its containers (upstream: getPhase). `ended`: none of them will be started again."""
    states = [one["state"] for one in containers]
    if sight.ended or sight.over or pods.is_terminal(pod):
        failed = any(dig(state, "terminated.exitCode", KILLED) != 0 for state in states)
        return "Failed" if failed or sight.reason else "Succeeded"
    started = [
        state
        for one, state in zip(containers, states, strict=True)
        if "waiting" not in state or one["restartCount"] or one["lastState"]
    ]
    return "Running" if len(started) == len(states) and is_initialized(pod, inits, sight) else "Pending"


def conditions(pod: Obj, phase: str, inits: list[Obj], containers: list[Obj], sight: Sight) -> list[Obj]:
    """The five conditions of a Pod that a node has, in the order in which the kubelet writes them."""
    beside = [
        one["name"]
        for spec, one in zip(pod["spec"].get("initContainers") or [], inits, strict=True)
        if pods.is_sidecar(spec) and not one["ready"]
    ]
    unready = beside + [one["name"] for one in containers if not one["ready"]]
    waiting = incomplete(pod, inits) if not is_initialized(pod, inits, sight) else []
    lost = any(one["state"].get("terminated") == LOST for one in containers)  # the conditions stay as they were: recording 21
    kept = lost or bool(waiting)
    ended = "" if kept else {"Succeeded": "PodCompleted", "Failed": "PodFailed"}.get(phase, "")
    ready: Obj = {"status": "False" if unready or ended else "True"}
    if ended:
        ready["reason"] = ended
    elif unready:
        ready |= {"reason": "ContainersNotReady", "message": f"containers with unready status: [{' '.join(unready)}]"}
    initialized: Obj = {"status": "True", **({"reason": ended} if phase == "Succeeded" else {})}
    if waiting:
        message = f"containers with incomplete status: [{' '.join(waiting)}]"
        initialized = {"status": "False", "reason": "ContainersNotInitialized", "message": message}
    found = {
        "PodReadyToStartContainers": {"status": "True" if sight.sandbox_ready and not sight.ended else "False"},
        "Initialized": initialized,
        "Ready": ready,
        "ContainersReady": ready,
        "PodScheduled": {"status": "True"},
    }
    return [dated(pod, kind, verdict, sight.now_us) for kind, verdict in found.items()]


def dated(pod: Obj, kind: str, verdict: Obj, now_us: int) -> Obj:
    """The condition with the time of its last transition: now, if its status changed."""
    known = pods.condition(pod, kind)
    same = known is not None and known["status"] == verdict["status"]
    return {
        "type": kind,
        "observedGeneration": meta.generation(pod),
        "lastProbeTime": None,
        "lastTransitionTime": known["lastTransitionTime"] if known and same else timestamp(now_us),
        **verdict,
    }
