"""A table: HTML on a page (two lines a row on a phone), text in a picture that stands alone."""

from __future__ import annotations

from gen.draw.measure import width, wrapped
from gen.draw.scale import exact
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Column, Row, Table, Text

SIZE, LINE, PADDING, MARGIN = 12, 18, 5, 14
GAP = 14
FEW, OPEN = 14, 10  # a table of few rows stands open; of a longer one, so many rows


def cells(row: Row, table: Table) -> list[tuple[Column, str]]:
    """The cells of a row beside their columns; a time column shows when it was."""
    pairs = zip(table.columns, row.cells, strict=True)
    return [(column, exact(row.at) if column.shape == "time" else text) for column, text in pairs]


def to_html(table: Table, lang: str) -> Element:
    """For a page: the rows around the moment, the others folded; all of it can be folded."""
    caption = say(table.caption, lang)
    first, last = window(table)
    before, after = table.rows[:first], table.rows[last:]
    notes = [tag("p", say(note, lang), class_="kim-note") for note in table.notes]
    return tag(
        "details", tag("summary", caption), folded(before, table, "table.earlier", lang),
        block(table.rows[first:last], table, caption, headed=True), folded(after, table, "table.later", lang), notes,
        open=True, class_="kim-view kim-rows",
    )  # fmt: skip


def window(table: Table) -> tuple[int, int]:
    """Which rows stand open: all of a few, else those around the moment, or the first ones."""
    many = len(table.rows)
    if many <= FEW:
        return 0, many
    now = next((index for index, row in enumerate(table.rows) if row.when == "now"), 0)
    first = min(max(now - OPEN // 2, 0), many - OPEN)
    return first, first + OPEN


def folded(rows: tuple[Row, ...], table: Table, key: str, lang: str) -> Element | None:
    """Rows that a reader may unfold."""
    if not rows:
        return None
    words = say(Text(key, count=len(rows)), lang)
    return tag("details", tag("summary", words), block(rows, table, words, headed=False), class_="kim-more")


def block(rows: tuple[Row, ...], table: Table, caption: str, *, headed: bool) -> Element:
    """Some rows of a table, in the columns of the whole."""
    head = tag(
        "thead", tag("tr", [tag("th", column.heading, scope="col", class_=f"kim-col-{column.key}") for column in table.columns])
    )
    body = tag("tbody", [html_row(row, table) for row in rows])
    return tag("table", widths(table), head if headed else None, body, class_="kim-table", aria_label=caption)


def widths(table: Table) -> Element:
    """The columns' widths in characters, for a monospace face; the last column takes what is left."""
    texts: list[list[str]] = [[text for _, text in cells(row, table)] for row in table.rows]
    longest = (
        [max(len(column.heading), *(len(row[index]) for row in texts)) for index, column in enumerate(table.columns)]
        if texts
        else []
    )
    sizes = [f"width:{length + 2}ch" for length in longest[:-1]]
    if sizes:
        sizes[0] = sizes[0].replace("width:", "width:calc(20px + ") + ")"
    return tag("colgroup", [tag("col", style=size) for size in sizes], tag("col"))


def html_row(row: Row, table: Table) -> Element:
    """One row; the one of the moment says so."""
    classes = [f"kim-{row.when}", *([f"kim-{row.tone}"] if row.tone else [])]
    return tag(
        "tr", [tag("td", text, class_=f"kim-col-{column.key}", title=text if column.key == "object" else None)
               for column, text in cells(row, table)],
        class_=" ".join(classes), data_record=row.record, aria_current="true" if row.when == "now" else None,
    )  # fmt: skip


def to_svg(table: Table, lang: str, whole: int, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone and is `whole` pixels wide: what it holds, and its height."""
    drawn, y = [tag("text", say(table.caption, lang), x=MARGIN, y=20, class_="kim-strong")], 34
    lines = _two_lines if narrow else _one_line
    if not narrow:
        drawn += [
            tag("text", column.heading, x=x, y=y + 13, class_="kim-mono kim-small kim-muted")
            for column, x, _ in places(table, whole)
        ]
        y += LINE + PADDING
    for row in table.rows:
        written, tall = lines(row, table, y, whole)
        if row.when == "now":
            drawn.append(tag("rect", x=0, y=y - 1, width=whole, height=tall, class_="kim-now-row"))
        drawn += written
        y += tall
    for note in table.notes:
        drawn.append(tag("text", say(note, lang), x=MARGIN, y=y + 14, class_="kim-small kim-muted"))
        y += LINE
    return drawn, y + 8


def places(table: Table, whole: int) -> list[tuple[Column, int, int]]:
    """Each column with its place and its room; the last one takes what is left."""
    rows = [cells(row, table) for row in table.rows]
    found, x = [], MARGIN
    for index, column in enumerate(table.columns):
        texts = [column.heading, *(row[index][1] for row in rows)]
        room = whole - x - MARGIN if column.shape == "text" else max(width(text, SIZE, mono=True) for text in texts) + 2
        found.append((column, x, room))
        x += room + GAP
    return found


def _one_line(row: Row, table: Table, y: int, whole: int) -> tuple[list[Element], int]:
    tone = "kim-mono kim-small" + (" kim-muted" if row.when == "future" else "")
    texts = [text for _, text in cells(row, table)]
    drawn, lines = [], 1
    for (column, x, room), text in zip(places(table, whole), texts, strict=True):
        pieces = wrapped(text, SIZE, room, mono=True) if column.shape == "text" else [text]
        drawn += [tag("text", piece, x=x, y=y + 13 + LINE * at, class_=tone) for at, piece in enumerate(pieces) if piece]
        lines = max(lines, len(pieces))
    return drawn, lines * LINE + PADDING


def _two_lines(row: Row, table: Table, y: int, whole: int) -> tuple[list[Element], int]:
    """Time, reason and object above, the message below."""
    tone = "kim-mono kim-small" + (" kim-muted" if row.when == "future" else "")
    by_key = {column.key: text for column, text in cells(row, table)}
    indent = MARGIN + GAP + max(width(exact(one.at), SIZE, mono=True) for one in table.rows)
    room = whole - indent - MARGIN
    about = " ".join(by_key[key] for key in ("reason", "count", "object") if by_key.get(key))
    pieces = [*wrapped(about, SIZE, room, mono=True), *wrapped(by_key.get("message", ""), SIZE, room, mono=True)]
    drawn = [tag("text", by_key.get("time", ""), x=MARGIN, y=y + 13, class_=tone)]
    drawn += [tag("text", piece, x=indent, y=y + 13 + LINE * at, class_=tone) for at, piece in enumerate(pieces)]
    return drawn, len(pieces) * LINE + PADDING
