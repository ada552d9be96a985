"""How alike are two collections, two sequences, two heaps of sequences? Always a figure from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from statistics import fmean
from typing import Any


def overlap(recorded: Counter[Any], run: Counter[Any]) -> float | None:
    """Twice what both hold over all that they hold (F1): what is missing costs as much as what is too much."""
    total = recorded.total() + run.total()
    return 2 * (recorded & run).total() / total if total else None


def match(recorded: Sequence[Any], run: Sequence[Any]) -> float:
    """How much of both sequences stands in the longest common blocks, in the same order."""
    return SequenceMatcher(None, recorded, run, autojunk=False).ratio()


def best_pairs(recorded: list[list[Any]], run: list[list[Any]]) -> list[float]:
    """The likeness of each sequence to its partner: the longest choose first; whoever finds none has 0."""
    free, found = list(run), []
    for sequence in sorted(recorded, key=len, reverse=True):
        likeness = [match(sequence, other) for other in free]
        found.append(max(likeness, default=0.0))
        if likeness:
            del free[likeness.index(max(likeness))]
    return found + [0.0] * len(free)


def mean_of_pairs(recorded: Mapping[Any, list[list[Any]]], run: Mapping[Any, list[list[Any]]]) -> float | None:
    """The mean over all sequences of all roles, those that only one side has included."""
    scores = [score for role in {**recorded, **run} for score in best_pairs(recorded.get(role, []), run.get(role, []))]
    return fmean(scores) if recorded else None
