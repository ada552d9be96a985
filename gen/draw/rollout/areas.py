"""What lies in the panels: the band of what is allowed, lines of steps, and the ReplicaSets as areas on top of each other."""

from __future__ import annotations

from collections.abc import Callable

from gen.draw.follow import leads_to
from gen.draw.measure import fitted, width
from gen.draw.rollout.plan import Panel, Slab, bands, slabs, stretches
from gen.draw.scale import exact
from gen.draw.svg import Element, tag
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Balance, Rollout, Text
from gen.views.story import Playhead

LABEL_SIZE, LABEL_HEIGHT = 12, 16
LEAST_LABEL = 5  # characters; of less nobody would know which ReplicaSet it is


def band(rollout: Rollout, panel: Panel, ruler: Ruler, head: Playhead) -> list[Element]:
    """What is allowed, as a quiet tint between two edges."""
    found = []
    for one, until in bands(rollout):
        x, long = ruler.at(one.at), ruler.length(one.at, until)
        top, bottom = panel.y(one.most), panel.y(one.least)
        steps = leads_to(head, [one.record])
        found.append(tag("rect", x=x, y=top, width=long, height=bottom - top, class_="kim-allowed", data_steps=steps))
        found += [
            tag("line", x1=x, x2=ruler.at(until), y1=y, y2=y, class_="kim-allowed-edge") for y in dict.fromkeys((top, bottom))
        ]
    return found


def band_words(rollout: Rollout, panel: Panel, ruler: Ruler, lang: str) -> list[Element]:
    """The numbers of the band, outside of it: over its upper edge and under its lower one."""
    found = []
    for one, until in bands(rollout):
        room = ruler.scale.px(until) - ruler.scale.px(one.at)
        words = [("rollout.most", one.most, panel.y(one.most) - 5)]
        words += [("rollout.least", one.least, panel.y(one.least) + 14)] if one.least else []
        for key, count, y in words:
            text = say(Text(key, count=count), lang)
            if width(text, LABEL_SIZE) + 8 <= room:
                told = tag("text", text, x=4, y=y, class_="kim-small kim-muted kim-halo")
                found.append(ruler.pinned(one.at, told, events=False))
    return found


def line(rollout: Rollout, panel: Panel, ruler: Ruler, number: Callable[[Balance], int], class_: str) -> list[Element]:
    """A line of steps."""
    found, before = [], None
    for one, until in stretches(rollout.balances, rollout.end):
        y = panel.y(number(one))
        if before is not None and before != y:
            x = ruler.at(one.at)
            found.append(tag("line", x1=x, x2=x, y1=before, y2=y, class_=class_))
        found.append(tag("line", x1=ruler.at(one.at), x2=ruler.at(until), y1=y, y2=y, class_=class_))
        before = y
    return found


def areas(rollout: Rollout, panel: Panel, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """The ReplicaSets, and then their names."""
    found = slabs(rollout)
    return [
        *(element for slab in found for element in area(slab, panel, ruler, head, lang)),
        *(element for slab in widest(found, ruler) for element in name(slab, panel, ruler)),
    ]


def area(slab: Slab, panel: Panel, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """A slab: below, the Pods that are available, by the age of their ReplicaSet; above, those that are not yet."""
    count, age = slab.held, "old" if slab.held.old else "new"
    parts = (
        (f"kim-share kim-share-{age}", slab.base, count.available),
        ("kim-share kim-share-waiting", slab.base + count.available, count.pods - count.available),
    )
    said = say(Text(f"rollout.area_{age}", name=slab.share.title, pods=count.pods, available=count.available), lang)
    told = f"{exact(slab.start)} – {exact(slab.end)}  {said}"
    return [
        tag(
            "rect", tag("title", told), x=ruler.at(slab.start), y=panel.y(base + size), width=ruler.length(slab.start, slab.end),
            height=panel.y(base) - panel.y(base + size), class_=class_, data_steps=leads_to(head, [count.record]),
        )
        for class_, base, size in parts if size
    ]  # fmt: skip


def widest(found: list[Slab], ruler: Ruler) -> list[Slab]:
    """For each ReplicaSet the slab with the most room: once while it is new and once while it is old."""
    best: dict[tuple[str, bool], Slab] = {}
    for slab in found:
        key = (slab.share.key, slab.held.old)
        if key not in best or room(slab, ruler)[1] > room(best[key], ruler)[1]:
            best[key] = slab
    return list(best.values())


def room(slab: Slab, ruler: Ruler) -> tuple[int, int]:
    """Where the longest piece of a slab begins that breaks leave, and its width in pixels."""
    pieces = ruler.scale.pieces(slab.start, slab.end)
    sizes = [(ruler.scale.px(end) - ruler.scale.px(start), -start) for start, end in pieces]
    wide, start = max(sizes, default=(0, 0))
    return -start, wide


def name(slab: Slab, panel: Panel, ruler: Ruler) -> list[Element]:
    """The name of a ReplicaSet in its slab, on paper, or its beginning; none where there is no room."""
    start, wide = room(slab, ruler)
    top, bottom = panel.y(slab.base + slab.held.pods), panel.y(slab.base)
    text = fitted(slab.share.label, LABEL_SIZE, wide - 16, mono=True, least=LEAST_LABEL)
    if not text or bottom - top < LABEL_HEIGHT + 2:
        return []
    y = (top + bottom) // 2
    back = tag("rect", x=5, y=y - 8, width=width(text, LABEL_SIZE, mono=True) + 6, height=LABEL_HEIGHT, class_="kim-paper")
    return [ruler.pinned(start, back, tag("text", text, x=8, y=y + 4, class_="kim-mono kim-small"), events=False)]
