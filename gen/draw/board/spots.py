"""The places of a board: dotted squares where Pods come and go; each shows who is there now, and in which state."""

from __future__ import annotations

from collections.abc import Iterator

from gen.draw.board.plan import Rect, more_of
from gen.draw.board.setting import Setting
from gen.draw.follow import leads_to, only_at, track
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Stay, Text, Turn

RING = 24


def spots(setting: Setting) -> list[Element]:
    """All places of the tray and of the nodes."""
    by_place: dict[tuple[str, int], list[Stay]] = {}
    for stay in setting.board.stays:
        by_place.setdefault((stay.node, stay.place), []).append(stay)
    boxes = setting.plan.boxes
    found = [
        spot(setting, key, boxes[key], by_place.get((node, number), []))
        for node, number in places(setting)
        if (key := f"place/{node}/{number}") in boxes
    ]
    nodes = ["", *(site.name for site in setting.board.nodes)]
    return [*found, *(more(setting, node) for node in nodes if more_of(node) in boxes)]


def more(setting: Setting, node: str) -> Element:
    """How many Pods are on a node, or wait in the tray (""), beyond those that have a place in the picture."""
    boxes = setting.plan.boxes
    rect = boxes[more_of(node)]
    hidden = [stay for stay in setting.board.stays if stay.node == node and f"place/{node}/{stay.place}" not in boxes]
    changes = [(stay.turns[0].record, 1) for stay in hidden]
    changes += [(stay.turns[-1].record, -1) for stay in hidden if not stay.turns[-1].state]
    count, keys = 0, []
    for record, change in sorted(changes):
        count += change
        keys.append((record, f"+{count}" if count else ""))
    text = track(setting.head, keys, "")
    return tag("text", text, x=rect.cx, y=rect.y + 25, text_anchor="middle", class_="kim-mono kim-strong kim-muted")


def places(setting: Setting) -> Iterator[tuple[str, int]]:
    """Every place that is ever taken, the tray's first."""
    yield from (("", number) for number in range(setting.board.tray))
    for site in setting.board.nodes:
        yield from ((site.name, number) for number in range(site.places))


def spot(setting: Setting, key: str, rect: Rect, stays: list[Stay]) -> Element:
    """A place: the body of the Pod that is there, its label, and a ring while something happens to it."""
    head, lang = setting.head, setting.lang
    stays = sorted(stays, key=lambda stay: stay.turns[0].record)
    turns = [(stay, turn) for stay in stays for turn in stay.turns]
    body = track(
        head, [(turn.record, f"#kim-pod-{turn.state}" if turn.state else "#kim-place") for _, turn in turns], "#kim-place"
    )
    label = track(head, [(turn.record, stay.label if turn.state else "") for stay, turn in turns], "")
    title = track(head, [(turn.record, told(stay, turn, lang)) for stay, turn in turns], say(Text("board.free"), lang))
    there = track(head, [(turn.record, stay.pod if turn.state else None) for stay, turn in turns])
    touched = [act.record for act in setting.board.acts if any(is_there(stay, act.pod, act.record) for stay in stays)]
    steps = leads_to(head, [*(turn.record for _, turn in turns), *touched])
    return tag(
        "g", tag("title", title), tag("circle", cx=rect.cx, cy=rect.y + 20, r=RING, class_="kim-halo-ring"),
        tag("use", href=body, x=rect.cx, y=rect.y + 20),
        tag("text", label, x=rect.cx, y=rect.y + 54, text_anchor="middle", class_="kim-mono kim-small"),
        class_=only_at(head, touched, "kim-spot kim-acting", "kim-spot"), id=setting.id(key), data_box=key, data_steps=steps,
        data_ref=there,
    )  # fmt: skip


def is_there(stay: Stay, pod: str, record: int) -> bool:
    """Whether that Pod is in that place at a record; it is no more where the record takes it away."""
    last = stay.turns[-1]
    return pod == stay.pod and stay.turns[0].record <= record and (bool(last.state) or record < last.record)


def told(stay: Stay, turn: Turn, lang: str) -> str:
    """What the place says to whoever asks it."""
    if not turn.state:
        return say(Text("board.free"), lang)
    state = say(Text(f"state.{turn.state}"), lang)
    return f"{stay.title}: {state}" + (f" ({turn.word})" if turn.word and turn.word != state else "")
