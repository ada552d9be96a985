"""What is done around the start of a container: its back-off, its environment, its program, its postStart hook.

Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go (doBackOff), kuberuntime_container.go (startContainer), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.node.handlers import Place, call_hook
from gen.cluster.node.materials import Missing, environment, files_of
from gen.cluster.node.podvoice import pod_key
from gen.cluster.node.process import Inside
from gen.cluster.node.programs import Behaviour, Program, behaviour_of
from gen.cluster.node.pull import CannotStart
from gen.cluster.node.running import launch
from gen.cluster.node.runtime import Container, Sandbox
from gen.kit import quantity
from gen.kit.duration import go_duration
from gen.kit.evolve import dig
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.container import ContainerWorker

Obj = dict[str, Any]
AS_LONG_AS_IT_TAKES_S = 10**6


def respect_back_off(container: ContainerWorker, before: Container | None) -> None:
    """Whoever failed not long ago must wait: counted from the end of the run that the kubelet knew of. Raises CannotStart."""
    if before is None:
        return
    now, worker = container.loop.now, container.worker
    key, backoff, ended = (worker.uid, container.name), container.kubelet.crash_backoff, before.finished_us or 0
    if not backoff.is_waiting(key, ended, now):
        backoff.next(key, ended, now)
        return
    wait, pod = backoff.get(key), pod_key(worker.pod)
    container.event("Warning", "BackOff", f"Back-off restarting failed container {container.name} in pod {pod}")
    message = f"back-off {go_duration(wait)} restarting failed container={container.name} pod={pod}"
    raise CannotStart("CrashLoopBackOff", message, until=ended + wait)


async def variables_of(container: ContainerWorker) -> dict[str, str]:
    """Its environment; without it the container cannot be made, nor as root if that is not allowed. Raises CannotStart."""
    try:
        variables = await environment(container.worker, container.spec)
        refuse_root(container.worker.pod, container.spec, behaviour_of(container.spec["image"], container.kubelet.images.told))
        return variables
    except Missing as error:
        container.event("Warning", "Failed", f"Error: {error}")
        raise CannotStart("CreateContainerConfigError", str(error)) from error


def refuse_root(pod: Obj, spec: Obj, known: Behaviour | None) -> None:
    """Raises Missing where it would run as root against its will; the images of the table do (upstream: security_context.go)."""
    context = {**(pod["spec"].get("securityContext") or {}), **(spec.get("securityContext") or {})}
    user, where = context.get("runAsUser"), f'(pod: "{pod_key(pod)}", container: {spec["name"]})'
    if not context.get("runAsNonRoot"):
        return
    if user == 0:
        raise Missing(f"container's runAsUser breaks non-root policy {where}")
    if user is None and known is not None:
        raise Missing(f"container has runAsNonRoot and image will run as root {where}")


def launch_program(
    container: ContainerWorker, sandbox: Sandbox, run: Container, program: Program, variables: dict[str, str]
) -> None:
    """Its program begins."""
    trace, spec = container.kubelet.trace, container.spec
    name, limit = meta.name(container.worker.pod), dig(spec, "resources.limits.memory", None)

    def leave_out(what: str) -> None:
        trace.leave_out(f"Pod.spec.containers.{what}")

    inside = Inside(
        container.loop, name, files_of(spec, sandbox.volumes), {"HOSTNAME": name, **variables},
        known_image=behaviour_of(spec["image"], container.kubelet.images.told), left_out=leave_out,
    )  # fmt: skip
    inside.message_path = str(spec.get("terminationMessagePath") or inside.message_path)
    inside.falls_back = spec.get("terminationMessagePolicy") == "FallbackToLogsOnError"
    if limit is not None:
        inside.limit = quantity.value(limit)
    if program.unknown:
        leave_out(program.unknown)
    launch(container.kubelet.runtime, sandbox, run, program, inside)


async def after_start(container: ContainerWorker, sandbox: Sandbox, run: Container) -> None:
    """The postStart hook; when it fails, the container is killed. Raises CannotStart."""
    hook = dig(container.spec, "lifecycle.postStart", None)
    if not hook:
        return
    place = Place(container.kubelet.runtime, run, container.spec, sandbox.address)
    failed = await call_hook(place, hook, pod_key(container.worker.pod), AS_LONG_AS_IT_TAKES_S)
    if failed:
        container.event("Warning", "FailedPostStartHook", "PostStartHook failed")
        await container.kill("FailedPostStartHook", container.worker.grace_s)
        raise CannotStart("PostStartHookError", failed)
