"""The ReplicaSet controller: as many Pods as the ReplicaSet wants, no more and no fewer.

It looks at the Pods that are its own, compares their number with `spec.replicas`, and creates what is missing or deletes
what is too much. It does not ask why a Pod is gone. That is all of self-healing.

Upstream: pkg/controller/replicaset/replica_set.go (v1.36.2).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from gen.cluster.apiserver.status import StatusError, namespace_terminating
from gen.cluster.client.controller import After, Controller, itself
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers.consistency import ReadYourWrites
from gen.cluster.controllers.expectations import Expectations
from gen.cluster.controllers.ownership import owner_or_takers
from gen.cluster.controllers.ownpods import Owned, OwnPods
from gen.cluster.controllers.podcontrol import PodControl, all_of, slow_start
from gen.cluster.controllers.podwatch import fulfilling
from gen.cluster.controllers.ranking import cheapest_to_lose
from gen.cluster.controllers.replicaset_status import available_of, next_available_us, observed_status
from gen.kit.evolve import dig, evolve
from gen.objects import meta, pods

Obj = dict[str, Any]
BURST = 500  # upstream: BurstReplicas


def missing_or_surplus(replica_set: Obj, active: int) -> int:
    """How many Pods to create (above zero) or to delete (below zero), given how many are active.

    >>> missing_or_surplus({"spec": {"replicas": 3}}, 1)
    2
    """
    difference = int(replica_set["spec"]["replicas"]) - active
    return max(-BURST, min(BURST, difference))


class ReplicaSetController(Controller):
    """Keys of ReplicaSets; woken by them and by their Pods."""

    def register(self) -> None:
        """Watch ReplicaSets and Pods."""
        self.expectations, self.consistency = Expectations(), ReadYourWrites()
        self.pod_control = PodControl(self, self._wrote_pod)
        self.sets, self.pods = self.informers.of("ReplicaSet"), self.informers.of("Pod")
        self.own = OwnPods(self, self.pods)
        self.pods.on_change(fulfilling(self.expectations, self.sets))
        self.watch("ReplicaSet", itself)
        self.watch("Pod", owner_or_takers("ReplicaSet", self.sets))

    async def reconcile(self, key: Key) -> After | None:
        """One look at a ReplicaSet: claim its Pods, create or delete, report."""
        self.consistency.ensure_fresh(key, self.sets, self.pods)
        replica_set = self.sets.get(*key)
        if replica_set is None:
            self.expectations.forget(key)
            return None
        own = await self.own.claimed(replica_set)
        counted = own.counted()
        failure = None
        if not self.expectations.pending(key, self.loop.now) and not meta.deleting(replica_set):
            failure = await self._manage(key, replica_set, counted.active, own)
        min_ready_s, available = dig(replica_set, "spec.minReadySeconds", 0), counted.ready
        if min_ready_s:
            available = available_of(own.counted(), min_ready_s, self.loop.unix_us)
        status = observed_status(replica_set, counted, available, failure, self.loop.unix_us)
        await self._report(key, replica_set, status)
        if failure is not None:
            raise failure
        delay = next_available_us(own.counted(), min_ready_s, self.loop.unix_us) if min_ready_s else None
        return None if delay is None else After(delay)

    async def _manage(self, key: Key, replica_set: Obj, active: int, own: Owned) -> Exception | None:
        difference = missing_or_surplus(replica_set, active)
        if difference > 0:
            self.decided(meta.ref(replica_set), by=missing_or_surplus, create=difference, have=active)
            return await self._create(key, replica_set, difference)
        if difference < 0:
            candidates = [pod for pod in own.pods() if pods.is_active(pod)]
            losers = cheapest_to_lose(candidates, self._related(replica_set), self.loop.unix_us)[:-difference]
            names = [meta.name(pod) for pod in losers]
            self.decided(meta.ref(replica_set), by=cheapest_to_lose, delete=-difference, have=active, pods=names)
            return await self._delete(key, replica_set, losers)
        return None

    async def _create(self, key: Key, replica_set: Obj, count: int) -> Exception | None:
        self.expectations.expect_creations(key, count, self.loop.now)
        template = replica_set["spec"]["template"]

        async def create() -> None:
            try:
                await self.pod_control.create(replica_set, template)
            except StatusError as error:
                if not namespace_terminating(error):  # upstream: whatever is tried there fails, and that is no failure
                    raise

        done, failure = await slow_start(count, create)
        for _ in range(count - done):
            self.expectations.creation_seen(key)
        return failure

    async def _delete(self, key: Key, replica_set: Obj, losers: list[Obj]) -> Exception | None:
        self.expectations.expect_deletions(key, [meta.uid(pod) for pod in losers], self.loop.now)

        async def delete(pod: Obj) -> None:
            try:
                await self.pod_control.delete(replica_set, pod)
            except StatusError:
                self.expectations.deletion_seen(key, meta.uid(pod))
                raise

        return await all_of([delete(pod) for pod in losers])

    async def _report(self, key: Key, replica_set: Obj, status: Obj) -> None:
        """Write the status if it changed; a conflict is tried once more on the fresh object."""
        if status == replica_set.get("status"):
            return
        self.obey(observed_status)
        try:
            written = await self.api.update(evolve(replica_set, "status", status), subresource="status")
        except StatusError as error:
            if error.code != 409:
                raise
            fresh = await self.api.get("ReplicaSet", meta.namespace(replica_set), meta.name(replica_set))
            written = await self.api.update(evolve(fresh, "status", status), subresource="status")
        self.consistency.wrote(key, "ReplicaSet", meta.resource_version(written))

    def _related(self, replica_set: Obj) -> Counter[str]:
        """The Pods of all ReplicaSets with the same controller, by node: victims are taken where most of them stand together."""
        owner = meta.controller_of(replica_set)
        return self.own.on_nodes(self.sets.by_owner(owner["uid"]) if owner else [])

    def _wrote_pod(self, owner: Obj, pod: Obj) -> None:
        self.consistency.wrote((meta.namespace(owner), meta.name(owner)), "Pod", meta.resource_version(pod))
