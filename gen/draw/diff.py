"""A diff: for the request of the moment every line of the object, with its sign, and beside each stretch who wrote it.

Like a terminal it is HTML on a page and text in a picture that stands alone. All requests are there; one of them is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gen.draw import legend
from gen.draw.follow import during, leads_to, track
from gen.draw.measure import fitted, pieces, width, wrapped
from gen.draw.standing_alone import view_style
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Diff, Hunk, Revision, Text
from gen.views.story import Playhead

SIGNS = {"sent": " ", "same": " ", "added": "+", "removed": "−", "kept": "=", "fold": " "}
TALLEST = 26  # lines; a page's box scrolls where there are more
SIZE, LINE, MARGIN, PADDING = 12, 18, 14, 5
EDGE, SIDE, GAP = 10, 210, 14  # wide: from the edge's bar to the text, the room for names at the right, the air before them
APART, ACROSS = 2, 700  # between two hunks; what the names of requests have on a wide page
DOT = " · "


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("diff.title"), lang)


def heading(revision: Revision, lang: str) -> str:
    """Which object, and who asked."""
    return say(Text("diff.head", thing=revision.thing, deed=revision.deed), lang)


def states(revision: Revision, lang: str) -> str:
    """How many lines were sent, were there before, and are there now."""
    counts = (("diff.sent", revision.sent), ("diff.before", revision.before), ("diff.after", revision.after))
    told = [say(Text(key, count=count), lang) for key, count in counts if count]
    return DOT.join(told if revision.after else [*told, say(Text("diff.gone"), lang)])


def tally(revision: Revision, lang: str) -> list[str]:
    """Who wrote, or took away, how many lines."""
    return [f"{say(by, lang)} {count}" for by, count in revision.tally]


def texts(hunk: Hunk, lang: str) -> list[str]:
    """The lines of a hunk with their signs; what is folded is one line."""
    if hunk.kind == "fold":
        return [f"  {say(Text('diff.fold', count=hunk.count), lang)}"]
    return [f"{SIGNS[hunk.kind]} {line}" for line in hunk.lines]


def author(hunk: Hunk, lang: str) -> str:
    """Who is named beside a hunk."""
    if hunk.by is None:
        return ""
    return say(Text("diff.kept", who=hunk.by) if hunk.kind == "kept" else hunk.by, lang)


def to_html(diff: Diff, lang: str, head: Playhead) -> Element:
    """For a page: a box as high as the longest needs, up to a limit, so that nothing below it moves."""
    numbers = range(len(diff.revisions))
    first = [(revision.record, "kim-off") for revision in diff.revisions[:1]]
    none = tag("p", say(Text("diff.nothing"), lang), class_=track(head, first, "kim-note"))
    requests = tag("ol", [html_request(diff, number, lang, head) for number in numbers], class_="kim-requests", role="list")
    shown = [html_revision(diff, number, lang, head) for number in numbers]
    rows = min(most_rows(diff, lang), TALLEST)
    box = tag("div", requests if shown else None, none, shown, class_="kim-box", tabindex=0, style=f"--kim-rows:{rows}")
    notes = [tag("p", say(note, lang), class_="kim-note") for note in diff.notes]
    return tag(
        "div", box, legend.to_html(forms(diff, lang), lang), notes, class_="kim-view kim-diff", role="group",
        aria_label=title(lang),
    )  # fmt: skip


def most_rows(diff: Diff, lang: str) -> int:
    """How many lines the longest of all has, with what stands above it."""
    names = "  ".join(heading(revision, lang) for revision in diff.revisions)
    longest = max((sum(len(texts(hunk, lang)) for hunk in one.hunks) for one in diff.revisions), default=0)
    return longest + 3 + len(wrapped(names, SIZE, ACROSS))


def html_request(diff: Diff, number: int, lang: str, head: Playhead) -> Element:
    """The name of a request, which leads to it; the one that is shown is marked, and the player brings it into sight."""
    revision, shown = diff.revisions[number], shown_between(diff, number)
    return tag(
        "li", heading(revision, lang), class_=during(head, shown, "kim-now"),
        data_steps=leads_to(head, [revision.record]), aria_current=during(head, shown, "true"),
    )  # fmt: skip


def html_revision(diff: Diff, number: int, lang: str, head: Playhead) -> Element:
    """What a request did; it is shown until the next one."""
    revision = diff.revisions[number]
    counts = tag("ul", [tag("li", one) for one in tally(revision, lang)], class_="kim-tally") if revision.tally else None
    return tag(
        "div", tag("p", states(revision, lang)), counts, [html_hunk(hunk, lang) for hunk in revision.hunks],
        class_=during(head, shown_between(diff, number), "kim-revision", "kim-off"),
    )  # fmt: skip


def shown_between(diff: Diff, number: int) -> list[int]:
    """The record of a request, and that at which it gives way to the next one, if there is one."""
    return [one.record for one in diff.revisions[number : number + 2]]


def html_hunk(hunk: Hunk, lang: str) -> Element:
    """Lines that have one story, and whose it is."""
    by = author(hunk, lang)
    lines = tag("div", [tag("div", line, class_="kim-line") for line in texts(hunk, lang)])
    return tag("div", tag("span", by, class_="kim-by") if by else None, lines, class_=f"kim-hunk kim-{hunk.kind}")


def forms(diff: Diff, lang: str) -> list[legend.Entry]:
    """What the signs mean: only those that occur."""
    found = {hunk.kind for revision in diff.revisions for hunk in revision.hunks}
    return [
        (
            [
                tag("rect", x=2, y=0, width=22, height=14, class_=f"kim-diff-{kind}"),
                tag("path", d="M3.5,0V14", class_=f"kim-edge kim-edge-{kind}"),
                tag("text", SIGNS[kind].strip(), x=14, y=11, text_anchor="middle", class_="kim-mono kim-small"),
            ],
            say(Text(f"diff.legend.{kind}"), lang),
        )
        for kind in ("sent", "added", "removed", "kept") if kind in found
    ]  # fmt: skip


def now(diff: Diff, head: Playhead) -> Revision | None:
    """The request of the moment."""
    past = [revision for revision in diff.revisions if head.step(revision.record) <= head.start < len(head.steps)]
    return past[-1] if past else None


def described(diff: Diff, lang: str, head: Playhead) -> str:
    """The picture for those who cannot see it: the request of the moment, and every line that is there."""
    revision = now(diff, head)
    if revision is None:
        return say(Text("diff.nothing"), lang)
    lines = [line for hunk in revision.hunks for line in [author(hunk, lang), *texts(hunk, lang)] if line]
    return "\n".join([heading(revision, lang), states(revision, lang), ", ".join(tally(revision, lang)), *lines])


def to_svg(diff: Diff, lang: str, whole: int, head: Playhead, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    revision, room = now(diff, head), whole - 2 * MARGIN
    if revision is None:
        return written([say(Text("diff.nothing"), lang)], PADDING, "kim-small kim-muted"), LINE + 2 * PADDING
    above = (
        wrapped(heading(revision, lang), 13, room),
        [
            line
            for text in (states(revision, lang), DOT.join(tally(revision, lang)))
            for line in wrapped(text, SIZE, room)
            if text
        ],
    )
    y = PADDING
    drawn = [view_style("diff"), *written(above[0], y, "kim-strong")]
    y += LINE * len(above[0])
    drawn += written(above[1], y, "kim-small kim-muted")
    y += LINE * len(above[1]) + PADDING
    for hunk in revision.hunks:
        shapes, tall = svg_hunk(hunk, lang, whole, y, narrow=narrow)
        drawn += shapes
        y += tall + APART
    shapes, tall = legend.to_svg(forms(diff, lang), room)
    drawn.append(tag("g", shapes, transform=f"translate({MARGIN},{y + 2 * PADDING})"))
    y += tall + 2 * PADDING
    notes = [line for note in diff.notes for line in wrapped(say(note, lang), SIZE, room)]
    return [*drawn, *written(notes, y, "kim-small kim-muted")], y + LINE * len(notes) + PADDING


def written(lines: Iterable[str], y: int, class_: str) -> list[Element]:
    """Lines of text from `y` on."""
    return [tag("text", line, x=MARGIN, y=y + 13 + LINE * at, class_=class_) for at, line in enumerate(lines)]


def svg_hunk(hunk: Hunk, lang: str, whole: int, y: int, *, narrow: bool) -> tuple[list[Element], int]:
    """A hunk from `y` on, and its height. Wide: who wrote it stands at the right of its first line; narrow: above it."""
    by = author(hunk, lang)
    side = 0 if narrow or not by else min(width(by, SIZE), SIDE) + GAP
    left = MARGIN + EDGE
    folded = hunk.kind == "fold"
    room = whole - left - MARGIN - side
    lines = [piece for text in texts(hunk, lang) for piece in pieces(text, SIZE, room, mono=not folded)]
    above = 1 if narrow and by else 0
    tall = LINE * (len(lines) + above)
    tone = "kim-small kim-muted" if folded else "kim-mono kim-small" + (" kim-muted" if hunk.kind == "same" else "")
    drawn = [
        tag("rect", x=MARGIN, y=y, width=whole - 2 * MARGIN, height=tall, class_=f"kim-diff-{hunk.kind}"),
        tag("path", d=f"M{MARGIN + 1},{y}V{y + tall}", class_=f"kim-edge kim-edge-{hunk.kind}"),
    ] if hunk.kind not in ("same", "fold") else []  # fmt: skip
    if by:
        place: dict[str, int | str] = {"x": left} if narrow else {"x": whole - MARGIN - PADDING, "text_anchor": "end"}
        drawn.append(
            tag("text", fitted(by, SIZE, SIDE if side else whole - 2 * left), y=y + 13, class_="kim-small kim-muted", **place)
        )
    return [*drawn, *exactly(lines, left, y + LINE * above, tone)], tall


def exactly(lines: list[str], x: int, y: int, class_: str) -> Iterator[Element]:
    """Lines in which every blank counts."""
    for at, line in enumerate(lines):
        yield tag("text", line, x=x, y=y + 13 + LINE * at, class_=class_, **{"xml:space": "preserve"})
