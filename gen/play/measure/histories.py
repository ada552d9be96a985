"""steps, states, numbers: what every object went through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from statistics import fmean

from gen.play.measure.evidence import Evidence
from gen.play.measure.likeness import match, mean_of_pairs
from gen.play.measure.masks import FURNITURE
from gen.trace.record import Obj

# Kinds whose status says nothing of a workload, or whose changes are heartbeats.
STATELESS = ("Node", "Event", "Lease", "ConfigMap", "EndpointSlice", "Endpoints")

WORKLOADS = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")
# fmt: off
COUNTS = (
    "replicas", "fullyLabeledReplicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas",
    "terminatingReplicas", "currentReplicas", "observedGeneration", "active", "succeeded", "failed",
    "desiredNumberScheduled", "currentNumberScheduled", "numberReady", "numberAvailable", "updatedNumberScheduled",
)
# fmt: on
LEAST_SWING = 2
LEAST_SHARE = 0.25

Aspect = Callable[[Obj], Hashable]  # what is looked at in a row of the watch log; None: nothing


def steps(recorded: Evidence, run: Evidence) -> float | None:
    """The sizes that every ReplicaSet was given, one after the other."""
    return _alike(recorded, run, size)


def states(recorded: Evidence, run: Evidence) -> float | None:
    """The phases, conditions and container states that every object went through, one after the other."""
    return _alike(recorded, run, state)


def size(row: Obj) -> Hashable:
    """How many Pods a ReplicaSet is to have."""
    return (row.get("spec") or {}).get("replicas") if row["kind"] == "ReplicaSet" and row["type"] != "DELETED" else None


def state(row: Obj) -> Hashable:
    """What an object says of itself: phase, whether it is leaving, conditions, containers. Messages and times are left out."""
    if row["kind"] in STATELESS or row["name"] in FURNITURE:
        return None
    if row["type"] == "DELETED":
        return ("DELETED",)
    status = row.get("status") or {}
    leaving = bool((row.get("metadata") or {}).get("deletionTimestamp"))
    conditions = sorted(_condition(found) for found in status.get("conditions") or [])
    containers = sorted(_container(found) for found in status.get("containerStatuses") or [])
    return (status.get("phase"), leaving, tuple(conditions), tuple(containers))


def _condition(found: Obj) -> tuple[str, str, str]:
    return found.get("type", ""), found.get("status", ""), found.get("reason") or ""


def _container(found: Obj) -> tuple[str, bool, int, tuple[tuple[str, str], ...]]:
    states = tuple((word, (detail or {}).get("reason") or "") for word, detail in (found.get("state") or {}).items())
    return found.get("name", ""), bool(found.get("ready")), found.get("restartCount", 0), states


def _alike(recorded: Evidence, run: Evidence, aspect: Aspect) -> float | None:
    """The mean likeness of the sequences of `aspect`; objects of one role are paired so that they look most alike."""
    kinds = recorded.kinds()
    found = {role: sequences for role, sequences in _sequences(run, aspect).items() if role[0] in kinds}
    return mean_of_pairs(_sequences(recorded, aspect), found)


def _sequences(evidence: Evidence, aspect: Aspect) -> dict[tuple[str, str], list[list[Hashable]]]:
    """By kind and part: for each object the different values that `aspect` had, one after the other."""
    found: defaultdict[tuple[str, str], list[Hashable]] = defaultdict(list)
    for row in evidence.history:
        value, sequence = aspect(row), found[row["kind"], row["name"]]
        if value is not None and sequence[-1:] != [value]:
            sequence.append(value)
    grouped: defaultdict[tuple[str, str], list[list[Hashable]]] = defaultdict(list)
    for (kind, name), sequence in found.items():
        if sequence:
            grouped[kind, evidence.roles.part(name)].append(sequence)
    return grouped


def numbers(recorded: Evidence, run: Evidence) -> float | None:
    """The ups and downs of every count in the status of every workload."""
    kinds = recorded.kinds()
    asked, found = _walks(recorded, kinds), _walks(run, kinds)
    scores = [match(asked.get(key, []), found.get(key, [])) for key in {**asked, **found}]
    return fmean(scores) if asked else None


def _walks(evidence: Evidence, kinds: frozenset[str]) -> dict[tuple[str, str, str], list[int]]:
    """By kind, role and count: the turning points. Counts that never left 0 are left out."""
    walks: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in evidence.history:
        if row["kind"] not in WORKLOADS or row["kind"] not in kinds or row["type"] == "DELETED":
            continue
        status = row.get("status") or {}
        for count in COUNTS:
            if (row["kind"], count) == ("ReplicaSet", "observedGeneration"):  # how many writes a resizing took is luck
                continue
            value, walk = status.get(count) or 0, walks[row["kind"], evidence.roles.of(row["name"]), count]
            if walk[-1:] != [value]:
                walk.append(value)
    return {key: swings(walk) for key, walk in walks.items() if any(walk)}


def swings(walk: list[int]) -> list[int]:
    """The turning points of a walk whose swing is worth naming: more than two, and more than a quarter of its range.

    Two Pods that become ready in one sync or in two make a different walk, but the same swing.

    >>> swings([0, 1, 2, 3, 2, 3, 10, 4])
    [0, 10, 4]
    """
    least = max(LEAST_SWING, LEAST_SHARE * (max(walk) - min(walk)))
    kept, farthest, direction = [walk[0]], walk[0], 0
    for value in walk[1:]:
        if not direction:
            farthest, direction = value, 1 if value > farthest else -1
        elif (value - farthest) * direction >= 0:
            farthest = value
        elif abs(value - farthest) > least:
            kept, farthest, direction = [*kept, farthest], value, -direction
    return [*kept, farthest, *([] if farthest == walk[-1] else [walk[-1]])]
