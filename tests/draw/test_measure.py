from __future__ import annotations

from gen.draw.measure import fitted, width, wrapped


def test_hangul_is_0_864_em():
    assert width("가나다라마", 100) == 432
    assert width("abc", 100, mono=True) == 181


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert fitted("deployment-controller", 12, 400) == "deployment-controller"
    short = fitted("deployment-controller", 12, 90)
    assert short.endswith("…")
    assert width(short, 12) <= 90
    assert fitted("deployment-controller", 12, 20) == ""


def test_lines_break_at_blanks_and_inside_long_words():
    lines = wrapped("Successfully assigned default/web-64f5d8-x2k9q to node-1", 12, 120, mono=True)
    assert "".join(lines).replace(" ", "") == "Successfullyassigneddefault/web-64f5d8-x2k9qtonode-1"
    assert all(width(line, 12, mono=True) <= 120 for line in lines)
    assert wrapped("", 12, 100) == [""]
