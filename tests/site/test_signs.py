"""`#!sign STATE` shows the form of a state in the prose."""

from __future__ import annotations

FIGURE = "```run\nscenario: first-journey\nview: board\n```\n"


def test_a_sign_and_its_name(workshop):
    workshop.both("index.md", f"# Page {{#page}}\n\n`#!sign ready` is ready.\n\n{FIGURE}")
    assert workshop.build("--strict").returncode == 0
    assert 'href="#kim-pod-ready"' in workshop.page("en/index.html")
    assert "<title>준비됨</title>" in workshop.page("index.html")


def test_what_is_no_sign_is_told(workshop):
    workshop.both("index.md", f"# Page {{#page}}\n\n`#!sign redy` is ready.\n\n{FIGURE}")
    done = workshop.build("--strict")
    assert done.returncode != 0
    assert "docs/ko/index.md:3: `#!sign redy`: there is no such sign; did you mean" in done.stderr


def test_a_page_without_a_figure_has_no_forms(workshop):
    workshop.both("index.md", "# Page {#page}\n\n`#!sign ready`\n")
    assert "this page has no figure" in workshop.build("--strict").stderr
