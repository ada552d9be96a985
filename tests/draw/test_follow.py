from __future__ import annotations

import pytest

from gen.draw.follow import either, leads_to, only_at, track
from gen.draw.svg import Track
from gen.views.model import Step, Text
from gen.views.story import Playhead

HEAD = Playhead([Step(at=record, record=record, text=Text("name", name="")) for record in (10, 20, 30, 40)])


@pytest.mark.parametrize(
    ("keys", "before", "values"),
    [
        ([(20, "a"), (40, "b")], None, [None, "a", "a", "b"]),
        ([(10, "a")], "-", ["a"] * 4),
        ([(5, "a"), (8, "b")], "-", ["b"] * 4),
        ([(15, "a"), (20, "b")], "-", ["-", "b", "b", "b"]),
        ([(41, "a")], "-", ["-"] * 4),
        ([], "-", ["-"] * 4),
    ],
    ids=["as it comes", "from the first on", "before the first", "two at one step", "never", "nothing"],
)
def test_a_value_that_changes_with_records(keys, before, values):
    assert [track(HEAD, keys, before).at(step) for step in range(4)] == values


@pytest.mark.parametrize(
    ("records", "values"),
    [
        ([], ["off"] * 4),
        ([20], ["off", "on", "off", "off"]),
        ([40, 10], ["on", "off", "off", "on"]),
        ([20, 30], ["off", "on", "on", "off"]),
        ([10, 10, 99], ["on", "off", "off", "off"]),
    ],
)
def test_only_at_some_steps(records, values):
    assert [only_at(HEAD, records, "on", "off").at(step) for step in range(4)] == values


def test_one_track_before_the_other():
    first, second = Track(((0, None), (1, "a"), (2, None))), Track(((0, "x"), (2, "y"), (3, None)))
    assert [either(first, second).at(step) for step in range(5)] == ["x", "a", "y", None, None]


@pytest.mark.parametrize(
    ("records", "steps"),
    [([], None), ([99], None), ([30], "2"), ([40, 10, 10], "0,3"), ([11, 12, 20], "1")],
    ids=["nowhere", "never", "one", "in order and once", "two records of one step"],
)
def test_where_clicks_lead(records, steps):
    assert leads_to(HEAD, records) == steps
