"""A board set up to be drawn: with its plan, for one language and one playhead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gen.draw.board.plan import Plan
from gen.draw.svg import Element, tag
from gen.views.model import Board
from gen.views.story import Playhead

Icon = Callable[[str], str]
LayOut = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What every part of a board is drawn from.

    `name` begins the ids of its boxes, if they have any; `links` are addresses by key, where boxes lead to pages.
    """

    board: Board
    plan: Plan
    head: Playhead
    lang: str
    icon: Icon
    name: str
    narrow: bool
    links: Mapping[str, str] = field(default_factory=dict)

    def id(self, key: str) -> str | None:
        """The id of a box."""
        return f"{self.name}-{key.replace('/', '-')}" if self.name else None

    def linked(self, key: str, box: Element) -> Element:
        """A box, inside of its link if it has one."""
        return tag("a", box, href=self.links[key]) if key in self.links else box
