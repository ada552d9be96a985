"""The board as DOT: `diagrams` says what there is, Graphviz only places empty boxes, and all that is seen is drawn by us.

Every edge is invisible; `minlen` gives each channel its width. Left to right: kubectl, the control plane (a column of
controllers with a free lane for kubectl's calls, then the API server as the spine), and the nodes one under the other,
each with its kubelet and the places of its Pods.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from diagrams import Cluster, Diagram, Edge, Node, setdiagram

from gen.draw.measure import width
from gen.draw.words import LANGUAGES, say
from gen.views.model import Board, Site, Text
from gen.views.sentences import component

PX = 72  # pixels (Graphviz: points) an inch
LABEL, SMALL_NODES = 12, 4  # up to four nodes have their name above, else under their kubelet
API, ETCD, LANE, KUBECTL, OTHERS = "kube-apiserver", "etcd", "lane", "kubectl", "others"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The measures of a board, in pixels. `unit` is the width of one rank; channels are counted in it.

    `most` is how many places of nodes are drawn.
    """

    narrow: bool
    available: int
    unit: int
    box: int  # the height of a controller, kubelet or place
    kubelet: int
    api: int
    margin: int
    to_column: int
    to_api: int
    to_kubelet: int
    to_place: int
    most: int

    def pitch(self, board: Board) -> int:
        """From one place of a row to the next."""
        return place_width(board, self) + self.unit

    def per_row(self, board: Board) -> int:
        """How many places stand in a row: as many as there is room for, but no more than any node needs."""
        fixed = self.available - column_width(board, self) - self.api - self.kubelet - 4 * self.margin
        channels = self.to_api + self.to_kubelet + self.to_place + (0 if self.narrow else self.to_column)
        room = fixed - channels * self.unit - (0 if self.narrow else KUBECTL_SIZE[0])
        needed = max(2, min(board.tray, 3), *(self.shown(board, site) for site in board.nodes))
        return max(min(room // self.pitch(board), needed), 1)

    def shown(self, board: Board, site: Site) -> int:
        """How many places of a node are drawn: all, or its share of what the board has room for."""
        if sum(one.places for one in board.nodes) <= self.most:
            return site.places
        return min(site.places, max(self.most // len(board.nodes), 2))


KUBECTL_SIZE = (66, 44)
WIDE = Sizes(
    narrow=False, available=872, unit=10, box=59, kubelet=62, api=70, margin=12,
    to_column=3, to_api=6, to_kubelet=7, to_place=2, most=60,
)  # fmt: skip
NARROW = Sizes(
    narrow=True, available=366, unit=6, box=57, kubelet=44, api=52, margin=7,
    to_column=0, to_api=3, to_kubelet=5, to_place=1, most=30,
)  # fmt: skip


def sizes(*, narrow: bool) -> Sizes:
    """The measures of the wide board, or of a phone's."""
    return NARROW if narrow else WIDE


def column(board: Board) -> list[str]:
    """The boxes of the control plane beside the API server, from top to bottom, with the lane for kubectl's calls."""
    shown = [*board.controllers[:-1], *([OTHERS] if board.others else []), *board.controllers[-1:]]
    half = (len(shown) + 1) // 2
    return [*shown[:half], LANE, *shown[half:], ETCD]


def label_lines(key: str, lang: str, *, narrow: bool) -> list[str]:
    """The label of a box; on a phone each word has its line."""
    text = say(Text(f"board.{key}"), lang) if key in (API, ETCD, OTHERS) else say(component(key), lang)
    return text.split(" ") if narrow and not text.isascii() or narrow and len(text) > 9 else [text]


def column_width(board: Board, size: Sizes) -> int:
    """The width of the column: its widest label in either language."""
    lines = (
        line for key in column(board) if key != LANE for lang in LANGUAGES for line in label_lines(key, lang, narrow=size.narrow)
    )
    return max(width(line, LABEL) for line in lines) + (2 if size.narrow else 8)


def place_width(board: Board, size: Sizes) -> int:
    """The width of a place: its widest label, and room for the Pod's body."""
    labels = max((width(stay.label, LABEL, mono=True) for stay in board.stays), default=0)
    return max(labels + 2, 44) if size.narrow else max(labels + 2, 62)


def box_height(board: Board, size: Sizes) -> int:
    """The height of the column's boxes: two lines under the icon where a label has two."""
    lines = max(len(label_lines(key, lang, narrow=size.narrow)) for key in column(board) if key != LANE for lang in LANGUAGES)
    return size.box + 13 * (lines - 1)


class Layout(Diagram):  # type: ignore[misc]  # it comes without types
    """A diagram of which only the DOT text is wanted: the stock one renders a file when its block ends."""

    def __exit__(self, *_: object) -> None:
        setdiagram(None)


def dot(board: Board, size: Sizes) -> str:
    """The DOT text that Graphviz lays out; the same board gives the same text, in every language."""
    looks = {
        "splines": "false",
        "nodesep": inches(12),
        "ranksep": inches(size.unit),
        "pad": "0",
        "margin": "0",
        "newrank": "true",
    }
    with Layout("", filename="board", show=False, graph_attr=looks) as layout:
        kubectl = None if size.narrow else empty(KUBECTL, *KUBECTL_SIZE)
        boxes = control_plane(board, size, layout)
        rows = [node_rows(site, board, size, layout) for site in board.nodes]
        spine, lines = boxes.pop(API), list(boxes.items())
        for key, box in lines:
            if kubectl:
                kubectl >> quiet(size.to_column, 50 if key == LANE else 1) >> box
            box >> quiet(size.to_api, 50 if key == LANE else 1) >> spine
        for kubelet in rows:
            spine >> quiet(size.to_kubelet) >> kubelet
    return str(layout.dot.source)


def control_plane(board: Board, size: Sizes, layout: Layout) -> dict[str, Node]:
    """The column, etcd last, and the API server: as tall as the column or as the nodes, within limits."""
    names, wide, tall = column(board), column_width(board, size), box_height(board, size)
    with Cluster("control plane", graph_attr={"margin": str(size.margin)}) as cluster:
        boxes = {name: empty(name, wide, 14 if name == LANE else tall) for name in names}
        height = sum(14 if name == LANE else tall + 12 for name in names)
        boxes[API] = empty(API, size.api, max(height, min(stack_height(board, size) - 40, 420)))
        same_rank(names, cluster)
    return boxes


def stack_height(board: Board, size: Sizes) -> int:
    """About how tall the nodes stand one under the other."""
    rows = sum(max(-(-size.shown(board, site) // size.per_row(board)), 1) for site in board.nodes)
    return rows * (size.box + 12) + len(board.nodes) * (40 if len(board.nodes) <= SMALL_NODES else 22)


def node_rows(site: Site, board: Board, size: Sizes, layout: Layout) -> Node:
    """A node: its kubelet, and its places in rows of equal length. Gives the kubelet."""
    named, per_row = len(board.nodes) <= SMALL_NODES, size.per_row(board)
    looks = {"margin": str(size.margin), "label": " " if named else ""}
    with Cluster(site.name, graph_attr=looks) as cluster:
        kubelet = empty(f"kubelet/{site.name}", size.kubelet, size.box)
        firsts = []
        for first in range(0, max(size.shown(board, site), 1), per_row):
            places = [
                empty(f"place/{site.name}/{number}", place_width(board, size), size.box)
                for number in range(first, first + per_row)
            ]
            firsts.append(f"place/{site.name}/{first}")
            chain(places)
            if first == 0:
                kubelet >> quiet(size.to_place, 20) >> places[0]
        same_rank(firsts, cluster)
    return kubelet


def chain(places: list[Node]) -> None:
    """Places of one row, one after the other."""
    for before, after in pairwise(places):
        before >> quiet(1, 20) >> after


def same_rank(names: Iterable[str], cluster: Cluster) -> None:
    """One under the other: Graphviz orders a rank from the bottom to the top, hence the chain in reverse."""
    names = list(names)
    with cluster.dot.subgraph() as rank:
        rank.attr(rank="same")
        for upper, lower in pairwise(names):
            rank.edge(lower, upper, style="invis")


def empty(name: str, wide: int, tall: int) -> Node:
    """A box of a fixed size with nothing in it."""
    looks: dict[str, Any] = {"width": inches(wide), "height": inches(tall), "shape": "box", "style": "", "fixedsize": "true"}
    return Node("", nodeid=name, image="", **looks)


def quiet(length: int, weight: int = 1) -> Edge:
    """An edge that only holds a distance."""
    return Edge(style="invis", minlen=str(length), weight=str(weight))


def inches(pixels: int) -> str:
    """A length as Graphviz has it, in four digits."""
    return f"{pixels * 10_000 // PX / 10_000:.4f}"
