"""`kubectl set image`: other images for the containers of a Pod, or of a workload's pod template.

Upstream: kubectl/pkg/cmd/set/set_image.go, kubectl/pkg/cmd/util/override_options.go (v1.36.2); recordings 09,
17, 26 and 40.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import evolve
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.pod_template import change_spec, check_selection, say_updated

Obj = dict[str, Any]
EVERY = "*"  # stands for all containers


async def set_image(session: Session) -> None:
    """Change every object that was named; one that fails does not stop the others."""
    resources, images = separated(session.command.arguments)
    wanted = targets(session, resources)
    needs_name(session, wanted)
    objects = await found(session, wanted)
    if session.errors:
        return
    check(session, images)
    for one in objects:
        await change_one(session, one, images)


def separated(words: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The resources, and the images by container. Raises Failure.

    >>> separated(("deployment/web", "nginx=nginx:1.26"))
    (('deployment/web',), {'nginx': 'nginx:1.26'})
    """
    pairs = [word for word in words if "=" in word[1:] or (word.endswith("-") and word != "-")]
    resources = tuple(word for word in words if word not in pairs)
    late = next((word for word in words[len(resources) :] if word not in pairs), None)
    if late is not None:
        raise Failure(f"all resources must be specified before image changes: {late}")
    wrong = [pair for pair in pairs if "=" not in pair[1:]]
    if wrong:
        raise Failure(f"invalid image format: {', '.join(wrong)}")
    return resources, {name: image for name, _, image in (pair.partition("=") for pair in pairs)}


def check(session: Session, images: dict[str, str]) -> None:
    """Whether what was typed makes sense. Raises Failure."""
    check_selection(session)
    if not images:
        raise Failure("at least one image update is required")
    if len(images) > 1 and EVERY in images:
        raise Failure("all containers are already specified by *, but saw more than one container_name=container_image pairs")


async def change_one(session: Session, one: Found, images: dict[str, str]) -> None:
    """Send the difference, if there is one; containers that are not there are told."""

    def change(spec: Obj) -> Obj:
        changed, unknown = with_images(spec, images)
        session.errors += [Failure(f'error: unable to find container named "{name}"') for name in unknown]
        return changed

    if await change_spec(session, one, "image", change):
        say_updated(session, one, "image")


def with_images(spec: Obj, images: dict[str, str]) -> tuple[Obj, list[str]]:
    """The spec of a Pod with those images, and the names that none of its containers has. `*` means every container.

    >>> with_images({"containers": [{"name": "web", "image": "nginx:1.25"}]}, {"web": "nginx:1.26", "sidecar": "busybox"})
    ({'containers': [{'name': 'web', 'image': 'nginx:1.26'}]}, ['sidecar'])
    """
    lists = {field: spec[field] for field in ("initContainers", "containers") if spec.get(field)}
    names = {container["name"]: None for containers in lists.values() for container in containers}
    for field, containers in lists.items():
        changed = [{**one, "image": images.get(one["name"], images.get(EVERY, one["image"]))} for one in containers]
        spec = evolve(spec, field, changed)
    return spec, [name for name in images if name != EVERY and name not in names]
