"""How a Deployment's ReplicaSets are made, kept and resized: the writes, apart from the controller that decides on them.

Upstream: pkg/controller/deployment/sync.go (getNewReplicaSet, scaleReplicaSet), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import Component
from gen.cluster.client.controller import Retry
from gen.cluster.controllers import deployment_status as progress
from gen.cluster.controllers import revisions
from gen.kit.evolve import dig, evolve
from gen.objects import meta, workloads

Obj = dict[str, Any]


class ReplicaSetControl:
    """Writes ReplicaSets on behalf of `component`, the Deployment controller, and tells of it."""

    def __init__(self, component: Component) -> None:
        self._component, self._api, self._loop = component, component.api, component.loop

    async def make(self, deployment: Obj, old: list[Obj], size: int) -> Obj:
        """Create the ReplicaSet of the present template, and note its revision on the Deployment. Raises StatusError, Retry."""
        made = revisions.new_replica_set(deployment, revisions.next_revision(old), size)
        try:
            made = await self._api.create(made)
        except StatusError as error:
            if error.code != 409:
                raise
            return await self._name_taken(deployment, made)
        if size:
            self._tell(deployment, made, 0, size)
        message = f'Created new replica set "{meta.name(made)}"'
        created = progress.condition("Progressing", "True", "NewReplicaSetCreated", message, self._loop.unix_us)
        await self._note(deployment, made, created)
        return made

    async def keep_up(self, deployment: Obj, newest: Obj, replica_sets: list[Obj]) -> Obj:
        """Annotations and minReadySeconds follow the Deployment; a ReplicaSet that was found and not made is noted."""
        old = [one for one in replica_sets if meta.uid(one) != meta.uid(newest)]
        kept = revisions.with_annotations(newest, deployment, revisions.next_revision(old))
        if dig(kept, "spec.minReadySeconds", 0) != dig(deployment, "spec.minReadySeconds", 0):
            kept = evolve(kept, "spec.minReadySeconds", dig(deployment, "spec.minReadySeconds", 0))
        if kept != newest:
            self._component.obey(revisions.with_annotations)
            return await self._api.update(kept)
        message = f'Found new replica set "{meta.name(newest)}"'
        found = progress.condition("Progressing", "True", "FoundNewReplicaSet", message, self._loop.unix_us)
        known = progress.find(dig(deployment, "status.conditions", []), "Progressing")
        await self._note(deployment, newest, None if known else found)
        return newest

    async def resize(self, deployment: Obj, replica_set: Obj, size: int) -> None:
        """Write the size, where it differs, and the notes in the annotations."""
        before = replica_set["spec"]["replicas"]
        resized = revisions.with_size(replica_set, size, deployment)
        if resized == replica_set:
            return
        resized = await self._api.update(resized)
        if size != before:
            self._tell(deployment, resized, before, size)

    async def _name_taken(self, deployment: Obj, made: Obj) -> Obj:
        """A ReplicaSet of that name is there: ours, which the cache does not show yet, or a collision of hashes."""
        there = await self._api.get("ReplicaSet", meta.namespace(made), meta.name(made))
        owner = meta.controller_of(there)
        if owner and owner["uid"] == meta.uid(deployment) and workloads.of_present_template(deployment, [there]):
            return there
        count = dig(deployment, "status.collisionCount", 0) + 1
        await self._api.update(evolve(deployment, "status.collisionCount", count), subresource="status")
        raise Retry(f"{meta.name(made)} is another's: hash collision {count}")

    async def _note(self, deployment: Obj, newest: Obj, condition: Obj | None) -> None:
        """Write the newest revision and, with a deadline, the first Progressing condition, if that says something new.

        The status that follows in the same sync is then based on an old version, and is refused: it comes with the next
        sync (recording 01: the first status has no observedGeneration).
        """
        revision = meta.annotations(newest).get(revisions.REVISION, "")
        noted = deployment
        if meta.annotations(deployment).get(revisions.REVISION) != revision:
            noted = evolve(noted, ("metadata", "annotations", revisions.REVISION), revision)
        if condition is not None and progress.has_deadline(deployment):
            conditions = progress.with_condition(dig(deployment, "status.conditions", []), condition)
            noted = evolve(noted, "status.conditions", conditions)
        if noted is not deployment:
            self._component.obey(revisions.with_annotations)
            await self._api.update(noted, subresource="status")

    def _tell(self, deployment: Obj, replica_set: Obj, before: int, size: int) -> None:
        way = "up" if size > before else "down"
        message = f"Scaled {way} replica set {meta.name(replica_set)} from {before} to {size}"
        self._component.recorder.event(deployment, "Normal", "ScalingReplicaSet", message)
