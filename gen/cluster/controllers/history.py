"""Old ReplicaSets are kept, empty, so that one can go back to them; `spec.revisionHistoryLimit` says how many.

Upstream: pkg/controller/deployment/sync.go (cleanupDeployment), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.deployment_look import Look
from gen.cluster.controllers.revisions import revision_of
from gen.kit.evolve import dig
from gen.objects import meta, workloads

Obj = dict[str, Any]
UNLIMITED = 2**31 - 1


def beyond_limit(deployment: Obj, old: list[Obj]) -> list[Obj]:
    """The old ReplicaSets that are deleted: those of the lowest revisions, as many as there are too many.

    One that still has Pods, or whose latest size its controller has not seen yet, is counted but stays.
    """
    limit = dig(deployment, "spec.revisionHistoryLimit", UNLIMITED)
    kept = [one for one in old if not meta.deleting(one)]
    if limit == UNLIMITED or len(kept) <= limit:
        return []
    by_revision = sorted(kept, key=lambda one: (revision_of(one), workloads.age_order(one)))
    return [one for one in by_revision[: len(kept) - limit] if empty(one)]


def empty(replica_set: Obj) -> bool:
    """Whether it has no Pods, shall have none, and its controller knows that."""
    status = replica_set.get("status") or {}
    seen = meta.generation(replica_set) <= status.get("observedGeneration", 0)
    return seen and not replica_set["spec"]["replicas"] and not status.get("replicas", 0)


async def forget(look: Look, old: list[Obj]) -> None:
    """Delete the old ReplicaSets that are too many to be kept."""
    for one in beyond_limit(look.deployment, old):
        look.controller.obey(beyond_limit)
        await look.control.delete(one)
