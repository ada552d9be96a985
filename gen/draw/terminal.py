"""A terminal: what was typed and what it printed, line by line. It grows at its end: what is still to come is not there yet.

A line that goes on, as `kubectl get --watch` does, stands in a terminal of its own below, and grows there.
"""

from __future__ import annotations

from itertools import pairwise

from gen.draw.follow import during, leads_to, track
from gen.draw.measure import pieces
from gen.draw.svg import Attribute, Element, Track, tag
from gen.draw.words import say
from gen.views.model import Entry, Terminal, Text
from gen.views.story import Playhead

ENTRIES, LINES = 100, 200  # more lines that were typed, and more that one of them printed, are counted, not drawn
TALLEST = 12  # lines; a page's box scrolls where there are more
SIZE, LINE, PADDING, MARGIN = 12, 18, 5, 14
PROMPT = "$ "
Lines = list[tuple[str, str]]  # each with its tone: error, note or nothing


def title(lang: str) -> str:
    """What the picture is called."""
    return say(Text("terminal.title"), lang)


def output(entry: Entry, lang: str) -> Lines:
    """The lines below a command as far as they are drawn."""
    tone = "error" if entry.rc else ""
    lines = [*((line, "") for line in entry.printed), *((line, tone) for line in entry.errors)]
    left_out = len(lines) - LINES
    note = [(say(Text("note.output_left_out", count=left_out), lang), "note")] if left_out > 0 else []
    return [*lines[:LINES], *note]


def growth(entry: Entry, lang: str) -> list[tuple[int, Lines]]:
    """What a line that goes on has printed, as far as it is drawn, piece by piece: each with the record that brought it."""
    printed = [(one.record, [(line, "") for line in (*one.printed, *one.errors)]) for one in entry.pieces]
    if entry.said is not None:
        printed.append((entry.said, output(entry, lang)))
    room, found = LINES, []
    for record, lines in printed:
        if room > 0 and lines:
            found.append((record, lines[:room]))
        room -= len(lines)
    if room < 0:
        found[-1][1].append((say(Text("note.output_left_out", count=-room), lang), "note"))
    return found


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
    answered, going_on = apart(terminal.entries[shown])
    every = apart(terminal.entries)[0]
    after = {entry.record: later.record for entry, later in pairwise(every)}
    boxes = []
    if answered or not going_on:
        entries = [html_entry(entry, after.get(entry.record), lang, head) for entry in answered]
        rows = sum(1 + len(output(entry, lang)) for entry in answered) + 1
        boxes.append(box([*entries, tag("div", PROMPT, class_=idle(every, head))], rows))
    boxes += [growing(entry, lang, head) for entry in going_on]
    notes = [tag("p", say(note, lang), class_="kim-note") for note in (*terminal.notes, *left_out)]
    return tag("div", boxes, notes, class_="kim-view kim-terminal", role="group", aria_label=title(lang))


def apart(entries: tuple[Entry, ...]) -> tuple[list[Entry], list[Entry]]:
    """The lines that came back, or are to, in the one terminal; and those that go on, each in another."""
    return [entry for entry in entries if not entry.pieces], [entry for entry in entries if entry.pieces]


def box(inside: list[Element], rows: int, name: str | None = None) -> Element:
    """A terminal's frame, as high as so many rows, up to a limit; one that is not alone has a name."""
    return tag(
        "div", tag("div", inside, class_="kim-typescript"),
        class_="kim-box", tabindex=0, style=f"--kim-rows:{min(rows, TALLEST)}", role="group" if name else None, aria_label=name,
    )  # fmt: skip


def growing(entry: Entry, lang: str, head: Playhead) -> Element:
    """The terminal of a line that goes on; what it printed last is marked, and kept in sight."""
    grown = growth(entry, lang)
    marks = [entry.record, *(record for record, _ in grown)]
    parts = [command(entry, marks[:2], head)]
    for place, (record, lines) in enumerate(grown, 1):
        below = [tag("div", line, class_=line_class(tone)) for line, tone in lines[:-1]]
        last, tone = lines[-1]
        here = during(head, marks[place : place + 2], line_class(tone, "kim-now"), line_class(tone))
        below.append(tag("div", last, class_=here))
        classes: list[tuple[int, Attribute]] = [(record, "kim-printed kim-latest")]
        classes += [(later, "kim-printed") for later in marks[place + 1 : place + 2]]
        parts.append(
            tag(
                "div", below, class_=track(head, classes, "kim-off"), data_steps=leads_to(head, [record]),
                aria_current=during(head, marks[place : place + 2], "true"),
            )
        )  # fmt: skip
    whole: list[tuple[int, Attribute]] = [(entry.record, "kim-entry kim-latest")]
    whole += [(record, "kim-entry") for record in marks[1:2]]
    line = tag(
        "div", parts, class_=track(head, whole, "kim-off"), data_steps=leads_to(head, [entry.record]),
        aria_current=during(head, marks[:2], "true"),
    )  # fmt: skip
    prompts = [] if entry.said is None else [track(head, [(entry.said, "kim-line kim-dollar")], "kim-off")]
    back = [tag("div", PROMPT, class_=there) for there in prompts]
    return box([line, *back], sum(len(lines) for _, lines in grown) + 1 + len(back), entry.line)


def command(entry: Entry, latest: list[int], head: Playhead) -> Element:
    """The line as it was typed; the player keeps it in sight from the first of these records to the second."""
    return tag(
        "div", tag("span", PROMPT, class_="kim-dollar"), entry.line,
        class_=during(head, latest, "kim-line kim-typed kim-now", "kim-line kim-typed"),
    )  # fmt: skip


def html_entry(entry: Entry, later: int | None, lang: str, head: Playhead) -> Element:
    """A line with what it printed. Of the latest one, the player keeps in sight what came last (`kim-now`)."""
    below, typed, said = output(entry, lang), entry.record, entry.said
    after = [] if later is None else [later]
    printed_at = [said] if said is not None and below else []
    last = during(head, [*printed_at, *after], line_class(below[-1][1], "kim-now"), line_class(below[-1][1])) if below else None
    lines = [tag("div", line, class_=line_class(tone)) for line, tone in below[:-1]]
    lines += [tag("div", line, class_=last) for line, _ in below[-1:]]
    printed = tag("div", lines, class_=track(head, [(record, "kim-printed") for record in printed_at], "kim-off"))
    whole: list[tuple[int, Attribute]] = [(typed, "kim-entry kim-latest"), *((record, "kim-entry") for record in after)]
    return tag(
        "div", command(entry, [typed, *(printed_at or after)], head), printed if below else None,
        class_=track(head, whole, "kim-off"), data_steps=leads_to(head, [typed, *([] if said is None else [said])]),
        aria_current=during(head, [typed, *after], "true"),
    )  # fmt: skip


def line_class(*names: str) -> str:
    """The classes of a line that was printed."""
    return " ".join(["kim-line", *(name if name.startswith("kim-") else f"kim-{name}" for name in names if name)])


def idle(entries: list[Entry], head: Playhead) -> Track:
    """The empty prompt at the end: there while no line is running."""
    there, keys = "kim-line kim-dollar", []
    for entry in entries:
        keys += [(entry.record, "kim-off"), *([] if entry.said is None else [(entry.said, there)])]
    return track(head, keys, there)


def seen(terminal: Terminal, lang: str, head: Playhead) -> list[list[tuple[str, str, bool]]]:
    """What stands at the moment in each terminal: lines with their tones, and whether they belong to what came last."""
    shown, _ = window(terminal, head)
    there = tuple(entry for entry in terminal.entries[shown] if head.step(entry.record) <= head.start < len(head.steps))
    typed, going_on = apart(there)
    found = []
    for entry in typed:
        answered = entry.said is not None and head.step(entry.said) <= head.start
        lines = [(f"{PROMPT}{entry.line}", "typed"), *(output(entry, lang) if answered else [])]
        found += [(line, tone, entry is typed[-1]) for line, tone in lines]
    return [found, *(seen_growing(entry, lang, head) for entry in going_on)]


def seen_growing(entry: Entry, lang: str, head: Playhead) -> list[tuple[str, str, bool]]:
    """The same of a line that goes on."""
    grown = [lines for record, lines in growth(entry, lang) if head.step(record) <= head.start]
    stand: list[Lines] = [[(f"{PROMPT}{entry.line}", "typed")], *grown]
    return [(line, tone, lines is stand[-1]) for lines in stand for line, tone in lines]


def described(terminal: Terminal, lang: str, head: Playhead) -> str:
    """The picture for those who cannot see it: what stands there."""
    screens = (screen for screen in seen(terminal, lang, head) if screen)
    return "\n\n".join("\n".join(line for line, _, _ in screen) for screen in screens)


def to_svg(terminal: Terminal, lang: str, whole: int, head: Playhead) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height. Long lines are folded."""
    tones = {"typed": " kim-strong", "error": " kim-word-failed", "note": " kim-muted", "": ""}
    y, drawn = PADDING + MARGIN // 2, []
    first, *others = seen(terminal, lang, head)
    first += [("$", "", False)] if idle_at(terminal, head) and (first or not others) else []
    screens = [screen for screen in (first, *others) if screen]
    for line, tone, latest in [line for screen in screens for line in [("", "", False), *screen]][1:]:
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
    return idle(apart(terminal.entries)[0], head).at(head.start) != "kim-off"
