"""Where things stand on a ladder: lifelines in equal columns, rows from top to bottom, and each text where it has room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gen.draw.measure import width, wrapped
from gen.draw.scale import WHOLE, exact
from gen.draw.words import say
from gen.views.model import Break, Line, Sequence, Text

API, ETCD = "kube-apiserver", "etcd"
SIZE, LINE = 12, 14  # of the labels
TIMES, NARROW_TIMES = 84, 58  # left of the plot; ladder.css says the same
RIGHT, NARROW_RIGHT = 20, 8
PAGE_PLOTS = (494, 264)  # the least widths of a page's plot: of a figure of 600 px, and of a phone's of 330 px
TOP, FOOT = 10, 10
CALL, STORED, DEED, BREAK = 30, 14, 26, 30  # heights: a call or a delivery, what a write adds to it, a deed, a silence
BAND = 5  # half the width of the API server's lifeline
BESIDE, AFTER = 11, 8  # from a lifeline to the label of a deed, and of an arrow that begins or ends there


@dataclass(frozen=True, slots=True)
class Grid:
    """The lifelines. `widths` are those of the plot that labels must fit: one, or on a page, which stretches, the least."""

    names: tuple[str, ...]
    widths: tuple[int, ...]
    stretches: bool

    def px(self, name: str, plot: int) -> int:
        """The place of a lifeline on a plot of this width."""
        return plot * (2 * self.names.index(name) + 1) // (2 * len(self.names))

    def at(self, name: str) -> str:
        """The place of a lifeline, as an attribute."""
        return self._written(self.px(name, WHOLE if self.stretches else self.widths[0]))

    def between(self, left: str, right: str) -> str:
        """From one lifeline to another, as an attribute."""
        plot = WHOLE if self.stretches else self.widths[0]
        return self._written(self.px(right, plot) - self.px(left, plot))

    def ordered(self, one: str, other: str) -> tuple[str, str]:
        """Two participants from left to right."""
        return (one, other) if self.names.index(one) <= self.names.index(other) else (other, one)

    def _written(self, place: int) -> str:
        return f"{place // 100}.{place % 100:02d}%" if self.stretches else str(place)


@dataclass(frozen=True, slots=True)
class Label:
    """A text of one or more lines at `x` and `dx` pixels beside it; `anchor` is which end of it stands there."""

    x: str
    dx: int
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A line in its row: `middle` is where its arrow or deed is. `time` is "" where the row above says the same."""

    line: Line
    y: int
    height: int
    middle: int
    time: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence in its row."""

    silence: Break
    y: int


def rows(sequence: Sequence, grid: Grid, lang: str) -> list[Rung | Gap]:
    """All rows from top to bottom."""
    silences = {silence.start: silence for silence in sequence.breaks}
    found: list[Rung | Gap] = []
    y, before = TOP, ""
    for number, line in enumerate(sequence.lines):
        rung = row(line, y, "" if exact(line.at) == before else exact(line.at), grid, lang)
        found.append(rung)
        y, before = y + rung.height, exact(line.at)
        if follows(sequence, number) and line.at in silences:
            found.append(Gap(silences[line.at], y))
            y += BREAK
    return found


def follows(sequence: Sequence, number: int) -> bool:
    """Whether time passes between a line and the next one."""
    return number + 1 < len(sequence.lines) and sequence.lines[number + 1].at > sequence.lines[number].at


def row(line: Line, y: int, time: str, grid: Grid, lang: str) -> Rung:
    """The row of a line, as high as its longest label needs."""
    labels = tuple(placed(line, told(line, lang), grid, plot) for plot in grid.widths)
    more = LINE * (max(len(label.lines) for label in labels) - 1)
    if not is_arrow(line):
        return Rung(line, y, DEED + more, y + DEED // 2, time, labels)
    return Rung(line, y, CALL + more + (STORED if line.revision else 0), y + 20 + more, time, labels)


def total(found: Iterable[Rung | Gap]) -> int:
    """The height of all rows."""
    return max((row.y + (row.height if isinstance(row, Rung) else BREAK) for row in found), default=TOP) + FOOT


def is_arrow(line: Line) -> bool:
    """Whether a line goes from one participant to another, with its label above; a store has only its stub."""
    return bool(line.target) and line.kind != "store"


def told(line: Line, lang: str) -> str:
    """What stands on a line."""
    return f"rev {line.revision} · {say(line.text, lang)}" if line.kind == "store" else say(line.text, lang)


def placed(line: Line, text: str, grid: Grid, plot: int) -> Label:
    """The label of a line on a plot of this width: an arrow's at its left end, a deed's beside it, where there is room."""
    return above(line, text, grid, plot) if is_arrow(line) else beside(line, text, grid, plot)


def above(line: Line, text: str, grid: Grid, plot: int) -> Label:
    """A label over an arrow, from its left end on; begun further left if it would leave the plot; else in lines."""
    left, _ = grid.ordered(line.source, line.target)
    room, needed = plot - grid.px(left, plot) - AFTER, measured(line, text)
    if needed <= plot:
        return Label(grid.at(left), AFTER - max(needed - room, 0), "start", (text,))
    if room >= plot // 2:
        return Label(grid.at(left), AFTER, "start", broken(line, text, room))
    return Label("0", 0, "start", broken(line, text, plot))


def beside(line: Line, text: str, grid: Grid, plot: int) -> Label:
    """A label right of a deed or, if there is no room, left of it; in lines where there is none either."""
    where = ETCD if line.kind == "store" else line.source
    here, needed = grid.px(where, plot), measured(line, text)
    right, left = plot - here - BESIDE, here - BESIDE
    if needed <= right or needed > left and right >= left:
        return Label(grid.at(where), BESIDE, "start", broken(line, text, right))
    return Label(grid.at(where), -BESIDE, "end", broken(line, text, left))


def broken(line: Line, text: str, room: int) -> tuple[str, ...]:
    """A text in lines that fit: before what came of it, if that is enough."""
    if measured(line, text) <= room:
        return (text,)
    for mark in (" → ", " · "):
        first, found, second = text.partition(mark)
        halves = (first, f"{mark.strip()} {second}")
        if found and all(measured(line, half) <= room for half in halves):
            return halves
    return tuple(wrapped(text, SIZE, room, mono=is_mono(line)))


def measured(line: Line, text: str) -> int:
    """How wide a text is."""
    return width(text, SIZE, mono=is_mono(line))


def is_mono(line: Line) -> bool:
    """Commands and what they print are set in a monospace face; how much they print is told in words."""
    return line.kind in ("typed", "said") and not any(isinstance(value, Text) for _, value in line.text.params)


def pairs(found: Iterable[Rung | Gap]) -> Iterator[tuple[Rung, Rung | None]]:
    """Each rung with the one below it."""
    kept = [row for row in found if isinstance(row, Rung)]
    yield from zip(kept, [*kept[1:], None], strict=False)
