from __future__ import annotations

import pytest

from gen.views.model import Break
from gen.views.silence import breaks

SECOND = 1_000_000


@pytest.mark.parametrize(
    ("times_s", "cut_s"),
    [
        ([], []),
        ([0], []),
        ([0, 1, 2, 3], []),
        ([0, 1, 2, 3, 8], []),  # too short
        ([0, 5, 10, 15, 22], []),  # long, but less than a third of all
        ([0, 1, 2, 30, 31], [(3, 29)]),
        ([0, 1, 30, 31, 90, 91], [(2, 29), (33, 88)]),
    ],
)
def test_only_long_silences_are_left_out(times_s, cut_s):
    found = breaks([time * SECOND for time in times_s])
    assert found == tuple(Break(start=start * SECOND, end=end * SECOND) for start, end in cut_s)


def test_what_happens_stays_in_sight():
    (cut,) = breaks([0, 400_000, 60_400_000, 61_000_000])
    assert cut.start > 400_000
    assert cut.end < 60_400_000
    assert (cut.end - cut.start) % SECOND == 0
