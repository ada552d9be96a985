"""Where each Pod is over a whole run: in the tray while it waits for a node, then in a place of its node until it is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

from gen.kit.evolve import dig
from gen.trace.query import histories
from gen.trace.record import Ref, Write
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.labels import label
from gen.views.model import Stay, Turn
from gen.views.states import state_of

TRAY = ""


@dataclass(slots=True)
class Rooms:
    """The places of each node (and of the tray), by who has them now; a Pod takes the first free one.

    There are at most `most` on all nodes, and as many in the tray.
    """

    most: int
    taken: dict[str, list[Ref | None]] = field(default_factory=dict)

    def take(self, node: str, pod: Ref) -> int | None:
        """The place that the Pod gets; None if the board is full."""
        places = self.taken.setdefault(node, [])
        if None in places:
            place = places.index(None)
        elif sum(len(rooms) for where, rooms in self.taken.items() if (where == TRAY) == (node == TRAY)) < self.most:
            place = len(places)
            places.append(None)
        else:
            return None
        places[place] = pod
        return place

    def leave(self, node: str, place: int) -> None:
        """The place is free again."""
        self.taken[node][place] = None


def stays(trace: Trace, scope: Scope, most: int) -> tuple[tuple[Stay, ...], int, int]:
    """All stays in the order in which they began; how many places the tray needs; how many Pods found no place at all."""
    rooms, left_out = Rooms(most), dict[Ref, None]()
    open_: dict[Ref, Stay] = {}
    found: list[Stay] = []
    for write in sorted((write for writes in histories(trace, "Pod").values() for write in writes), key=lambda one: one.seq):
        if not scope.holds(write.ref):
            continue
        stay, node = open_.get(write.ref), dig(write.after, "spec.nodeName", TRAY) if write.after else None
        if stay is not None and node != stay.node:
            found.append(ended(stay, write, rooms))
            del open_[write.ref]
            stay = None
        if node is None:
            continue
        if stay is None:
            place = rooms.take(node, write.ref)
            if place is None:
                left_out[write.ref] = None
                continue
            stay = begun(write, node, place, scope)
        open_[write.ref] = turned(stay, write)
    found += open_.values()
    seen = sorted((stay for stay in found if visible(stay, trace)), key=lambda stay: stay.turns[0].record)
    return tuple(seen), max((stay.place + 1 for stay in seen if stay.node == TRAY), default=0), len(left_out)


def begun(write: Write, node: str, place: int, scope: Scope) -> Stay:
    """A Pod comes to a place."""
    ref, owner = write.ref, scope.owner(write.ref)
    return Stay(
        pod=f"pod/{ref.namespace}/{ref.name}", label=label(ref.name, owner.name if owner else ""), title=ref.name,
        node=node, place=place, turns=(),
    )  # fmt: skip


def turned(stay: Stay, write: Write) -> Stay:
    """The Pod as it is after a write; the same stay if it looks the same."""
    state, word = state_of(write.after or {})
    if stay.turns and (stay.turns[-1].state, stay.turns[-1].word) == (state, word):
        return stay
    return _with(stay, Turn(record=write.seq, state=state, word=word))


def ended(stay: Stay, write: Write, rooms: Rooms) -> Stay:
    """The Pod leaves its place."""
    rooms.leave(stay.node, stay.place)
    return _with(stay, Turn(record=write.seq, state=""))


def _with(stay: Stay, turn: Turn) -> Stay:
    return Stay(pod=stay.pod, label=stay.label, title=stay.title, node=stay.node, place=stay.place, turns=(*stay.turns, turn))


def visible(stay: Stay, trace: Trace) -> bool:
    """Whether the stay reaches into the time from virtual time 0 on."""
    last = stay.turns[-1]
    return bool(last.state) or trace[last.record].at >= 0
