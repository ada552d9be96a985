"""A board: who is there, who speaks with the API server, and where each Pod is."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Part):
    """From record `record` on, a thing on the board looked so. `state` is one of `states.STATES`, or "" once it is gone."""

    record: int
    state: str
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay(Part):
    """A Pod in one place: the `place`th of its `node` (from 0), or of the tray where `node` is "". The last turn ends it."""

    pod: str  # pod/NAMESPACE/NAME
    label: str
    title: str
    node: str
    place: int
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Part):
    """What record `record` is on the board: `source` calls the API server, is told by it (`watch`), or does its own work.

    `kind` is call, refused (a call in vain), watch, decided, typed, work or fault; `revision` is etcd's after a call that
    wrote; `pod` is touched. What the API server writes once more for the same call has itself as `source`.
    """

    record: int
    kind: str
    source: str  # the key of a component or a kubelet
    revision: int = 0
    pod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Part):
    """A node: how many places its Pods need over the whole run."""

    name: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Part):
    """Who is there, who speaks with the API server, and where each Pod is, over a whole run.

    `controllers` are component names from top to bottom, `others` is how many more acted and share one box.
    `outages` are turns of components and kubelets that do not run or hear nothing, by key.
    """

    controllers: tuple[str, ...]
    others: tuple[str, ...]
    nodes: tuple[Site, ...]
    tray: int
    stays: tuple[Stay, ...]
    acts: tuple[Act, ...]
    revision: int  # etcd's at virtual time 0
    outages: tuple[tuple[str, tuple[Turn, ...]], ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        return tuple(act.record for act in self.acts)
