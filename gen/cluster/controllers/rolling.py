"""A rolling update: the new ReplicaSet grows by what the surge allows, the old ones shrink by what availability allows.

Two bounds hold all the while. There are never more Pods than `replicas + maxSurge`; and no Pod that is available is given up
while only `replicas - maxUnavailable` are. Old Pods that are not available go first: nobody misses them.

Upstream: pkg/controller/deployment/rolling.go, util/deployment_util.go (NewRSNewReplicas), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After
from gen.cluster.controllers import history
from gen.cluster.controllers.deployment_look import Look
from gen.cluster.controllers.deployment_status import sizes, total
from gen.objects import meta, workloads
from gen.objects.rollouts import allowed_total, min_available

Obj = dict[str, Any]
Sizes = list[tuple[Obj, int]]  # ReplicaSets, and what size each shall have


def grown(deployment: Obj, have: int, others: int) -> int:
    """The size of the new ReplicaSet, which has `have`, when it grows as far as the surge leaves room beside `others`.

    >>> surge_of_one = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    >>> grown({"spec": {"replicas": 3, "strategy": surge_of_one}}, have=0, others=3)
    1
    """
    room = allowed_total(deployment) - others - have
    return have if room <= 0 else have + min(room, int(deployment["spec"]["replicas"]) - have)


def may_go(deployment: Obj, newest: Obj, old: list[Obj]) -> int:
    """How many old Pods may be given up at most, if all new Pods that are not available yet never become so.

    Below 1: none.
    """
    not_available = newest["spec"]["replicas"] - total([newest], "availableReplicas")
    return int(sizes([newest, *old]) - min_available(deployment) - not_available)


def without_unavailable(old: list[Obj], at_most: int) -> tuple[Sizes, bool]:
    """The old ReplicaSets that shrink because Pods of theirs are not available, the oldest first; and whether one may go on.

    Not so if one counts more available Pods than it shall have: its status is older than its size, and who believed it would
    give up the same Pods twice.
    """
    shrunk: Sizes = []
    for replica_set in sorted(old, key=workloads.age_order):
        size = replica_set["spec"]["replicas"]
        not_available = size - total([replica_set], "availableReplicas")
        if at_most <= 0:
            break
        if size and not_available < 0:
            return shrunk, False
        if size and not_available:
            fewer = min(at_most, not_available)
            shrunk.append((replica_set, size - fewer))
            at_most -= fewer
    return shrunk, True


def within_availability(deployment: Obj, newest: Obj | None, old: list[Obj]) -> Sizes:
    """The old ReplicaSets that shrink because more Pods are available than must be, the oldest first."""
    surplus = total([*old, *([newest] if newest else [])], "availableReplicas") - min_available(deployment)
    shrunk: Sizes = []
    for replica_set in sorted(old, key=workloads.age_order):
        size = replica_set["spec"]["replicas"]
        fewer = min(size, surplus)
        if fewer > 0:
            shrunk.append((replica_set, size - fewer))
            surplus -= fewer
    return shrunk


async def roll(look: Look) -> After | None:
    """One step: up if that is possible, else down. The next one waits for what this one has led to."""
    newest, old = await look.newest_and_old(create=True)
    assert newest is not None
    if await look.resize(newest, others=sizes(old)) or await shrink(look, newest, old):
        return await look.report(newest, old)
    if look.complete:
        await history.forget(look, old)
    return await look.report(newest, old)


async def shrink(look: Look, newest: Obj, old: list[Obj]) -> bool:
    """Give up old Pods: first those that are not available, then as many of the others as may be missed. Whether any went.

    A refused write ends it without a word: the next look will come, because it was refused for something new.
    """
    active = {meta.uid(one): one for one in old if one["spec"]["replicas"]}
    at_most = may_go(look.deployment, newest, list(active.values()))
    if not active or at_most <= 0:
        return False
    first, go_on = without_unavailable(list(active.values()), at_most)
    try:
        for one, size in first:
            active[meta.uid(one)] = await look.shrink(one, size, by=without_unavailable)
        then = within_availability(look.deployment, newest, list(active.values())) if go_on else []
        for one, size in then:
            await look.shrink(one, size, by=within_availability)
    except StatusError:
        return False
    return go_on and bool(first or then)
