"""The Pods of a ReplicaSet: those that name it as their controller, after adopting and releasing where there is reason to.

Upstream: pkg/controller/replicaset/replica_set.go (syncReplicaSet, claimPods), v1.36.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gen.cluster.client.component import Component
from gen.cluster.client.informer import Informer
from gen.cluster.controllers.ownership import claim, claims
from gen.cluster.controllers.tally import Tallies, Tally, tally
from gen.objects import meta, pods

Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Owned:
    """An owner's Pods after adopting and releasing: gathered, or counted, only where somebody wants that."""

    pods: Callable[[], list[Obj]]
    counted: Callable[[], Tally]


class OwnPods:
    """What an informer of Pods knows of each owner's Pods; `component` is the controller that claims them."""

    def __init__(self, component: Component, informer: Informer) -> None:
        self._component, self._informer = component, informer
        self._tallies = Tallies(informer)

    def of(self, owner: Obj) -> list[Obj]:
        """The Pods that name it as their controller."""
        return self._informer.by_owner(meta.uid(owner))

    def on_nodes(self, owners: list[Obj]) -> Counter[str]:
        """How many active Pods of these owners each node has."""
        total: Counter[str] = Counter()
        for owner in owners:
            total.update(self._tallies.of(meta.uid(owner)).on_node)
        return total

    async def claimed(self, owner: Obj) -> Owned:
        """Adopt and release; then the owner's Pods. Raises StatusError, Retry.

        Pods that have ended or are leaving change hands no more.
        """
        counted, takeable = self._tallies.of(meta.uid(owner)), self._takeable(owner)
        if not takeable and counted.all_match(owner["spec"]["selector"]):
            return Owned(lambda: self.of(owner), lambda: self._tallies.of(meta.uid(owner)).as_it_is())
        active = [pod for pod in self.of(owner) if pods.is_active(pod)]
        ended = [pod for pod in self.of(owner) if not pods.is_active(pod) and claims(owner, pod) == "keep"]
        own = [*await claim(self._component, owner, [*active, *takeable]), *ended]
        return Owned(lambda: own, lambda: tally(own))

    def _takeable(self, owner: Obj) -> list[Obj]:
        orphans = [pod for pod in self._informer.by_owner("") if meta.namespace(pod) == meta.namespace(owner)]
        return [pod for pod in orphans if pods.is_active(pod) and claims(owner, pod) == "adopt"]
