"""The plot of a rollout: the same hand for a page, where it stretches, and for a picture that stands alone."""

from __future__ import annotations

from gen.draw.follow import track
from gen.draw.measure import width
from gen.draw.rollout.areas import areas, band, band_words, line
from gen.draw.rollout.plan import AXIS, ROW, Panel, Plan
from gen.draw.svg import Element, Track, tag
from gen.draw.timeline.marks import marks, standing
from gen.draw.timeline.plot import grid, playhead, silence
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Balance, Lane, Mark, Rollout, Scaling, Text
from gen.views.sentences import component
from gen.views.story import Playhead

NAME_SIZE, LEAST_NAMES = 13, 24


def plot(rollout: Rollout, places: Plan, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """Everything right of the names, from the back to the front."""
    upright = places.sets.top + places.sets.bottom - AXIS + 6  # the length of a break stands beside the lower panel
    rows = ((places.typed, commands(rollout)), (places.scaled, scalings(rollout)))
    return [
        *grid(ruler, places.bottom),
        *(tag("line", x1=0, x2="100%", y1=y + ROW // 2, y2=y + ROW // 2, class_="kim-row-line") for y, _ in rows),
        *band(rollout, places.bounds, ruler, head),
        *levels(places.bounds), *levels(places.sets),
        *line(rollout, places.bounds, ruler, lambda one: one.pods, "kim-pods-line"),
        *line(rollout, places.bounds, ruler, lambda one: one.available, "kim-available-line"),
        *band_words(rollout, places.bounds, ruler, lang),
        *areas(rollout, places.sets, ruler, head, lang),
        *(element for cut in rollout.breaks for element in silence(cut, ruler, places.bottom, upright, lang)),
        *playhead(ruler, head, places.bottom),
        *(tag("svg", marks(standing(lane, ruler), ruler, head, lang), y=y, overflow="visible") for y, lane in rows),
    ]  # fmt: skip


def levels(panel: Panel) -> list[Element]:
    """Level lines at round numbers of Pods."""
    return [tag("line", x1=0, x2="100%", y1=panel.y(one), y2=panel.y(one), class_="kim-row-line") for one in panel.ticks()]


def commands(rollout: Rollout) -> Lane:
    """What was typed."""
    return Lane(key="component/kubectl", label=component("kubectl"), title="kubectl", marks=rollout.commands)


def scalings(rollout: Rollout) -> Lane:
    """The writes that gave a ReplicaSet another size."""
    found = (Mark(at=one.at, deed="write", record=one.record, text=scaled(one)) for one in rollout.scalings)
    return Lane(key="scalings", label=Text("rollout.sizes"), title="", marks=tuple(found))


def scaled(one: Scaling) -> Text:
    """A scaling in words."""
    return Text(
        "rollout.scaled", who=component(one.who), name=one.name, old=change(one.old), new=change(one.new),
        available=one.available,
    )  # fmt: skip


def change(size: tuple[int, int]) -> str:
    """A size that stays, or one that becomes another."""
    before, after = size
    return f"{before} → {after}" if before != after else str(after)


def names_width(rollout: Rollout, lang: str) -> int:
    """The room that the names of both lanes and the numbers need."""
    lanes = (commands(rollout), scalings(rollout))
    return max(LEAST_NAMES, *(width(say(lane.label, lang), NAME_SIZE, mono=lane.key != "scalings") for lane in lanes))


def names(rollout: Rollout, places: Plan, head: Playhead, lang: str, room: int) -> list[Element]:
    """What stands left of the plot: names of lanes, numbers of Pods, and the headings, which say how it stands now."""
    numbers = [(one, panel.y(one)) for panel in (places.bounds, places.sets) for one in panel.ticks()]
    return [
        tag("text", say(component("kubectl"), lang), x=room, y=places.typed + 17, text_anchor="end", class_="kim-mono"),
        tag("text", say(Text("rollout.sizes"), lang), x=room, y=places.scaled + 17, text_anchor="end"),
        *(tag("text", str(one), x=room, y=y + 4, text_anchor="end", class_="kim-small kim-muted") for one, y in numbers),
        heading(rollout, places.bounds, "rollout.bounds_now", head, lang),
        heading(rollout, places.sets, "rollout.sets_now", head, lang),
    ]


def heading(rollout: Rollout, panel: Panel, key: str, head: Playhead, lang: str) -> Element:
    """What stands over a panel: its numbers at the moment."""
    nothing = Balance(at=0, record=0, old=0, new=0, available=0, least=0, most=0)
    told: Track = track(head, [(one.record, now(one, key, lang)) for one in rollout.balances], now(nothing, key, lang))
    return tag("text", told, x=0, y=panel.heading, class_="kim-strong kim-halo")


def now(balance: Balance, key: str, lang: str) -> str:
    """The numbers of a moment."""
    numbers = {name: getattr(balance, name) for name in ("available", "least", "most", "pods", "old", "new")}
    return say(Text(key, **numbers), lang)
