"""Problems are collected where the hook builds, and raised at once where it does not."""

from __future__ import annotations

import pytest
from mkdocs.exceptions import Abort
from pymdownx.superfences import SuperFencesException

from gen.site import problems


@pytest.fixture(autouse=True)
def sheet(monkeypatch):
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())


def test_without_the_hook_the_first_problem_ends_the_build():
    with pytest.raises(SuperFencesException, match=r"index\.md:3: wrong"):
        problems.report("index.md:3: wrong")


def test_with_the_hook_all_of_them_are_told_and_the_build_fails_at_its_end():
    problems.begin(forgiving=False)
    assert "one &lt;b&gt;" in problems.report("one <b>")
    problems.report("two")
    with pytest.raises(Abort, match="2 problems"):
        problems.end()


def test_a_writer_sees_them_on_the_page_and_goes_on():
    problems.begin(forgiving=True)
    assert "kim-problem" in problems.report("one")
    problems.end()


def test_a_new_build_begins_with_a_clean_sheet():
    problems.begin(forgiving=False)
    problems.report("one")
    problems.begin(forgiving=False)
    problems.end()
