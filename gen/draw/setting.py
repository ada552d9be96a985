"""A board set up to be drawn: with its plan, for one language and one playhead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.draw.plan import Plan
from gen.views.model import Board
from gen.views.story import Playhead

Icon = Callable[[str], str]
LayOut = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What every part of a board is drawn from. `name` begins the ids of its boxes, if they have any."""

    board: Board
    plan: Plan
    head: Playhead
    lang: str
    icon: Icon
    name: str
    narrow: bool

    def id(self, key: str) -> str | None:
        """The id of a box."""
        return f"{self.name}-{key.replace('/', '-')}" if self.name else None
