"""What was found out about things that never change is not found out twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """A rule's answers about things that are never changed. Each is asked about once; an equal thing is another one.

    Nothing is forgotten: what is asked about stands in the trace, which forgets nothing either.

    >>> lengths, names = Remembered(len), ["web", "db"]
    >>> lengths.of(names), lengths.of(names)
    (2, 2)
    """

    def __init__(self, rule: Callable[[Any], T]) -> None:
        self._rule = rule
        self._answers: dict[int, tuple[Any, T]] = {}

    def of(self, thing: Any) -> T:
        """What the rule says about this very thing."""
        known = self._answers.get(id(thing))
        if known is None:
            known = self._answers[id(thing)] = thing, self._rule(thing)  # the thing is kept, or another would get its id
        return known[1]
