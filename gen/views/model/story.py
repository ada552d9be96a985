"""A run as a figure tells it: its pictures, and the steps through all of them."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.board import Board
from gen.views.model.comparison import Comparison
from gen.views.model.diff import Diff
from gen.views.model.part import Micros, Part, Text
from gen.views.model.rollout import Rollout
from gen.views.model.sequence import Sequence
from gen.views.model.table import Table
from gen.views.model.terminal import Terminal
from gen.views.model.timeline import Timeline
from gen.views.model.tree import Tree

Picture = Board | Timeline | Sequence | Rollout | Tree | Diff | Table | Terminal | Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Part):
    """One step of a reader: record `record` at `at`, and its sentence."""

    at: Micros
    record: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Part):
    """A run as a figure tells it: its views, and the steps through all of them. `pods` and `records` say how big it was."""

    pictures: tuple[Picture, ...]
    steps: tuple[Step, ...]
    pods: int
    records: int
    not_simulated: tuple[str, ...] = ()
