"""Where everything on a board stands: Graphviz's places, brought into line.

What is done after Graphviz: node frames get one width, a kubelet stands on its node's first row, the tray stands above the
first node, both halves are centred on each other, and the spine reaches past everybody who talks to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from gen.draw.board.dot import API, KUBECTL, KUBECTL_SIZE, LANE, PX, SMALL_NODES, Sizes, column, dot
from gen.views.model import Board

NODE = re.compile(r'^node ("[^"]*"|\S+) (\S+) (\S+) (\S+) (\S+)')
HEAD, FOOT = 26, 6  # a node frame above and below its rows; without a name above, LOW
LOW = 9
GAP = 8
TITLE = 34  # the control plane's own title above its column
MOST_SPREAD = 3  # halves: where the nodes stand high, the column spreads by half as much again
ABOVE = 56  # on a phone, kubectl stands above the spine


def more_of(node: str) -> str:
    """The key of the place that only says how many more Pods there are on a node, or ("") in the tray."""
    return f"more/{node}/"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box, in whole pixels."""

    x: int
    y: int
    wide: int
    tall: int

    @property
    def cx(self) -> int:
        """The middle, from left to right."""
        return self.x + self.wide // 2

    @property
    def cy(self) -> int:
        """The middle, from top to bottom."""
        return self.y + self.tall // 2

    @property
    def right(self) -> int:
        """The right edge."""
        return self.x + self.wide

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.y + self.tall

    def down(self, pixels: int) -> Rect:
        """The box further down."""
        return replace(self, y=self.y + pixels)


@dataclass(frozen=True, slots=True)
class Plan:
    """The boxes of a board by key (`place/NODE/NUMBER`, in the tray `place//NUMBER`), the frames, and its size."""

    wide: int
    tall: int
    boxes: dict[str, Rect]
    control_plane: Rect
    frames: dict[str, Rect]
    tray: Rect | None
    named: bool  # whether a node's name stands above it


def plan(board: Board, size: Sizes, lay_out: Callable[[str], str]) -> Plan:
    """Let Graphviz place the boxes, and bring them into line."""
    boxes = placed(lay_out(dot(board, size)))
    left = {key: boxes[key] for key in (*column(board), API) if key in boxes}
    right = {key: rect for key, rect in boxes.items() if key.startswith(("kubelet/", "place/"))}
    for site in board.nodes:
        right[f"kubelet/{site.name}"] = replace(right[f"kubelet/{site.name}"], y=right[f"place/{site.name}/0"].y)
        if (shown := size.shown(board, site)) < site.places:
            right[more_of(site.name)] = right.pop(f"place/{site.name}/{shown - 1}")
            for number in range(shown, site.places):  # what filled the last row
                right.pop(f"place/{site.name}/{number}", None)
    named = len(board.nodes) <= SMALL_NODES
    frames = stacked(board, right, node_frames(board, right, size, named))
    tray, tray_places = tray_of(board, right, frames, size)
    right |= tray_places
    everything = [*frames.values(), *([tray] if tray else [])]
    return settled(board, size, left, right, frames, tray, span(everything), named)


def belongs(key: str, node: str) -> bool:
    """Whether a box is part of a node."""
    return key == f"kubelet/{node}" or key.startswith((f"place/{node}/", more_of(node)))


def placed(plain: str) -> dict[str, Rect]:
    """Graphviz's `plain` output as boxes, from the top left."""
    lines = plain.splitlines()
    whole = float(lines[0].split()[3])
    found = {}
    for line in lines:
        matched = NODE.match(line)
        if matched:
            x, y, wide, tall = (float(number) for number in matched.groups()[1:])
            size = round(wide * PX), round(tall * PX)
            found[matched[1].strip('"')] = Rect(round(x * PX - size[0] / 2), round((whole - y) * PX - size[1] / 2), *size)
    return found


def node_frames(board: Board, boxes: dict[str, Rect], size: Sizes, named: bool) -> dict[str, Rect]:
    """A frame around each node; all of one width."""
    left = min((rect.x for rect in boxes.values()), default=0) - size.margin + 4
    right = max((rect.right for rect in boxes.values()), default=0) + size.margin - 4
    found = {}
    for site in board.nodes:
        own = [rect for key, rect in boxes.items() if belongs(key, site.name)]
        top = min(rect.y for rect in own) - (HEAD if named else LOW)
        found[site.name] = Rect(left, top, right - left, max(rect.bottom for rect in own) + FOOT - top)
    return found


def stacked(board: Board, boxes: dict[str, Rect], frames: dict[str, Rect]) -> dict[str, Rect]:
    """The frames one under the other at equal distances, with what is in them (`boxes` is changed)."""
    found: dict[str, Rect] = {}
    top = min((frame.y for frame in frames.values()), default=0)
    for site in board.nodes:
        frame = frames[site.name]
        for key in [key for key in boxes if belongs(key, site.name)]:
            boxes[key] = boxes[key].down(top - frame.y)
        found[site.name] = replace(frame, y=top)
        top += frame.tall + GAP
    return found


def tray_of(board: Board, boxes: dict[str, Rect], frames: dict[str, Rect], size: Sizes) -> tuple[Rect | None, dict[str, Rect]]:
    """The tray above the first node: one row of places, in the columns of the nodes' places.

    Where more Pods wait than that, the last place only says how many.
    """
    if not board.tray or not board.nodes:
        return None, {}
    first, frame = board.nodes[0].name, frames[board.nodes[0].name]
    columns = [boxes[f"place/{first}/{number}"] for number in range(size.per_row(board))]
    tall = LOW + size.box + FOOT
    tray = Rect(frame.x, frame.y - GAP - tall, frame.wide, tall)
    places = {f"place//{number}": replace(column, y=tray.y + LOW) for number, column in enumerate(columns[: board.tray])}
    if board.tray > len(columns):
        places[more_of("")] = places.pop(f"place//{len(columns) - 1}")
    return tray, places


def span(rects: Iterable[Rect]) -> tuple[int, int]:
    """From where to where boxes reach, top to bottom."""
    rects = list(rects)
    return min((rect.y for rect in rects), default=0), max((rect.bottom for rect in rects), default=0)


def settled(
    board: Board, size: Sizes, left: dict[str, Rect], right: dict[str, Rect], frames: dict[str, Rect], tray: Rect | None,
    reach: tuple[int, int], named: bool,
) -> Plan:  # fmt: skip
    """Both halves centred on each other, the whole moved to the top left corner."""
    top, bottom = span(rect for key, rect in left.items() if key != API)
    own_tall, other_tall = bottom - top + TITLE + 2 * size.margin - 4, reach[1] - reach[0]
    tall, above = max(own_tall, other_tall), ABOVE if size.narrow else 0
    middle = above + tall // 2
    spread = min(max(tall - TITLE - 2 * size.margin, bottom - top), (bottom - top) * MOST_SPREAD // 2)
    boxes = {
        key: rect.down(middle + (TITLE - size.margin) // 2 - rect.cy + (rect.cy - (top + bottom) // 2) * spread // (bottom - top))
        for key, rect in left.items()
        if key != API
    }
    down = middle - (reach[0] + reach[1]) // 2
    boxes |= {key: rect.down(down) for key, rect in right.items()}
    spine = left[API]
    shell = Rect(min(rect.x for rect in left.values()) - size.margin, above, 0, tall)
    shell = replace(shell, wide=spine.right + size.margin - shell.x)
    boxes[API] = Rect(spine.x, shell.y + size.margin, spine.wide, tall - 2 * size.margin)
    boxes[KUBECTL] = kubectl_box(boxes, size, shell)
    return moved(Plan(0, above + tall, boxes, shell, {name: frame.down(down) for name, frame in frames.items()},
                      tray.down(down) if tray else None, named))  # fmt: skip


def kubectl_box(boxes: dict[str, Rect], size: Sizes, shell: Rect) -> Rect:
    """Where kubectl stands: left outside at the height of its lane, or on a phone above the spine."""
    wide, tall = KUBECTL_SIZE
    if size.narrow:
        return Rect(boxes[API].cx - wide // 2, 1, wide, 34)
    return Rect(shell.x - 30 - wide, boxes[LANE].cy - tall // 2, wide, tall)


def moved(found: Plan) -> Plan:
    """The whole with its left edge at 1, so that no line is cut, and its size."""
    rects = [*found.boxes.values(), found.control_plane, *found.frames.values()]
    by = 1 - min(rect.x for rect in rects)

    def aside(rect: Rect) -> Rect:
        return replace(rect, x=rect.x + by, y=rect.y + 1)

    boxes = {key: aside(rect) for key, rect in found.boxes.items()}
    return Plan(
        wide=max(rect.right for rect in rects) + by + 1, tall=found.tall + 2, boxes=boxes,
        control_plane=aside(found.control_plane), frames={name: aside(rect) for name, rect in found.frames.items()},
        tray=aside(found.tray) if found.tray else None, named=found.named,
    )  # fmt: skip
