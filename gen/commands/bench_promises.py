"""What was promised beside what was measured, as a table; `!` marks what breaks a promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """One figure: what was measured, how much, and how much at most was promised (None where nothing was)."""

    what: str
    found: float
    unit: str
    most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it is as promised."""
        return self.most is None or self.found <= self.most


def listed(promises: Iterable[Promise]) -> str:
    """A line for each figure."""
    lines = [(promise.what, amount(promise.found, promise.unit), promised(promise)) for promise in promises]
    name, found = (max((len(line[column]) for line in lines), default=0) for column in (0, 1))
    return "\n".join(f"{what.ljust(name)}  {much.rjust(found)}  {most}".rstrip() for what, much, most in lines)


def in_columns(cells: Sequence[Sequence[str]]) -> str:
    """Lines of a table, each cell at the right end of its column."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in cells)


def amount(found: float, unit: str) -> str:
    """A number with its unit, in about three digits."""
    return f"{found:.{0 if found >= 100 else 1 if found >= 10 else 2}f} {unit}"


def promised(promise: Promise) -> str:
    """The limit, and whether it is broken."""
    return "" if promise.most is None else f"≤ {promise.most:g} {promise.unit}{'' if promise.kept else ' !'}"
