from __future__ import annotations

from itertools import pairwise

from gen.draw.scale import Scale
from gen.draw.timeline.marks import clustered, extent, titles
from gen.draw.timeline.rulers import Ruler
from gen.views.model import Mark, Text

SECOND = 1_000_000
RULER = Ruler(Scale(0, 60 * SECOND, (), 600), stretches=True)  # ten pixels a second


def mark(at_s: float, deed: str = "write") -> Mark:
    return Mark(at=int(at_s * SECOND), deed=deed, record=1, text=Text("name", name=f"deed {at_s}"))


def counts(*times_s: float) -> list[int]:
    return [len(cluster) for cluster in clustered(tuple(mark(at) for at in times_s), RULER)]


def test_marks_that_touch_become_one():
    assert counts(1, 2, 3) == [1, 1, 1]
    assert counts(1, 1.1, 1.2, 5) == [3, 1]


def test_a_mark_under_a_count_joins_it():
    assert counts(1, 1.1, 2.5) == [3]


def test_different_deeds_never_merge():
    assert len(clustered((mark(1, "fault"), mark(1.1, "mended")), RULER)) == 2


def test_the_marks_of_a_lane_never_overlap():
    marks = tuple(mark(at / 7) for at in range(1, 300, 3))
    edges = [(RULER.scale.px(cluster[0].at), extent(cluster)) for cluster in clustered(marks, RULER)]
    for (before, (_, right)), (after, (left, _)) in pairwise(edges):
        assert before + right < after + left + 2


def test_a_title_tells_the_deeds_and_counts_the_rest():
    told = titles([mark(at) for at in range(12)], "en").split("\n")
    assert told[0] == "0.000 s  deed 0"
    assert told[-1] == "+ 4 deeds"
