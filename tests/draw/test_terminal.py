"""A terminal grows at its end: a line stands there from its step on, and what it printed from the step of its answer on."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from gen.draw.svg import markup, still
from gen.draw.terminal import ENTRIES, LINES, TALLEST, described, to_html, to_svg, window
from gen.views.model import Entry, Piece, Step, Terminal, Text
from gen.views.story import Playhead


def page_at(told, terminal, step: int) -> ElementTree.Element:
    return ElementTree.fromstring(markup(still(to_html(terminal, "en", Playhead(told(terminal).steps)), step)))


def standing(element: ElementTree.Element) -> list[str]:
    """The lines that are not hidden."""
    classes = element.get("class", "").split()
    if "kim-off" in classes:
        return []
    return ["".join(element.itertext())] if "kim-line" in classes else [line for child in element for line in standing(child)]


def classed(page: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in page.iter() if name in element.get("class", "").split()]


def test_what_stands_there_at_each_step(told, terminal):
    shown = [standing(page_at(told, terminal, step)) for step in range(6)]
    assert [len(lines) for lines in shown] == [1, 5, 5, 7, 7, 7]
    assert shown[0] == ["$ kubectl get pods"]
    assert shown[1] == [*shown[0], "NAME        READY   <b>", "web-x2k9q   1/1     &", "", "$ "]
    assert shown[2] == [*shown[1][:-1], "$ kubectl get pod gone"]
    assert shown[3] == [*shown[2], 'Error from server (NotFound): pods "gone" not found', "$ "]
    assert shown[4] == [*shown[3][:-1], "$ kubectl wait pod/gone --for=delete"]


@pytest.mark.parametrize(
    ("step", "latest", "kept"),
    [(0, 0, "$ kubectl get pods"), (1, 0, ""), (2, 1, "$ kubectl get pod gone"),
     (3, 1, 'Error from server (NotFound): pods "gone" not found'), (4, 2, "$ kubectl wait pod/gone --for=delete")],
)  # fmt: skip
def test_the_latest_entry_is_marked_and_its_last_line_kept_in_sight(told, terminal, step, latest, kept):
    page = page_at(told, terminal, step)
    entries = [element for element in page.iter() if element.get("data-steps")]
    assert [number for number, entry in enumerate(entries) if entry.get("aria-current") == "true"] == [latest]
    assert [number for number, entry in enumerate(entries) if "kim-latest" in entry.get("class", "")] == [latest]
    assert ["".join(line.itertext()) for line in classed(page, "kim-now")] == [kept]
    assert [entry.get("data-steps") for entry in entries] == ["0,1", "2,3", "4"]


def test_errors_of_a_line_that_failed_have_a_tone(told, terminal):
    page = page_at(told, terminal, 5)
    assert [line.text for line in classed(page, "kim-error")] == ['Error from server (NotFound): pods "gone" not found']


def test_an_empty_prompt_waits_while_no_line_runs(told, terminal):
    waits = [standing(page_at(told, terminal, step))[-1] == "$ " for step in range(5)]
    assert waits == [False, True, False, True, False]


def test_the_box_is_as_high_as_all_that_will_stand_there(told, terminal):
    boxes = [classed(page_at(told, terminal, step), "kim-box")[0].get("style") for step in (0, 4)]
    assert boxes == ["--kim-rows:8"] * 2
    long = Terminal(entries=(replace(terminal.entries[0], printed=("x",) * 30),))
    assert classed(page_at(told, long, 0), "kim-box")[0].get("style") == f"--kim-rows:{TALLEST}"


def test_more_lines_than_it_shows_are_counted(told, terminal):
    long = Terminal(entries=(replace(terminal.entries[0], printed=("x",) * (LINES + 7)),))
    lines = standing(page_at(told, long, 1))
    assert lines[-2:] == ["7 more lines of output not shown.", "$ "]
    assert len(lines) == 1 + LINES + 2


@pytest.mark.parametrize(
    ("many", "at", "first", "notes"),
    [
        (ENTRIES, None, 0, []),
        (150, 75_000, 26, [("note.typed_before", 26), ("note.typed_after", 24)]),
        (150, None, 50, [("note.typed_before", 50)]),
    ],
    ids=["all", "around the moment", "at the end"],
)
def test_more_entries_than_it_shows_are_counted_around_the_moment(many, at, first, notes):
    terminal = Terminal(
        entries=tuple(Entry(at=1_000 * number, record=number, line=f"kubectl get pod {number}") for number in range(many))
    )
    head = Playhead([Step(at=1_000 * number, record=number, text=Text("name", name="")) for number in range(many)], at)
    shown, left_out = window(terminal, head)
    assert shown == slice(first, first + ENTRIES)
    assert left_out == tuple(Text(key, count=count) for key, count in notes)
    assert markup(to_html(terminal, "en", head)).count("data-steps") == ENTRIES


def test_a_terminal_at_which_nothing_was_typed(told):
    empty = Terminal(entries=())
    head = Playhead(told(empty).steps)
    assert standing(ElementTree.fromstring(markup(still(to_html(empty, "ko", head), 0)))) == ["$ "]
    assert described(empty, "ko", head) == ""


def test_alone_long_lines_are_folded_and_columns_stay(told, terminal):
    wide = Terminal(entries=(replace(terminal.entries[0], printed=("NAME   " + "y" * 200,)),))
    head = Playhead(told(wide).steps)
    drawn, tall = to_svg(wide, "en", 390, head)
    texts = [element.children[0] for element in drawn if element.name == "text"]
    assert "".join(map(str, texts[1:-1])) == "NAME   " + "y" * 200
    assert len(texts) > 5
    assert tall > len(texts) * 18
    assert all(("xml:space", "preserve") in element.attributes for element in drawn if element.name == "text")


def test_a_line_that_goes_on_grows_in_a_box_of_its_own(told):
    watching = Entry(
        at=0, record=1, line="kubectl get pods -w",
        pieces=(Piece(record=2), Piece(record=4, printed=("NAME", "a")), Piece(record=6, printed=("b",) * LINES)),
    )  # fmt: skip
    terminal = Terminal(entries=(watching, Entry(at=0, record=3, line="kubectl apply -f a.yaml", said=5, printed=("made",))))
    shown = [[standing(box) for box in classed(page_at(told, terminal, step), "kim-box")] for step in (0, 3, 5)]
    assert shown[0] == [["$ "], ["$ kubectl get pods -w"]]
    assert shown[1] == [["$ kubectl apply -f a.yaml"], ["$ kubectl get pods -w", "NAME", "a"]]
    assert shown[2][1][-2:] == ["b", "2 more lines of output not shown."]
    marked = [[element.text for element in classed(page_at(told, terminal, step), "kim-now")] for step in (0, 3)]
    assert marked == [[None], [None, "a"]]
    page = page_at(told, terminal, 3)
    assert [(box.get("role"), box.get("aria-label")) for box in classed(page, "kim-box")] == [
        (None, None), ("group", "kubectl get pods -w"),
    ]  # fmt: skip
    current = [element.get("data-steps") for element in page.iter() if element.get("aria-current")]
    assert current == [element.get("data-steps") for element in classed(page, "kim-latest")]
    head = Playhead(told(terminal).steps, 40_000)
    assert described(terminal, "en", head) == "$ kubectl apply -f a.yaml\n\n$ kubectl get pods -w\nNAME\na"
    texts = ["".join(map(str, element.children)) for element in to_svg(terminal, "en", 600, head)[0] if element.name == "text"]
    assert texts == ["$ kubectl apply -f a.yaml", "$ kubectl get pods -w", "NAME", "a"]
