"""The lines of a tree, from owner to owned: there as long as what is owned says so, torn where its owner is gone."""

from __future__ import annotations

from gen.draw.follow import only_at, track
from gen.draw.svg import Element, Track, tag
from gen.draw.tree.plan import HALF, Plan, Spot
from gen.views.story import Playhead

BEND, AIR = 7, 6  # how round a corner is; between a line's end and a body
TURN = 30  # wide: how far before the bodies the lines go down
LINE, TORN = "kim-limb", "kim-limb kim-limb-torn"


def limbs(found: Plan, head: Playhead) -> list[Element]:
    """All lines. A new one is marked at its step."""
    return [limb(owner, owned, head, narrow=found.narrow) for owner, owned in pairs(found)]


def pairs(found: Plan) -> list[tuple[Spot, Spot]]:
    """Every owner with each that it owns."""
    return [(found.spots[spot.owner], spot) for spot in found.spots if spot.owner is not None and spot.branch.kind]


def limb(owner: Spot, owned: Spot, head: Playhead, *, narrow: bool) -> Element:
    """A line; where only the place of the owner is left, it begins there."""
    looks = shown(owner, owned, head)
    near, far = (path(owner, owned, start, narrow=narrow) for start in (owner.x + HALF, owner.right + 2))
    ways = Track.of((step, near if value == TORN else far) for step, value in looks.keys)
    return tag("path", d=ways if len(ways.keys) > 1 else far, class_=looks)


def path(owner: Spot, owned: Spot, start: int, *, narrow: bool) -> str:
    """Wide: from `start`, behind the owner, to the right and down; narrow: down from its body and to the right."""
    end = owned.x - HALF - AIR
    if narrow:
        return f"M{owner.x},{owner.y + HALF + AIR}V{owned.y - BEND}q0,{BEND} {BEND},{BEND}H{end}"
    start, corner = start + AIR, owned.x - HALF - TURN
    if owner.y == owned.y:
        return f"M{start},{owner.y}H{end}"
    return f"M{start},{owner.y}H{corner - BEND}q{BEND},0 {BEND},{BEND}V{owned.y - BEND}q0,{BEND} {BEND},{BEND}H{end}"


def shown(owner: Spot, owned: Spot, head: Playhead) -> Track:
    """The class of a line: away, new, there, or torn."""
    there, above = (track(head, [(turn.record, bool(turn.state)) for turn in one.branch.turns], False) for one in (owned, owner))
    began = [turn.record for before, turn in zip((None, *owned.branch.turns), owned.branch.turns, strict=False)
             if turn.state and (before is None or not before.state)]  # fmt: skip
    fresh = only_at(head, began, "new")
    steps = sorted({step for one in (there, above, fresh) for step, _ in one.keys})
    return Track.of((step, look(bool(there.at(step)), bool(above.at(step)), bool(fresh.at(step)))) for step in steps)


def look(there: bool, above: bool, fresh: bool) -> str:
    """The class of a line at one step."""
    if not there:
        return "kim-off"
    return f"{LINE} kim-limb-new" if fresh and above else LINE if above else TORN


def is_torn(found: Plan, head: Playhead) -> bool:
    """Whether any line is ever torn."""
    return any(value == TORN for owner, owned in pairs(found) for _, value in shown(owner, owned, head).keys)
