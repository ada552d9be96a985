"""The board as it is seen: the API server as a spine, everybody's line to it, and Pods whose body is their state."""

from __future__ import annotations

from collections.abc import Mapping

from gen.draw import legend
from gen.draw.board.actors import actors
from gen.draw.board.dot import API, sizes
from gen.draw.board.plan import Rect, more_of, plan
from gen.draw.board.setting import Icon, LayOut, Setting
from gen.draw.board.spots import spots
from gen.draw.board.wires import SPEAKING, wires
from gen.draw.follow import leads_to, only_at
from gen.draw.measure import wrapped
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Board, Text
from gen.views.states import STATES
from gen.views.story import Playhead

MARGIN, LINE = 14, 18


def to_html(board: Board, lang: str, head: Playhead, icon: Icon, lay_out: LayOut, name: str = "") -> Element:
    """For a page: the wide board and the one for phones, of which a figure shows the one that it has room for."""
    wide = scene(board, lang, head, icon, lay_out, f"kim-{name}-wide" if name else "", narrow=False)
    thin = scene(board, lang, head, icon, lay_out, f"kim-{name}-narrow" if name else "", narrow=True)
    notes = [tag("p", say(note, lang), class_="kim-note") for note in board.notes]
    return tag(
        "div", tag("div", wide, class_="kim-wide"), tag("div", thin, class_="kim-narrow"),
        legend.to_html(forms(board, lang), lang), notes, class_=f"kim-view kim-board kim-needs-{needs(wide)}",
    )  # fmt: skip


def map_of(board: Board, lang: str, icon: Icon, lay_out: LayOut, links: Mapping[str, str]) -> Element:
    """A board on which nothing happens: who is there, and where to read of each. `links` are addresses by key."""
    both = [scene(board, lang, Playhead(()), icon, lay_out, "", narrow=narrow, links=links) for narrow in (False, True)]
    return tag(
        "div", tag("div", both[0], class_="kim-wide"), tag("div", both[1], class_="kim-narrow"),
        class_=f"kim-view kim-board kim-map kim-needs-{needs(both[0])}",
    )  # fmt: skip


def needs(wide: Element) -> int:
    """The least width of a figure that has room for this board: one of those that the style sheet knows."""
    return next((step for step in (640, 720, 800) if int(str(dict(wide.attributes)["width"])) + 24 <= step), 870)


def scene(
    board: Board, lang: str, head: Playhead, icon: Icon, lay_out: LayOut, name: str,
    *, narrow: bool, links: Mapping[str, str] | None = None,
) -> Element:  # fmt: skip
    """One board as an SVG of its own size."""
    places = plan(board, sizes(narrow=narrow), lay_out)
    setting = Setting(board, places, head, lang, icon, name, narrow, links or {})
    role = "group" if links else "img"
    return tag(
        "svg", tag("title", title(lang)), tag("desc", described(board, lang)), drawing(setting), class_="kim-svg",
        width=places.wide, height=places.tall, viewBox=f"0 0 {places.wide} {places.tall}", role=role,
    )  # fmt: skip


def to_svg(
    board: Board, lang: str, whole: int, head: Playhead, icon: Icon, lay_out: LayOut, *, narrow: bool
) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    places = plan(board, sizes(narrow=narrow), lay_out)
    setting = Setting(board, places, head, lang, icon, "", narrow)
    now = head.steps[head.start : head.start + 1]
    lines = [line for step in now for line in wrapped(say(step.text, lang), 12, whole - 2 * MARGIN)]
    told = [tag("text", line, x=MARGIN, y=20 + LINE * at, class_="kim-small") for at, line in enumerate(lines)]
    top = MARGIN + LINE * len(lines)
    shapes, tall = legend.to_svg(forms(board, lang), whole - 2 * MARGIN)
    below = top + places.tall + 10
    notes = [line for note in board.notes for line in wrapped(say(note, lang), 12, whole - 2 * MARGIN)]
    written = [
        tag("text", line, x=MARGIN, y=below + tall + 14 + LINE * at, class_="kim-small kim-muted")
        for at, line in enumerate(notes)
    ]
    return [
        *told, tag("g", drawing(setting), transform=f"translate({max((whole - places.wide) // 2, 0)},{top})"),
        tag("g", shapes, transform=f"translate({MARGIN},{below})"), *written,
    ], below + tall + LINE * len(notes) + 8  # fmt: skip


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("board.title"), lang)


def described(board: Board, lang: str) -> str:
    """The picture for those who cannot see it: what stands on it."""
    return say(Text("board.describe", nodes=len(board.nodes), pods=len({stay.pod for stay in board.stays})), lang)


def drawing(setting: Setting) -> list[Element]:
    """Everything, from the back to the front."""
    quiet, active = wires(setting)
    return [*frames(setting), *quiet, spine(setting), *spots(setting), *actors(setting), *active]


def frames(setting: Setting) -> list[Element]:
    """The control plane, the tray and the nodes."""
    places = setting.plan
    found = [
        box(places.control_plane, "kim-plane", 8),
        tag("text", say(Text("board.plane"), setting.lang), x=places.control_plane.x + 12, y=places.control_plane.y + 20,
            class_="kim-small kim-strong kim-muted"),
    ]  # fmt: skip
    if places.tray:
        found += [box(places.tray, "kim-tray", 8), *tray_label(setting, places.tray)]
    for name, frame in places.frames.items():
        found.append(box(frame, "kim-node", 6))
        if places.named:
            found.append(tag("text", name, x=frame.x + 10, y=frame.y + 18, class_="kim-mono kim-small kim-strong kim-muted"))
    return found


def tray_label(setting: Setting, tray: Rect) -> list[Element]:
    """What the tray is for, beside its first place."""
    boxes = setting.plan.boxes
    first = boxes.get("place//0") or boxes[more_of("")]
    lines = wrapped(say(Text("board.tray_short" if setting.narrow else "board.tray"), setting.lang), 12, first.x - tray.x - 14)
    top = first.cy - 9 * len(lines) + 10
    return [tag("text", line, x=tray.x + 10, y=top + 16 * at, class_="kim-small kim-muted") for at, line in enumerate(lines)]


def box(rect: Rect, class_: str, radius: int) -> Element:
    """A frame."""
    return tag("rect", x=rect.x, y=rect.y, width=rect.wide, height=rect.tall, rx=radius, class_=class_)


def spine(setting: Setting) -> Element:
    """The API server: everybody's line ends at it. It lights up while it writes."""
    rect, head = setting.plan.boxes[API], setting.head
    calls = [act.record for act in setting.board.acts if act.kind in SPEAKING]
    lines = say(Text(f"board.{API}"), setting.lang)
    words = lines.split(" ") if setting.narrow else [lines]
    middle = rect.cy
    whole = tag(
        "g", tag("title", lines), box(rect, "kim-spine", 7),
        tag("image", href=setting.icon("api"), x=rect.cx - 20, y=middle - 34, width=40, height=40),
        [tag("text", word, x=rect.cx, y=middle + 22 + 15 * at, text_anchor="middle", class_="kim-small kim-strong")
         for at, word in enumerate(words)],
        class_=only_at(head, calls, "kim-actor kim-acting", "kim-actor"),
        id=setting.id(API), data_box=API, data_steps=leads_to(head, calls),
    )  # fmt: skip
    return setting.linked(API, whole)


def forms(board: Board, lang: str) -> list[legend.Entry]:
    """What the signs mean: only those that occur."""
    states = {turn.state for stay in board.stays for turn in stay.turns}
    found: list[legend.Entry] = [
        ([tag("use", href=f"#kim-pod-{state}", transform="translate(13,7) scale(.55)")], say(Text(f"state.{state}"), lang))
        for state in STATES if state in states
    ]  # fmt: skip
    kinds = {act.kind for act in board.acts}
    for kind in SPEAKING:
        if kind in kinds:
            found.append(
                ([tag("line", x1=1, y1=7, x2=22, y2=7, class_=f"kim-wire kim-{kind}")], say(Text(f"legend.{kind}"), lang))
            )
    if any(turns for _, turns in board.outages):
        found.append(([tag("path", d="M8,2l10,10M18,2l-10,10", class_="kim-mark-fault")], say(Text("legend.outage"), lang)))
    return found
