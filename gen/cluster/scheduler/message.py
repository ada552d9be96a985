"""What the scheduler says when it finds no node. Upstream: pkg/scheduler/framework/types.go, FitError."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gen.cluster.scheduler.framework import Rejection

NO_NODES = "no nodes available to schedule pods"
LONGEST_NOTE = 1024  # upstream: staging/src/k8s.io/api/events/v1, NoteLengthLimit: what an Event's text may have


def histogram(rejections: Iterable[Rejection]) -> list[str]:
    """How many nodes gave each reason, in the order of the text. A node that gives several counts under each.

    >>> histogram([Rejection("NodeResourcesFit", ("Insufficient cpu",))] * 3)
    ['3 Insufficient cpu']
    """
    counts = Counter(reason for rejection in rejections for reason in rejection.reasons)
    return sorted(f"{count} {reason}" for reason, count in counts.items())


def unschedulable(nodes: int, rejections: Iterable[Rejection], after: str) -> str:
    """The whole text: how many nodes there are, why they cannot take the Pod, and what came of trying to make room."""
    reasons = ", ".join(histogram(rejections))
    return f"0/{nodes} nodes are available: {reasons}." + (f" {after}" if after else "")


def unplaceable(nodes: int, reason: str) -> str:
    """The text where a plugin refused before any node was looked at.

    The end is real: a later plugin looks for what it would have prepared, and does not find it.
    """
    return f"0/{nodes} nodes are available: {reason}. not found"


def note(text: str) -> str:
    """The text as an Event can hold it."""
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 4] + " ..."
