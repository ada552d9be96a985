from __future__ import annotations

from gen.commands.bench import table

ROW = {"import_s": 0.2, "load_s": 0.01, "draw_s": None, "peak_mb": 80.4, "records": 1234, "ready": 100}


def test_the_table_marks_what_breaks_a_promise():
    rows = [{**ROW, "pods": 100, "run_s": 0.2}, {**ROW, "pods": 1000, "run_s": 4.5, "peak_mb": 401.0}]
    first, second = table(rows).splitlines()[1:]
    assert "≤ 0.3 s" in first
    assert "!" not in first
    assert "≤ 4 s !" in second
    assert "2.25 !" in second
    assert "≤ 400 MB !" in second


def test_drawing_counts_where_there_is_some():
    assert "≤ 0.1 s !" in table([{**ROW, "pods": 3, "run_s": 0.06, "draw_s": 0.05}])
    assert "≤ 0.1 s !" not in table([{**ROW, "pods": 3, "run_s": 0.06, "draw_s": 0.03}])


def test_a_system_that_does_not_tell_its_memory():
    assert "MB" not in table([{**ROW, "pods": 100, "run_s": 0.1, "peak_mb": None}])
