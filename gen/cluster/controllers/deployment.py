"""The Deployment controller: one ReplicaSet for the present pod template, as large as the Deployment wants.

It never touches a Pod. It writes ReplicaSets, and reads from their status how far things are.

Upstream: pkg/controller/deployment/deployment_controller.go, sync.go, rolling.go, progress.go (v1.36.2). What is not here
yet: moving Pods from an old ReplicaSet to the new one (rolling update, Recreate), pausing and rollback.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller, Retry, itself, owner_of_kind
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers import deployment_status as progress
from gen.cluster.controllers import revisions
from gen.cluster.controllers.ownership import claim
from gen.kit.evolve import dig, evolve
from gen.objects import meta

Obj = dict[str, Any]


def size_wanted(deployment: Obj, newest: Obj | None) -> int | None:
    """The size that the newest ReplicaSet should have, None if it has it already.

    >>> size_wanted({"spec": {"replicas": 3}}, {"spec": {"replicas": 5}})
    3
    """
    wanted = int(deployment["spec"]["replicas"])
    return None if newest is not None and newest["spec"]["replicas"] == wanted else wanted


def is_scaled(deployment: Obj, replica_sets: list[Obj]) -> bool:
    """Whether the Deployment was resized since its ReplicaSets were last written (upstream: isScalingEvent)."""
    wanted = str(deployment["spec"]["replicas"])
    return any(meta.annotations(one).get(revisions.DESIRED, wanted) != wanted for one in replica_sets if one["spec"]["replicas"])


class DeploymentController(Controller):
    """Keys of Deployments; woken by them and by their ReplicaSets."""

    kind = "Deployment"

    def register(self) -> None:
        """Watch Deployments and ReplicaSets."""
        self.deployments, self.sets = self.informers.of("Deployment"), self.informers.of("ReplicaSet")
        self.watch("Deployment", itself)
        self.watch("ReplicaSet", owner_of_kind("Deployment"))

    async def reconcile(self, key: Key) -> After | None:
        """One look at a Deployment: claim its ReplicaSets, make or resize the newest, report."""
        deployment = self.deployments.get(*key)
        if deployment is None:
            return None
        candidates = self.sets.by_owner(meta.uid(deployment)) + self._orphans(key[0])
        replica_sets = await claim(self, deployment, candidates)
        newest = revisions.newest_of(deployment, replica_sets)
        if meta.deleting(deployment):
            await self._write_status(deployment, progress.counted(deployment, newest, replica_sets, self.loop.unix_us))
            return None
        if is_scaled(deployment, replica_sets):
            return await self._scale(deployment, newest, replica_sets)
        return await self._roll_out(deployment, newest, replica_sets)

    async def _scale(self, deployment: Obj, newest: Obj | None, replica_sets: list[Obj]) -> After | None:
        """The Deployment was resized: so is its ReplicaSet, and nothing else is done in this sync.

        The status still counts the ReplicaSets as they were before (recording 06a; upstream's sync ignores what scale returns).
        """
        if newest is not None:
            await self._resize(deployment, newest)
        await self._write_status(deployment, progress.counted(deployment, newest, replica_sets, self.loop.unix_us))
        return None

    async def _roll_out(self, deployment: Obj, newest: Obj | None, replica_sets: list[Obj]) -> After | None:
        if newest is None:
            newest = await self._make(deployment, replica_sets)
            replica_sets = [*replica_sets, newest]
        else:
            newest = kept = await self._keep_up(deployment, newest, replica_sets)
            replica_sets = [kept if meta.uid(one) == meta.uid(kept) else one for one in replica_sets]
            await self._resize(deployment, newest)
        status = progress.rolled_out(deployment, newest, replica_sets, self.loop.unix_us)
        if not await self._write_status(deployment, status):
            delay = progress.until_stuck(deployment, self.loop.unix_us)
            return None if delay is None else After(delay, watchdog=True)
        return None

    async def _make(self, deployment: Obj, old: list[Obj]) -> Obj:
        """Create the ReplicaSet of the present template, and note its revision on the Deployment."""
        size = size_wanted(deployment, None) or 0
        self.decided(meta.ref(deployment), by=size_wanted, replicas=size, have=0)
        made = revisions.new_replica_set(deployment, revisions.next_revision(old), size)
        try:
            made = await self.api.create(made)
        except StatusError as error:
            if error.code != 409:
                raise
            return await self._name_taken(deployment, made)
        if size:
            self._tell(deployment, made, 0, size)
        message = f'Created new replica set "{meta.name(made)}"'
        await self._note(
            deployment, made, progress.condition("Progressing", "True", "NewReplicaSetCreated", message, self.loop.unix_us)
        )
        return made

    async def _name_taken(self, deployment: Obj, made: Obj) -> Obj:
        """A ReplicaSet of that name is there: ours, which the cache does not show yet, or a collision of hashes."""
        there = await self.api.get("ReplicaSet", meta.namespace(made), meta.name(made))
        owner = meta.controller_of(there)
        if owner and owner["uid"] == meta.uid(deployment) and revisions.newest_of(deployment, [there]):
            return there
        count = dig(deployment, "status.collisionCount", 0) + 1
        await self.api.update(evolve(deployment, "status.collisionCount", count), subresource="status")
        raise Retry(f"{meta.name(made)} is another's: hash collision {count}")

    async def _keep_up(self, deployment: Obj, newest: Obj, replica_sets: list[Obj]) -> Obj:
        """Annotations and minReadySeconds follow the Deployment; a ReplicaSet that was found and not made is noted."""
        old = [one for one in replica_sets if meta.uid(one) != meta.uid(newest)]
        kept = revisions.with_annotations(newest, deployment, revisions.next_revision(old))
        if dig(kept, "spec.minReadySeconds", 0) != dig(deployment, "spec.minReadySeconds", 0):
            kept = evolve(kept, "spec.minReadySeconds", dig(deployment, "spec.minReadySeconds", 0))
        if kept != newest:
            self.obey(revisions.with_annotations)
            return await self.api.update(kept)
        message = f'Found new replica set "{meta.name(newest)}"'
        found = progress.condition("Progressing", "True", "FoundNewReplicaSet", message, self.loop.unix_us)
        await self._note(
            deployment, newest, None if progress.find(dig(deployment, "status.conditions", []), "Progressing") else found
        )
        return newest

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
            self.obey(revisions.with_annotations)
            await self.api.update(noted, subresource="status")

    async def _resize(self, deployment: Obj, newest: Obj) -> None:
        """The ReplicaSet at the wanted size; the notes in its annotations follow too."""
        size = size_wanted(deployment, newest)
        before = newest["spec"]["replicas"]
        if size is not None:
            self.decided(meta.ref(deployment), by=size_wanted, replicas=size, have=before)
        resized = revisions.with_size(newest, before if size is None else size, deployment)
        if resized == newest:
            return
        resized = await self.api.update(resized)
        if size is not None:
            self._tell(deployment, resized, before, size)

    def _tell(self, deployment: Obj, replica_set: Obj, before: int, size: int) -> None:
        way = "up" if size > before else "down"
        message = f"Scaled {way} replica set {meta.name(replica_set)} from {before} to {size}"
        self.recorder.event(deployment, "Normal", "ScalingReplicaSet", message)

    async def _write_status(self, deployment: Obj, status: Obj) -> bool:
        """Write the status; whether it had changed."""
        if status == deployment.get("status"):
            return False
        self.obey(progress.counted)
        await self.api.update(evolve(deployment, "status", status), subresource="status")
        return True

    def _orphans(self, namespace: str) -> list[Obj]:
        return [one for one in self.sets.by_owner("") if meta.namespace(one) == namespace]
