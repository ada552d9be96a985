"""How a container gets its image: it is there already, or it is pulled, one pull of a node after the other.

Upstream: pkg/kubelet/images/image_manager.go (v1.36.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gen.kit.duration import go_duration
from gen.kit.loop import Micros, Sleep

if TYPE_CHECKING:
    from gen.cluster.node.container import ContainerWorker


def must_pull(policy: str, present: bool) -> bool:
    """Whether the registry is asked, by the container's imagePullPolicy."""
    return policy == "Always" or not present


async def ensure_image(container: ContainerWorker) -> None:
    """The image is on the node when this returns."""
    store, image = container.kubelet.images, container.spec["image"]
    if not must_pull(container.spec.get("imagePullPolicy", "IfNotPresent"), store.has(image)):
        container.worker.phase(container.name, "image-present", must_pull, image=image)
        message = f'Container image "{image}" already present on machine and can be accessed by the pod'
        container.event("Normal", "Pulled", message)
        return
    container.worker.phase(container.name, "image-pulling", must_pull, image=image)
    container.event("Normal", "Pulling", f'Pulling image "{image}"')
    loop = container.loop
    asked = loop.now
    async with store.pulling:
        begun = loop.now
        await Sleep(store.pull_time(image))
        size = store.add(image).size_bytes
    took, waited = (go_duration(milliseconds(loop.now - since)) for since in (begun, asked))
    container.worker.phase(container.name, "image-pulled", ensure_image, image=image, took_us=loop.now - begun)
    message = f'Successfully pulled image "{image}" in {took} ({waited} including waiting). Image size: {size} bytes.'
    container.event("Normal", "Pulled", message)


def milliseconds(duration: Micros) -> Micros:
    """Rounded to whole milliseconds, as the kubelet tells how long a pull took."""
    return (duration + 500) // 1_000 * 1_000
