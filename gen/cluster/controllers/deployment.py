"""The Deployment controller: one ReplicaSet for the present pod template, as large as the Deployment wants; the old ones empty.

It never touches a Pod. It writes ReplicaSets, reads from their status how far things are, and takes the next step then. So a
rolling update is no loop that somebody runs: it is what many single looks add up to.

Upstream: pkg/controller/deployment/deployment_controller.go, sync.go, rolling.go, recreate.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.cluster.client.controller import After, Controller, itself
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers import progress, proportions, recreate, rollback, rolling
from gen.cluster.controllers.deployment_look import Look, together
from gen.cluster.controllers.ownership import claim, owner_or_takers
from gen.kit.evolve import dig
from gen.objects import meta, selectors
from gen.objects.rollouts import is_rolling

Obj = dict[str, Any]


def size_wanted(deployment: Obj, have: int = 0, others: int = 0) -> int:
    """The size that the newest ReplicaSet should get. It `have`s so many Pods now, and the older ones have `others`.

    >>> size_wanted({"spec": {"replicas": 3, "strategy": {"type": "Recreate"}}})
    3
    """
    wanted = int(deployment["spec"]["replicas"])
    return rolling.grown(deployment, have, others) if is_rolling(deployment) and have < wanted else wanted


class DeploymentController(Controller):
    """Keys of Deployments; woken by them, by their ReplicaSets, and by the last Pod that goes before a new version may come."""

    most_retries = 15  # upstream: maxRetries: delays from 5 ms to 82 s

    def register(self) -> None:
        """Watch Deployments, ReplicaSets and Pods."""
        self.deployments, self.sets = self.informers.of("Deployment"), self.informers.of("ReplicaSet")
        self.pods = self.informers.of("Pod")
        self.watch("Deployment", itself)
        self.watch("ReplicaSet", owner_or_takers("Deployment", self.deployments))
        self.watch("Pod", self._of_last_pod)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a Deployment: claim its ReplicaSets, make or resize them, report."""
        deployment = self.deployments.get(*key)
        if deployment is None:
            return None
        orphans = [one for one in self.sets.by_owner("") if meta.namespace(one) == key[0]]
        replica_sets = await claim(self, deployment, self.sets.by_owner(meta.uid(deployment)) + orphans)
        look = Look(self, deployment, replica_sets, self._pods_of(deployment, replica_sets), size_wanted)
        if meta.deleting(deployment):  # who is going changes nothing any more
            await look.count(*await look.newest_and_old())
            return None
        held = progress.held_or_released(deployment, self.loop.unix_us)
        if held is not None:
            await look.hand.set_condition(held)
        if dig(deployment, "spec.paused"):
            await proportions.scale(look)
        elif rollback.asked_revision(deployment) is not None:
            await rollback.roll_back(look)
        elif proportions.is_resized(look.deployment, together(*await look.newest_and_old())):
            await proportions.scale(look)
        else:
            return await (rolling.roll(look) if is_rolling(deployment) else recreate.recreate(look))
        return None

    def _pods_of(self, deployment: Obj, replica_sets: list[Obj]) -> list[Obj]:
        """The Pods of its ReplicaSets, which count where old ones must end before new ones come."""
        if is_rolling(deployment):
            return []
        owned = [pod for one in replica_sets for pod in self.pods.by_owner(meta.uid(one))]
        return [pod for pod in owned if selectors.matches(deployment["spec"]["selector"], meta.labels(pod))]

    def _of_last_pod(self, notice: Notice) -> Iterable[Key]:
        """The Deployment of a Pod that is gone, if it is one that waits for that, and the Pod was its last."""
        owner = meta.controller_of(notice.before) if notice.before and notice.after is None else None
        replica_set = self.sets.get(meta.namespace(notice.before or {}), owner["name"]) if owner else None
        controller = meta.controller_of(replica_set) if replica_set else None
        deployment = self.deployments.get(meta.namespace(replica_set or {}), controller["name"]) if controller else None
        if deployment is None or is_rolling(deployment):
            return []
        left = self._pods_of(deployment, self.sets.by_owner(meta.uid(deployment)))
        return [] if left else [(meta.namespace(deployment), meta.name(deployment))]
