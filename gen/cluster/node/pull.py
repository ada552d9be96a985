"""How a container gets its image: it is there already, or it is pulled, one pull of a node after the other.

A pull that fails is tried again later and later. Upstream: pkg/kubelet/images/image_manager.go (v1.36.2); recordings 05, 30.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gen.cluster.node.images import full_name, why_not_found
from gen.kit.duration import go_duration
from gen.kit.loop import Micros, Sleep

if TYPE_CHECKING:
    from gen.cluster.node.container import ContainerWorker

NAMED_WELL = re.compile(r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*")
TAGGED_WELL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


class CannotStart(Exception):
    """A container cannot be started now: `reason` and `message` say why it waits. `until` is when it may be tried again."""

    def __init__(self, reason: str, message: str, until: Micros | None = None) -> None:
        super().__init__(message)
        self.reason, self.message, self.until = reason, message, until


def must_pull(policy: str, present: bool) -> bool:
    """Whether the registry is asked, by the container's imagePullPolicy."""
    return policy == "Always" or (not present and policy != "Never")


def why_invalid(image: str) -> str:
    """Why this is no image's name, or "" (upstream: distribution/reference)."""
    name = image.partition("@")[0]
    head, slash, rest = name.partition("/")
    is_host = bool(slash) and ("." in head or ":" in head or head == "localhost")
    path, colon, tag = (rest if is_host else name).partition(":")
    if path != path.lower():
        whole = path if "/" in path else f"library/{path}"
        return f"invalid reference format: repository name ({whole}) must be lowercase"
    ill = not NAMED_WELL.fullmatch(path) or bool(colon) and not TAGGED_WELL.fullmatch(tag)
    return "invalid reference format" if ill else ""


async def ensure_image(container: ContainerWorker) -> None:
    """The image is on the node when this returns. Raises CannotStart."""
    store, image = container.kubelet.images, container.spec["image"]
    invalid = why_invalid(image)
    if invalid:
        said = f'Failed to apply default image tag "{image}": couldn\'t parse image name "{image}": {invalid}'
        container.event("Warning", "InspectFailed", said)
        raise CannotStart("InvalidImageName", said)
    policy = container.spec.get("imagePullPolicy", "IfNotPresent")
    if policy == "Never" and not store.has(image):
        said = f'Container image "{image}" is not present with pull policy of Never'
        container.event("Warning", "ErrImageNeverPull", said)
        raise CannotStart("ErrImageNeverPull", said)
    if not must_pull(policy, store.has(image)):
        container.worker.phase(container.name, "image-present", must_pull, image=image)
        message = f'Container image "{image}" already present on machine and can be accessed by the pod'
        container.event("Normal", "Pulled", message)
        return
    await pull(container, image)


async def pull(container: ContainerWorker, image: str) -> None:
    """Ask the registry for it. Raises CannotStart."""
    store, loop, backoff = container.kubelet.images, container.loop, container.kubelet.image_backoff
    key = (container.worker.uid, image)
    if backoff.is_waiting_since_last(key, loop.now):
        said = f'Back-off pulling image "{image}"'
        container.event("Normal", "BackOff", said)
        raise CannotStart("ImagePullBackOff", f"{said}: ErrImagePull: {store.failures.get(full_name(image), '')}")
    container.worker.phase(container.name, "image-pulling", must_pull, image=image)
    container.event("Normal", "Pulling", f'Pulling image "{image}"')
    asked = loop.now
    async with store.pulling:
        begun = loop.now
        wrong = why_not_found(image, store.told)
        if wrong:
            await Sleep(store.asking_time())
        else:
            await Sleep(store.pull_time(image))
            size = store.add(image).size_bytes
    if wrong:
        store.failures[full_name(image)] = wrong
        backoff.next(key, loop.now, loop.now)
        container.event("Warning", "Failed", f'Failed to pull image "{image}": {wrong}')
        raise CannotStart("ErrImagePull", wrong)
    took, waited = (go_duration(milliseconds(loop.now - since)) for since in (begun, asked))
    container.worker.phase(container.name, "image-pulled", ensure_image, image=image, took_us=loop.now - begun)
    message = f'Successfully pulled image "{image}" in {took} ({waited} including waiting). Image size: {size} bytes.'
    container.event("Normal", "Pulled", message)


def milliseconds(duration: Micros) -> Micros:
    """Rounded to whole milliseconds, as the kubelet tells how long a pull took."""
    return (duration + 500) // 1_000 * 1_000
