"""How a Deployment's ReplicaSets are made, kept up, resized and deleted: the writes, apart from the looks that decide on them.

Upstream: pkg/controller/deployment/sync.go (getNewReplicaSet, scaleReplicaSet, cleanupDeployment), v1.36.2.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.status import StatusError, namespace_terminating
from gen.cluster.client.component import Component
from gen.cluster.client.controller import Retry
from gen.cluster.controllers import revisions
from gen.cluster.controllers.deploymentcontrol import DeploymentControl, with_one
from gen.cluster.controllers.progress import has_deadline
from gen.kit.evolve import dig, evolve
from gen.objects import meta, workloads

Obj = dict[str, Any]


class ReplicaSetControl:
    """Writes ReplicaSets on behalf of `component`, the Deployment controller, during one look at the Deployment in `hand`."""

    def __init__(self, component: Component, hand: DeploymentControl) -> None:
        self._component, self._api, self._hand = component, component.api, hand

    async def make(self, old: list[Obj], size: int) -> Obj:
        """Create the ReplicaSet of the present template, and note its revision on the Deployment. Raises StatusError, Retry."""
        made = revisions.new_replica_set(self._hand.seen, revisions.next_revision(old), size)
        try:
            made = await self._api.create(made)
        except StatusError as error:
            if error.code == 409:
                made = await self._name_taken(made, error)
                await self._hand.note(made, None)
                return made
            await self._tell_failure(made, error)
            raise
        if size:
            self._tell(made, 0, size)
        created = f'Created new replica set "{meta.name(made)}"'
        await self._hand.note(made, self._hand.progressing("True", "NewReplicaSetCreated", created))
        return made

    async def keep_up(self, newest: Obj, old: list[Obj]) -> Obj:
        """Annotations and minReadySeconds follow the Deployment; a ReplicaSet that was found and not made is noted."""
        deployment = self._hand.seen
        kept = revisions.with_annotations(newest, deployment, revisions.next_revision(old))
        wait_s = dig(deployment, "spec.minReadySeconds", 0)
        if dig(kept, "spec.minReadySeconds", 0) != wait_s:
            kept = evolve(kept, "spec.minReadySeconds", wait_s)
        if kept != newest:
            self._component.obey(revisions.with_annotations)
            return await self._api.update(kept)
        known = workloads.condition(deployment, "Progressing")
        found = self._hand.progressing("True", "FoundNewReplicaSet", f'Found new replica set "{meta.name(newest)}"')
        await self._hand.note(newest, None if known else found)
        return newest

    async def resize(self, replica_set: Obj, size: int, by: Callable[..., Any], **why: Any) -> Obj:
        """Write the size, where it differs, as the rule `by` has decided; the Deployment's own size is noted with it."""
        before = replica_set["spec"]["replicas"]
        if size == before:
            return replica_set
        self._component.decided(meta.ref(self._hand.seen), by=by, replicas=size, have=before, **why)
        return await self.write(replica_set, size)

    async def write(self, replica_set: Obj, size: int) -> Obj:
        """Write the size, and the Deployment's in the annotations, where either differs."""
        before = replica_set["spec"]["replicas"]
        resized = revisions.with_size(replica_set, size, self._hand.seen)
        if resized == replica_set:
            return replica_set
        resized = await self._api.update(resized)
        if size != before:
            self._tell(resized, before, size)
        return resized

    async def delete(self, replica_set: Obj) -> None:
        """Delete it; one that is gone already is no failure. Raises StatusError."""
        try:
            await self._api.delete("ReplicaSet", meta.namespace(replica_set), meta.name(replica_set))
        except StatusError as error:
            if error.code != 404:
                raise

    async def _name_taken(self, made: Obj, error: StatusError) -> Obj:
        """A ReplicaSet of that name is there: ours, which the look did not know of, or a collision of hashes."""
        there = self._component.informers.of("ReplicaSet").get(meta.namespace(made), meta.name(made))
        if there is None:
            raise Retry(f'replicaset.apps "{meta.name(made)}" not found')
        deployment, owner = self._hand.seen, meta.controller_of(there)
        if owner and owner["uid"] == meta.uid(deployment) and workloads.of_present_template(deployment, [there]):
            return there
        count = dig(deployment, "status.collisionCount", 0) + 1
        await self._hand.write_status(evolve(deployment, "status.collisionCount", count))
        raise error

    async def _tell_failure(self, made: Obj, error: StatusError) -> None:
        """The ReplicaSet cannot be made, and that is said aloud, except in a namespace that is going."""
        if namespace_terminating(error):
            return
        message = f'Failed to create new replica set "{meta.name(made)}": {error.message}'
        if has_deadline(self._hand.seen):
            failed = self._hand.progressing("False", "ReplicaSetCreateError", message)
            with contextlib.suppress(StatusError):  # there is something worse to tell
                await self._hand.write_status(with_one(self._hand.seen, failed))
        self._hand.say("Warning", "ReplicaSetCreateError", message)

    def _tell(self, replica_set: Obj, before: int, size: int) -> None:
        way = "up" if size > before else "down"
        self._hand.say(
            "Normal", "ScalingReplicaSet", f"Scaled {way} replica set {meta.name(replica_set)} from {before} to {size}"
        )
