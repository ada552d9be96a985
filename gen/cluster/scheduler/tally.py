"""How many Pods a selector matches on every node, counted as Pods come and go instead of anew for every decision."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gen.cluster.scheduler.pod_info import PodInfo
from gen.objects import selectors

Obj = dict[str, Any]


class Tally:
    """The Pods of one namespace that one selector matches, by node. Nodes without any are left out."""

    __slots__ = ("by_node", "namespace", "selector")

    def __init__(self, namespace: str, selector: Obj) -> None:
        self.namespace, self.selector = namespace, selector
        self.by_node: dict[str, int] = {}

    def count(self, node: str, change: int) -> None:
        """One more (1) or one less (-1) on `node`."""
        now = self.by_node.get(node, 0) + change
        if now:
            self.by_node[node] = now
        else:
            self.by_node.pop(node, None)


class Tallies:
    """All tallies that were ever asked for. Pods with equal labels are told apart from others only once."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._concerned: dict[tuple[Any, ...], list[Tally]] = {}

    def find(self, namespace: str, selector: Obj) -> tuple[Tally, bool]:
        """The tally of a selector, and whether it is new: then the Pods that are there already must be counted."""
        key = (namespace, json.dumps(selector, sort_keys=True))
        known = self._tallies.get(key)
        if known is not None:
            return known, False
        tally = self._tallies[key] = Tally(namespace, selector)
        self._concerned.clear()
        return tally, True

    def count(self, pod: PodInfo, node: str, change: int) -> None:
        """A Pod came to `node` (1) or left it (-1). Pods that are being deleted do not count."""
        if pod.deleting or not self._tallies:
            return
        signature = (pod.namespace, *sorted(pod.labels.items()))
        concerned = self._concerned.get(signature)
        if concerned is None:
            concerned = self._concerned[signature] = [one for one in self._tallies.values() if matches(one, pod)]
        for tally in concerned:
            tally.count(node, change)

    def recount(self, tally: Tally, placed: Iterable[tuple[str, PodInfo]]) -> None:
        """Count the Pods that had a node before the tally was there."""
        for node, pod in placed:
            if not pod.deleting and matches(tally, pod):
                tally.count(node, 1)


def matches(tally: Tally, pod: PodInfo) -> bool:
    """Whether the Pod is one that the tally counts. A selector without any requirement counts nothing."""
    if pod.namespace != tally.namespace or not (tally.selector.get("matchLabels") or tally.selector.get("matchExpressions")):
        return False
    return selectors.matches(tally.selector, pod.labels)
