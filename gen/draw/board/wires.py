"""The lines of a board: all that could talk, thin; who calls right now, and who is told by a watch, on top."""

from __future__ import annotations

from typing import NamedTuple

from gen.draw.board.actors import acts_of, outage
from gen.draw.board.dot import API, ETCD, KUBECTL, LANE, column
from gen.draw.board.setting import Setting
from gen.draw.follow import either, leads_to, only_at
from gen.draw.svg import Element, Track, tag

SPEAKING = ("call", "refused", "watch")
ICON_EDGE = 26  # from an icon's middle to where its line begins


class Wire(NamedTuple):
    """A straight line from a caller to the API server, or from the API server to etcd."""

    key: str
    x1: int
    y1: int
    x2: int
    y2: int


def wires(setting: Setting) -> tuple[list[Element], list[Element]]:
    """The quiet lines, which lie behind everything, and the active ones, which lie before it."""
    found = [wire(setting, key) for key in column(setting.board) if key != LANE]
    found += [wire(setting, f"kubelet/{site.name}") for site in setting.board.nodes]
    found.append(wire(setting, KUBECTL))
    behind = [line for one in found for line in (quiet(setting, one), reach(setting, one))]
    return behind, [line for one in found for line in active(setting, one)]


def wire(setting: Setting, key: str) -> Wire:
    """Where the line of a box runs: at its own height, so that it never bends."""
    rect, spine = setting.plan.boxes[key], setting.plan.boxes[API]
    if key == KUBECTL:
        return (
            Wire(key, rect.cx, rect.bottom, rect.cx, spine.y)
            if setting.narrow
            else Wire(key, rect.right, rect.cy, spine.x, rect.cy)
        )
    y = rect.y + 20
    if key == ETCD:
        return Wire(key, spine.x, y, rect.cx + ICON_EDGE, y)
    if key.startswith("kubelet/"):
        return Wire(key, rect.cx - ICON_EDGE, y, spine.right, y)
    return Wire(key, rect.cx + ICON_EDGE, y, spine.x, y)


def quiet(setting: Setting, one: Wire) -> Element:
    """A line along which nothing is said; it is torn while its end does not run or hears nothing."""
    out = outage(setting, one.key) or Track.of([(0, None)])
    idle = Track.of((step, "kim-wire kim-torn" if value else "kim-wire") for step, value in out.keys)
    speaking = [act.record for act in acts_of(setting, one.key) if act.kind in SPEAKING]
    return tag(
        "line", x1=one.x1, y1=one.y1, x2=one.x2, y2=one.y2, class_=either(only_at(setting.head, speaking, "kim-off"), idle)
    )


def reach(setting: Setting, one: Wire) -> Element:
    """Where a click still hits the line, whatever is said along it."""
    speaking = [act.record for act in acts_of(setting, one.key) if act.kind in SPEAKING]
    return tag(
        "line", x1=one.x1, y1=one.y1, x2=one.x2, y2=one.y2, class_="kim-reach",
        data_ref=one.key if one.key.startswith("kubelet/") else None, data_steps=leads_to(setting.head, speaking),
    )  # fmt: skip


def active(setting: Setting, one: Wire) -> list[Element]:
    """A call along the line, and a watch delivery the other way."""
    found = []
    for kind in SPEAKING:
        records = [act.record for act in acts_of(setting, one.key) if act.kind == kind]
        if records:
            ends = {"x1": one.x1, "y1": one.y1, "x2": one.x2, "y2": one.y2}
            if kind == "watch":
                ends = {"x1": one.x2, "y1": one.y2, "x2": one.x1, "y2": one.y1}
            shown = only_at(setting.head, records, f"kim-wire kim-{kind}", "kim-off")
            found.append(tag("line", class_=shown, pathLength=None if kind == "watch" else 1, pointer_events="none", **ends))
    return found
