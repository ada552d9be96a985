"""The Deployment controller: one ReplicaSet for the present pod template, as large as the Deployment wants.

It never touches a Pod. It writes ReplicaSets, and reads from their status how far things are.

Upstream: pkg/controller/deployment/deployment_controller.go, sync.go, rolling.go, progress.go (v1.36.2). What is not here
yet: moving Pods from an old ReplicaSet to the new one (rolling update, Recreate), pausing and rollback.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.client.controller import After, Controller, itself
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers import deployment_status as progress
from gen.cluster.controllers import revisions
from gen.cluster.controllers.ownership import claim, owner_or_takers
from gen.cluster.controllers.replicasetcontrol import ReplicaSetControl
from gen.kit.evolve import evolve
from gen.objects import meta, workloads

Obj = dict[str, Any]


def size_wanted(deployment: Obj, newest: Obj | None) -> int | None:
    """The size that the newest ReplicaSet should have, None if it has it already.

    >>> size_wanted({"spec": {"replicas": 3}}, {"spec": {"replicas": 5}})
    3
    """
    wanted = int(deployment["spec"]["replicas"])
    return None if newest is not None and newest["spec"]["replicas"] == wanted else wanted


def still_owning_pods(newest: Obj | None, replica_sets: list[Obj]) -> list[Obj]:
    """The ReplicaSets of older templates that are not empty: Pods would have to be moved from them to the newest."""
    return [one for one in replica_sets if one["spec"]["replicas"] and (newest is None or meta.uid(one) != meta.uid(newest))]


def is_scaled(deployment: Obj, replica_sets: list[Obj]) -> bool:
    """Whether the Deployment was resized since its ReplicaSets were last written (upstream: isScalingEvent)."""
    wanted = str(deployment["spec"]["replicas"])
    return any(meta.annotations(one).get(revisions.DESIRED, wanted) != wanted for one in replica_sets if one["spec"]["replicas"])


class DeploymentController(Controller):
    """Keys of Deployments; woken by them and by their ReplicaSets."""

    def register(self) -> None:
        """Watch Deployments and ReplicaSets."""
        self.set_control = ReplicaSetControl(self)
        self.deployments, self.sets = self.informers.of("Deployment"), self.informers.of("ReplicaSet")
        self.watch("Deployment", itself)
        self.watch("ReplicaSet", owner_or_takers("Deployment", self.deployments))

    async def reconcile(self, key: Key) -> After | None:
        """One look at a Deployment: claim its ReplicaSets, make or resize the newest, report."""
        deployment = self.deployments.get(*key)
        if deployment is None:
            return None
        orphans = [one for one in self.sets.by_owner("") if meta.namespace(one) == key[0]]
        replica_sets = await claim(self, deployment, self.sets.by_owner(meta.uid(deployment)) + orphans)
        newest = workloads.of_present_template(deployment, replica_sets)
        if meta.deleting(deployment):
            await self._report(deployment, progress.counted(deployment, newest, replica_sets, self.loop.unix_us))
            return None
        if is_scaled(deployment, replica_sets):
            return await self._scale(deployment, newest, replica_sets)
        return await self._roll_out(deployment, newest, replica_sets)

    async def _scale(self, deployment: Obj, newest: Obj | None, replica_sets: list[Obj]) -> After | None:
        """The Deployment was resized: so is its ReplicaSet, and nothing else is done in this sync.

        The status still counts the ReplicaSets as they were before (recording 06a; upstream's sync ignores what scale returns).
        """
        active = [one for one in replica_sets if one["spec"]["replicas"]] or ([newest] if newest else [])
        if len(active) == 1:
            await self._resize(deployment, active[0])
        await self._report(deployment, progress.counted(deployment, newest, replica_sets, self.loop.unix_us))
        return None

    async def _roll_out(self, deployment: Obj, newest: Obj | None, replica_sets: list[Obj]) -> After | None:
        """The ReplicaSet of the present template is there and has the wanted size; how far its Pods are is told.

        While an older one still has Pods the newest stays as it is: moving them, a rolling update, is not simulated yet.
        """
        moving = bool(still_owning_pods(newest, replica_sets))
        if moving:
            self.trace.leave_out("Deployment rolling update")
        if newest is None:
            size = 0 if moving else size_wanted(deployment, None) or 0
            self.decided(meta.ref(deployment), by=size_wanted, replicas=size, have=0)
            newest = await self.set_control.make(deployment, replica_sets, size)
            replica_sets = [*replica_sets, newest]
        else:
            newest = kept = await self.set_control.keep_up(deployment, newest, replica_sets)
            replica_sets = [kept if meta.uid(one) == meta.uid(kept) else one for one in replica_sets]
            if not moving:
                await self._resize(deployment, newest)
        if not await self._report(deployment, progress.rolled_out(deployment, newest, replica_sets, self.loop.unix_us)):
            delay = progress.until_stuck(deployment, self.loop.unix_us)
            return None if delay is None else After(delay, watchdog=True)
        return None

    async def _resize(self, deployment: Obj, newest: Obj) -> None:
        size, before = size_wanted(deployment, newest), newest["spec"]["replicas"]
        if size is not None:
            self.decided(meta.ref(deployment), by=size_wanted, replicas=size, have=before)
        await self.set_control.resize(deployment, newest, before if size is None else size)

    async def _report(self, deployment: Obj, status: Obj) -> bool:
        """Write the status; whether it had changed."""
        if status == deployment.get("status"):
            return False
        self.obey(progress.counted)
        await self.api.update(evolve(deployment, "status", status), subresource="status")
        return True
