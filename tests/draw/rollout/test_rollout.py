"""The rollout: bounds and ReplicaSets on one scale of time, and below them the steps with their numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from gen.draw import figure, to_html, to_svg
from gen.draw.controls import landmarks
from gen.draw.measure import width
from gen.draw.rollout import drawing
from gen.draw.rollout.plan import PIECES, bands, coarse, plan, slabs
from gen.draw.rollout.steps import WITHOUT_WHO, steps
from gen.draw.standing_alone import ON_A_PAGE
from gen.draw.svg import Film, markup, still
from gen.draw.theme import sheet
from gen.draw.words import LANGUAGES
from gen.views.model import Balance, Break, Count, Mark, Rollout, Scaling, Share, Text
from gen.views.story import Playhead

HUNDREDTH = 10_000
SVG = "{http://www.w3.org/2000/svg}"
SHARED = re.compile(r"<(style|defs)>.*?</\1>")
LENGTHS = ("x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx")
COUNTS = {  # of which ReplicaSet, and from which record on: wanted, Pods, available, old or new
    "web-64f5d8": "5 2 2 0 new, 200 2 2 2 new, 1005 2 2 2 old, 1210 1 1 1 old, 1410 0 0 0 old",
    "web-7c9b4d": "1010 1 1 0 new, 1200 1 1 1 new, 1220 2 2 1 new, 1400 2 2 2 new",
}
BALANCES = "5 0 2 0, 200 0 2 2, 1005 2 0 2, 1010 2 1 2, 1200 2 1 3, 1210 1 1 2, 1220 1 2 2, 1400 1 2 3, 1410 0 2 2"
SCALINGS = "3 0 0 0 2 0, 1008 2 2 0 1 2, 1205 2 1 1 1 3, 1215 1 1 1 2 2, 1405 1 0 2 2 3"


def numbers(written: str) -> list[list[str]]:
    return [one.split() for one in written.split(", ")]


def counts(written: str) -> tuple[Count, ...]:
    return tuple(
        Count(at=int(at) * HUNDREDTH, record=int(at), wanted=int(wanted), pods=int(pods), ready=int(available),
              available=int(available), old=age == "old")
        for at, wanted, pods, available, age in numbers(written)
    )  # fmt: skip


def balances(written: str) -> tuple[Balance, ...]:
    return tuple(
        Balance(at=int(at) * HUNDREDTH, record=int(at), old=int(old), new=int(new), available=int(available), least=2, most=3)
        for at, old, new, available in numbers(written)
    )


def scalings(written: str) -> tuple[Scaling, ...]:
    return tuple(
        Scaling(at=at * HUNDREDTH, record=at, who="deployment-controller", name="web-7c9b4d", old=(old, to_old),
                new=(new, to_new), available=available, least=2, most=3)
        for at, old, to_old, new, to_new, available in (map(int, one) for one in numbers(written))
    )  # fmt: skip


def command(record: int, line: str) -> Mark:
    return Mark(at=record * HUNDREDTH, deed="typed", record=record, text=Text("typed", line=f"kubectl {line}"), label=line)


@pytest.fixture
def rollout() -> Rollout:
    shares = tuple(
        Share(key=f"replicaset/default/{title}", label=title[4:], title=title, counts=counts(written))
        for title, written in COUNTS.items()
    )
    commands = (command(0, "apply -f <web>.yaml"), command(1000, "set image deployment/web web=nginx:1.29"))
    parts = (*balances(BALANCES), *scalings(SCALINGS), *commands, *(one for share in shares for one in share.counts))
    return Rollout(
        name="web", start=0, end=1500 * HUNDREDTH, shares=shares, balances=balances(BALANCES), scalings=scalings(SCALINGS),
        commands=commands, breaks=(Break(start=300 * HUNDREDTH, end=900 * HUNDREDTH),),
        records=tuple(sorted({one.record for one in parts})), notes=(Text("rollout.deleted_left_out"),),
    )  # fmt: skip


@pytest.fixture(params=[-1, 12_100_000, None], ids=["before", "midway", "end"])
def at(request):
    return request.param


@pytest.mark.parametrize(
    ("lang", "theme", "narrow"), [("ko", "light", False), ("en", "dark", True)], ids=["ko-light", "en-dark-narrow"]
)
def test_standing_alone(golden, told, means, rollout, lang, theme, narrow):
    drawn = SHARED.sub("", to_svg(told(rollout), means, lang=lang, theme=theme, narrow=narrow, at=12_100_000))
    assert drawn.replace("><", ">\n<") == golden("svg")


def test_on_a_page(golden, told, rollout):
    head = Playhead(told(rollout).steps, 12_100_000)
    parts = (drawing.to_html(rollout, "ko", head), drawing.steps_to_html(rollout, "ko", head))
    drawn = "".join(markup(still(part, head.start)) for part in parts).replace("><", ">\n<")
    assert f"{drawn}\n" == golden("html")


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_that_stands_alone(told, means, rollout, at, lang, narrow):
    root = ElementTree.fromstring(to_svg(told(rollout), means, lang=lang, narrow=narrow, at=at))
    values = [value for element in root.iter() for key, value in element.attrib.items() if key in LENGTHS]
    assert not [value for value in values if not re.fullmatch(r"\d+|100%|-\d+", value)]
    whole = int(root.get("width", "0"))
    for text in (text for parent in (root, *root.iter(f"{SVG}g")) for text in parent if text.tag == f"{SVG}text"):
        if "rotate" not in text.get("transform", "") and text.get("text-anchor") is None:
            assert int(text.get("x", "0")) + width("".join(text.itertext()), 12) <= whole


def test_the_tint_lies_between_what_must_be_and_what_may_be(rollout):
    panel = plan(rollout).bounds
    assert [(one.least, one.most, one.at, until) for one, until in bands(rollout)] == [(2, 3, 5 * HUNDREDTH, rollout.end)]
    assert panel.y(0) == panel.bottom
    assert panel.y(3) == panel.top
    assert list(panel.ticks()) == [0, 1, 2, 3]


@pytest.mark.parametrize(("most", "ticks"), [(1, [0, 1]), (13, [0, 2, 4, 6, 8, 10, 12]), (1000, [0, 200, 400, 600, 800, 1000])])
def test_an_axis_has_as_many_numbers_as_fit(rollout, most, ticks):
    crowded = replace(rollout, balances=(Balance(at=0, record=0, old=0, new=0, available=0, least=0, most=most),))
    assert list(plan(crowded).bounds.ticks()) == ticks


def test_the_sets_stand_on_each_other(rollout):
    found = [(one.share.label, one.start // HUNDREDTH, one.end // HUNDREDTH, one.base, one.held.pods, one.held.available,
              one.held.old) for one in slabs(rollout)]  # fmt: skip
    assert found == [
        ("64f5d8", 5, 200, 0, 2, 0, False),
        ("64f5d8", 200, 1005, 0, 2, 2, False),
        ("64f5d8", 1005, 1210, 0, 2, 2, True),
        ("7c9b4d", 1010, 1200, 2, 1, 0, False),
        ("7c9b4d", 1200, 1210, 2, 1, 1, False),
        ("64f5d8", 1210, 1410, 0, 1, 1, True),
        ("7c9b4d", 1210, 1220, 1, 1, 1, False),
        ("7c9b4d", 1220, 1400, 1, 2, 1, False),
        ("7c9b4d", 1400, 1410, 1, 2, 2, False),
        ("7c9b4d", 1410, 1500, 0, 2, 2, False),
    ]


def test_what_changes_too_often_is_drawn_coarser_and_says_so(told, means, rollout):
    often = tuple(Balance(at=at * 1_000, record=at, old=0, new=at % 2, available=0, least=2, most=3) for at in range(10_000))
    crowded = replace(rollout, balances=often, breaks=())
    found = coarse(crowded)
    assert coarse(rollout) is rollout
    assert len(found.balances) <= PIECES + 1
    assert found.balances[-1].new == often[-1].new
    assert "too closely are drawn as one" in to_svg(told(crowded), means, lang="en")


def test_old_new_and_not_yet_available_differ_by_form(told, means, rollout):
    drawn = to_svg(told(rollout), means, lang="en")
    assert {"kim-share-old", "kim-share-new", "kim-share-waiting"} <= set(re.findall(r"kim-share-\w+", drawn))
    style = sheet("rollout").partition(ON_A_PAGE)[0]
    assert "url(#kim-old)" in style
    assert 'id="kim-old"' in drawn
    assert re.search(r"kim-share-waiting \{[^}]*dasharray", style)


def test_the_headings_say_how_it_stands_now(told, rollout):
    head = Playhead(told(rollout).steps)
    tree = drawing.to_html(rollout, "en", head)
    for record, said in (
        (0, ("Available 0 (at least 0) · Pods 0 (at most 0)", "Old 0 · new 0")),
        (1010, ("Available 2 (at least 2) · Pods 3 (at most 3)", "Old 2 · new 1")),
        (1410, ("Available 2 (at least 2) · Pods 2 (at most 3)", "Old 0 · new 2")),
    ):
        page = ElementTree.fromstring(markup(tree, Film(head.step(record))))
        shown = [text.text for text in page.iter("text") if "kim-strong" in text.get("class", "")]
        assert shown == [*said, *said], "on both plots"


def test_each_row_leads_to_its_step_and_that_of_the_moment_is_marked(told, means, rollout):
    story = told(rollout)
    head = Playhead(story.steps)
    html = figure(story, means, lang="en", at=12_100_000)
    assert html.index("kim-bar-row") < html.index("kim-steps"), "the table stands below the bar"
    page = ElementTree.fromstring(html.partition("<script")[0] + "</figure>")
    rows = [row for row in page.iter("tr") if row.get("data-steps")]
    assert [row.get("data-steps") for row in rows] == [str(head.step(one.record)) for one in rollout.scalings]
    assert [row.get("class") for row in rows] == ["kim-past", "kim-past", "kim-now", "kim-future", "kim-future"]
    assert ["".join(cell.itertext()) for cell in rows[2]] == ["12.05 s", "Deployment controller", "2 → 1", "1", "3", "2–3"]


def test_a_phone_has_a_plot_of_its_own_and_no_sideways_scroll(told, rollout):
    page = ElementTree.fromstring(markup(drawing.to_html(rollout, "ko", Playhead(told(rollout).steps))))
    assert [one.get("class") for one in page if "kim-wide" in one.get("class", "") or "kim-narrow" in one.get("class", "")] == [
        "kim-wide", "kim-narrow",
    ]  # fmt: skip
    assert sum(one.get("class") == "kim-here" for one in page.iter("svg")) == 2
    table = steps(rollout, "ko", WITHOUT_WHO)
    assert "who" not in [column.key for column in table.columns]


def test_a_slider_has_ticks_where_something_was_typed(told, rollout):
    assert landmarks(told(rollout)) == {0: "typed", 1000: "typed"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_to_those_who_cannot_see_it(rollout, lang):
    told = drawing.described(rollout, lang)
    assert all(part in told for part in ("web", "12.05 s", "2 → 1"))


def test_names_from_a_manifest_are_text(told, means, rollout):
    for drawn in (to_html(told(rollout), means, lang="en"), to_svg(told(rollout), means, lang="en")):
        assert "<web>" not in drawn
        assert "&lt;web&gt;" in drawn


def test_without_a_deployment_it_says_so(told, means):
    empty = Rollout(name="", start=0, end=1, notes=(Text("rollout.none"),))
    for drawn in (to_html(told(empty), means, lang="en"), to_svg(told(empty), means, lang="en")):
        ElementTree.fromstring(drawn)
        assert "No Deployment in this run." in drawn


def test_the_sheet_keeps_what_is_drawn_apart_from_the_page():
    assert sheet("rollout").count("{") == sheet("rollout").count("}")
    assert ".kim-figure" not in sheet("rollout").partition(ON_A_PAGE)[0]
