"""`kubectl create` and `kubectl run`: new objects, from a file or from what was typed.

Upstream: kubectl/pkg/cmd/create (create.go, create_deployment.go, create_namespace.go) and kubectl/pkg/cmd/run/run.go.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.objects.kinds import Kind, kind_of
from gen.play.kubectl.failures import Failure, with_source
from gen.play.kubectl.manifest_files import items, validation
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]


async def create(session: Session) -> None:
    """The objects of the named files, or a Deployment or Namespace by its name."""
    if session.command.part == "deployment":
        await make(session, deployment(session), "failed to create deployment: ")
    elif session.command.part == "namespace":
        await make(session, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": only_name(session)}})
    else:
        await create_files(session)


async def create_files(session: Session) -> None:
    """Every object of the named files."""
    if not session.command["filename"]:
        raise Failure("must specify one of -f and -k")
    found = items(session)
    if not found and not session.errors:
        raise Failure("no objects passed to create")
    for item in found:
        try:
            created = await session.api.create(item.obj, validate=validation(session))
            session.say(f"{resource_name(item.kind, created['metadata']['name'])} created")
        except StatusError as error:
            session.errors.append(with_source("creating", item.source, error))
        session.warn(*session.api.warnings)


async def make(session: Session, obj: Obj, before: str = "") -> None:
    """Create one object; `before` stands before what the server says against it."""
    kind = kind_of(obj["apiVersion"], obj["kind"])
    assert isinstance(kind, Kind)
    try:
        await session.api.create(obj, validate="Strict")
    except StatusError as error:
        if not before or error.reason == "Invalid":
            raise
        raise Failure(f"{before}{error.message}") from None
    session.say(f"{resource_name(kind, obj['metadata']['name'])} created")


def only_name(session: Session) -> str:
    """The one name that was typed. Raises Failure."""
    if len(session.command.arguments) != 1:
        raise Failure(f"exactly one NAME is required, got {len(session.command.arguments)}")
    return session.command.arguments[0]


def needed_image(session: Session) -> str:
    """The image that was typed. Raises Failure."""
    if not session.command["image"]:
        raise Failure('required flag(s) "image" not set')
    return str(session.command["image"])


def deployment(session: Session) -> Obj:
    """The Deployment that `kubectl create deployment NAME --image=IMAGE` writes."""
    name, image = only_name(session), needed_image(session)
    container = image.rpartition("/")[2].partition("@")[0].partition(":")[0]
    replicas = 1 if session.command["replicas"] is None else session.command["replicas"]
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": session.namespace, "labels": {"app": name}},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": {"metadata": {"labels": {"app": name}}, "spec": {"containers": [{"image": image, "name": container}]}},
        },
    }


async def run(session: Session) -> None:
    """One Pod with one container."""
    image, name = needed_image(session), only_name(session)
    labels = dict(pair.partition("=")[::2] for pair in (session.command["labels"] or f"run={name}").split(","))
    metadata = {"name": name, "namespace": session.namespace, "labels": labels}
    spec = {"containers": [{"image": image, "name": name}], "restartPolicy": session.command["restart"]}
    await make(session, {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})
