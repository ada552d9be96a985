from __future__ import annotations

from itertools import pairwise

import pytest

from gen.draw.scale import WHOLE, Scale, exact, spoken
from gen.views.model import Break

SECOND = 1_000_000
BROKEN = Scale(0, 40 * SECOND, (Break(start=10 * SECOND, end=30 * SECOND),), 600)


@pytest.mark.parametrize(
    ("micros", "written"),
    [(0, "0 s"), (25_000, "25 ms"), (400_000, "0.4 s"), (12 * SECOND, "12 s"), (80 * SECOND, "1 min 20 s"),
     (60 * SECOND, "1 min"), (3_600 * SECOND, "1 h"), (3_725 * SECOND, "1 h 2 min 5 s"), (500, "0.5 ms")],
)  # fmt: skip
def test_times_in_few_digits(micros, written):
    assert spoken(micros) == written


@pytest.mark.parametrize(
    ("micros", "written"), [(0, "0.000 s"), (53_900, "0.053 s"), (27_104_000, "27.10 s"), (80_350_000, "1 min 20.35 s")]
)
def test_times_in_columns(micros, written):
    assert exact(micros) == written


def test_time_goes_forward_through_a_break():
    places = [BROKEN.position(at * SECOND) for at in range(41)]
    assert places[0] == 0
    assert places[-1] == WHOLE
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_a_break_takes_its_own_width_and_no_more():
    assert BROKEN.px(30 * SECOND) - BROKEN.px(10 * SECOND) == pytest.approx(40, abs=1)
    assert BROKEN.px(5 * SECOND) == pytest.approx(140, abs=1)


def test_what_a_break_leaves_of_a_stretch():
    assert BROKEN.pieces(5 * SECOND, 35 * SECOND) == [(5 * SECOND, 10 * SECOND), (30 * SECOND, 35 * SECOND)]
    assert BROKEN.pieces(12 * SECOND, 20 * SECOND) == []
    assert BROKEN.pieces(0, 4 * SECOND) == [(0, 4 * SECOND)]


@pytest.mark.parametrize("seconds", [1, 3, 7, 36, 100, 1_000, 90_000])
def test_ticks_are_round_and_leave_room_for_their_labels(seconds):
    scale = Scale(0, seconds * SECOND, (), 600)
    places = [scale.px(tick) for tick in scale.ticks()]
    assert 3 <= len(places) <= 12
    assert min(after - before for before, after in pairwise(places)) >= 40


def test_no_tick_inside_a_break():
    assert not [tick for tick in BROKEN.ticks() if 10 * SECOND < tick < 30 * SECOND]
