"""Where everything in a tree stands. Wide: a column for each generation, an owner beside the first of what it owns. On a
phone: what is owned below its owner and further in. A row is kept for a thing for the whole run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gen.draw.measure import fitted, width
from gen.draw.tree.words import POD, kind_of, state_of
from gen.views.model import Branch, Tree

ROW, MARGIN, HALF, BESIDE = 36, 14, 14, 10  # HALF of a body; BESIDE: from a body to its name
HEADING, APART, ASIDE = 34, 8, 14  # above what is loose; between families; from a Pod's name to its state
CHANNEL, LEAST, MOST = 64, 44, 168  # between two columns; how wide a name may be
INDENT, PHONE = 28, 366
NAME, SMALL = 13, 12  # sizes of letters
DOT = " · "


@dataclass(frozen=True, slots=True)
class Measured:
    """A row with its name, shortened to its room, and how wide its words are."""

    branch: Branch
    name: str
    name_width: int
    kind_width: int  # with the dot behind it
    state_width: int

    @property
    def in_one_line(self) -> bool:
        """Whether the state stands beside the name: so with Pods. Owners have a second line."""
        return self.branch.kind in (POD, "")

    @property
    def second_line(self) -> int:
        """How wide an owner's kind and count are."""
        return self.kind_width + self.state_width


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the body of a row has its middle, where its words begin and end, and the number of its owner's row."""

    words: Measured
    x: int
    y: int
    state_x: int
    right: int
    owner: int | None

    @property
    def branch(self) -> Branch:
        """What stands there."""
        return self.words.branch

    @property
    def text_x(self) -> int:
        """Where the name begins."""
        return self.x + HALF + BESIDE


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows from top to bottom, and the size of the picture; `loose_y` is the heading's line, 0 if there is none."""

    spots: tuple[Spot, ...]
    wide: int
    tall: int
    loose_y: int
    narrow: bool


def plan(tree: Tree, lang: str, *, narrow: bool) -> Plan:
    """The rows of a tree, each in its place."""
    branches = (*tree.branches, *tree.loose)
    rows = [measured(branch, lang, narrow=narrow) for branch in branches]
    middles, loose_y, tall = heights(branches, len(tree.branches), narrow=narrow)
    columns = columns_of(rows, narrow=narrow)
    states = [  # of one generation all states stand below each other
        max((row.name_width for row in rows if row.in_one_line and row.branch.depth == depth), default=0) + ASIDE
        for depth in range(len(columns))
    ]
    spots = []
    for row, y, owner in zip(rows, middles, owners_of(branches), strict=True):
        text_x = columns[row.branch.depth] + 2 * HALF + BESIDE
        state_x = text_x + (states[row.branch.depth] if row.in_one_line else row.kind_width)
        right = max(text_x + row.name_width, state_x + row.state_width)
        spots.append(Spot(row, columns[row.branch.depth] + HALF, y, state_x, right, owner))
    widest = max((spot.right for spot in spots), default=0) + MARGIN
    return Plan(tuple(spots), PHONE if narrow else widest, tall, loose_y, narrow)


def measured(branch: Branch, lang: str, *, narrow: bool) -> Measured:
    """How wide the words of a row are, and were, and will be."""
    state = max((width(state_of(branch, turn, lang), SMALL, bold=True) for turn in branch.turns), default=0)
    kind = kind_of(branch, lang) if branch.kind not in (POD, "") else ""
    left = MARGIN + INDENT * branch.depth + 2 * HALF + BESIDE
    room = max(PHONE - MARGIN - left - ASIDE - state, LEAST) if narrow else MOST
    name = fitted(branch.label, NAME, room, mono=True, least=1)
    return Measured(branch, name, width(name, NAME, mono=True), width(kind + (DOT if state else ""), SMALL) if kind else 0, state)


def heights(branches: tuple[Branch, ...], loose: int, *, narrow: bool) -> tuple[list[int], int, int]:
    """The middle of each row, the heading's line, and the height of all; from number `loose` on they are loose."""
    found: list[int] = []
    top, loose_y, depth = APART, 0, 0
    for number, branch in enumerate(branches):
        if number and number == loose:
            loose_y = top + HEADING - APART
            top += HEADING
        elif branch.depth < depth:
            top += APART
        elif branch.depth > depth and not narrow:
            top -= ROW  # the first that an owner owns stands beside it
        found.append(top + ROW // 2)
        top, depth = top + ROW, branch.depth
    return found, loose_y, top + APART


def owners_of(branches: tuple[Branch, ...]) -> Iterator[int | None]:
    """For each row the number of its owner's."""
    line: list[int] = []
    for number, branch in enumerate(branches):
        del line[branch.depth :]
        yield line[-1] if line else None
        line.append(number)


def columns_of(rows: list[Measured], *, narrow: bool) -> list[int]:
    """Where each generation begins."""
    deepest = max((row.branch.depth for row in rows), default=0)
    if narrow:
        return [MARGIN + INDENT * depth for depth in range(deepest + 1)]
    found = [MARGIN]
    for depth in range(deepest):
        own = [row for row in rows if row.branch.depth == depth]
        owners = max((max(row.name_width, row.second_line) for row in own if not row.in_one_line), default=0)
        names = max((row.name_width for row in own if row.in_one_line), default=-ASIDE)
        states = max((row.state_width for row in own if row.in_one_line), default=0)
        found.append(found[-1] + 2 * HALF + BESIDE + max(owners, names + ASIDE + states) + CHANNEL)
    return found
