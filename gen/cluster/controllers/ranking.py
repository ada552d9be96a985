"""Which Pods a ReplicaSet gives up first when it has too many.

The cheapest to lose goes first: one that runs nowhere yet before one that runs, one that is not ready before one that is,
one of several on a node before one that stands alone, a young one before an old one. Ages are compared in powers of two,
so that Pods of about the same age are the same; among those the uid decides, which is as good as chance.

Upstream: pkg/controller/controller_utils.go, ActivePodsWithRanks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cmp_to_key
from typing import Any, NamedTuple

from gen.kit.duration import parse_timestamp
from gen.kit.evolve import dig
from gen.kit.loop import Micros
from gen.objects import meta, pods

Obj = dict[str, Any]
DELETION_COST = "controller.kubernetes.io/pod-deletion-cost"
PHASES = {"Pending": 0, "Unknown": 1, "Running": 2}


class Candidate(NamedTuple):
    """What counts about one Pod. Ages are None where the moment is not known; `neighbours` are related Pods on its node."""

    pod: Obj
    assigned: bool
    phase: int
    ready: bool
    deletion_cost: int
    neighbours: int
    ready_age_us: Micros | None
    restarts: tuple[int, int]  # the most of any container, the most of any sidecar
    age_us: Micros | None
    uid: str


Comparison = Callable[[Candidate, Candidate], int]


def cheapest_to_lose(active: list[Obj], related: Mapping[str, int], now_us: Micros) -> list[Obj]:
    """The `active` Pods, the first to delete first.

    `related` counts by node the active Pods of all ReplicaSets with the same controller.
    """
    candidates = [candidate(pod, related.get(pods.node_of(pod), 0), now_us) for pod in active]
    return [one.pod for one in sorted(candidates, key=cmp_to_key(compare))]


def candidate(pod: Obj, neighbours: int, now_us: Micros) -> Candidate:
    """The facts about a Pod that the comparisons use."""
    ready = pods.condition(pod, "Ready")
    return Candidate(
        pod=pod,
        assigned=bool(pods.node_of(pod)),
        phase=PHASES.get(pods.phase(pod), 0),
        ready=ready is not None and ready["status"] == "True",
        deletion_cost=deletion_cost(pod),
        neighbours=neighbours,
        ready_age_us=age(ready.get("lastTransitionTime") if ready else None, now_us),
        restarts=most_restarts(pod),
        age_us=age(pod["metadata"].get("creationTimestamp"), now_us),
        uid=meta.uid(pod),
    )


def deletion_cost(pod: Obj) -> int:
    """What the annotation `controller.kubernetes.io/pod-deletion-cost` says; 0 where it says nothing sensible."""
    text = meta.annotations(pod).get(DELETION_COST)
    if text is None:
        return 0
    digits = text.removeprefix("-")
    sensible = digits.isascii() and digits.isdigit() and (digits == "0" or not digits.startswith("0"))
    return int(text) if sensible else 0


def most_restarts(pod: Obj) -> tuple[int, int]:
    """The highest restart count of a container, and of a sidecar (an init container that always restarts)."""
    regular = [one.get("restartCount", 0) for one in dig(pod, "status.containerStatuses", [])]
    beside = [one.get("restartCount", 0) for one in pods.sidecar_statuses(pod)]
    return max(regular, default=0), max(beside, default=0)


def age(since: str | None, now_us: Micros) -> Micros | None:
    """How long ago the timestamp `since` was."""
    return now_us - parse_timestamp(since) if since else None


def bucket(age_us: Micros) -> int:
    """Which power of two of nanoseconds an age falls into; -1 for none.

    >>> [bucket(seconds * 1_000_000) for seconds in (4, 11, 15)]
    [31, 33, 33]
    """
    return max(0, age_us * 1_000).bit_length() - 1


def younger_first(one: Micros | None, other: Micros | None, uids: tuple[str, str]) -> int:
    """An age that is not known goes first, then the lower bucket; the uid decides inside a bucket, but not for equal ages."""
    if one == other:
        return 0
    if one is None or other is None:
        return -1 if one is None else 1
    return bucket(one) - bucket(other) or (-1 if uids[0] < uids[1] else 1)


def _by_ready_age(one: Candidate, other: Candidate) -> int:
    if not (one.ready and other.ready):
        return 0
    return younger_first(one.ready_age_us, other.ready_age_us, (one.uid, other.uid))


def _by_restarts(one: Candidate, other: Candidate) -> int:
    return (one.restarts < other.restarts) - (one.restarts > other.restarts)


# Asked in this order; the first that is not 0 decides. Below 0: the first of the two is cheaper to lose.
COMPARISONS: dict[str, Comparison] = {
    "on no node before on a node": lambda one, other: one.assigned - other.assigned,
    "Pending before Unknown before Running": lambda one, other: one.phase - other.phase,
    "not ready before ready": lambda one, other: one.ready - other.ready,
    "lower deletion cost before higher": lambda one, other: one.deletion_cost - other.deletion_cost,
    "more neighbours on the node before fewer": lambda one, other: other.neighbours - one.neighbours,
    "ready for a shorter time before longer": _by_ready_age,
    "more restarts before fewer": _by_restarts,
    "younger before older": lambda one, other: younger_first(one.age_us, other.age_us, (one.uid, other.uid)),
}


def compare(one: Candidate, other: Candidate) -> int:
    """Below 0 if `one` is cheaper to lose than `other`, above 0 if dearer."""
    for comparison in COMPARISONS.values():
        verdict = comparison(one, other)
        if verdict:
            return verdict
    return 0
