"""The `terminal` fence shows what a line of a run printed, and says what is wrong where there is none."""

from __future__ import annotations

import pytest

PAGE = "# Page {#page}\n\n```terminal\nfirst-journey: %s\n```\n"


def test_a_line_and_what_it_printed(workshop):
    workshop.both("index.md", PAGE % 1)
    assert workshop.build("--strict").returncode == 0
    assert (
        "<b>$ kubectl apply -f web.yaml</b>\n<span data-search-exclude>deployment.apps/web created</span></code>"
        in workshop.page("index.html")
    )


@pytest.mark.parametrize(
    ("asked", "what"), [("9", "the run has no line 9: there are 2"), ("first", "asks for no line"), ("1\n2", "asks for no line")]
)
def test_a_line_that_is_not_there(workshop, asked, what):
    workshop.both("index.md", PAGE % asked)
    done = workshop.build("--strict")
    assert done.returncode != 0
    assert "docs/ko/index.md:3: terminal fence: " in done.stderr
    assert what in done.stderr
