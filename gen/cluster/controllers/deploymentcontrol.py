"""What one look of the Deployment controller writes into the Deployment itself: status, conditions, revision.

Upstream: pkg/controller/deployment/sync.go (getNewReplicaSet, syncDeploymentStatus, checkPausedConditions), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.client.component import Component
from gen.cluster.controllers import deployment_status, revisions
from gen.cluster.controllers.deployment_conditions import condition, with_condition
from gen.cluster.controllers.progress import has_deadline
from gen.kit.evolve import dig, evolve
from gen.objects import meta

Obj = dict[str, Any]


class DeploymentControl:
    """The Deployment in the hand of `component`, the controller, during one look.

    `seen` is the Deployment as the cache showed it at the beginning, with the status and the revision that the look has
    written since, but still with the version that it had. So a second status of the same look is refused by the server, and
    comes with the next (recording 01: the first status has no observedGeneration).
    """

    def __init__(self, component: Component, seen: Obj) -> None:
        self._component, self.seen = component, seen

    async def report(self, status: Obj) -> bool:
        """Write the status; whether it had changed."""
        if status == self.seen.get("status"):
            return False
        self._component.obey(deployment_status.counted)
        await self.write_status(evolve(self.seen, "status", status))
        return True

    async def set_condition(self, new: Obj) -> None:
        """Write one condition."""
        self._component.obey(with_condition)
        await self.write_status(with_one(self.seen, new))

    async def note(self, newest: Obj, new: Obj | None) -> None:
        """Write the newest revision and, with a deadline, the first Progressing condition, if that says something new."""
        revision = meta.annotations(newest).get(revisions.REVISION, "")
        noted = self.seen
        if meta.annotations(noted).get(revisions.REVISION) != revision:
            noted = evolve(noted, ("metadata", "annotations", revisions.REVISION), revision)
        if new is not None and has_deadline(noted):
            noted = with_one(noted, new)
        if noted is not self.seen:
            self._component.obey(revisions.with_annotations)
            await self.write_status(noted)

    async def write_status(self, deployment: Obj) -> None:
        """Write this as the Deployment's status; it is what the look sees from now on, written or refused."""
        self.seen = deployment
        await self._component.api.update(deployment, subresource="status")

    def progressing(self, status: str, reason: str, message: str) -> Obj:
        """A condition Progressing that begins now."""
        return condition("Progressing", status, reason, message, self._component.loop.unix_us)

    def say(self, kind: str, reason: str, message: str) -> None:
        """An Event about the Deployment."""
        self._component.recorder.event(self.seen, kind, reason, message)


def with_one(deployment: Obj, new: Obj) -> Obj:
    """The Deployment with one condition more, or with another in the place of the one before."""
    return dict(evolve(deployment, "status.conditions", with_condition(dig(deployment, "status.conditions", []), new)))
