"""How long to wait after the n-th failure in a row."""

from __future__ import annotations

from gen.kit.loop import Micros


class Backoff:
    """Exponential back-off by item: `first`, twice that, four times that, … at most `longest` microseconds."""

    def __init__(self, first: Micros, longest: Micros) -> None:
        self.first, self.longest = first, longest
        self._failures: dict[object, int] = {}

    def next(self, item: object) -> Micros:
        """Count one more failure of `item`; how long it must wait now."""
        failures = self._failures.get(item, 0)
        self._failures[item] = failures + 1
        return min(self.first << min(failures, 40), self.longest)

    def failures(self, item: object) -> int:
        """How often `item` failed since it was last forgotten."""
        return self._failures.get(item, 0)

    def forget(self, item: object) -> None:
        """`item` succeeded: its next failure counts as the first."""
        self._failures.pop(item, None)
