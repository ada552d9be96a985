"""A tree: who owns whom, and how it grows and shrinks."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.board import Turn
from gen.views.model.part import Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Part):
    """An object in its place under one owner, or (at `depth` 0) without one: it has a branch for each owner that it ever had.

    A turn's state is for a Pod one of `states.STATES`, for others one of `replicas.STATES`, with the count as its word; "" as
    long as the object is not there. A branch without a `kind` stands for Pods that have none: its word is how many they are.
    """

    key: str  # kind/NAMESPACE/NAME
    kind: str
    label: str
    title: str
    depth: int
    turns: tuple[Turn, ...]
    touched: tuple[int, ...] = ()  # the records that are about it while it is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree(Part):
    """Who owns whom over a whole run. Owners from top to bottom, each before all that it owns, one deeper.

    `loose` is what has no owner and owns nothing. `landmarks` are records with what begins there: typed, fault or mended.
    """

    branches: tuple[Branch, ...]
    loose: tuple[Branch, ...] = ()
    records: tuple[int, ...] = ()
    landmarks: tuple[tuple[int, str], ...] = ()
    notes: tuple[Text, ...] = ()
