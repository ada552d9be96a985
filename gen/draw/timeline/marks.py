"""Deeds on a lane: a triangle for a command, a small bar for a write, a cross for a fault; a number where several meet."""

from __future__ import annotations

from typing import NamedTuple

from gen.draw.follow import leads_to
from gen.draw.measure import fitted, width
from gen.draw.scale import exact
from gen.draw.svg import Element, tag
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Lane, Mark, Text
from gen.views.story import Playhead

TOUCHING_PX = {"typed": 13, "write": 8, "fault": 8, "mended": 8}  # marks nearer than this would look like one
ROUND, ROUND_PX = ("fault", "mended"), 11  # what reaches to both sides of its place: room for what follows
COUNT_SIZE = 12
TITLE_LINES = 8
LABEL_SIZE = 12


class Standing(NamedTuple):
    """Marks that are drawn as one; they stand `aside` pixels right of their time, where what is before them needs the room."""

    marks: list[Mark]
    aside: int


def standing(lane: Lane, ruler: Ruler) -> list[Standing]:
    """The marks of a lane as they are drawn: those that would touch become one."""
    found: list[Standing] = []
    for cluster in clustered(lane.marks, ruler):
        before = found[-1].marks[0] if found else None
        aside = 0
        if before is not None and before.deed in ROUND:
            aside = max(ruler.scale.px(before.at) + ROUND_PX - ruler.scale.px(cluster[0].at), 0)
        found.append(Standing(cluster, aside))
    return found


def marks(found: list[Standing], ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """The marks of a lane, each with the room up to the next one."""
    ends = [ruler.scale.px(one.marks[0].at) for one in found[1:]] + [ruler.scale.width]
    return [drawn(one, ruler, end, head, lang) for one, end in zip(found, ends, strict=True)]


def clustered(marks: tuple[Mark, ...], ruler: Ruler) -> list[list[Mark]]:
    """Marks that lie so near to each other that they are drawn as one."""
    clusters: list[list[Mark]] = []
    for mark in marks:
        if clusters and ruler.scale.px(mark.at) - ruler.scale.px(clusters[-1][0].at) < reach(clusters[-1], mark):
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    return clusters


def reach(cluster: list[Mark], mark: Mark) -> int:
    """How near the next mark must be to belong to the cluster: its own width, or that of its count."""
    if cluster[0].deed != mark.deed:
        return 0
    return pill_width(len(cluster)) + 2 if len(cluster) > 1 else TOUCHING_PX[mark.deed]


def extent(cluster: list[Mark]) -> tuple[int, int]:
    """From where to where a mark reaches, in pixels from its place."""
    left, right = EXTENTS[cluster[0].deed]
    if len(cluster) == 1 or cluster[0].deed not in COUNTED:
        return left, right
    start = right + 3 if cluster[0].deed == "typed" else left
    return left, start + pill_width(len(cluster))


def pill_width(count: int) -> int:
    """The width of the mark that carries a count."""
    return width(str(count), COUNT_SIZE, bold=True) + 9


def drawn(one: Standing, ruler: Ruler, end_px: int, head: Playhead, lang: str) -> Element:
    """One mark, or one for several, with its sentences as its title; clicks lead to its records, one after the other."""
    cluster, first = one.marks, one.marks[0]
    form = FORMS[first.deed](len(cluster))
    if one.aside:
        form = [tag("g", form, transform=f"translate({one.aside},0)")]
    label = beside(first, ruler, end_px) if len(cluster) == 1 and first.label else []
    steps = leads_to(head, [mark.record for mark in cluster])
    return ruler.pinned(first.at, form, label, title=titles(cluster, lang), steps=steps)


def titles(cluster: list[Mark], lang: str) -> str:
    """The sentences of the deeds behind a mark."""
    lines = [f"{exact(mark.at)}  {say(mark.text, lang)}" for mark in cluster[:TITLE_LINES]]
    more = len(cluster) - TITLE_LINES
    return "\n".join([*lines, f"+ {say(Text('timeline.deeds', count=more), lang)}"] if more > 0 else lines)


def beside(mark: Mark, ruler: Ruler, end_px: int) -> list[Element]:
    """The label behind a mark, on paper: as much of it as there is room before the next mark or break."""
    here = ruler.scale.px(mark.at)
    stops = [ruler.scale.px(cut.start) for cut in ruler.scale.breaks if cut.start > mark.at]
    text = fitted(mark.label, LABEL_SIZE, min([end_px, *stops]) - here - 18, mono=True)
    if not text:
        return []
    back = tag("rect", x=14, y=6, width=width(text, LABEL_SIZE, mono=True) + 4, height=14, class_="kim-paper")
    return [back, tag("text", text, x=16, y=17, class_="kim-mono kim-small kim-muted")]


def _typed(count: int) -> list[Element]:
    return [tag("path", d="M0,6l11,7l-11,7z", class_="kim-mark"), *(_count(count, 14) if count > 1 else [])]


def _write(count: int) -> list[Element]:
    if count == 1:
        return [tag("rect", x=-2, y=7, width=5, height=12, rx=1, class_="kim-mark")]
    return _count(count, -2)


def _count(count: int, x: int) -> list[Element]:
    room = pill_width(count)
    number = tag("text", str(count), x=x + room // 2, y=17, text_anchor="middle", class_="kim-mark-count")
    return [tag("rect", x=x, y=5, width=room, height=16, rx=3, class_="kim-mark"), number]


def _fault(count: int) -> list[Element]:
    return [tag("path", d="M-4,9l8,8M4,9l-8,8", class_="kim-mark-fault")]


def _mended(count: int) -> list[Element]:
    return [tag("circle", cx=0, cy=13, r=5, class_="kim-mark-mended")]


COUNTED = ("typed", "write")  # marks that carry a number
EXTENTS = {"typed": (0, 11), "write": (-2, 3), "fault": (-5, 5), "mended": (-5, 5)}
FORMS = {"typed": _typed, "write": _write, "fault": _fault, "mended": _mended}
