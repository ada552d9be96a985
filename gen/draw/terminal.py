"""A terminal: what was typed and what it printed, line by line. It grows at its end: what is still to come is not there yet."""

from __future__ import annotations

from gen.draw.follow import leads_to, track
from gen.draw.measure import pieces
from gen.draw.svg import Attribute, Element, Track, tag
from gen.draw.words import say
from gen.views.model import Entry, Terminal, Text
from gen.views.story import Playhead

ENTRIES, LINES = 100, 200  # more lines that were typed, and more that one of them printed, are counted, not drawn
TALLEST = 12  # lines; a page's box scrolls where there are more
SIZE, LINE, PADDING, MARGIN = 12, 18, 5, 14
PROMPT = "$ "


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("terminal.title"), lang)


def output(entry: Entry, lang: str) -> list[tuple[str, str]]:
    """The lines below a command as far as they are drawn, each with its tone: error, note or nothing."""
    tone = "error" if entry.rc else ""
    lines = [*((line, "") for line in entry.printed), *((line, tone) for line in entry.errors)]
    left_out = len(lines) - LINES
    note = [(say(Text("note.output_left_out", count=left_out), lang), "note")] if left_out > 0 else []
    return [*lines[:LINES], *note]


def window(terminal: Terminal, head: Playhead) -> tuple[slice, tuple[Text, ...]]:
    """Which of the entries to show, those around the moment if there are many; and notes on how many are left out."""
    many = len(terminal.entries)
    now = sum(head.step(entry.record) <= head.start for entry in terminal.entries)
    first = min(max(now - ENTRIES // 2, 0), max(many - ENTRIES, 0))
    left_out = (("note.typed_before", first), ("note.typed_after", max(many - ENTRIES - first, 0)))
    return slice(first, first + ENTRIES), tuple(Text(key, count=count) for key, count in left_out if count)


def to_html(terminal: Terminal, lang: str, head: Playhead) -> Element:
    """For a page: a box as high as the whole needs, up to a limit, so that nothing below it moves."""
    shown, left_out = window(terminal, head)
    entries = [html_entry(terminal, number, lang, head) for number in range(len(terminal.entries))[shown]]
    rows = sum(1 + len(output(entry, lang)) for entry in terminal.entries[shown]) + 1
    inside = tag("div", entries, tag("div", PROMPT, class_=idle(terminal, head)), class_="kim-typescript")
    box = tag("div", inside, class_="kim-box", tabindex=0, style=f"--kim-rows:{min(rows, TALLEST)}")
    notes = [tag("p", say(note, lang), class_="kim-note") for note in (*terminal.notes, *left_out)]
    return tag("div", box, notes, class_="kim-view kim-terminal", role="group", aria_label=title(lang))


def html_entry(terminal: Terminal, number: int, lang: str, head: Playhead) -> Element:
    """A line with what it printed. Of the latest one, the player keeps in sight what came last (`kim-now`)."""
    entry, below = terminal.entries[number], output(terminal.entries[number], lang)
    typed, said = entry.record, entry.said
    after = [later.record for later in terminal.entries[number + 1 : number + 2]]
    printed_at = [said] if said is not None and below else []
    command = tag(
        "div", tag("span", PROMPT, class_="kim-dollar"), entry.line,
        class_=during(head, [typed, *(printed_at or after)], "kim-line kim-typed kim-now", "kim-line kim-typed"),
    )  # fmt: skip
    last = during(head, [*printed_at, *after], line_class(below[-1][1], "kim-now"), line_class(below[-1][1])) if below else None
    lines = [tag("div", line, class_=line_class(tone)) for line, tone in below[:-1]]
    lines += [tag("div", line, class_=last) for line, _ in below[-1:]]
    printed = tag("div", lines, class_=track(head, [(record, "kim-printed") for record in printed_at], "kim-off"))
    whole: list[tuple[int, Attribute]] = [(typed, "kim-entry kim-latest"), *((record, "kim-entry") for record in after)]
    return tag(
        "div", command, printed if below else None,
        class_=track(head, whole, "kim-off"), data_steps=leads_to(head, [typed, *([] if said is None else [said])]),
        aria_current=during(head, [typed, *after], "true", None),
    )  # fmt: skip


def during(head: Playhead, records: list[int], on: str, off: str | None) -> Track:
    """`on` from the first of these records to the second, or to the end; else `off`."""
    keys: list[tuple[int, Attribute]] = list(zip(records, (on, off), strict=False))
    return track(head, keys, off)


def line_class(*names: str) -> str:
    """The classes of a line that was printed."""
    return " ".join(["kim-line", *(name if name.startswith("kim-") else f"kim-{name}" for name in names if name)])


def idle(terminal: Terminal, head: Playhead) -> Track:
    """The empty prompt at the end: there while no line is running."""
    there, keys = "kim-line kim-dollar", []
    for entry in terminal.entries:
        keys += [(entry.record, "kim-off"), *([] if entry.said is None else [(entry.said, there)])]
    return track(head, keys, there)


def seen(terminal: Terminal, lang: str, head: Playhead) -> list[tuple[str, str, bool]]:
    """The lines that stand there at the moment, each with its tone, and whether it belongs to the latest entry."""
    shown, _ = window(terminal, head)
    typed = [entry for entry in terminal.entries[shown] if head.step(entry.record) <= head.start < len(head.steps)]
    found = []
    for entry in typed:
        answered = entry.said is not None and head.step(entry.said) <= head.start
        lines = [(f"{PROMPT}{entry.line}", "typed"), *(output(entry, lang) if answered else [])]
        found += [(line, tone, entry is typed[-1]) for line, tone in lines]
    return found


def described(terminal: Terminal, lang: str, head: Playhead) -> str:
    """The picture for those who cannot see it: what stands there."""
    return "\n".join(line for line, _, _ in seen(terminal, lang, head))


def to_svg(terminal: Terminal, lang: str, whole: int, head: Playhead) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height. Long lines are folded."""
    tones = {"typed": " kim-strong", "error": " kim-word-failed", "note": " kim-muted", "": ""}
    y, drawn = PADDING + MARGIN // 2, []
    for line, tone, latest in [*seen(terminal, lang, head), *([("$", "", False)] if idle_at(terminal, head) else [])]:
        for piece in pieces(line, SIZE, whole - 2 * MARGIN, mono=True):
            if latest:
                drawn.append(tag("rect", x=0, y=y, width=whole, height=LINE, class_="kim-now-row"))
            classes = f"kim-mono kim-small{tones[tone]}"
            if piece:
                drawn.append(tag("text", piece, x=MARGIN, y=y + 13, class_=classes, **{"xml:space": "preserve"}))
            y += LINE
    for note in (*terminal.notes, *window(terminal, head)[1]):
        drawn.append(tag("text", say(note, lang), x=MARGIN, y=y + 14, class_="kim-small kim-muted"))
        y += LINE
    return drawn, y + PADDING + MARGIN // 2


def idle_at(terminal: Terminal, head: Playhead) -> bool:
    """Whether the terminal waits for a line at the moment."""
    return idle(terminal, head).at(head.start) != "kim-off"
