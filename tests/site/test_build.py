"""The build as its users meet it: every wrong page is named, and nothing half-done is left."""

from __future__ import annotations

import pytest

from gen.play.reading.bad_input import BadInput
from gen.site import build

FENCE = "```run\n{}\n```\n"
GOOD = "scenario: first-journey\nview: events"


def page(*fences: str) -> str:
    return "# Page {#page}\n\n" + "\n".join(FENCE.format(fence) for fence in fences)


def test_every_failing_page_is_named_in_both_languages_and_the_build_exits_1(workshop):
    workshop.both("index.md", page("scenario: first-jurney\nview: events", "scenario: first-journey\nview: bord"))
    workshop.both("about/fidelity.md", page("scenario: nobody\nview: events"))
    done = workshop.build("--strict")
    assert done.returncode == 1
    for lang in ("ko", "en"):
        first = f"docs/{lang}/index.md:3: run fence: there is no scenario 'first-jurney'; did you mean \"first-journey\"?"
        second = f"docs/{lang}/index.md:8: run fence: there is no view 'bord'"
        third = f"docs/{lang}/about/fidelity.md:3: run fence: there is no scenario 'nobody'"
        assert [problem for problem in (first, second, third) if problem not in done.stderr] == []
    assert "6 problems" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_wrong_fence_fails_the_build_without_strict_too(workshop):
    workshop.both("index.md", page("scenario: nobody\nview: events"))
    assert workshop.build().returncode == 1


def test_an_expectation_that_is_not_met_is_named(workshop):
    scenario = (workshop.folder / "docs/scenarios/first-journey.yaml").read_text(encoding="utf-8")
    workshop.write("docs/scenarios/too-much.yaml", scenario + "- by: 30s\n  that: deployment/web ready >= 4\n")
    workshop.both("index.md", page("scenario: too-much\nview: events"))
    done = workshop.build("--strict")
    assert done.returncode == 1
    assert "docs/ko/index.md:3: run fence: the run does not do what its scenario expects" in done.stderr
    assert "deployment/web ready >= 4" in done.stderr


def test_a_scenario_that_cannot_be_read_is_named(workshop):
    workshop.write("docs/scenarios/broken.yaml", "title: [\n")
    workshop.both("index.md", page("scenario: broken\nview: events"))
    done = workshop.build("--strict")
    assert done.returncode == 1
    assert "docs/en/index.md:3: run fence: " in done.stderr
    assert "broken.yaml:2:1" in done.stderr


def test_a_page_in_one_language_only_is_named(workshop):
    workshop.write("docs/en/alone.md", "# Alone {#alone}\n")
    done = workshop.build()
    assert done.returncode == 1
    assert "docs/en/alone.md: there is no docs/ko/alone.md" in done.stderr


def test_a_name_with_markup_appears_as_text(workshop):
    nasty = "<script>alert(1)</script>"
    workshop.both("index.md", page(f"title: '{nasty}'\nwatch: '<b>x</b>'\n{GOOD}"))
    done = workshop.build("--strict")
    assert done.returncode == 0, done.stderr
    assert nasty not in workshop.page("index.html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in workshop.page("index.html")
    assert "<b>x</b>" not in workshop.page("en/index.html")


def test_figures_of_one_page_have_ids_of_their_own_and_share_their_patterns(workshop):
    drawn = GOOD.replace("events", "timeline")
    workshop.both("index.md", page(drawn, drawn))
    assert workshop.build("--strict").returncode == 0
    html = workshop.page("index.html")
    assert html.count('id="kim-first-journey"') == html.count('id="kim-first-journey-2"') == 1
    assert html.count('id="kim-arrow"') == 1


def test_a_fence_stands_in_a_box_too(workshop):
    boxed = "".join(f"    {line}\n" for line in FENCE.format(GOOD).splitlines())
    workshop.both("index.md", f"# Page {{#page}}\n\n!!! real\n\n{boxed}")
    assert workshop.build("--strict").returncode == 0
    assert "kim-figure" in workshop.page("index.html")


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(BadInput, match="holds something else"):
        build(tmp_path)
    assert (tmp_path / "letter.txt").exists()
