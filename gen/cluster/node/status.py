"""What a kubelet reports of a Pod: pure rules from what the runtime shows to `status`.

Upstream: pkg/kubelet/kubelet_pods.go (generateAPIPodStatus, getPhase), pkg/kubelet/status/generate.go (v1.36.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gen.cluster.node.images import image_named
from gen.cluster.node.runtime import Container, Sandbox
from gen.kit.duration import timestamp
from gen.kit.evolve import dig
from gen.objects import meta, pods

Obj = dict[str, Any]
KILLED = 137  # 128 + SIGKILL


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


def pod_status(pod: Obj, sight: Sight) -> Obj:
    """The whole status, as the kubelet writes it."""
    containers = [container_status(pod, spec, sight) for spec in pod["spec"]["containers"]]
    phase = phase_of(pod, containers, sight.ended)
    status: Obj = {
        "observedGeneration": meta.generation(pod),
        "phase": phase,
        "conditions": conditions(pod, phase, containers, sight),
        "hostIP": sight.host_address,
        "hostIPs": [{"ip": sight.host_address}],
    }
    if sight.sandbox and any("waiting" not in one["state"] for one in containers):
        status |= {"podIP": sight.sandbox.address, "podIPs": [{"ip": sight.sandbox.address}]}
    status["startTime"] = dig(pod, "status.startTime") or timestamp(sight.now_us)
    return status | {"containerStatuses": containers, "qosClass": pods.qos_class(pod), "resources": {}}


def phase_of(pod: Obj, containers: list[Obj], ended: bool) -> str:
    """The Pod's phase, from its containers (upstream: getPhase). `ended`: none of them will be started again."""
    states = [one["state"] for one in containers]
    if ended or pods.phase(pod) in ("Succeeded", "Failed"):
        failed = any(dig(state, "terminated.exitCode", KILLED) != 0 for state in states)
        return "Failed" if failed else "Succeeded"
    started = [
        state
        for one, state in zip(containers, states, strict=True)
        if "waiting" not in state or one["restartCount"] or one["lastState"]
    ]
    return "Running" if len(started) == len(states) else "Pending"


def container_status(pod: Obj, spec: Obj, sight: Sight) -> Obj:
    """One container: its state, the one before, and whether it is ready (without a probe: as soon as it runs)."""
    name = spec["name"]
    runs = sight.sandbox.runs.get(name, []) if sight.sandbox else []
    begun = [run for run in runs if run.started_us is not None]
    latest = begun[-1] if begun else None
    running = latest is not None and latest.running
    status: Obj = {
        "name": name,
        "state": state(latest, sight, name),
        "lastState": last_state(begun, name, sight),
        "ready": running and name not in sight.waiting,
        "restartCount": latest.restart if latest else 0,
        "image": image_named(spec["image"]).name if latest else spec["image"],
        "imageID": image_named(spec["image"]).digest if latest else "",
    }
    if latest:
        status["containerID"] = f"containerd://{latest.id}"
    status["started"] = running
    if latest:
        requests = dig(spec, "resources.requests", {})
        status |= {"allocatedResources": requests} if requests else {}
        status["resources"] = spec.get("resources") or {}
    mounts = [mount_status(mount) for mount in spec.get("volumeMounts") or []]
    return status | ({"volumeMounts": mounts} if mounts else {})


def mount_status(mount: Obj) -> Obj:
    """A volume mount as the status repeats it."""
    repeated: Obj = {key: mount[key] for key in ("name", "mountPath", "readOnly") if key in mount}
    return {**repeated, "recursiveReadOnly": "Disabled"} if mount.get("readOnly") else repeated


def state(latest: Container | None, sight: Sight, name: str) -> Obj:
    """waiting, running or terminated."""
    if name in sight.waiting:
        return {"waiting": sight.waiting[name]}
    if latest is None:
        return {"terminated": LOST} if sight.ended else {"waiting": {"reason": "ContainerCreating"}}
    return (
        {"running": {"startedAt": timestamp(sight.epoch_us + (latest.started_us or 0))}}
        if latest.running
        else terminated(latest, sight)
    )


# A Pod that is deleted before its containers were started (upstream: the status manager's default for what it cannot find).
LOST = {
    "exitCode": KILLED,
    "reason": "ContainerStatusUnknown",
    "message": "The container could not be located when the pod was terminated",
    "startedAt": None,
    "finishedAt": None,
}


def terminated(run: Container, sight: Sight) -> Obj:
    """How a run ended."""
    return {
        "terminated": {
            "exitCode": run.exit_code,
            "reason": "Completed" if run.exit_code == 0 else "Error",
            "startedAt": timestamp(sight.epoch_us + (run.started_us or 0)),
            "finishedAt": timestamp(sight.epoch_us + (run.finished_us or 0)),
            "containerID": f"containerd://{run.id}",
        }
    }


def last_state(begun: list[Container], name: str, sight: Sight) -> Obj:
    """How the run before ended; while the container waits to be restarted, how the latest did."""
    before = begun if name in sight.waiting else begun[:-1]
    return terminated(before[-1], sight) if before else {}


def conditions(pod: Obj, phase: str, containers: list[Obj], sight: Sight) -> list[Obj]:
    """The five conditions of a Pod that a node has, in the order in which the kubelet writes them."""
    unready = [one["name"] for one in containers if not one["ready"]]
    lost = any(one["state"].get("terminated") == LOST for one in containers)  # the conditions stay as they were: recording 21
    ended = "" if lost else {"Succeeded": "PodCompleted", "Failed": "PodFailed"}.get(phase, "")
    ready: Obj = {"status": "False" if unready or ended else "True"}
    if ended:
        ready["reason"] = ended
    elif unready:
        ready |= {"reason": "ContainersNotReady", "message": f"containers with unready status: [{' '.join(unready)}]"}
    found = {
        "PodReadyToStartContainers": {"status": "True" if sight.sandbox_ready and not ended else "False"},
        "Initialized": {"status": "True", **({"reason": ended} if phase == "Succeeded" else {})},
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
