from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from gen.draw.ladder import drawing as ladder
from gen.draw.ladder.head import people
from gen.draw.ladder.rows import ETCD, NARROW_RIGHT, NARROW_TIMES, PAGE_PLOTS, RIGHT, TIMES
from gen.draw.ladder.rungs import rounded, shown_time
from gen.draw.measure import width
from gen.draw.svg import Film, markup, tag
from gen.draw.theme import sheet
from gen.draw.words import LANGUAGES
from gen.views.model import Break, Line, Sequence, Step, Text
from gen.views.story import Playhead

SECOND = 1_000_000
API, KUBELET, SCHEDULER, REPLICA_SETS = "kube-apiserver", "kubelet", "default-scheduler", "replicaset-controller"
NAMES = ("kubectl", API, ETCD, "deployment-controller", REPLICA_SETS, SCHEDULER, KUBELET)
SVG = "{http://www.w3.org/2000/svg}"


def name(text: str) -> Text:
    return Text("name", name=text)


def state(what: str, of: str) -> Text:
    return Text("ladder.came", what=what, outcome=Text(f"state.{of}"))


TOLD: tuple[tuple[int, str, str, str, Text, int], ...] = (
    (0, "typed", "kubectl", "", name("apply -f <web>.yaml"), 0),
    (49_000, "call", "kubectl", API, name("POST deployments · web"), 43),
    (49_400, "said", "kubectl", "", name("deployment.apps/web created"), 0),
    (50_000, "watch", API, "deployment-controller", name("ADDED Deployment web"), 0),
    (53_000, "call", "deployment-controller", API, name("POST replicasets · 596556dd5f"), 44),
    (54_000, "refused", "deployment-controller", API, name("PUT deployments/web/status · 409"), 0),
    (55_000, "decided", REPLICA_SETS, "", name("missing_or_surplus → create 30, have 10"), 0),
    (56_000, "call", REPLICA_SETS, API, name("PUT replicasets/596556dd5f/status · 10/30"), 45),
    (57_000, "decided", SCHEDULER, "", name("schedule → 0/3 nodes are available: 3 Insufficient cpu. no…"), 0),
    (60_000, "call", SCHEDULER, API, name("POST pods/gzwrs/binding · node-1"), 46),
    (63_000, "watch", API, KUBELET, name("ADDED Pod gzwrs"), 0),
    (700_000, "work", KUBELET, "", Text("ladder.phase.image-pulling", image="nginx:1.27", container="web", phase=""), 0),
    (1_900_000, "call", KUBELET, API, state("PATCH pods/a-rather-long-name-of-a-pod-x2k9q/status", "ready"), 47),
    (70 * SECOND, "fault", KUBELET, "", Text("ladder.hit", what="kubelet", deed=Text("ladder.fault/stop")), 0),
    (71 * SECOND, "mended", KUBELET, "", Text("ladder.hit", what="kubelet", deed=Text("ladder.fault/start")), 0),
    (80 * SECOND, "call", KUBELET, API, name("DELETE pods/gzwrs"), 48),
    (80 * SECOND, "store", API, ETCD, name("pods/gzwrs"), 49),
    (80 * SECOND, "refused", "kubectl", "", name("Error from server (NotFound): nothing"), 0),
)


@pytest.fixture
def sequence() -> Sequence:
    lines = tuple(
        Line(at=at, record=number + 1, kind=kind, source=source, target=target, text=text, revision=revision)
        for number, (at, kind, source, target, text, revision) in enumerate(TOLD)
    )
    return Sequence(
        participants=tuple((one, name(one) if one == KUBELET else Text(f"who/{one}")) for one in NAMES), lines=lines,
        breaks=(Break(start=63_000, end=700_000), Break(start=1_900_000, end=70 * SECOND, quiet=False)),
        rest=len(lines) + 1, notes=(Text("note.lines_left_out", count=3),),
    )  # fmt: skip


def head_of(sequence: Sequence, at: int | None = None) -> Playhead:
    """A story in which another view has a step more, before the first line and behind the last."""
    steps = [Step(at=line.at, record=line.record, text=line.text) for line in sequence.lines]
    first, last = (Step(at=moment, record=record, text=name("")) for moment, record in ((-1, 0), (90 * SECOND, sequence.rest)))
    return Playhead([first, *steps, last], at)


def icon(one: str) -> str:
    return f"icons/{one}.png"


def on_a_page(sequence: Sequence, lang: str = "en", at: int | None = None) -> tuple[ElementTree.Element, str]:
    head = head_of(sequence, at)
    html = markup(ladder.to_html(sequence, lang, head, icon), Film(head.start))
    return ElementTree.fromstring(html), html


def alone(sequence: Sequence, lang: str, *, narrow: bool, at: int | None = None) -> str:
    head, wide = head_of(sequence, at), 390 if narrow else 880
    parts, tall = ladder.to_svg(sequence, lang, wide, head, icon, narrow=narrow)
    paper = tag("rect", width=wide, height=tall, class_="kim-paper")
    whole = tag(
        "svg", paper, parts, xmlns="http://www.w3.org/2000/svg",
        class_="kim-svg", width=wide, height=tall, viewBox=f"0 0 {wide} {tall}",
    )  # fmt: skip
    return markup(whole, Film(head.start)) + "\n"


def reach(text: ElementTree.Element, plot: int) -> tuple[int, int]:
    """From where to where a text goes on a plot that is so wide."""
    x = text.get("x", "0")
    here = int(float(x[:-1]) * plot / 100) if x.endswith("%") else int(x)
    here += int(text.get("dx", "0"))
    needed = width(text.text or "", 12, mono="kim-mono" in text.get("class", ""))
    return (here - needed, here) if text.get("text-anchor") == "end" else (here, here + needed)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("figure", "hidden", "left", "right"),
    [
        (880, "kim-narrow", TIMES, RIGHT), (600, "kim-narrow", TIMES, RIGHT),
        (599, "kim-wide", NARROW_TIMES, NARROW_RIGHT), (390, "kim-wide", NARROW_TIMES, NARROW_RIGHT),
        (360, "kim-wide", NARROW_TIMES, NARROW_RIGHT),
    ],
)  # fmt: skip
def test_no_text_leaves_the_page(sequence, lang, figure, hidden, left, right):
    root, _ = on_a_page(sequence, lang)
    plot = figure - 2 - left - right
    texts = [text for text in root.iter("text") if hidden not in text.get("class", "")]
    assert len(texts) > len(sequence.lines) * 2
    for text in texts:
        start, end = reach(text, plot)
        assert start >= -left, text.text
        assert end <= plot + right // 2, text.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("narrow", [False, True])
def test_standing_alone_it_has_whole_numbers_and_no_text_outside(sequence, lang, narrow):
    root = ElementTree.fromstring(alone(sequence, lang, narrow=narrow))
    whole, left = (390, NARROW_TIMES) if narrow else (880, TIMES)
    plot = next(one for one in root.iter(f"{SVG}svg") if one.get("class") == "kim-rungs")
    for text in plot.iter(f"{SVG}text"):
        start, end = reach(text, int(plot.get("width", "0")))
        assert start >= -left, text.text
        assert end <= whole - left, text.text
    numbers = [
        value
        for one in root.iter()
        for key, value in one.attrib.items()
        if key in ("x", "y", "x1", "x2", "y1", "y2", "dx", "width", "height", "transform", "d", "points")
    ]
    assert not [value for value in numbers if "." in value]
    assert not [value for value in numbers if "%" in value and value != "100%"]


def test_at_each_step_one_line_is_now(sequence):
    head = head_of(sequence)
    tree = ladder.to_html(sequence, "en", head, icon)
    for step in range(len(head.steps)):
        classes = re.findall(r'<g class="kim-(past|now|future)"', markup(tree, Film(step)))
        count = min(step, len(sequence.lines))
        now = ["now"] if 0 < step <= len(sequence.lines) else []
        assert classes == ["past"] * (count - len(now)) + now + ["future"] * (len(sequence.lines) - count)


def test_the_tint_lies_behind_the_line_of_the_moment(sequence):
    head = head_of(sequence)
    tree = ladder.to_html(sequence, "en", head, icon)
    for step in range(len(head.steps)):
        root = ElementTree.fromstring(markup(tree, Film(step)))
        tint = next(one for one in root.iter("rect") if one.get("class") == "kim-rung-spot")
        now = [one for one in root.iter("g") if one.get("class") == "kim-now"]
        if now:
            assert (tint.get("y"), tint.get("height")) == (now[0][0].get("y"), now[0][0].get("height"))
        else:
            assert tint.get("height") == "0"


def test_a_click_on_a_line_leads_to_its_step(sequence):
    root, _ = on_a_page(sequence)
    steps = [one.get("data-steps") for one in root.iter("g") if one.get("data-steps")]
    assert steps == [str(number) for number in range(1, len(sequence.lines) + 1)]


def test_the_note_is_now_when_the_story_goes_on_without_lines(sequence):
    assert 'class="kim-note kim-now"' in on_a_page(sequence)[1]
    assert 'class="kim-note"' in on_a_page(sequence, at=80 * SECOND)[1]


def test_rows_do_not_overlap(sequence):
    root, _ = on_a_page(sequence)
    areas = [one for one in root.iter("rect") if one.get("class") == "kim-rung-area"]
    ends = [int(one.get("y", "0")) + int(one.get("height", "0")) for one in areas]
    assert all(int(below.get("y", "0")) >= end for below, end in zip(areas[1:], ends, strict=False))


def test_a_time_that_is_the_same_is_not_repeated(sequence):
    root, _ = on_a_page(sequence)
    times = [text.text for text in root.iter("text") if text.get("x") == "-8" and "narrow" not in text.get("class", "")]
    assert times.count("0.049 s") == 1
    assert times.count("1 min 20.00 s") == 1


def test_every_write_shows_its_revision(sequence):
    root, _ = on_a_page(sequence)
    shown = [text.text for text in root.iter("text") if (text.text or "").startswith("rev ")]
    assert shown == ["rev 43", "rev 44", "rev 45", "rev 46", "rev 47", "rev 48", "rev 49 · pods/gzwrs"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_of_a_page(sequence, lang):
    root, html = on_a_page(sequence, lang)
    drawing = next(root.iter("svg"))
    assert drawing.get("role") == "img"
    assert [child.tag for child in drawing][:2] == ["title", "desc"]
    assert "&lt;web&gt;" in html
    assert "\n\n" not in html
    assert " id=" not in html
    assert next(one.get("title") for one in root.iter("div") if one.get("class") == "kim-who") == "kubectl"
    assert 'src="icons/c-m.png"' in html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [2, 7, 10])
def test_short_names_do_not_touch(sequence, lang, count):
    more = ("garbage-collector-controller", "namespace-controller", "serviceaccount-controller")
    keys = [*NAMES[:4], *more, *NAMES[4:]][:count] if count > len(NAMES) else NAMES[:count]
    view = Sequence(participants=tuple((key, Text(f"who/{key}")) for key in keys), lines=())
    plot = PAGE_PLOTS[1]
    column = plot // count
    spans: dict[int, list[tuple[int, int]]] = {}
    for number, person in enumerate(people(view, lang, plot)):
        middle, wide = column * number + column // 2, width(person.short, 12)
        spans.setdefault(person.step, []).append((middle - wide // 2, middle + wide // 2))
    for row in spans.values():
        assert all(one[1] <= other[0] for one, other in pairwise(row))


def test_a_ladder_without_a_line():
    empty = Sequence(participants=((API, Text(f"who/{API}")), (ETCD, Text(f"who/{ETCD}"))), lines=())
    head = Playhead([])
    ElementTree.fromstring(markup(ladder.to_html(empty, "ko", head, icon)))
    assert ladder.to_svg(empty, "ko", 390, head, icon, narrow=True)[1] > 0


@pytest.mark.parametrize(("us", "shown"), [(637_339, 640_000), (8_123_456, 8_100_000), (68_123_456, 68_000_000)])
def test_silences_have_few_digits(us, shown):
    assert rounded(us) == shown


def test_minutes_have_a_line_of_their_own_on_a_phone():
    assert shown_time("1 min 20.00 s", narrow=True) == ("1 min", "20.00 s")
    assert shown_time("1 min 20.00 s", narrow=False) == ("1 min 20.00 s",)
    assert shown_time("0.049 s", narrow=True) == ("0.049 s",)


def test_the_style_says_the_same_widths():
    style = sheet("ladder")
    assert f"padding: 0 {RIGHT}px 0 {TIMES}px" in style
    assert f"padding: 0 {NARROW_RIGHT}px 0 {NARROW_TIMES}px" in style
    assert style.count("{") == style.count("}")


@pytest.mark.parametrize(("lang", "narrow"), [("ko", False), ("en", True)], ids=["ko", "en-narrow"])
def test_how_it_looks_alone(golden, sequence, lang, narrow):
    drawn = alone(sequence, lang, narrow=narrow, at=60_000)
    assert re.sub("<style>.*?</style>", "", drawn).replace("><", ">\n<") == golden("svg")


def test_how_it_looks_on_a_page(golden, sequence):
    assert on_a_page(sequence, "ko", at=60_000)[1].replace("><", ">\n<") + "\n" == golden("html")
