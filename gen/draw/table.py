"""A table: HTML on a page (two lines a row on a phone), text in a picture that stands alone."""

from __future__ import annotations

from gen.draw.follow import leads_to, track
from gen.draw.measure import width, wrapped
from gen.draw.scale import exact
from gen.draw.svg import Element, Track, tag
from gen.draw.words import say
from gen.views.model import Column, Row, Sighting, Table, Text
from gen.views.story import Playhead

SIZE, LINE, PADDING, MARGIN = 12, 18, 5, 14
GAP = 14
ROWS = 200  # more are counted, not drawn


def cells(sighting: Sighting, table: Table) -> list[tuple[Column, str]]:
    """The cells of a row beside their columns; a time column shows when it was."""
    pairs = zip(table.columns, sighting.cells, strict=True)
    return [(column, exact(sighting.at) if column.shape == "time" else text) for column, text in pairs]


def seen_at(row: Row, head: Playhead, step: int) -> Sighting:
    """What the row says at a step; before it came, what it will say when it comes."""
    past = [sighting for sighting in row.sightings if head.step(sighting.record) <= step]
    return past[-1] if past else row.sightings[0]


def window(table: Table, head: Playhead) -> tuple[tuple[Row, ...], tuple[Text, ...]]:
    """The rows to show, those around the moment if there are many; and notes on how many are left out."""
    many = len(table.rows)
    now = sum(head.step(row.sightings[0].record) <= head.start for row in table.rows)
    first = min(max(now - ROWS // 2, 0), max(many - ROWS, 0))
    left_out = (("note.events_before", first), ("note.events_after", max(many - ROWS - first, 0)))
    return table.rows[first : first + ROWS], tuple(Text(key, count=count) for key, count in left_out if count)


def states(table: Table, head: Playhead) -> list[Track]:
    """For each row: whether it is past, now or still to come."""
    sightings = sorted((sighting.record, number) for number, row in enumerate(table.rows) for sighting in row.sightings)
    keys: list[list[tuple[int, str]]] = [[] for _ in table.rows]
    for (record, number), (after, _) in zip(sightings, [*sightings[1:], (None, 0)], strict=False):
        keys[number].append((record, "now"))
        if after is not None:
            keys[number].append((after, "past"))
    return [track(head, sorted(one, key=lambda key: key[0]), "future") for one in keys]


def mapped(state: Track, words: dict[str, str | None]) -> Track:
    """A track with other words for its values."""
    return Track.of((step, words[str(value)]) for step, value in state.keys)


def to_html(table: Table, lang: str, head: Playhead) -> Element:
    """For a page: a box of rows that scrolls where there are many; all of it can be folded."""
    caption = say(table.caption, lang)
    rows, left_out = window(table, head)
    where = dict(zip(table.rows, states(table, head), strict=True))
    head_row = tag(
        "thead", tag("tr", [tag("th", column.heading, scope="col", class_=f"kim-col-{column.key}") for column in table.columns])
    )
    body = tag("tbody", [html_row(row, where[row], table, head) for row in rows])
    whole = tag("table", widths(table), head_row, body, class_="kim-table", aria_label=caption)
    notes = [tag("p", say(note, lang), class_="kim-note") for note in (*table.notes, *left_out)]
    return tag(
        "details", tag("summary", caption), tag("div", whole, class_="kim-box", tabindex=0, role="group", aria_label=caption),
        notes, open=True, class_="kim-view kim-rows",
    )  # fmt: skip


def html_row(row: Row, state: Track, table: Table, head: Playhead) -> Element:
    """One row; the one of the moment says so."""
    tone = f" kim-{row.tone}" if row.tone else ""
    tds = [
        tag("td", cell(row, index, table, head), class_=f"kim-col-{column.key}",
            title=row.sightings[0].cells[index] if column.key == "object" else None)
        for index, column in enumerate(table.columns)
    ]  # fmt: skip
    return tag(
        "tr", tds, class_=mapped(state, {when: f"kim-{when}{tone}" for when in ("past", "now", "future")}),
        data_steps=leads_to(head, [sighting.record for sighting in row.sightings]),
        aria_current=mapped(state, {"past": None, "now": "true", "future": None}),
    )  # fmt: skip


def cell(row: Row, index: int, table: Table, head: Playhead) -> Track | str:
    """What stands in a cell: always the same, or what the latest sighting says."""
    texts = [(sighting.record, cells(sighting, table)[index][1]) for sighting in row.sightings]
    found = track(head, texts, texts[0][1])
    return found if len(found.keys) > 1 else texts[0][1]


def widths(table: Table) -> Element:
    """The columns' widths in characters, for a monospace face; the last column takes what is left."""
    texts = [[text for _, text in cells(sighting, table)] for row in table.rows for sighting in row.sightings]
    longest = (
        [max(len(column.heading), *(len(row[index]) for row in texts)) for index, column in enumerate(table.columns)]
        if texts
        else []
    )
    sizes = [f"width:{length + 2}ch" for length in longest[:-1]]
    if sizes:
        sizes[0] = sizes[0].replace("width:", "width:calc(20px + ") + ")"
    return tag("colgroup", [tag("col", style=size) for size in sizes], tag("col"))


def to_svg(table: Table, lang: str, whole: int, head: Playhead, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    drawn, y = [tag("text", say(table.caption, lang), x=MARGIN, y=20, class_="kim-strong")], 34
    rows, left_out = window(table, head)
    where = dict(zip(table.rows, states(table, head), strict=True))
    shown = [(seen_at(row, head, head.start), str(where[row].at(head.start))) for row in rows]
    lines = _two_lines if narrow else _one_line
    if not narrow:
        drawn += [
            tag("text", column.heading, x=x, y=y + 13, class_="kim-mono kim-small kim-muted")
            for column, x, _ in places(table, whole)
        ]
        y += LINE + PADDING
    for sighting, when in shown:
        written, tall = lines(sighting, when, table, y, whole)
        if when == "now":
            drawn.append(tag("rect", x=0, y=y - 1, width=whole, height=tall, class_="kim-now-row"))
        drawn += written
        y += tall
    for note in (*table.notes, *left_out):
        drawn.append(tag("text", say(note, lang), x=MARGIN, y=y + 14, class_="kim-small kim-muted"))
        y += LINE
    return drawn, y + 8


def places(table: Table, whole: int) -> list[tuple[Column, int, int]]:
    """Each column with its place and its room; the last one takes what is left."""
    rows = [cells(sighting, table) for row in table.rows for sighting in row.sightings]
    found, x = [], MARGIN
    for index, column in enumerate(table.columns):
        texts = [column.heading, *(row[index][1] for row in rows)]
        room = whole - x - MARGIN if column.shape == "text" else max(width(text, SIZE, mono=True) for text in texts) + 2
        found.append((column, x, room))
        x += room + GAP
    return found


def _one_line(row: Sighting, when: str, table: Table, y: int, whole: int) -> tuple[list[Element], int]:
    tone = "kim-mono kim-small" + (" kim-muted" if when == "future" else "")
    texts = [text for _, text in cells(row, table)]
    drawn, lines = [], 1
    for (column, x, room), text in zip(places(table, whole), texts, strict=True):
        pieces = wrapped(text, SIZE, room, mono=True) if column.shape == "text" else [text]
        drawn += [tag("text", piece, x=x, y=y + 13 + LINE * at, class_=tone) for at, piece in enumerate(pieces) if piece]
        lines = max(lines, len(pieces))
    return drawn, lines * LINE + PADDING


def _two_lines(row: Sighting, when: str, table: Table, y: int, whole: int) -> tuple[list[Element], int]:
    """Time, reason and object above, the message below."""
    tone = "kim-mono kim-small" + (" kim-muted" if when == "future" else "")
    by_key = {column.key: text for column, text in cells(row, table)}
    indent = MARGIN + GAP + max(width(exact(one.at), SIZE, mono=True) for each in table.rows for one in each.sightings)
    room = whole - indent - MARGIN
    about = " ".join(by_key[key] for key in ("reason", "count", "object") if by_key.get(key))
    pieces = [*wrapped(about, SIZE, room, mono=True), *wrapped(by_key.get("message", ""), SIZE, room, mono=True)]
    drawn = [tag("text", by_key.get("time", ""), x=MARGIN, y=y + 13, class_=tone)]
    drawn += [tag("text", piece, x=indent, y=y + 13 + LINE * at, class_=tone) for at, piece in enumerate(pieces)]
    return drawn, len(pieces) * LINE + PADDING
