"""Counts the Pods of a Deployment's ReplicaSets while a trace is read, record by record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gen.kit.evolve import dig
from gen.objects import pods, workloads
from gen.objects.rollouts import allowed_total, min_available
from gen.trace.record import Micros, Obj, Record, Ref, Write
from gen.views.model import Balance, Count, Scaling
from gen.views.tallies import NONE, Tallies, owner


@dataclass(slots=True)
class Headcount:
    """What is known of a Deployment up to a record, and all that was counted until then.

    `who` tells which component is behind a write.
    """

    deployment: Ref
    tallies: Tallies
    who: Callable[[Record], str]
    spec: Obj | None = None
    sets: dict[Ref, Obj] = field(default_factory=dict)
    counts: dict[Ref, list[Count]] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)
    scalings: list[Scaling] = field(default_factory=list)
    deleted: bool = False  # whether a Pod was ever seen on its way out

    def take(self, record: Record) -> None:
        """Go on by one record."""
        self.wait(record.at, record.seq)
        if isinstance(record, Write) and self.concerns(record):
            self.note(record.at, record.seq)

    def concerns(self, write: Write) -> bool:
        """Take in a write; whether a count may be another one since."""
        if write.ref == self.deployment:
            self.spec = write.after
            return True
        if write.ref.kind == "ReplicaSet":
            return self.take_set(write)
        return write.ref.kind == "Pod" and self.take_pod(write.ref, write.after, write.at)

    def wait(self, until: Micros, seq: int) -> None:
        """Let time pass: Pods that have been ready for long enough become available."""
        for at, ref, pod in self.tallies.ripe(until):
            if self.take_pod(ref, pod, at):
                self.note(at, seq)

    def take_set(self, write: Write) -> bool:
        """A ReplicaSet was written; whether that concerns the Deployment."""
        ref, before, after = write.ref, self.sets.get(write.ref), write.after
        if after is None or owner(after) != self.deployment:
            return self.sets.pop(ref, None) is not None
        self.sets[ref] = after
        if wanted(before) != wanted(after) and self.spec is not None and write.at >= 0:
            self.scalings.append(self.scaling(write, wanted(before)))
        return True

    def take_pod(self, ref: Ref, pod: Obj | None, at: Micros) -> bool:
        """A Pod was written, or waited; whether that changed a count."""
        if pod is not None and at >= 0 and pods.is_terminating(pod):
            self.deleted |= self.tallies.home(ref) in self.counts
        changed = self.tallies.take(ref, pod, at, int(dig(self.spec or {}, "spec.minReadySeconds", 0)))
        return any(one in self.sets for one in changed)

    def note(self, at: Micros, record: int) -> None:
        """Write down what has changed."""
        at, ages = max(at, 0), self.ages()
        for ref in {**self.counts, **self.sets}:
            size, (here, ready, available) = wanted(self.sets.get(ref)), self.tallies.of(ref) if ref in self.sets else NONE
            found = Count(at=at, record=record, wanted=size, pods=here, ready=ready, available=available, old=ages.get(ref, True))
            known = self.counts.setdefault(ref, [])
            if not known or replace(known[-1], at=at, record=record) != found:
                put(known, found)
        balance = self.balance(at, record, ages)
        if not self.balances or replace(self.balances[-1], at=at, record=record) != balance:
            put(self.balances, balance)

    def ages(self) -> dict[Ref, bool]:
        """Whether each ReplicaSet is old."""
        newest = workloads.of_present_template(self.spec, list(self.sets.values())) if self.spec else None
        return {ref: one is not newest for ref, one in self.sets.items()}

    def balance(self, at: Micros, record: int, ages: dict[Ref, bool]) -> Balance:
        """How it stands with all ReplicaSets together."""
        by_age = {old: sum(self.tallies.of(ref)[0] for ref, age in ages.items() if age == old) for old in (True, False)}
        least, most = self.bounds()
        return Balance(
            at=at, record=record, old=by_age[True], new=by_age[False], available=self.available(), least=least, most=most
        )

    def available(self) -> int:
        """How many Pods are available."""
        return sum(self.tallies.of(ref)[2] for ref in self.sets)

    def bounds(self) -> tuple[int, int]:
        """How many Pods must be available, and how many there may be."""
        return (min_available(self.spec), allowed_total(self.spec)) if self.spec else (0, 0)

    def scaling(self, write: Write, before: int) -> Scaling:
        """The sizes before and after a ReplicaSet, which had `before`, was written."""
        ages, (least, most) = self.ages(), self.bounds()
        after = {old: sum(wanted(self.sets[ref]) for ref, age in ages.items() if age == old) for old in (True, False)}
        change = wanted(write.after) - before
        old, new = (
            (after[age] - (change if ages[write.ref] == age else 0), after[age]) for age in (True, False)
        )  # the one that was written has changed, the others have not
        return Scaling(
            at=write.at, record=write.seq, who=self.who(write), name=write.ref.name, old=old, new=new,
            available=self.available(), least=least, most=most,
        )  # fmt: skip


def wanted(replica_set: Obj | None) -> int:
    """The size of a ReplicaSet; 0 for one that is not there."""
    return int(dig(replica_set, "spec.replicas", 1)) if replica_set is not None else 0


def put(found: list[Count] | list[Balance], latest: Count | Balance) -> None:
    """Append the latest; what was before virtual time 0 is forgotten."""
    if found and found[-1].at == 0 == latest.at:
        found.pop()
    found.append(latest)  # type: ignore[arg-type]
