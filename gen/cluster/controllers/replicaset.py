"""The ReplicaSet controller: as many Pods as the ReplicaSet wants, no more and no fewer.

It looks at the Pods that are its own, compares their number with `spec.replicas`, and creates what is missing or deletes
what is too much. It does not ask why a Pod is gone. That is all of self-healing.

Upstream: pkg/controller/replicaset/replica_set.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller, Notice, itself, owner_of_kind
from gen.cluster.client.informer import Handler
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers.consistency import ReadYourWrites
from gen.cluster.controllers.expectations import Expectations
from gen.cluster.controllers.ownership import claim
from gen.cluster.controllers.podcontrol import PodControl, all_of, slow_start
from gen.cluster.controllers.ranking import cheapest_to_lose
from gen.kit.evolve import dig, evolve
from gen.kit.loop import SECOND
from gen.objects import meta, pods, selectors

Obj = dict[str, Any]
BURST = 500  # upstream: BurstReplicas


def missing_or_surplus(replica_set: Obj, active: list[Obj]) -> int:
    """How many Pods to create (above zero) or to delete (below zero).

    >>> missing_or_surplus({"spec": {"replicas": 3}}, [])
    3
    """
    difference = int(replica_set["spec"]["replicas"]) - len(active)
    return max(-BURST, min(BURST, difference))


def observed_status(replica_set: Obj, active: list[Obj], terminating: int, failure: Exception | None, now_s: int) -> Obj:
    """The status that the Pods add up to (upstream: replica_set_utils.go, calculateStatus)."""
    wanted = dig(replica_set, "spec.template.metadata.labels", {})
    min_ready_s = dig(replica_set, "spec.minReadySeconds", 0)
    counts = {
        "replicas": len(active),
        "fullyLabeledReplicas": sum(wanted.items() <= meta.labels(pod).items() for pod in active),
        "readyReplicas": sum(pods.is_ready(pod) for pod in active),
        "availableReplicas": sum(pods.is_available(pod, min_ready_s, now_s) for pod in active),
    }
    status = {name: count for name, count in counts.items() if count or name == "replicas"}
    conditions = with_failure(replica_set, missing_or_surplus(replica_set, active), failure, now_s)
    return {
        **status,
        "terminatingReplicas": terminating,
        "observedGeneration": meta.generation(replica_set),
        **({"conditions": conditions} if conditions else {}),
    }


def with_failure(replica_set: Obj, difference: int, failure: Exception | None, now_s: int) -> list[Obj]:
    """The conditions: ReplicaFailure stands as long as creating or deleting fails."""
    from gen.kit.duration import timestamp

    known = dig(replica_set, "status.conditions", [])
    others = [one for one in known if one["type"] != "ReplicaFailure"]
    if failure is None:
        return others
    if len(others) < len(known):
        return list(known)
    reason = "FailedCreate" if difference > 0 else "FailedDelete"
    condition = {"type": "ReplicaFailure", "status": "True", "lastTransitionTime": timestamp(now_s * SECOND), "reason": reason, "message": str(failure)}
    return [*others, condition]


class ReplicaSetController(Controller):
    """Keys of ReplicaSets; woken by them and by their Pods."""

    kind = "ReplicaSet"

    def register(self) -> None:
        """Watch ReplicaSets and Pods."""
        self.expectations, self.consistency = Expectations(), ReadYourWrites()
        self.pod_control = PodControl(self, self._wrote_pod)
        self.sets, self.pods = self.informers.of("ReplicaSet"), self.informers.of("Pod")
        self.watch("ReplicaSet", itself)
        self.pods.on_change(self._fulfil())
        self.watch("Pod", self._keys_of_pod)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a ReplicaSet: claim its Pods, create or delete, report."""
        self.consistency.ensure_fresh(key, self.sets, self.pods)
        replica_set = self.sets.get(*key)
        if replica_set is None:
            self.expectations.forget(key)
            return None
        mine = await claim(self.api, replica_set, self._candidates(replica_set))
        active = [pod for pod in mine if pods.is_active(pod)]
        failure = None
        if not self.expectations.pending(key, self.loop.now) and not meta.deleting(replica_set):
            failure = await self._manage(key, replica_set, active)
        await self._report(key, replica_set, active, sum(pods.is_terminating(pod) for pod in mine), failure)
        if failure is not None:
            raise failure
        return self._until_available(replica_set, active)

    async def _manage(self, key: Key, replica_set: Obj, active: list[Obj]) -> Exception | None:
        difference = missing_or_surplus(replica_set, active)
        if difference > 0:
            self.decided(self._ref(replica_set), by=missing_or_surplus, create=difference, have=len(active))
            return await self._create(key, replica_set, difference)
        if difference < 0:
            losers = cheapest_to_lose(active, self._related(replica_set), self.loop.unix_us)[:-difference]
            names = [meta.name(pod) for pod in losers]
            self.decided(self._ref(replica_set), by=cheapest_to_lose, delete=-difference, have=len(active), pods=names)
            return await self._delete(key, replica_set, losers)
        return None

    async def _create(self, key: Key, replica_set: Obj, count: int) -> Exception | None:
        self.expectations.expect_creations(key, count, self.loop.now)
        template = replica_set["spec"]["template"]
        done, failure = await slow_start(count, lambda: self.pod_control.create(replica_set, template))
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

    async def _report(self, key: Key, replica_set: Obj, active: list[Obj], terminating: int, failure: Exception | None) -> None:
        """Write the status if it changed; a conflict is tried once more on the fresh object."""
        status = observed_status(replica_set, active, terminating, failure, self.loop.unix_us // SECOND)
        if status == replica_set.get("status"):
            return
        context = self.context()
        context.by = f"{observed_status.__module__}.{observed_status.__qualname__}"
        try:
            written = await self.api.update(evolve(replica_set, "status", status), subresource="status")
        except StatusError as error:
            if error.code != 409:
                raise
            fresh = await self.api.get("ReplicaSet", meta.namespace(replica_set), meta.name(replica_set))
            written = await self.api.update(evolve(fresh, "status", status), subresource="status")
        self.consistency.wrote(key, "ReplicaSet", meta.resource_version(written))

    def _until_available(self, replica_set: Obj, active: list[Obj]) -> After | None:
        """With minReadySeconds a Pod becomes available by time alone: nobody else would wake us."""
        min_ready_s = dig(replica_set, "spec.minReadySeconds", 0)
        now_s = self.loop.unix_us // SECOND
        waiting = [pod for pod in active if pods.is_ready(pod) and not pods.is_available(pod, min_ready_s, now_s)]
        return After(min_ready_s * SECOND) if min_ready_s and waiting else None

    def _candidates(self, replica_set: Obj) -> list[Obj]:
        """The Pods that are its own, and the orphans of its namespace."""
        orphans = [pod for pod in self.pods.by_owner("") if meta.namespace(pod) == meta.namespace(replica_set)]
        return [*self.pods.by_owner(meta.uid(replica_set)), *orphans]

    def _related(self, replica_set: Obj) -> list[Obj]:
        """The Pods of all ReplicaSets with the same controller: victims are taken where most of them stand together."""
        owner = meta.controller_of(replica_set)
        if owner is None:
            return []
        siblings = self.sets.by_owner(owner["uid"])
        return [pod for sibling in siblings for pod in self.pods.by_owner(meta.uid(sibling))]

    def _keys_of_pod(self, notice: Notice) -> Iterable[Key]:
        """The owner's key; for an orphan the keys of all ReplicaSets that would match it."""
        keys = list(owner_of_kind("ReplicaSet")(notice))
        pod = notice.after
        if keys or pod is None or meta.controller_of(pod):
            return keys
        sets = self.sets.all(meta.namespace(pod))
        return [itself_key(one) for one in sets if selectors.matches(one["spec"]["selector"], meta.labels(pod))]

    def _fulfil(self) -> Handler:
        """Expectations are met by what arrives in the cache."""

        def handle(notice: Notice) -> None:
            pod = notice.after or notice.before or {}
            owner = meta.controller_of(pod)
            if owner is None or owner["kind"] != "ReplicaSet":
                return
            key = (meta.namespace(pod), owner["name"])
            if notice.after is None or meta.deleting(pod):
                self.expectations.deletion_seen(key, meta.uid(pod))
            elif notice.before is None:
                self.expectations.creation_seen(key)

        return handle

    def _wrote_pod(self, owner: Obj, pod: Obj) -> None:
        self.consistency.wrote(itself_key(owner), "Pod", meta.resource_version(pod))

    def _ref(self, obj: Obj) -> Any:
        return meta.ref(obj)


def itself_key(obj: Obj) -> Key:
    """The key of an object."""
    return meta.namespace(obj), meta.name(obj)
