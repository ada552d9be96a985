"""How many Pods each ReplicaSet has, how many of them are ready and available: kept up to date Pod by Pod."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from gen.kit.duration import parse_timestamp
from gen.objects import meta, pods
from gen.trace.record import Micros, Obj, Ref

SECOND_US = 1_000_000
Tally = tuple[int, int, int]  # Pods, ready ones, available ones
NONE: Tally = (0, 0, 0)


@dataclass(slots=True)
class Tallies:
    """The sums by ReplicaSet, and what each Pod contributes. `epoch_us` is the wall clock at virtual time 0."""

    epoch_us: Micros
    sums: dict[Ref, Tally] = field(default_factory=dict)
    pods: dict[Ref, tuple[Ref, Obj, Tally]] = field(default_factory=dict)
    due: list[tuple[Micros, Ref]] = field(default_factory=list)  # when a ready Pod becomes available by time alone

    def of(self, replica_set: Ref) -> Tally:
        """The sums of a ReplicaSet."""
        return self.sums.get(replica_set, NONE)

    def home(self, pod: Ref) -> Ref | None:
        """The ReplicaSet for which a Pod counts now."""
        return self.pods[pod][0] if pod in self.pods else None

    def ripe(self, until: Micros) -> Iterator[tuple[Micros, Ref, Obj]]:
        """The Pods that may have become available by time alone, with the time of it."""
        while self.due and self.due[0][0] <= until:
            at, ref = heappop(self.due)
            if ref in self.pods:
                yield at, ref, self.pods[ref][1]

    def take(self, ref: Ref, pod: Obj | None, at: Micros, min_ready_s: int) -> set[Ref]:
        """A Pod as it is now (None: gone); the ReplicaSets whose sums have changed."""
        where, _, before = self.pods.pop(ref, (None, None, NONE))
        home = owner(pod) if pod is not None else None
        tally = NONE
        if pod is not None and home is not None and home.kind == "ReplicaSet":
            tally = self.tally(ref, pod, at, min_ready_s)
            self.pods[ref] = (home, pod, tally)
            self.sums[home] = added(self.of(home), tally, 1)
        if where is not None:
            self.sums[where] = added(self.of(where), before, -1)
        return {one for one in (where, home) if one is not None} if (where, before) != (home, tally) else set()

    def tally(self, ref: Ref, pod: Obj, at: Micros, min_ready_s: int) -> Tally:
        """What a Pod counts for."""
        if not pods.is_active(pod):
            return NONE
        ready, available = pods.is_ready(pod), pods.is_available(pod, min_ready_s, (self.epoch_us + at) // SECOND_US)
        if ready and not available:
            since = parse_timestamp((pods.condition(pod, "Ready") or {})["lastTransitionTime"])
            heappush(self.due, (max(since + min_ready_s * SECOND_US - self.epoch_us, at + 1), ref))
        return 1, int(ready), int(available)


def owner(obj: Obj) -> Ref | None:
    """The controller of an object."""
    found = meta.controller_of(obj)
    return Ref(found["kind"], meta.namespace(obj), found["name"]) if found else None


def added(one: Tally, other: Tally, sign: int) -> Tally:
    """Two tallies together, or one less the other."""
    return one[0] + sign * other[0], one[1] + sign * other[1], one[2] + sign * other[2]
