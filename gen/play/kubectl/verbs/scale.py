"""`kubectl scale`: another number of replicas, through the scale subresource.

Upstream: kubectl/pkg/cmd/scale/scale.go and kubectl/pkg/scale/scale.go.
"""

from __future__ import annotations

from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import dig
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import found, needs_name, targets
from gen.play.kubectl.terminal import Session

SCALABLE = ("Deployment", "ReplicaSet", "StatefulSet", "ReplicationController")


async def scale(session: Session) -> None:
    """Every object that was named."""
    replicas = session.command["replicas"]
    if replicas is None or replicas < 0:
        raise Failure("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
    wanted = targets(session)
    needs_name(session, wanted)
    objects = await found(session, wanted)
    if not objects and not session.errors:
        raise Failure("no objects passed to scale")
    for one in objects:
        try:
            if one.kind.name not in SCALABLE:
                raise StatusError(404, "NotFound", "the server could not find the requested resource", {})
            now = dig(one.obj, "spec.replicas", 0)
            if session.command["current-replicas"] not in (-1, now):
                raise Failure(f"Expected replicas to be {session.command['current-replicas']}, was {now}")
            await session.api.patch(
                one.kind.name, one.namespace, one.name, {"spec": {"replicas": replicas}}, how="merge", subresource="scale"
            )
            session.say(f"{resource_name(one.kind, one.name)} scaled")
        except (Failure, StatusError) as error:
            session.errors.append(error)
