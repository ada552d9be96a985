from __future__ import annotations

import pytest

from gen.commands.story import clock


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (0, "0.000s"),
        (1_500, "0.001s"),
        (12_345_678, "12.345s"),
        (59_999_999, "59.999s"),
        (60_000_000, "1m00.000s"),
        (185_005_000, "3m05.005s"),
        (-2_500_000, "-2.500s"),
    ],
)
def test_a_moment_as_people_read_it(at, written):
    assert clock(at) == written
