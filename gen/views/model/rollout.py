"""A rollout: how many Pods the old and the new ReplicaSets of a Deployment have, step by step, and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text
from gen.views.model.timeline import Break, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Part):
    """How it stands with one ReplicaSet from record `record` on: `wanted` is its spec.replicas, the rest counts its Pods.

    Pods that have ended or are being deleted don't count. `old` if the Deployment's template is another one by now.
    """

    at: Micros
    record: int
    wanted: int
    pods: int
    ready: int
    available: int
    old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Part):
    """One ReplicaSet of the Deployment, with all its counts in turn. `label` is short; `title` the full name."""

    key: str
    label: str
    title: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Part):
    """How it stands with the whole Deployment from record `record` on: its Pods by the age of their ReplicaSet.

    `least` must be available and `most` may be there at most while a rollout runs.
    """

    at: Micros
    record: int
    old: int
    new: int
    available: int
    least: int
    most: int

    @property
    def pods(self) -> int:
        """All Pods."""
        return self.old + self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling(Part):
    """A write by which a ReplicaSet got another size: the sizes of all old ones and of the new one, before and after.

    `available`, `least` and `most` are as they stood at that moment.
    """

    at: Micros
    record: int
    who: str
    name: str
    old: tuple[int, int]
    new: tuple[int, int]
    available: int
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout(Part):
    """A Deployment's Pods over a whole run; `name` is "" if there is no Deployment. `commands` are what was typed."""

    name: str
    start: Micros
    end: Micros
    shares: tuple[Share, ...] = ()
    balances: tuple[Balance, ...] = ()
    scalings: tuple[Scaling, ...] = ()
    commands: tuple[Mark, ...] = ()
    breaks: tuple[Break, ...] = ()
    records: tuple[int, ...] = ()
    notes: tuple[Text, ...] = ()
