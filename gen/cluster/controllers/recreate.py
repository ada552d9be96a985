"""Recreate: all old Pods end before the first new one begins, so two versions never run at once.

Upstream: pkg/controller/deployment/recreate.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.client.controller import After
from gen.cluster.controllers import history
from gen.cluster.controllers.deployment_look import Look
from gen.cluster.controllers.deployment_status import total
from gen.objects import meta
from gen.objects.pods import is_terminal

Obj = dict[str, Any]


def to_empty(old: list[Obj]) -> list[Obj]:
    """The old ReplicaSets that shall have Pods still, and must not any more."""
    return [one for one in old if one["spec"]["replicas"] > 0]


def old_pods_running(old: list[Obj], pods: list[Obj]) -> bool:
    """Whether a Pod of an old ReplicaSet may still run: one is counted in a status, or one of `pods` has not ended.

    A Pod that is told to go counts until its containers have ended, though it may stay for a moment as an object.
    """
    return total(old, "replicas") > 0 or not all(map(is_terminal, pods))


def pods_of(replica_sets: list[Obj], pods: list[Obj]) -> list[Obj]:
    """Those of the Pods that one of these ReplicaSets controls."""
    owners = {meta.uid(one) for one in replica_sets}
    return [pod for pod in pods if (meta.controller_of(pod) or {}).get("uid") in owners]


async def recreate(look: Look) -> After | None:
    """Empty the old ReplicaSets; when the last of their Pods has ended, let the new one have its own."""
    newest, old = await look.newest_and_old()
    emptied = to_empty(old)
    for one in emptied:
        await look.shrink(one, 0, by=to_empty)
    if emptied or old_pods_running(old, pods_of(old, look.pods)):
        return await look.report(newest, old)
    if newest is None:
        newest, old = await look.newest_and_old(create=True)
    assert newest is not None
    await look.resize(newest)
    if look.complete:
        await history.forget(look, old)
    return await look.report(newest, old)
