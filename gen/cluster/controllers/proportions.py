"""A Deployment that is resized: one ReplicaSet takes the whole new size, several share the difference.

In the middle of a rollout old and new Pods stay in about the same proportion, so that a bad new version does not get all of the
additional Pods. Each ReplicaSet's share is reckoned from the size that the Deployment might have had when the ReplicaSet was
last written, which stands in its annotation `deployment.kubernetes.io/max-replicas`; what is left by rounding goes to the
largest.

Upstream: pkg/controller/deployment/sync.go (scale, isScalingEvent), util/deployment_util.go (GetReplicaSetProportion,
getReplicaSetFraction, FindActiveOrLatest, IsSaturated), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers import history, rollback
from gen.cluster.controllers.deployment_look import Look
from gen.cluster.controllers.deployment_status import sizes, total
from gen.cluster.controllers.revisions import DESIRED, MAXIMUM
from gen.cluster.controllers.rolling import Sizes
from gen.kit.evolve import dig
from gen.objects import meta, workloads
from gen.objects.rollouts import allowed_total, is_rolling

Obj = dict[str, Any]


def is_resized(deployment: Obj, replica_sets: list[Obj]) -> bool:
    """Whether the Deployment has another size than when its ReplicaSets were last written (upstream: isScalingEvent)."""
    noted = [noted_number(one, DESIRED) for one in active(replica_sets)]
    return any(number is not None and number != deployment["spec"]["replicas"] for number in noted)


def active(replica_sets: list[Obj]) -> list[Obj]:
    """Those that shall have Pods."""
    return [one for one in replica_sets if one["spec"]["replicas"] > 0]


def noted_number(replica_set: Obj, annotation: str) -> int | None:
    """A number in an annotation; None where there is none."""
    text = meta.annotations(replica_set).get(annotation, "")
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() else None


def active_or_latest(newest: Obj | None, old: list[Obj]) -> Obj | None:
    """The one active ReplicaSet; where none is, the newest; None where several are."""
    found = active([*old, *([newest] if newest else [])])
    if found:
        return found[0] if len(found) == 1 else None
    return newest or max(old, key=workloads.age_order, default=None)


def saturated(deployment: Obj, newest: Obj | None) -> bool:
    """Whether the newest ReplicaSet has all Pods that the Deployment wants, and all of them are available."""
    if newest is None:
        return False
    wanted = deployment["spec"]["replicas"]
    return bool(newest["spec"]["replicas"] == noted_number(newest, DESIRED) == total([newest], "availableReplicas") == wanted)


def proportional(deployment: Obj, replica_sets: list[Obj]) -> Sizes:
    """The new sizes of the active ReplicaSets, the largest first; of one size the newer first when growing, else the older.

    Eight old and five new Pods that become 19 instead of 14: the old ReplicaSet gets four more, the new one two.
    """
    to_add = (allowed_total(deployment) if deployment["spec"]["replicas"] else 0) - sizes(replica_sets)
    by_age = sorted(active(replica_sets), key=workloads.age_order, reverse=to_add > 0)
    largest_first = sorted(by_age, key=lambda one: -int(one["spec"]["replicas"])) if to_add else active(replica_sets)
    added = 0
    shares: Sizes = []
    for one in largest_first:
        share = proportion(deployment, one, to_add, added)
        shares.append((one, one["spec"]["replicas"] + share))
        added += share
    if shares and to_add:
        shares[0] = (shares[0][0], max(0, shares[0][1] + to_add - added))
    return shares


def proportion(deployment: Obj, replica_set: Obj, to_add: int, added: int) -> int:
    """The share of one ReplicaSet in `to_add` Pods (below zero: to take away), of which `added` are given out already."""
    left = to_add - added
    if not replica_set["spec"]["replicas"] or not to_add or not left:
        return 0
    share = fraction(deployment, replica_set)
    return min(share, left) if to_add > 0 else max(share, left)


def fraction(deployment: Obj, replica_set: Obj) -> int:
    """By how much a ReplicaSet changes if it keeps its part of the whole, rounded half away from zero."""
    size: int = replica_set["spec"]["replicas"]
    if deployment["spec"]["replicas"] == 0:
        return -size
    before = noted_number(replica_set, MAXIMUM) or dig(deployment, "status.replicas", 0)
    if not before:
        return 0
    return (2 * size * allowed_total(deployment) + before) // (2 * before) - size


async def scale(look: Look) -> None:
    """Resize the ReplicaSets of a Deployment that was resized, or is paused; nothing else is done in this look.

    The status still counts them as they were before (recording 06a).
    """
    newest, old = await look.newest_and_old()
    one, paused = active_or_latest(newest, old), bool(dig(look.deployment, "spec.paused"))
    if one is not None:
        await look.resize(one, to_all=True)
    elif saturated(look.deployment, newest):
        for left in active(old):
            await look.shrink(left, 0, by=saturated)
    elif is_rolling(look.deployment):
        await share_out(look, [*old, *([newest] if newest else [])])
    if paused and rollback.asked_revision(look.deployment) is None:
        await history.forget(look, old)
    await look.count(newest, old)


async def share_out(look: Look, replica_sets: list[Obj]) -> None:
    """Give each active ReplicaSet its share."""
    shares = proportional(look.deployment, replica_sets)
    told = [f"{meta.name(one)} {size}" for one, size in shares]
    look.controller.decided(meta.ref(look.deployment), by=proportional, sizes=told)
    for one, size in shares:
        await look.control.write(one, size)
