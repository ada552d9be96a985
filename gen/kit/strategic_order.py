"""The order of a merged list: as the author wants it, with what only the server has where the server had it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Name = Callable[[Any], Any]


def in_order(items: list[Any], order: list[Any], before: list[Any], name: Name) -> list[Any]:
    """`items` in the order of `order`; items that it does not name keep their place among the items of `before`.

    Upstream: strategicpatch/patch.go, normalizeElementOrder and mergeSortedSlice.
    """
    wanted = [name(one) for one in order]
    known = [name(one) for one in before]
    ordered = sorted((one for one in items if name(one) in wanted), key=lambda one: wanted.index(name(one)))
    others = [one for one in items if name(one) not in wanted]
    merged: list[Any] = []
    for one in ordered:
        while others and _stands_before(name(others[0]), name(one), known):
            merged.append(others.pop(0))
        merged.append(one)
    return merged + others


def _stands_before(one: Any, other: Any, known: list[Any]) -> bool:
    return one in known and other in known and known.index(one) < known.index(other)
