from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from gen.draw import Frame, figure
from gen.draw.words import LANGUAGES, say
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.record import Fault, Ref, Typed, Write
from gen.trace.trace import Trace
from gen.views import VIEWS, story
from gen.views.model import Story, Text

SECOND = 1_000_000
SHOWN = [name for name in ("board", "timeline", "sequence", "events", "terminal") if name in VIEWS]
SCENARIOS = sorted((Path(__file__).parents[2] / "docs/scenarios").glob("*.yaml"))
FRAME, A_STEP, HEAVIEST = 7_000, 100, 25_000  # bytes of a figure's markup, as sent; only a long run may go beyond the last
SCRIPT = re.compile(r"<script.*?</script>")
NODE = Ref("Node", "", "node-1")
EVIL = "</script><b>web"


@pytest.fixture
def trace() -> Trace:
    trace = Trace({"startEpoch": 0, "namespace": "default", "end": 5 * SECOND, "notSimulated": ["Pod.spec.affinity"]})
    node = {"kind": "Node", "metadata": {"name": "node-1"}}
    trace.add(Write, at=-SECOND, who="kubelet/node-1", ref=NODE, revision=1, before=None, after=node)
    typed = trace.add(Typed, at=0, who="kubectl", process="kubectl", line=f'kubectl run "{EVIL}"')
    pod = {"kind": "Pod", "metadata": {"name": EVIL}, "spec": {}, "status": {"phase": "Pending"}}
    ref = Ref("Pod", "default", EVIL)
    trace.add(Write, at=SECOND, cause=typed.seq, who="kubectl", process="kubectl", ref=ref, revision=2, before=None, after=pod)
    event = {"kind": "Event", "metadata": {}, "reason": "Odd", "message": EVIL, "involvedObject": {"kind": "Pod", "name": EVIL}}
    trace.add(Write, at=2 * SECOND, who="a", ref=Ref("Event", "default", "e"), revision=3, before=None, after=event)
    for at, deed in ((3 * SECOND, "stop"), (4 * SECOND, "start")):
        trace.add(Fault, at=at, who="scenario", deed=deed, what="kubelet", ref=NODE)
    return trace


@pytest.fixture
def folded(trace) -> Story:
    return story(trace, SHOWN)


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(SCRIPT.sub("", html))


def classed(page: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in page.iter() if name in element.get("class", "").split()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_is_one_block_of_html(folded, means, lang):
    frame = Frame(title="A <title>", watch="Watch & learn", name="first-journey", source="scenarios/first-journey.yaml")
    drawn = figure(folded, means, lang=lang, at=SECOND, frame=frame)
    assert drawn.startswith('<figure id="kim-first-journey"')
    assert "\n" not in drawn
    assert "A &lt;title&gt;" in drawn
    page = parsed(drawn)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert page.get("aria-labelledby") in ids
    assert (page.get("lang"), [one.get("href") for one in page.iter("a")]) == (lang, ["scenarios/first-journey.yaml"])


def film_of(html: str) -> dict[str, Any]:
    (script,) = SCRIPT.findall(html)
    return json.loads(script.partition(">")[2].removesuffix("</script>"))


def test_what_belongs_to_a_figure_stands_in_its_attributes(folded, means):
    data = (("draft", "scenarios/web.json"), ("focus", 'a"><b>&'))
    page = parsed(figure(folded, means, lang="en", frame=Frame(data=data)))
    assert {name: value for name, value in page.attrib.items() if name.startswith("data-")} == {
        f"data-{name}": value for name, value in data
    }


def test_nothing_a_reader_can_name_ends_the_script(folded, means):
    drawn = figure(folded, means, lang="en")
    (script,) = SCRIPT.findall(drawn)
    assert drawn.endswith(f"{script}</figure>")
    assert drawn.count("</script") == drawn.count("<script") == 1
    assert script.startswith('<script type="application/json" class="kim-film">')
    film = film_of(drawn)
    assert film["times"] == [step.at for step in folded.steps]
    assert film["at"] == len(folded.steps) - 1
    assert EVIL in str(film["rows"])
    assert "&lt;/script&gt;&lt;b&gt;web" in drawn
    assert "<b>web" not in drawn


def test_the_sentence_of_the_moment(folded, means):
    (moment,) = classed(parsed(figure(folded, means, lang="en", at=SECOND)), "kim-moment")
    sentence = say(folded.steps[1].text, "en")
    assert [child.text for child in moment] == ["1.000 s", sentence]
    assert EVIL in sentence
    assert moment.get("aria-live") == "polite"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_foot_says_how_big_the_run_was_and_what_is_not_simulated(folded, means, lang):
    (foot,) = classed(parsed(figure(folded, means, lang=lang)), "kim-foot")
    parts = (
        Text("figure.count", pods=1, records=5),
        Text("figure.simulated"),
        Text("figure.not_simulated", names="Pod.spec.affinity"),
    )
    assert "".join(foot.itertext()) == " · ".join(say(part, lang) for part in parts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "names",
    [["board"], ["sequence"], ["events"], ["timeline"], SHOWN],
)
def test_an_empty_run_has_a_figure_with_nothing_to_step_through(means, lang, names):
    html = figure(story(Trace({"end": 0}), names), means, lang=lang)
    page = parsed(html)
    (moment,), (bar,), (slider,) = (classed(page, name) for name in ("kim-moment", "kim-bar-row", "kim-slider"))
    assert "".join(moment.itertext()) == say(Text("figure.nothing"), lang)
    assert [slider.get(name) for name in ("min", "max", "value")] == ["0", "0", "0"]
    assert not classed(bar, "kim-tick")
    assert film_of(html)["times"] == []


@pytest.mark.parametrize(
    ("names", "order"),
    [
        ("board timeline events", "board moment timeline deck command rows foot"),
        ("timeline events", "timeline moment deck command rows foot"),
        ("timeline", "timeline moment deck command foot"),
        ("events", "moment deck command rows foot"),
        ("events board", "board moment deck command rows foot"),
        ("board terminal events", "board moment deck terminal command rows foot"),
        ("terminal", "moment deck terminal command foot"),
        ("sequence board", "ladder board deck command foot"),
    ],
)
def test_the_moment_stands_behind_the_first_drawing_and_the_bar_before_what_is_written(trace, means, names, order):
    page = parsed(figure(story(trace, names.split()), means, lang="en"))
    classes = [part.get("class", "").split() for part in page]
    assert [one[one[0] == "kim-view"].removeprefix("kim-") for one in classes] == order.split()


@pytest.mark.parametrize(("names", "inside"), [("board", "sheet bar-row"), ("sequence", "sheet moment bar-row")])
def test_what_opens_stands_above_the_bar_and_beside_a_ladder_the_moment_too(trace, means, names, inside):
    (deck,) = classed(parsed(figure(story(trace, names.split()), means, lang="en")), "kim-deck")
    assert [part.get("class", "").removeprefix("kim-") for part in deck] == inside.split()
    assert (deck[0].get("hidden"), len(deck[0])) == ("", 0)


NAMES_OF_CONTROLS = {
    "en": ["First", "Step back", "Play", "Step forward", "Last", "Time", "Speed", "Why?", "Edit", "Link", "Download"],
    "ko": ["처음", "이전 단계", "재생", "다음 단계", "끝", "시간", "속도", "왜?", "편집", "링크", "내려받기"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_controls_have_names(folded, means, lang):
    (bar,) = classed(parsed(figure(folded, means, lang=lang, at=SECOND)), "kim-bar-row")
    controls = [one for one in bar.iter() if one.tag in ("button", "input", "select")]
    assert [one.get("aria-label") for one in controls] == NAMES_OF_CONTROLS[lang]
    deeds = ["first", "back", "play", "forward", "last", None, None, "why", "edit", "link", "download"]
    assert [one.get("data-do") for one in controls] == deeds
    assert {one.get("data-do") for one in controls if one.get("aria-expanded") == "false"} == set(deeds[-4:])
    assert all(one.get("type") == "button" for one in controls if one.tag == "button")
    assert [option.get("value") for option in bar.iter("option") if option.get("selected") is not None] == ["1"]
    assert all(sign.get("aria-hidden") == "true" for sign in bar.iter("svg"))
    assert "\ufe0f" not in "".join(bar.itertext())


def test_without_a_player_there_is_no_bar(folded, means):
    page = parsed(figure(folded, means, lang="en"))
    (bar,) = classed(page, "kim-bar-row")
    assert (bar.get("hidden"), bar.get("role")) == ("", "group")
    (prompt,) = classed(page, "kim-command")
    assert (prompt.tag, prompt.get("hidden")) == ("form", "")


@pytest.mark.parametrize(("lang", "label"), [("ko", "kubectl 명령"), ("en", "kubectl command")])
def test_the_prompt_has_a_name_and_takes_what_is_typed_as_it_is(folded, means, lang, label):
    (line,) = classed(parsed(figure(folded, means, lang=lang)), "kim-command-line")
    assert (line.get("aria-label"), line.get("type")) == (label, "text")
    as_typed = [("autocapitalize", "none"), ("autocomplete", "off"), ("spellcheck", "false")]
    assert sorted((name, line.get(name)) for name, _ in as_typed) == as_typed


@pytest.mark.parametrize(("at", "value"), [(-1, "0"), (SECOND, "1"), (2 * SECOND, "2"), (None, "4")])
def test_the_slider_stands_at_the_moment_and_says_it(folded, means, at, value):
    (slider,) = classed(parsed(figure(folded, means, lang="en", at=at)), "kim-slider")
    assert [slider.get(name) for name in ("type", "min", "max", "step", "value")] == ["range", "0", "4", "1", value]
    assert slider.get("aria-valuetext") == f"{value}.000 s: {say(folded.steps[int(value)].text, 'en')}"


def test_the_ticks_are_where_somebody_did_something(folded, means):
    ticks = [one for one in parsed(figure(folded, means, lang="en")).iter("i") if "kim-tick" in one.get("class", "")]
    assert [(one.get("class"), one.get("style")) for one in ticks] == [
        ("kim-tick kim-tick-typed", "left:0.00%"),
        ("kim-tick kim-tick-fault", "left:75.00%"),
        ("kim-tick kim-tick-mended", "left:100.00%"),
    ]


def test_the_name_of_a_lane_leads_to_all_that_happens_on_it(timeline, told, means):
    drawn = told(timeline)
    steps = {step.record: str(number) for number, step in enumerate(drawn.steps)}
    page = parsed(figure(drawn, means, lang="ko"))
    names = {one.get("data-lane"): one for one in classed(page, "kim-name")}
    lanes = [lane for group in timeline.groups for lane in group.lanes]
    assert list(names) == [lane.key for lane in lanes]
    for lane in lanes:
        happens = sorted({part.record for part in (*lane.marks, *lane.spans)})
        assert names[lane.key].get("data-steps") == ",".join(steps[record] for record in happens)


@cache
def played(file: Path) -> Story:
    return story(simulate(load(file)), ["board", "timeline", "events"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_no_figure_is_heavy(means, file, lang):
    drawn = figure(played(file), means, lang=lang)
    parsed(drawn)
    steps = A_STEP * len(played(file).steps)
    assert len(gzip.compress(drawn.encode(), 9)) <= min(FRAME + steps, max(HEAVIEST, steps))
