from __future__ import annotations

from gen.commands.bench_promises import Promise, listed


def test_each_line_has_what_was_found_and_marks_what_is_broken():
    promises = [
        Promise("build, nothing kept yet", 6.494, "s", 15),
        Promise("first view of /", 400.4, "KB", 400),
        Promise("a step", 11.53, "ms"),
    ]
    assert listed(promises).splitlines() == [
        "build, nothing kept yet   6.49 s  ≤ 15 s",
        "first view of /           400 KB  ≤ 400 KB !",
        "a step                   11.5 ms",
    ]


def test_nothing_measured_is_nothing_shown():
    assert listed([]) == ""
