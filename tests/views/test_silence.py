from __future__ import annotations

import pytest

from gen.views.model import Break
from gen.views.silence import breaks

SECOND = 1_000_000


@pytest.mark.parametrize(
    ("times_ms", "cut_ms"),
    [
        ([], []),
        ([0], []),
        ([0, 1_000, 2_000, 3_000], []),
        ([0, 100, 500, 800], []),  # too short
        ([0, 30_000], []),  # nothing else to draw
        ([0, 30_000, 60_000], []),
        ([0, 5_000, 10_000, 15_000, 22_000], []),  # long, but shorter than the rest
        ([0, 1_000, 2_000, 30_000, 31_000], [(3_000, 29_000)]),
        ([0, 1_000, 30_000, 31_000, 90_000, 91_000], [(2_000, 29_000), (32_000, 89_000)]),
        ([0, 1_000, 31_000, 32_000, 62_000], [(2_000, 30_000), (33_000, 61_000)]),  # two of one length
        ([0, 50, 70, 1_700, 1_900, 2_000], [(150, 1_650)]),
    ],
)
def test_only_long_stretches_without_change_are_left_out(times_ms, cut_ms):
    found = breaks([time * 1_000 for time in times_ms], [])
    assert found == tuple(Break(start=start * 1_000, end=end * 1_000) for start, end in cut_ms)


def test_what_happens_stays_in_sight():
    (cut,) = breaks([0, 400_000, 60_400_000, 61_000_000], [])
    assert cut.start > 400_000
    assert cut.end < 60_400_000
    assert (cut.end - cut.start) % SECOND == 0


def test_a_break_is_quiet_only_if_nothing_at_all_was_done():
    times = [0, 1 * SECOND, 30 * SECOND, 31 * SECOND]
    assert [cut.quiet for cut in breaks(times, [2_000_000, 29_999_000])] == [False]
    assert [cut.quiet for cut in breaks(times, [0, SECOND, 30 * SECOND])] == [True]
