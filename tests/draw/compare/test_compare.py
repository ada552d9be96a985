"""The comparison: plots on one scale of time, a strip for each, and the numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from gen.draw import figure, to_svg
from gen.draw.compare import drawing
from gen.draw.compare.facts import facts
from gen.draw.compare.plan import both, plan, slabs
from gen.draw.controls import landmarks
from gen.draw.figure import Frame
from gen.draw.svg import Film, markup
from gen.draw.words import LANGUAGES
from gen.views.model import Comparison, Course, Mark, Standing, Sums, Text
from gen.views.story import Playhead

HUNDREDTH = 10_000
SHARED = re.compile(r"<(style|defs)>.*?</\1>")
GAP = "-1 2 0 2, 1010 0 0 0, 1020 0 0 2, 1400 0 2 2"  # record, old, new, Pods
MEETING = "-1 2 0 2, 1011 2 0 3, 1200 2 1 3, 1210 1 1 2, 1220 1 1 3, 1500 1 2 3, 1510 0 2 2"


def standings(written: str) -> tuple[Standing, ...]:
    found = []
    for one in written.split(", "):
        record, old, new, pods = map(int, one.split())
        found.append(Standing(at=max(record, 900) * HUNDREDTH, record=record, old=old, new=new, pods=pods))
    return tuple(found)


def course(name: str, record: int, written: str, done: int | None, sums: Sums) -> Course:
    text = Text("typed", line="kubectl set image <web>")
    typed = Mark(at=1000 * HUNDREDTH, deed="typed", record=record, text=text, label="set image <web>")
    return Course(
        name=name, wanted=2, begin=1000 * HUNDREDTH, done=done, standings=standings(written), commands=(typed,), sums=sums
    )


@pytest.fixture
def comparison() -> Comparison:
    gap = Sums(least=0, short=3_900_000, nobody=3_900_000, more=0, longer=0, both=0, whole=4_000_000)
    meeting = Sums(least=2, short=0, nobody=0, more=1, longer=5_000_000, both=3_100_000, whole=5_100_000)
    return Comparison(
        service="web", start=900 * HUNDREDTH, end=1600 * HUNDREDTH, records=(1000, 1001, 1010, 1011, 1020, 1200, 1210, 1220, 1400,
        1500, 1510), courses=(
            course("All < at once", 1000, GAP, 1400 * HUNDREDTH, gap),
            course("One by one", 1001, MEETING, 1510 * HUNDREDTH, meeting),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("lang", "narrow"), [("ko", False), ("en", True)], ids=["ko", "en-narrow"])
def test_standing_alone(golden, told, means, comparison, lang, narrow):
    drawn = SHARED.sub("", to_svg(told(comparison), means, lang=lang, theme="light", narrow=narrow, at=12_100_000))
    ElementTree.fromstring(drawn)
    assert drawn.replace("><", ">\n<") == golden("svg")


def test_a_layer_is_cut_where_it_changes(comparison):
    gap, meeting = comparison.courses
    missing = slabs(gap, comparison.end, lambda one: (one.answering, gap.wanted))
    assert [(one.start // HUNDREDTH, one.end // HUNDREDTH, one.low, one.high) for one in missing] == [(1010, 1400, 0, 2)]
    assert [(one.start // HUNDREDTH, one.end // HUNDREDTH) for one in both(meeting, comparison.end)] == [(1200, 1510)]
    assert both(gap, comparison.end) == []


def test_all_plots_have_one_measure(comparison):
    first, second = plan(comparison)
    assert first.plot.most == second.plot.most == 3
    assert first.strip < second.heading


def test_the_headings_say_how_it_stands_now(told, comparison):
    head = Playhead(told(comparison).steps)
    tree = drawing.to_html(comparison, "en", head)
    for record, said in ((1000, ("old 2 + new 0 · Pods 2",) * 2), (1210, ("old 0 + new 0 · Pods 2", "old 1 + new 1 · Pods 2"))):
        page = ElementTree.fromstring(markup(tree, Film(head.step(record))))
        assert [one.text for one in page.iter("tspan")][1::2] == [*said, *said], "on both plots"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_are_a_table_and_told_to_those_who_cannot_see(comparison, lang):
    rows = [told for _, told in facts(comparison, lang)]
    assert rows[1:] == [["3.9 s", "0 s"], ["3.9 s", "0 s"], ["0", "+1"], ["0 s", "5 s"], ["0 s", "3.1 s"], ["4 s", "5.1 s"]]
    assert all(name in drawing.described(comparison, lang) for name in ("All < at once", "One by one", "5.1 s"))


def test_a_figure_of_several_runs_offers_only_what_needs_no_single_one(told, means, comparison):
    html = figure(told(comparison), means, lang="en", frame=Frame(ways=(("All", "a"), ("One", "b"))))
    assert re.findall(r'kim-tool kim-do-(\w+)"', html) == ["why", "link"]
    assert "kim-command" not in html
    assert '<a href="a">All</a> · <a href="b">One</a>' in html
    assert html.index("kim-bar-row") < html.index("kim-facts")
    assert landmarks(told(comparison)) == {1000: "typed", 1001: "typed"}


def test_a_change_without_an_end_says_so(told, means, comparison):
    first, second = comparison.courses
    endless = replace(comparison, courses=(replace(first, done=None, sums=replace(first.sums, whole=None)), second))
    assert "not done" in to_svg(told(endless), means, lang="en")


def test_without_a_change_it_says_so(told, means):
    empty = Comparison(service="", start=0, end=1, notes=(Text("compare.none", name="web"),))
    for drawn in (to_svg(told(empty), means, lang="en"), figure(told(empty), means, lang="en")):
        assert "no change behind a Service in this run" in drawn
