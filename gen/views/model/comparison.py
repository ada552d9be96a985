"""Several runs side by side: who stands behind a Service while one version takes the place of another."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text
from gen.views.model.timeline import Break, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Part):
    """How it stands from record `record` on: the Pods behind the Service that are ready, of the old version and of the new,
    and all Pods that are there for it, ready or not. Those that are being deleted don't count.
    """

    at: Micros
    record: int
    old: int
    new: int
    pods: int

    @property
    def answering(self) -> int:
        """All that are ready."""
        return self.old + self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums(Part):
    """A change in numbers: how many answer at least; for how long fewer than wanted do, and for how long nobody; how many
    Pods more than wanted there are at most, and for how long; for how long both versions answer; and how long it takes until
    only the new one does, as many as wanted (None: it does not come to that).
    """

    least: int
    short: Micros
    nobody: Micros
    more: int
    longer: Micros
    both: Micros
    whole: Micros | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Part):
    """One run: what it is called, how many Pods are wanted behind the Service, when the change begins and is done, who stands
    there from when on, what was typed, and the sums.
    """

    name: str
    wanted: int
    begin: Micros
    done: Micros | None
    standings: tuple[Standing, ...]
    commands: tuple[Mark, ...]
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Part):
    """Several runs on one clock. `records` are places in the order in which the records of all runs happened."""

    service: str
    start: Micros
    end: Micros
    courses: tuple[Course, ...] = ()
    breaks: tuple[Break, ...] = ()
    records: tuple[int, ...] = ()
    notes: tuple[Text, ...] = ()
