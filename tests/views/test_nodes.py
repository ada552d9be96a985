"""The stretches in which something was stopped, or heard nothing."""

from __future__ import annotations

import pytest

from gen.trace.record import Fault, Ref
from gen.views.nodes import deed_of, node_notes, stopped

END = 100
NODE = Ref("Node", "", "node-1")
STOP, START = ("stop", None, None), ("start", None, None)


def cut(lasts: int | None = 1):
    return ("cut", lasts, None)


def mend(of: int):
    return ("mend", None, of)


@pytest.mark.parametrize(
    ("deeds", "expected"),
    [
        ([(10, STOP), (30, START)], [("stopped", 10, 30, True)]),
        ([(10, STOP)], [("stopped", 10, END, False)]),
        ([(10, STOP), (20, STOP), (30, START), (40, START)], [("stopped", 10, 30, True)]),
        ([(10, cut()), (30, mend(0))], [("cut", 10, 30, True)]),
        ([(10, cut())], [("cut", 10, END, False)]),
        ([(10, cut(None))], []),
        ([(10, cut(0)), (10, mend(0))], []),
        ([(10, cut()), (20, STOP), (30, mend(0)), (40, START)], [("cut", 10, 20, True), ("stopped", 20, 40, True)]),
        (
            [(10, cut()), (20, STOP), (30, START), (40, mend(0))],
            [("cut", 10, 20, True), ("stopped", 20, 30, True), ("cut", 30, 40, True)],
        ),
        ([(10, cut()), (20, cut()), (40, mend(0)), (40, mend(1))], [("cut", 10, 40, True)]),
    ],
)
def test_the_stretches(deeds, expected):
    faults = [
        Fault(seq=seq, at=at, cause=cause, who="scenario", deed=deed, what="watch", ref=NODE, lasts=lasts)
        for seq, (at, (deed, lasts, cause)) in enumerate(deeds)
    ]
    assert [(span.state, span.start, span.end, span.ends) for span in stopped(faults, END)] == expected


def test_a_cut_is_a_fault_and_its_mend_is_none_and_the_node_does_not_suffer(trace):
    marks = []
    for deed in ("cut", "mend"):
        marks.append(deed_of(trace.add(Fault, at=1, who="scenario", deed=deed, what="watch", ref=NODE)))
    assert marks == ["fault", "mended"]
    assert node_notes(trace) == ()
