"""How a plot writes down where a thing lies: in per cent on a page, which stretches it, in pixels where it stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from gen.draw.scale import WHOLE, Scale
from gen.draw.svg import Element, Node, tag
from gen.views.model import Micros


@dataclass(frozen=True, slots=True)
class Ruler:
    """Places along a scale, as SVG attributes. `stretches` says whether the page may change the plot's width."""

    scale: Scale
    stretches: bool

    def at(self, time: Micros) -> str:
        """The place of a time."""
        return self._place(self.scale.position(time))

    def length(self, start: Micros, end: Micros) -> str:
        """The room between two times."""
        return self._place(self.scale.position(end) - self.scale.position(start))

    def pinned(
        self, time: Micros, *children: Node | list[Element] | None,
        y: int = 0, title: str = "", steps: str | None = None, events: bool = True,
    ) -> Element:  # fmt: skip
        """Things of a fixed form at the place of a time: their own x and y count from there."""
        told = tag("title", title) if title else None
        through = None if events else "none"
        return tag(
            "svg", told, *children, x=self.at(time), y=y, overflow="visible", data_steps=steps, pointer_events=through
        )  # fmt: skip

    def _place(self, position: int) -> str:
        if self.stretches:
            return f"{position // 100}.{position % 100:02d}%"
        return str(position * self.scale.width // WHOLE)
