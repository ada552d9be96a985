"""The views by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from gen.trace.record import Ref
from gen.trace.trace import Trace
from gen.views.model import Picture


class View(Protocol):
    """A view: a fold of the whole run; `focus` narrows it to one object and what belongs to it."""

    def __call__(self, trace: Trace, focus: Ref | None = None) -> Picture:
        """Fold the trace into a picture."""


VIEWS: dict[str, View] = {}
V = TypeVar("V", bound=Callable[..., Picture])


def view(name: str) -> Callable[[V], V]:
    """Enter a view under its name."""

    def enter(function: V) -> V:
        VIEWS[name] = function
        return function

    return enter
