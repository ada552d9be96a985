"""The workbench has a name for everything in it, and each sentence that the scripts say, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gen.draw.bench import SAID, TITLES, bench_html
from gen.draw.words import LANGUAGES
from gen.views import VIEWS

WEB = Path(__file__).parents[2] / "gen/site/web"
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in sorted(WEB.glob("*.js")))
SPOKEN = re.compile(r"\b(?:said|say)\((?=[^)]*')([^{},]*)(?:, *(\{.*))?")
WORD = re.compile(r"'(\w+)'")
FAILURE = re.compile(r"new Failure\('(\w+)'")
PART = re.compile(r"\bpart\('(\w+)'\)")
BLANK = re.compile(r"%(\w+)%")
NAMES = {
    "en": {
        "Edit": "group", "Files of the scenario": "textarea", "Run": "button", "Run while typing": "input", "Views": "fieldset",
        "Reset": "button", "Close": "button", "Delete": "button", "Kill container": "button", "Stop kubelet": "button",
        "Start kubelet": "button", "What you may do to it": "group", "From the cause to this moment": "group",
        "Link to this moment": "input", "Scenario (YAML)": "button", "Shell script for a real cluster (kind)": "button",
        "Starting point": "select", "Board": "input", "Timeline": "input", "Sequence diagram": "input",
        "Ownership tree": "input", "Diff": "input", "Rollout": "input", "Terminal": "input", "Events": "input",
    },
    "ko": {
        "편집": "group", "시나리오의 파일": "textarea", "실행": "button", "입력하며 실행": "input", "보기": "fieldset",
        "초기화": "button", "닫기": "button", "삭제": "button", "컨테이너 죽이기": "button", "kubelet 중지": "button",
        "kubelet 시작": "button", "여기에 할 수 있는 일": "group", "원인에서 이 순간까지": "group",
        "이 순간으로 가는 링크": "input", "시나리오(YAML)": "button", "실제 클러스터(kind)용 셸 스크립트": "button",
        "시작점": "select", "배치도": "input", "타임라인": "input", "시퀀스 다이어그램": "input",
        "소유 관계": "input", "변경 비교": "input", "롤아웃": "input", "터미널": "input", "이벤트": "input",
    },
}  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def lang(request) -> str:
    return request.param


@pytest.fixture
def bench(lang) -> ElementTree.Element:
    return ElementTree.fromstring(bench_html(lang))


def named(bench: ElementTree.Element) -> list[tuple[str, str]]:
    """Everything that can be used, or that holds such things, with its name for those who do not see it."""
    labels = {one: "".join(label.itertext()) for label in bench.iter("label") for one in label}
    found = []
    for one in bench.iter():
        legend = one.find("legend")
        if one.tag in ("button", "input", "textarea", "select"):
            found.append((one.get("aria-label") or labels.get(one) or "".join(one.itertext()).strip(), one.tag))
        elif one.get("role") == "group" or legend is not None:
            found.append((one.get("aria-label") or "".join(legend.itertext()), one.get("role") or one.tag))
    return found


def test_everything_that_can_be_used_has_a_name(bench, lang):
    found = named(bench)
    assert all(name.strip() for name, _ in found)
    assert set(NAMES[lang].items()) <= set(found)


def test_a_button_sends_nothing(bench):
    assert {button.get("type") for button in bench.iter("button")} == {"button"}
    assert not list(bench.iter("form"))


def test_nobody_sees_it_before_a_script_takes_a_part(bench):
    assert (bench.tag, bench.get("hidden")) == ("div", "")
    assert [one.tag for one in bench] == ["template"] * (len(bench) - 1) + ["ul"]
    assert all(len(template) == 1 for template in bench.findall("template"))


def test_every_part_that_the_scripts_take_is_there_and_no_other(bench):
    taken = PART.findall(SCRIPTS)
    assert {template.get("data-part") for template in bench.findall("template")} == set(taken)


def test_every_sentence_that_the_scripts_say_is_there_and_no_other(bench):
    asked = {word for sentence, _ in SPOKEN.findall(SCRIPTS) for word in WORD.findall(sentence)} | set(FAILURE.findall(SCRIPTS))
    assert {item.get("data-said") for item in bench.find("ul")} == asked == set(SAID)


def test_every_blank_of_a_sentence_is_filled_in(bench):
    sentences = {item.get("data-said"): item.text for item in bench.find("ul")}
    calls = [(word, values) for sentence, values in SPOKEN.findall(SCRIPTS) for word in WORD.findall(sentence)]
    assert len(calls) > len(SAID) // 2
    for name, values in calls:
        assert set(BLANK.findall(sentences[name])) <= set(re.findall(r"\w+", values)), name
    assert {name for name, text in sentences.items() if BLANK.search(text)} <= {name for name, _ in calls}


def test_every_view_can_be_chosen_and_taken_along(bench, lang):
    assert set(TITLES) == set(VIEWS)
    boxes = [box.get("value") for box in bench.iter("input") if box.get("type") == "checkbox" and box.get("value")]
    assert boxes == list(TITLES)
    names = {item.get("data-view"): item.text for item in bench.iter("li") if item.get("data-view")}
    assert list(names) == list(TITLES)
    assert {NAMES[lang].get(name) for name in names.values()} == {"input"}


def test_deeds_fit_what_they_are_done_to(bench):
    deeds = {one.get("data-deed"): one.get("data-on") for one in bench.iter("button") if one.get("data-deed")}
    assert deeds == {"delete": "pod", "kill": "pod", "stop": "node", "start": "node"}
    assert all(one.get("hidden") == "" for one in bench.iter("button") if one.get("data-deed"))
