"""One look of the Deployment controller at a Deployment: what it sees, and the writes that every way of going on shares.

Upstream: pkg/controller/deployment/sync.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.cluster.client.component import Component
from gen.cluster.client.controller import After
from gen.cluster.controllers import deployment_status, progress
from gen.cluster.controllers.deployment_status import sizes
from gen.cluster.controllers.deploymentcontrol import DeploymentControl
from gen.cluster.controllers.replicasetcontrol import ReplicaSetControl
from gen.objects import meta, workloads

Obj = dict[str, Any]


class Look:
    """One look at a Deployment. The ReplicaSets and Pods are as the caches showed them at its beginning, and stay so.

    `size_wanted` is the rule about the newest ReplicaSet: what size it should get, which has so many Pods beside so many others.
    """

    def __init__(
        self, controller: Component, deployment: Obj, replica_sets: list[Obj], pods: list[Obj],
        size_wanted: Callable[[Obj, int, int], int],
    ) -> None:  # fmt: skip
        self.controller, self.replica_sets, self.pods = controller, replica_sets, pods
        self._size_wanted = size_wanted
        self.hand = DeploymentControl(controller, deployment)
        self.control = ReplicaSetControl(controller, self.hand)

    @property
    def deployment(self) -> Obj:
        """The Deployment as this look sees it."""
        return self.hand.seen

    @property
    def complete(self) -> bool:
        """Whether the rollout was through when the status was last written."""
        return progress.complete(self.deployment, self.deployment.get("status") or {})

    async def newest_and_old(self, *, create: bool = False) -> tuple[Obj | None, list[Obj]]:
        """The ReplicaSet of the present template, kept up or, if wanted, created; and the older ones. Raises StatusError, Retry.

        Upstream: getAllReplicaSetsAndSyncRevision.
        """
        newest = workloads.of_present_template(self.deployment, self.replica_sets)
        old = [one for one in self.replica_sets if one is not newest]
        if newest is not None:
            return await self.control.keep_up(newest, old), old
        if not create:
            return None, old
        size = self._size_wanted(self.deployment, 0, sizes(old))
        self.controller.decided(meta.ref(self.deployment), by=self._size_wanted, replicas=size, have=0)
        return await self.control.make(old, size), old

    async def resize(self, replica_set: Obj, others: int = 0, *, to_all: bool = False) -> bool:
        """Give a ReplicaSet the size that it should have beside `others`, or all; whether that is another one."""
        size, have = int(self.deployment["spec"]["replicas"]), replica_set["spec"]["replicas"]
        if not to_all:
            size = self._size_wanted(self.deployment, have, others)
        return await self.control.resize(replica_set, size, by=self._size_wanted) is not replica_set

    async def shrink(self, replica_set: Obj, size: int, by: Callable[..., Any]) -> Obj:
        """Make an old ReplicaSet smaller, as the rule `by` has decided; what it is then."""
        return await self.control.resize(replica_set, size, by=by, of=meta.name(replica_set))

    async def count(self, newest: Obj | None, old: list[Obj]) -> None:
        """Write the counts only."""
        now_us = self.controller.loop.unix_us
        await self.hand.report(deployment_status.counted(self.deployment, newest, together(newest, old), now_us))

    async def report(self, newest: Obj | None, old: list[Obj]) -> After | None:
        """Write how far the rollout is; where nothing has changed, look again when it may have got stuck."""
        now_us = self.controller.loop.unix_us
        status = deployment_status.rolled_out(self.deployment, newest, together(newest, old), now_us)
        if await self.hand.report(status):
            return None
        delay = progress.until_stuck(self.deployment, now_us)
        return None if delay is None else After(delay, watchdog=True)


def together(newest: Obj | None, old: list[Obj]) -> list[Obj]:
    """All ReplicaSets, the newest last."""
    return old if newest is None else [*old, newest]
