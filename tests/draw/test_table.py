"""Rows follow the playhead: past, now or still to come."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gen.draw.svg import markup, still
from gen.draw.table import ROWS, seen_at, states, to_html, to_svg, window
from gen.views.model import Column, Row, Sighting, Step, Table, Text
from gen.views.story import Playhead


def test_the_rows_at_each_step(told, table):
    head = Playhead(told(table).steps)
    rows = states(table, head)
    assert [[row.at(step) for row in rows] for step in range(5)] == [
        ["now", "future", "future"],
        ["past", "now", "future"],
        ["past", "now", "future"],
        ["past", "now", "future"],
        ["past", "past", "now"],
    ]


def test_before_the_first_event_all_is_still_to_come(told, table, timeline):
    head = Playhead(told(timeline, table).steps, 100_000)
    assert [row.at(head.start) for row in states(table, head)] == ["future"] * 3


def test_what_a_row_says_at_each_step(told, table):
    head = Playhead(told(table).steps)
    assert [seen_at(table.rows[1], head, step).cells[4] for step in range(5)] == ["", "", "×2", "×3", "×3"]
    shown = [ElementTree.fromstring(markup(still(to_html(table, "en", head), step))) for step in range(5)]
    cells = [[cell.text or "" for cell in list(page.iter("tr"))[2]] for page in shown]
    assert [(row[0], row[4]) for row in cells] == [
        ("25.50 s", ""), ("25.50 s", ""), ("26.40 s", "×2"), ("27.10 s", "×3"), ("27.10 s", "×3"),
    ]  # fmt: skip


@pytest.mark.parametrize(("step", "current"), [(0, 0), (1, 1), (3, 1), (4, 2)])
def test_the_row_of_the_moment_says_so(told, table, step, current):
    page = ElementTree.fromstring(markup(still(to_html(table, "en", Playhead(told(table).steps)), step)))
    rows = list(page.iter("tr"))[1:]
    assert [number for number, row in enumerate(rows) if row.get("aria-current") == "true"] == [current]
    assert ["kim-warning" in row.get("class", "") for row in rows] == [False, True, False]
    assert [row.get("data-steps") for row in rows] == ["0", "1,2,3", "4"]


def test_a_table_is_unfolded_and_folds(told, table):
    page = ElementTree.fromstring(markup(to_html(table, "en", Playhead(told(table).steps))))
    assert page.tag == "details"
    assert page.get("open") == ""


def long_table(rows: int) -> Table:
    return Table(
        caption=Text("caption.events", count=rows),
        columns=(Column(key="reason", heading="REASON"), Column(key="message", heading="MESSAGE", shape="text")),
        rows=tuple(
            Row(sightings=(Sighting(at=1_000 * number, record=number, cells=("Started", f"container {number}")),))
            for number in range(rows)
        ),
    )


@pytest.mark.parametrize(
    ("rows", "at", "first", "notes"),
    [
        (ROWS, None, 0, []),
        (300, 150_000, 51, [("note.events_before", 51), ("note.events_after", 49)]),
        (300, -1, 0, [("note.events_after", 100)]),
        (300, None, 100, [("note.events_before", 100)]),
    ],
    ids=["all", "around the moment", "at the beginning", "at the end"],
)
def test_more_rows_than_a_table_shows_are_counted_around_the_moment(rows, at, first, notes):
    table = long_table(rows)
    head = Playhead([Step(at=1_000 * number, record=number, text=Text("name", name="")) for number in range(rows)], at)
    shown, left_out = window(table, head)
    assert shown == table.rows[first : first + ROWS]
    assert left_out == tuple(Text(key, count=count) for key, count in notes)
    assert markup(to_html(table, "en", head)).count("<tr") == ROWS + 1
    assert sum(element.name == "text" for element in to_svg(table, "en", 880, head, narrow=False)[0]) == 3 + 2 * ROWS + len(notes)
