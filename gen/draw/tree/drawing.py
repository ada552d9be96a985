"""The tree, whole: who owns whom, drawn for wide pages and for phones."""

from __future__ import annotations

from gen.draw import legend
from gen.draw.standing_alone import LINE as TEXT_LINE
from gen.draw.standing_alone import lines_of, view_style, written
from gen.draw.svg import Element, tag
from gen.draw.tree.leaves import Icon, leaf
from gen.draw.tree.limbs import LINE, TORN, is_torn, limbs
from gen.draw.tree.plan import MARGIN, Plan, owners_of, plan
from gen.draw.tree.words import POD, thing
from gen.draw.words import say
from gen.views.model import Branch, Text, Tree
from gen.views.states import STATES
from gen.views.story import Playhead

STEPS, WIDEST = (640, 720, 800), 870  # the widths of a figure that the style sheet knows


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("tree.title"), lang)


def described(tree: Tree, lang: str) -> str:
    """The picture for those who cannot see it: who owned what over the whole run, and what had no owner."""
    owned: dict[int, list[Branch]] = {}
    for branch, owner in zip(tree.branches, owners_of(tree.branches), strict=True):
        if owner is not None and branch.kind:
            owned.setdefault(owner, []).append(branch)
    told = [
        say(Text("tree.owns", owner=thing(tree.branches[owner]), owned=listed(branches, lang)), lang)
        for owner, branches in owned.items()
    ]
    loose = [branch for branch in tree.loose if branch.kind]
    told += [say(Text("tree.alone", owned=listed(loose, lang)), lang)] if loose else []
    return say(Text("tree.describe", told=" ".join(told)), lang)


def listed(branches: list[Branch], lang: str) -> str:
    """Objects one behind the other."""
    return ", ".join(say(thing(branch), lang) for branch in branches)


def to_html(tree: Tree, lang: str, head: Playhead, icon: Icon, name: str = "") -> Element:
    """For a page: the wide tree and the one for phones, of which a figure shows the one that it has room for."""
    wide, thin = plan(tree, lang, narrow=False), plan(tree, lang, narrow=True)
    both = [
        tag("div", alone(tree, found, lang, head, icon, f"kim-{name}-tree-{size}" if name else ""), class_=f"kim-{size}")
        for found, size in ((wide, "wide"), (thin, "narrow"))
    ]
    notes = [tag("p", say(note, lang), class_="kim-note") for note in tree.notes]
    needs = next((step for step in STEPS if wide.wide + 24 <= step), WIDEST)
    return tag(
        "div", both, legend.to_html(forms(tree, wide, head, lang), lang), notes, class_=f"kim-view kim-tree kim-needs-{needs}"
    )


def alone(tree: Tree, found: Plan, lang: str, head: Playhead, icon: Icon, name: str) -> Element:
    """One tree as an SVG of its own size."""
    return tag(
        "svg", tag("title", title(lang)), tag("desc", described(tree, lang)), drawing(found, lang, head, icon, name),
        class_="kim-svg", width=found.wide, height=found.tall, viewBox=f"0 0 {found.wide} {found.tall}", role="img",
    )  # fmt: skip


def to_svg(tree: Tree, lang: str, whole: int, head: Playhead, icon: Icon, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    found = plan(tree, lang, narrow=narrow)
    now = head.steps[head.start : head.start + 1]
    lines = lines_of([say(step.text, lang) for step in now], whole)
    shapes, high = legend.to_svg(forms(tree, found, head, lang), whole - 2 * MARGIN)
    notes = lines_of([say(note, lang) for note in tree.notes], whole)
    top = MARGIN + TEXT_LINE * len(lines)
    below = top + found.tall + 10
    return [
        view_style("tree"),
        *written(lines, 6),
        tag("g", drawing(found, lang, head, icon, ""), transform=f"translate({max((whole - found.wide) // 2, 0)},{top})"),
        tag("g", shapes, transform=f"translate({MARGIN},{below})"),
        *written(notes, below + high, "kim-muted"),
    ], below + high + TEXT_LINE * len(notes) + 8


def drawing(found: Plan, lang: str, head: Playhead, icon: Icon, name: str) -> list[Element]:
    """Everything, from the back to the front."""
    heading = tag("text", say(Text("tree.loose"), lang), x=MARGIN, y=found.loose_y, class_="kim-small kim-strong kim-muted")
    leaves = [leaf(spot, head, lang, icon, f"{name}-{number}" if name else None) for number, spot in enumerate(found.spots, 1)]
    return [*limbs(found, head), *([heading] if found.loose_y else []), *leaves]


def forms(tree: Tree, found: Plan, head: Playhead, lang: str) -> list[legend.Entry]:
    """What the signs mean: only those that occur."""
    states = {turn.state for one in (*tree.branches, *tree.loose) if one.kind == POD for turn in one.turns}
    entries: list[legend.Entry] = [
        ([tag("use", href=f"#kim-pod-{state}", transform="translate(13,7) scale(.55)")], say(Text(f"state.{state}"), lang))
        for state in STATES if state in states
    ]  # fmt: skip
    lines = [(LINE, "legend.owner")] if any(branch.depth for branch in tree.branches) else []
    lines += [(TORN, "legend.orphaned")] if is_torn(found, head) else []
    return entries + [([tag("path", d="M1,7H24", class_=line)], say(Text(key), lang)) for line, key in lines]
