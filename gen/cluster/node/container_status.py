"""What a kubelet reports of one container: its state, the one before, whether it is ready and has started.

Upstream: pkg/kubelet/kubelet_pods.go (convertToAPIContainerStatuses), pkg/kubelet/prober (UpdatePodStatus), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node.images import image_named
from gen.cluster.node.runtime import KILLED, Container
from gen.kit.duration import timestamp
from gen.kit.evolve import dig
from gen.objects.pods import is_sidecar

if TYPE_CHECKING:
    from gen.cluster.node.status import Sight

Obj = dict[str, Any]

# A Pod that is deleted before its containers were started (upstream: the status manager's default for what it cannot find).
LOST = {
    "exitCode": KILLED,
    "reason": "ContainerStatusUnknown",
    "message": "The container could not be located when the pod was terminated",
    "startedAt": None,
    "finishedAt": None,
}


def container_status(pod: Obj, spec: Obj, sight: Sight, *, init: bool = False, blocked: bool = False) -> Obj:
    """One container. `blocked`: the init containers before it are not through."""
    name = spec["name"]
    runs = sight.sandbox.runs.get(name, []) if sight.sandbox else []
    begun = [run for run in runs if run.state != "created"]
    latest = begun[-1] if begun else None
    runs_now = latest is not None and latest.seems_running and name not in sight.waiting
    started = runs_now and name not in sight.unstarted
    ready = started and name not in sight.unready
    if init and not is_sidecar(spec):
        ready = latest is not None and not runs_now and latest.exit_code == 0
    status: Obj = {
        "name": name,
        "state": state(
            latest, sight, name, "PodInitializing" if init or blocked or has_inits(pod) else "ContainerCreating", blocked
        ),
        "lastState": last_state(pod, begun, name, sight),
        "ready": ready,
        "restartCount": latest.restart if latest else 0,
        "image": image_named(spec["image"]).name if latest else spec["image"],
        "imageID": image_named(spec["image"]).digest if latest else "",
    }
    if latest:
        status["containerID"] = f"containerd://{latest.id}"
    status["started"] = started
    if latest:
        requests = dig(spec, "resources.requests", {})
        status |= {"allocatedResources": requests} if requests else {}
        status["resources"] = spec.get("resources") or {}
    mounts = [mount_status(mount) for mount in spec.get("volumeMounts") or []]
    return status | ({"volumeMounts": mounts} if mounts else {})


def has_inits(pod: Obj) -> bool:
    """Whether the Pod has init containers."""
    return bool(pod["spec"].get("initContainers"))


def mount_status(mount: Obj) -> Obj:
    """A volume mount as the status repeats it."""
    repeated: Obj = {key: mount[key] for key in ("name", "mountPath", "readOnly") if key in mount}
    return {**repeated, "recursiveReadOnly": "Disabled"} if mount.get("readOnly") else repeated


def state(latest: Container | None, sight: Sight, name: str, before: str, blocked: bool) -> Obj:
    """waiting, running or terminated; `before` is why it waits before it was made."""
    if name in sight.waiting:
        return {"waiting": sight.waiting[name]}
    if latest is None:
        return {"terminated": LOST} if sight.ended and not blocked else {"waiting": {"reason": before}}
    if latest.seems_running:
        return {"running": {"startedAt": timestamp(sight.epoch_us + (latest.started_us or 0))}}
    return terminated(latest, sight)


def terminated(run: Container, sight: Sight) -> Obj:
    """How a run ended. One that could not be started has begun at the beginning of time."""
    begun = timestamp(0 if run.started_us is None else sight.epoch_us + run.started_us)
    return {
        "terminated": {
            "exitCode": run.exit_code,
            "reason": run.reason or ("Completed" if run.exit_code == 0 else "Error"),
            **({"message": run.message} if run.message else {}),
            "startedAt": begun,
            "finishedAt": timestamp(sight.epoch_us + (run.finished_us or 0)),
            "containerID": f"containerd://{run.id}",
        }
    }


def last_state(pod: Obj, begun: list[Container], name: str, sight: Sight) -> Obj:
    """How the run before ended; while the container waits to be restarted, how the latest did: that stays said afterwards."""
    ended = [run for run in begun if not run.seems_running]
    before = ended if name in sight.waiting else [run for run in ended if run is not begun[-1]]
    found = terminated(before[-1], sight) if before else {}
    told_before = [*dig(pod, "status.containerStatuses", []), *dig(pod, "status.initContainerStatuses", [])]
    known: Obj = next((one for one in told_before if one["name"] == name), {})
    told: Obj = known.get("lastState") or {}
    later = dig(told, "terminated.finishedAt", "") > dig(found, "terminated.finishedAt", "")
    return told if later and begun else found
