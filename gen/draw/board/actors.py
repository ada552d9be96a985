"""Who acts on a board: the controllers, the scheduler, etcd, the kubelets and kubectl, each with its icon and its name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from gen.draw.board.dot import ETCD, KUBECTL, LANE, OTHERS, column, label_lines
from gen.draw.board.setting import Setting
from gen.draw.follow import either, leads_to, only_at, track
from gen.draw.svg import Element, Track, tag
from gen.draw.words import say
from gen.views.model import Act, Text, Turn
from gen.views.nodes import MANY
from gen.views.sentences import component

ICON, HALO = 40, 25
ICONS = {"default-scheduler": "sched", ETCD: "etcd"}  # the others are parts of kube-controller-manager
OWN = ("call", "refused", "decided", "work", "watch")  # what a component does, or hears


def actors(setting: Setting) -> list[Element]:
    """All of them."""
    found = [controller(setting, key) for key in column(setting.board) if key != LANE]
    found += [kubelet(setting, site.name) for site in setting.board.nodes]
    return [*found, kubectl(setting)]


def acts_of(setting: Setting, key: str) -> list[Act]:
    """What the component behind a box does."""
    board = setting.board
    if key == ETCD:
        return [act for act in board.acts if act.kind == "call"]
    sources = board.others if key == OTHERS else (key,)
    return [act for act in board.acts if act.source in sources]


def controller(setting: Setting, key: str) -> Element:
    """A box of the control plane; etcd's carries the revision."""
    rect = setting.plan.boxes[key]
    lines = label_lines(key, setting.lang, narrow=setting.narrow)
    words = [
        tag("text", line, x=rect.cx, y=rect.y + 53 + 14 * at, text_anchor="middle", class_="kim-small")
        for at, line in enumerate(lines)
    ]
    if key == ETCD:
        words.append(revision(setting, rect.cx, rect.y + 53 + 14 * len(lines)))
    full = say(Text(f"board.{key}"), setting.lang) if key in (ETCD, OTHERS) else say(component(key), setting.lang)
    return actor(setting, key, ICONS.get(key, "c-m"), (rect.cx, rect.y + 20), words, full)


def revision(setting: Setting, x: int, y: int) -> Element:
    """Etcd's revision, which every write makes greater."""
    keys = [(act.record, f"rev {act.revision}") for act in setting.board.acts if act.revision]
    now = track(setting.head, keys, f"rev {setting.board.revision}")
    return tag("text", now, x=x, y=y, text_anchor="middle", class_="kim-mono kim-small kim-muted")


def kubelet(setting: Setting, node: str) -> Element:
    """A node's kubelet; where the node's name does not stand above, it stands here."""
    key = f"kubelet/{node}"
    rect = setting.plan.boxes[key]
    tone = "kim-small" if setting.plan.named else "kim-mono kim-small kim-strong kim-muted"
    text = "kubelet" if setting.plan.named else node
    words = [tag("text", text, x=rect.cx, y=rect.y + 53, text_anchor="middle", class_=tone)]
    return actor(setting, key, "kubelet", (rect.cx, rect.y + 20), words, say(component(key), setting.lang))


def actor(setting: Setting, key: str, icon: str, at: tuple[int, int], words: list[Element], title: str) -> Element:
    """An icon with its name; it has a halo while it acts, and a cross over it while it does not run."""
    (x, y), head, acts = at, setting.head, acts_of(setting, key)
    out = outage(setting, key)
    dimmed = out and mapped(out, "kim-out", None)
    cross = out and tag("path", d=f"M{x - 12},{y - 12}l24,24m0,-24l-24,24", class_=mapped(out, "kim-cross", "kim-off"))
    half = ICON // 2
    box = tag(
        "g", tag("title", title), tag("circle", cx=x, cy=y, r=HALO, class_="kim-halo-ring"),
        tag("image", href=setting.icon(icon), x=x - half, y=y - half, width=ICON, height=ICON, class_=dimmed), words, cross,
        class_=only_at(head, [act.record for act in acts if act.kind in OWN], "kim-actor kim-acting", "kim-actor"),
        id=setting.id(key), data_box=key, data_steps=leads_to(head, [act.record for act in acts]),
    )  # fmt: skip
    return setting.linked("kubelet" if key.startswith("kubelet/") else key, box)


def outage(setting: Setting, key: str) -> Track | None:
    """Whether the component is out; None if it always runs and hears."""
    hits = [turns for hit, turns in setting.board.outages if hit == key or hit == MANY and is_controller(key)]
    return reduce(either, [track(setting.head, keys_of(turns), "") for turns in hits]) if hits else None


def keys_of(turns: Iterable[Turn]) -> list[tuple[int, str]]:
    """Turns as keys of a track."""
    return [(turn.record, turn.state) for turn in turns]


def is_controller(key: str) -> bool:
    """Whether a box is a controller of kube-controller-manager."""
    return "/" not in key and key not in (ETCD, KUBECTL, "default-scheduler")


def mapped(state: Track, out: str, well: str | None) -> Track:
    """A class while something is out, another one while it is well."""
    return Track.of((step, out if value else well) for step, value in state.keys)


def kubectl(setting: Setting) -> Element:
    """The terminal, left outside."""
    rect, head = setting.plan.boxes[KUBECTL], setting.head
    acts = [act.record for act in acts_of(setting, KUBECTL)]
    lines = [(rect.cy + 5, "kubectl")] if setting.narrow else [(rect.cy - 4, "$"), (rect.cy + 13, "kubectl")]
    frame = tag("rect", x=rect.x, y=rect.y, width=rect.wide, height=rect.tall, rx=5, class_="kim-terminal")
    box = tag(
        "g", tag("title", "kubectl"), frame,
        [tag("text", text, x=rect.cx, y=y, text_anchor="middle", class_="kim-mono kim-small") for y, text in lines],
        class_=only_at(head, acts, "kim-actor kim-acting", "kim-actor"),
        id=setting.id(KUBECTL), data_box=KUBECTL, data_steps=leads_to(head, acts),
    )  # fmt: skip
    return setting.linked(KUBECTL, box)
