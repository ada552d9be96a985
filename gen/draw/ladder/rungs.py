"""The forms on a ladder: arrows, stubs, deeds on their lifelines, waves of silence, and what changes with the playhead."""

from __future__ import annotations

from gen.draw.follow import leads_to, track
from gen.draw.ladder.rows import API, BAND, BREAK, ETCD, LINE, Gap, Grid, Label, Rung, is_arrow, is_mono, pairs, total
from gen.draw.scale import spoken
from gen.draw.svg import Element, Track, tag
from gen.draw.words import say
from gen.views.model import Line, Micros, Text
from gen.views.story import Playhead

BEYOND = 120  # rows reach over the plot, and are cut where the picture ends
FARTHEST = 1_200
WAVE, CREST = 12, 4
FORMS = {
    "decided": tag("rect", x=-5, y=-8, width=10, height=16, rx=2, class_="kim-rung-deed"),
    "work": tag("rect", x=-5, y=-8, width=10, height=16, rx=2, class_="kim-rung-work"),
    "typed": tag("path", d="M-4,-6l10,6l-10,6z", class_="kim-rung-deed"),
    "said": tag("path", d="M5,-6l-10,6l10,6z", class_="kim-rung-work"),
    "refused": tag("path", d="M-4,-4l8,8M4,-4l-8,8", class_="kim-mark-fault"),
    "fault": tag("path", d="M-5,-5l10,10M5,-5l-10,10", class_="kim-mark-fault"),
    "mended": tag("circle", cx=0, cy=0, r=5, class_="kim-mark-mended"),
}


def plot(found: list[Rung | Gap], grid: Grid, rest: int, head: Playhead, lang: str, *, narrow: bool | None) -> list[Element]:
    """Everything right of the times, and the times, from the back to the front. `narrow` is None where both ways are drawn."""
    bottom = total(found)
    return [
        spot(found, rest, head),
        *lifelines(grid, bottom),
        *(silence(row, lang) for row in found if isinstance(row, Gap)),
        *(
            tag(
                "g", area(rung), forms(rung, grid), texts(rung, grid, narrow=narrow),
                class_=when(rung, below.line.record if below else rest, head), data_steps=leads_to(head, [rung.line.record]),
            )
            for rung, below in pairs(found)
        ),
    ]  # fmt: skip


def spot(found: list[Rung | Gap], rest: int, head: Playhead) -> Element:
    """The tint behind the line of the moment: one that moves."""
    rungs = [rung for rung, _ in pairs(found)]
    y = track(head, [(rung.line.record, rung.y) for rung in rungs], 0)
    height = track(head, [*((rung.line.record, rung.height) for rung in rungs), *([(rest, 0)] if rest else [])], 0)
    return tag("rect", x=-BEYOND, width=FARTHEST, y=y, height=height, class_="kim-rung-spot")


def when(rung: Rung, after: int, head: Playhead) -> Track:
    """The class of a line: not yet, now, or past from record `after` on."""
    keys = [(rung.line.record, "kim-now"), *([(after, "kim-past")] if after else [])]
    return track(head, keys, "kim-future")


def lifelines(grid: Grid, bottom: int) -> list[Element]:
    """A line down from every participant; the API server's is a band."""
    looks = {API: "kim-rung-life-api"}
    return [
        tag("line", x1=grid.at(name), x2=grid.at(name), y1=0, y2=bottom, class_=looks.get(name, "kim-rung-life"))
        for name in grid.names
    ]


def area(rung: Rung) -> Element:
    """Where a click is meant for the line."""
    return tag("rect", x=-BEYOND, width=FARTHEST, y=rung.y, height=rung.height, class_="kim-rung-area")


def forms(rung: Rung, grid: Grid) -> list[Element]:
    """The arrow of a line, or its deed; and the stub to etcd."""
    line = rung.line
    found: list[Element] = []
    if line.kind in FORMS and not is_arrow(line):
        found.append(tag("svg", FORMS[line.kind], x=grid.at(line.source), y=rung.middle, overflow="visible"))
    elif is_arrow(line) and line.source != line.target:
        found.append(arrow(line, rung.middle, grid))
    if line.revision:
        found.append(stub(rung.middle + (LINE if is_arrow(line) else 0), grid))
    return found


def arrow(line: Line, y: int, grid: Grid) -> Element:
    """An arrow from lifeline to lifeline; at the API server it ends beside the band."""
    left, right = grid.ordered(line.source, line.target)
    return between(left, right, y, grid, f"kim-rung-{line.kind}", leftwards=line.target == left)


def stub(y: int, grid: Grid) -> Element:
    """The API server's write to etcd."""
    left, right = grid.ordered(API, ETCD)
    return between(left, right, y, grid, "kim-rung-stub", leftwards=right == API)


def between(left: str, right: str, y: int, grid: Grid, kind: str, *, leftwards: bool) -> Element:
    """A line from one lifeline to another with a head at one end, which stretches with the plot."""
    start, end = (BAND + 1 if name == API else 0 for name in (left, right))
    shaft = tag("line", x1=start + end, x2="100%", transform=f"translate({-end})" if end else None, class_=kind)
    if leftwards:
        tip = tag("path", d=f"M{start},0l9,-4v8z", class_=f"{kind}-tip")
    else:
        tip = tag("svg", tag("path", d=f"M{-end},0l-9,-4v8z", class_=f"{kind}-tip"), x="100%", overflow="visible")
    return tag("svg", shaft, tip, x=grid.at(left), width=grid.between(left, right), y=y, overflow="visible")


def texts(rung: Rung, grid: Grid, *, narrow: bool | None) -> list[Element]:
    """The label of a line, its time, and etcd's revision. On a page what differs on a phone is there twice."""
    kinds = ("kim-wide", "kim-narrow") if len(set(rung.labels)) > 1 else ("",)
    found = [text for kind, label in zip(kinds, rung.labels, strict=False) for text in label_texts(rung, label, kind)]
    found += time_texts(rung, narrow=narrow)
    if rung.line.revision and is_arrow(rung.line):
        y, looks = rung.middle + LINE + 4, "kim-small kim-muted kim-halo"
        found.append(tag("text", f"rev {rung.line.revision}", x=grid.at(ETCD), dx=6, y=y, class_=looks))
    return found


def label_texts(rung: Rung, label: Label, kind: str) -> list[Element]:
    """A label, line by line: above an arrow, or around the middle of a deed."""
    above = is_arrow(rung.line)
    first = rung.middle - 7 - LINE * (len(label.lines) - 1) if above else rung.middle + 4
    anchor = None if label.anchor == "start" else label.anchor
    looks = ["kim-mono"] if is_mono(rung.line) else ["kim-rung-failed"] if rung.line.kind in ("refused", "fault") else []
    class_ = " ".join([*looks, "kim-small kim-halo", *([kind] if kind else [])])
    return [
        tag("text", line, x=label.x, dx=label.dx or None, y=first + LINE * number, text_anchor=anchor, class_=class_)
        for number, line in enumerate(label.lines)
    ]  # fmt: skip


def time_texts(rung: Rung, *, narrow: bool | None) -> list[Element]:
    """The time of a line, left of the plot."""
    if not rung.time:
        return []
    ways = [shown_time(rung.time, narrow=way) for way in ((False, True) if narrow is None else (narrow,))]
    kinds = ("",) if len(set(ways)) == 1 else ("kim-wide", "kim-narrow")
    return [
        tag(
            "text", text, x=-8, y=rung.middle + 4 - LINE * (len(lines) - 1 - number), text_anchor="end",
            class_=f"kim-small kim-muted {kind}".strip(),
        )
        for kind, lines in zip(kinds, ways, strict=False)
        for number, text in enumerate(lines)
    ]  # fmt: skip


def shown_time(shown: str, *, narrow: bool) -> tuple[str, ...]:
    """A time in its column; on a phone the minutes have a line of their own."""
    minutes, found, seconds = shown.partition(" min ")
    return (f"{minutes} min", seconds) if narrow and found else (shown,)


def rounded(length: Micros) -> Micros:
    """A silence's length in as many digits as one wants to read: tenths of seconds, below one second hundredths."""
    step = 10_000 if length < 1_000_000 else 100_000 if length < 60_000_000 else 1_000_000
    return (length + step // 2) // step * step


def silence(gap: Gap, lang: str) -> Element:
    """A silence: a torn band across all lifelines, with its length where the times stand."""
    top, bottom, waves = gap.y + 6, gap.y + BREAK - 6, FARTHEST // WAVE
    there = f"M{-BEYOND},{top}q{WAVE // 2},{-CREST} {WAVE},0" + f"t{WAVE},0" * (waves - 1)
    back = f"v{bottom - top}q{-WAVE // 2},{CREST} {-WAVE},0" + f"t{-WAVE},0" * (waves - 1)
    length = spoken(rounded(gap.silence.end - gap.silence.start))
    key = "timeline.quiet" if gap.silence.quiet else "timeline.skipped"
    text = f"+{length}"
    x, anchor = (-8, "end") if len(text) <= 8 else (-50, "start")
    return tag(
        "g", tag("title", say(Text(key, length=length), lang)), tag("path", d=f"{there}{back}z", class_="kim-rung-silence"),
        tag("text", text, y=gap.y + BREAK // 2 + 4, x=x, text_anchor=anchor, class_="kim-small kim-muted"),
    )  # fmt: skip
