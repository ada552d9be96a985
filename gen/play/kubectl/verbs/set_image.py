"""`kubectl set image`: other images for the containers of a Pod, or of a workload's pod template.

A workload's Pods are left to its controller: a Deployment replaces them, a ReplicaSet uses the template for new ones only.
Upstream: kubectl/pkg/cmd/set/set_image.go and helper.go, kubectl/pkg/cmd/util/override_options.go (v1.36.2); recordings 09,
17, 26 and 40.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import dig, evolve
from gen.kit.strategic import three_way
from gen.objects.workloads import POD_SPEC
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.terminal import Session

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
    if session.command["all"] and session.command["selector"]:
        raise Failure("cannot set --all and --selector at the same time")
    if not images:
        raise Failure("at least one image update is required")
    if len(images) > 1 and EVERY in images:
        raise Failure("all containers are already specified by *, but saw more than one container_name=container_image pairs")


async def change_one(session: Session, one: Found, images: dict[str, str]) -> None:
    """Send the difference, if there is one."""
    path = POD_SPEC.get(one.kind.name)
    if path is None:
        why = f"the object is not a pod or does not have a pod template: *{one.kind.version}.{one.kind.name}"
        session.errors.append(Failure(f"error: {one.kind.plural}/{one.name} {why}"))
        return
    spec, unknown = with_images(dig(one.obj, path), images)
    session.errors += [Failure(f'error: unable to find container named "{name}"') for name in unknown]
    keys = schema.merge_keys(one.obj["apiVersion"], one.obj["kind"])
    patch = three_way(one.obj, evolve(one.obj, path, spec), one.obj, keys)
    if not patch:
        return
    try:
        await session.api.patch(one.kind.name, one.namespace, one.name, patch)
    except StatusError as error:
        session.errors.append(Failure(f"failed to patch image update to pod template: {error.message}"))
        return
    finally:
        session.warn(*session.api.warnings)
    session.say(f"{resource_name(one.kind, one.name)} image updated")


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
