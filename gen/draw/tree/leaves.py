"""Things on a tree: a Pod's body is its state, owners have icons; name and state beside it, or else a dotted place."""

from __future__ import annotations

from collections.abc import Callable

from gen.draw.board.bodies import HEPTAGON
from gen.draw.follow import leads_to, only_at, track
from gen.draw.svg import Element, Track, tag
from gen.draw.tree.plan import DOT, HALF, Spot
from gen.draw.tree.words import POD, kind_of, state_of, told
from gen.draw.words import say
from gen.views.model import Text, Turn
from gen.views.story import Playhead

Icon = Callable[[str], str]
ICONS = {
    "Deployment": "deploy", "ReplicaSet": "rs", "StatefulSet": "sts", "DaemonSet": "ds", "Job": "job", "CronJob": "cronjob",
    "Service": "svc",
}  # fmt: skip
RING, SCALE = 18, ".7"  # the bodies are drawn for boards, 40 by 40
WORDS = {"full": "ready", "short": "pending", "terminating": "terminating"}  # the colour of a count: the one of which Pods' state


def leaf(spot: Spot, head: Playhead, lang: str, icon: Icon, name: str | None) -> Element:
    """One thing in its place over the whole run."""
    branch, touched = spot.branch, spot.branch.touched
    title = track(head, [(turn.record, told(branch, turn, lang)) for turn in branch.turns], say(Text("tree.away"), lang))
    shapes = [] if not branch.kind else body(spot, head) if branch.kind == POD else owner(spot, head, icon)
    return tag(
        "g", tag("title", title), tag("circle", cx=spot.x, cy=spot.y, r=RING, class_="kim-halo-ring") if branch.kind else None,
        shapes, *words(spot, head, lang), class_=only_at(head, touched, "kim-spot kim-acting", "kim-spot"),
        id=name, data_box=f"place/{branch.key}", data_ref=follows(spot, head, lambda turn: branch.key if turn.state else None),
        data_steps=leads_to(head, {*touched, *(turn.record for turn in branch.turns)}),
    )  # fmt: skip


def follows(spot: Spot, head: Playhead, said: Callable[[Turn], str | None], before: str | None = None) -> Track:
    """A track of what is said of each turn."""
    return track(head, [(turn.record, said(turn)) for turn in spot.branch.turns], before)


def placed(spot: Spot) -> str:
    """To where a form is moved that was drawn around (0, 0)."""
    return f"translate({spot.x},{spot.y}) scale({SCALE})"


def body(spot: Spot, head: Playhead) -> list[Element]:
    """A Pod's body, or its place."""
    href = follows(spot, head, lambda turn: f"#kim-pod-{turn.state}" if turn.state else "#kim-place", "#kim-place")
    return [tag("use", href=href, transform=placed(spot))]


def owner(spot: Spot, head: Playhead, icon: Icon) -> list[Element]:
    """The icon of a kind (a plain body, if it has none), or the place for it."""
    looks = {"": "kim-off", "idle": "kim-out", "terminating": "kim-out"}
    shown = follows(spot, head, lambda turn: looks.get(turn.state), "kim-off")
    place = tag("use", href="#kim-place", transform=placed(spot),
                class_=follows(spot, head, lambda turn: "kim-off" if turn.state else None))  # fmt: skip
    if spot.branch.kind not in ICONS:
        form = tag("path", d=HEPTAGON, class_="kim-tree-form")
        return [place, tag("g", form, transform=placed(spot), class_=shown)]
    side = 2 * HALF
    href = icon(ICONS[spot.branch.kind])
    return [place, tag("image", href=href, x=spot.x - HALF, y=spot.y - HALF, width=side, height=side, class_=shown)]


def words(spot: Spot, head: Playhead, lang: str) -> list[Element]:
    """Name and state of a Pod in one line; of an owner, its name above its kind and count."""
    branch = spot.branch
    name = follows(spot, head, lambda turn: spot.words.name if turn.state else "", "")
    state = follows(spot, head, lambda turn: state_of(branch, turn, lang), "")
    colour = follows(spot, head, lambda turn: f"kim-word kim-word-{tone(spot, turn)}", "kim-word")
    if spot.words.in_one_line:
        said = tag("text", state, x=spot.state_x if branch.kind else spot.text_x, y=spot.y + 4, class_=colour)
        return [tag("text", name, x=spot.text_x, y=spot.y + 4, class_="kim-mono"), said] if branch.kind else [said]
    kind = kind_of(branch, lang) + (DOT if spot.words.state_width else "")
    here = follows(spot, head, lambda turn: kind if turn.state else "", "")
    both = [tag("tspan", here, class_="kim-muted"), tag("tspan", state, class_=colour)]
    return [
        tag("text", name, x=spot.text_x, y=spot.y - 2, class_="kim-mono kim-strong"),
        tag("text", both, x=spot.text_x, y=spot.y + 13, class_="kim-small"),
    ]


def tone(spot: Spot, turn: Turn) -> str:
    """Whose colour a state has."""
    return turn.state if spot.branch.kind == POD else WORDS.get(turn.state, "succeeded")
