"""Counts of Pods by owner, kept up to date change by change.

A status needs only numbers. Counted anew at every change of one Pod, a thousand Pods would cost a million steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from gen.cluster.client.informer import Informer, Notice
from gen.objects import meta, pods, selectors

Obj = dict[str, Any]
Labels = tuple[tuple[str, str], ...]
T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """How many Pods: active (neither ended nor leaving), ready among them, leaving; and which labels they carry.

    `on_node` counts the active ones by their node, `ready_since` the ready ones by the timestamp at which they became it.
    """

    active: int = 0
    ready: int = 0
    terminating: int = 0
    active_labels: dict[Labels, int] = field(default_factory=dict)
    all_labels: dict[Labels, int] = field(default_factory=dict)
    on_node: dict[str, int] = field(default_factory=dict)
    ready_since: dict[str, int] = field(default_factory=dict)

    def count(self, pod: Obj, weight: int) -> None:
        """Add a Pod (weight 1) or take it away (weight -1)."""
        labels = tuple(sorted(meta.labels(pod).items()))
        _add(self.all_labels, labels, weight)
        if pods.is_active(pod):
            self.active += weight
            _add(self.active_labels, labels, weight)
            _add(self.on_node, pods.node_of(pod), weight)
            ready = pods.condition(pod, "Ready")
            if ready is not None and ready["status"] == "True":
                self.ready += weight
                _add(self.ready_since, ready.get("lastTransitionTime") or "", weight)
        elif pods.is_terminating(pod):
            self.terminating += weight

    def as_it_is(self) -> Tally:
        """The numbers of this moment, which later changes leave alone."""
        return Tally(
            self.active, self.ready, self.terminating,
            dict(self.active_labels), dict(self.all_labels), dict(self.on_node), dict(self.ready_since),
        )  # fmt: skip

    def labelled(self, wanted: dict[str, str]) -> int:
        """How many of the active ones carry all the wanted labels."""
        return sum(count for labels, count in self.active_labels.items() if wanted.items() <= dict(labels).items())

    def all_match(self, selector: Obj) -> bool:
        """Whether the selector matches every one of them."""
        return all(selectors.matches(selector, dict(labels)) for labels in self.all_labels)


def _add(counts: dict[T, int], what: T, weight: int) -> None:
    counts[what] = counts.get(what, 0) + weight
    if not counts[what]:
        del counts[what]


def tally(counted: list[Obj]) -> Tally:
    """Count these Pods."""
    total = Tally()
    for pod in counted:
        total.count(pod, 1)
    return total


class Tallies:
    """The tally of every owner of Pods in an informer's cache, by the owner's uid."""

    def __init__(self, informer: Informer) -> None:
        self._by_owner: dict[str, Tally] = {}
        informer.on_change(self._on_change)

    def of(self, owner_uid: str) -> Tally:
        """The owner's Pods, counted."""
        return self._by_owner.get(owner_uid) or Tally()

    def _on_change(self, notice: Notice) -> None:
        for pod, weight in ((notice.before, -1), (notice.after, 1)):
            owner = meta.controller_of(pod) if pod else None
            if pod and owner:
                counted = self._by_owner[owner["uid"]] = self.of(owner["uid"])
                counted.count(pod, weight)
                if not counted.all_labels:
                    del self._by_owner[owner["uid"]]
