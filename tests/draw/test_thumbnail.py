"""A run at a glance: bars in the forms of their states, no word, nothing that is read out or loaded."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gen.draw.svg import markup
from gen.draw.thumbnail import HEAD, ROWS, TALL, WIDE, thumbnail
from gen.views.model import Break, Group, Lane, Mark, Span, Text, Timeline

SECOND = 1_000_000
WORD = Text("typed", line="kubectl get pods")


def span(start_s: int, end_s: int, state: str) -> Span:
    return Span(start=start_s * SECOND, end=end_s * SECOND, state=state, word="", record=0)


def lane(name: str, *spans: Span, deeds: tuple[tuple[int, str], ...] = ()) -> Lane:
    marks = tuple(Mark(at=at * SECOND, deed=deed, record=0, text=WORD) for at, deed in deeds)
    return Lane(key=name, label=Text("name", name=name), title=name, spans=spans, marks=marks)


def timeline(*lanes: Lane, breaks: tuple[Break, ...] = ()) -> Timeline:
    return Timeline(start=0, end=100 * SECOND, groups=(Group(heading=None, lanes=lanes),), breaks=breaks)


def numbers(html: str, name: str) -> list[int]:
    return [int(found) for found in re.findall(rf'<rect[^>]*? {name}="(\d+)"[^>]*kim-bar ', html)]


POD = lane("pod/default/a", span(0, 10, "pending"), span(10, 20, "starting"), span(20, 60, "running"), span(60, 100, "ready"))
PERSON = lane("component/kubectl", deeds=((0, "typed"), (1, "typed"), (50, "typed")))


def test_states_lie_where_they_were():
    html = markup(thumbnail(timeline(PERSON, POD)))
    assert re.findall(r"kim-bar-(\w+)", html) == ["pending", "starting", "running", "ready"]
    starts, lengths = numbers(html, "x"), numbers(html, "width")
    assert [start + length for start, length in zip(starts, lengths, strict=True)] == [*starts[1:], WIDE - starts[0]]
    assert html.count("kim-half-running") == 1


def test_lines_that_were_typed_are_told_apart_where_there_is_room():
    assert markup(thumbnail(timeline(PERSON, POD))).count('class="kim-mark"') == 2


def test_it_is_an_ornament():
    html = markup(thumbnail(timeline(PERSON, POD)))
    assert 'aria-hidden="true"' in html
    assert not re.search(r"<(?:text|title|desc|image|use|a)\b|\bid=|href|data-", html)


def test_faults_and_silence_are_seen():
    hit = replace(POD, marks=tuple(Mark(at=at, deed=deed, record=0, text=WORD) for at, deed in ((5, "fault"), (9, "mended"))))
    html = markup(thumbnail(timeline(hit, breaks=(Break(start=30 * SECOND, end=50 * SECOND),))))
    assert html.count("kim-mark-fault") == 1
    assert html.count('class="kim-break"') == 1


@pytest.mark.parametrize("count", [0, 1, 4, 5, ROWS, 40])
def test_however_many_pods_it_has_one_size(count):
    html = markup(thumbnail(timeline(PERSON, *(lane(f"pod/default/{number}", span(0, 0, "ready")) for number in range(count)))))
    tops, tall = numbers(html, "y"), numbers(html, "height")
    assert len(tops) == min(count, ROWS)
    assert all(top >= HEAD and top + height < TALL for top, height in zip(tops, tall, strict=True))
    assert all(length > 0 for length in numbers(html, "width"))
