"""Numbers in the prose are what the run gave; what cannot be answered is told with what to do."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown

from gen.draw import say
from gen.play.reading.bad_input import BadInput
from gen.site import numbers, problems
from gen.site.cache import run_of
from gen.site.numbers import WrongNumber, answer
from gen.trace.query import histories
from gen.trace.record import Write

DOCS = Path(__file__).parents[2] / "docs"
SCENARIOS = DOCS / "scenarios"
COUNTS = {
    "deployment/web ready": 3,
    "deployment/web ready at 12s": 3,
    "deployment/web ready at 500ms": 0,
    "deployment/default/web replicas at 1m": 3,
    "deployment/web unavailable at 1s": 3,
}
WRONG = {
    "no question": ("first-journey", "asks nothing", "Write `REF COUNT`"),
    "an unknown question": ("first-journey: how many", "'how many' is no question", "Write `REF COUNT`"),
    "an unknown scenario": ("first-jurney: writes", "no scenario 'first-jurney'", 'did you mean "first-journey"?'),
    "a way out of the folder": ("../first-journey: writes", "no scenario '../first-journey'", "first-journey"),
    "an unknown count": ("first-journey: deployment/web redy", "no count 'redy'", 'did you mean "ready"?'),
    "a count of another kind": ("first-journey: pod/web ready", "a Pod has no count 'ready'", "restarts"),
    "an object that never is": ("first-journey: deployment/wob ready", "no deployment/wob", 'did you mean "deployment/web"?'),
    "a kind of which there is none": ("first-journey: job/web ready", "no job/web", "The run has no Job at all."),
    "an object too early": ("first-journey: deployment/web ready at 1ms", "at 1 ms", "it is there from "),
    "a time that is none": ("first-journey: deployment/web ready at noon", "'noon' is no time", "Write it as 12s"),
    "what never comes true": ("first-journey: when deployment/web ready = 9", "does not come true between 0 s and", "Ask for"),
    "what was true before": ("first-journey: when node/node-1 ready", "is true already", "earlier TIME with `after`"),
    "what was true before TIME": ("first-journey: when deployment/web complete after 1h", "is true already", "earlier TIME"),
    "an unknown kind": ("first-journey: writes of bod", "no kind 'bod'", 'did you mean "pod"?'),
    "one Pod too many": ("first-journey: name of pod 4", "no Pod number 4", "the run has 3"),
    "lines of nobody": ("pod-filled-in: lines of pod/web by Webhook", "no lines 'by Webhook'", "by "),
    "lines of nothing": ("pod-filled-in: lines of pod/wob sent", "no pod/wob", 'did you mean "pod/web"?'),
    "an unknown number of a change": ("first-journey: change lest of service/web", "no number 'lest'", 'did you mean "least"?'),
    "no change": ("first-journey: change least of service/web", "the run has no change behind service/web", "Name a Service"),
    "Pod 0": ("first-journey: name of pod 0", "no Pod number 0", "from 1 on"),
}


def run():
    return run_of(SCENARIOS / "first-journey.yaml")


def text(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


@pytest.mark.parametrize(("question", "count"), COUNTS.items(), ids=COUNTS.keys())
def test_a_count_at_a_moment(question, count):
    assert answer(f"first-journey: {question}", SCENARIOS, "en") == f'<span class="kim-number">{count}</span>'


def test_when_something_came_true():
    first = text(answer("first-journey: when deployment/web ready >= 1", SCENARIOS, "en"))
    last = text(answer("first-journey: when deployment/web complete", SCENARIOS, "en"))
    assert re.fullmatch(r"1\.\d+\u00a0s", first)
    assert float(first.split()[0]) < float(last.split()[0]) < 2


def test_after_says_from_when_on_and_what_is_true_already_is_waited_for_anew():
    first = text(answer("self-healing: when deployment/web complete", SCENARIOS, "en"))
    again = text(answer("self-healing: when deployment/web complete after 5s", SCENARIOS, "en"))
    assert float(first.split()[0]) < 5 < float(again.split()[0])
    gone = text(answer("self-healing: when deployment/web ready < 3 after 5s", SCENARIOS, "en"))
    assert float(gone.split()[0]) < float(again.split()[0])


def test_writes_of_all_kinds_or_of_one():
    since_0 = [write for write in run().of(Write) if write.at >= 0]
    of_pods = [write for write in since_0 if write.ref.kind == "Pod"]
    early = [write for write in of_pods if write.at <= 1_000_000]
    for question, wanted in (
        ("writes", since_0),
        ("writes of pod", of_pods),
        ("writes of Pods", of_pods),
        ("writes of po to 1s", early),
        ("writes of pod from 0s to 1s", early),
    ):
        assert text(answer(f"first-journey: {question}", SCENARIOS, "en")) == str(len(wanted))
    assert 0 < len(early) < len(of_pods) < len(since_0)


def test_the_names_of_things():
    names = [ref.name for ref in histories(run(), "Pod")]
    assert [answer(f"first-journey: name of pod {place}", SCENARIOS, "en") for place in (1, 2, 3)] == [
        f"<code>{name}</code>" for name in names
    ]


def test_the_numbers_of_a_change_behind_a_service():
    def told(lang: str) -> list[str]:
        asked = ("least", "more", "nobody", "both", "whole")
        return [text(answer(f"strategy-recreate: change {one} of service/web", SCENARIOS, lang)) for one in asked]

    assert told("en") == ["0", "0", "4\u00a0s", "0\u00a0s", "5.7\u00a0s"]
    assert told("ko") == ["0", "0", "4초", "0초", "5.7초"]


def test_spaces_and_ends_of_lines_are_one():
    assert answer("first-journey:\n  deployment/web\n ready", SCENARIOS, "en") == answer(
        "first-journey: deployment/web ready", SCENARIOS, "en"
    )


@pytest.mark.parametrize(("source", "what", "todo"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_question_says_what_and_what_to_do(source, what, todo):
    with pytest.raises(WrongNumber) as found:
        answer(source, SCENARIOS, "en")
    assert what in str(found.value)
    assert todo in str(found.value)


@pytest.mark.parametrize("question", ["bot/web ready", "when deployment/web redy", "when deployment"])
def test_conditions_have_one_grammar(question):
    with pytest.raises(BadInput) as found:
        answer(f"first-journey: {question}", SCENARIOS, "en")
    assert "Write " in found.value.todo


@pytest.mark.parametrize(
    ("micros", "korean", "english"),
    [(61_649, "0.061초", "0.061\u00a0s"), (20_243_864, "20.24초", "20.24\u00a0s"),
     (80_500_000, "1분 20초", "1\u00a0min 20\u00a0s")],
)  # fmt: skip
def test_times_are_said_in_the_language_of_the_page(micros, korean, english):
    assert [say(numbers.in_prose(micros), lang) for lang in ("ko", "en")] == [korean, english]


TEXT = """# Page {#page}

At 12 s `#!run first-journey: deployment/web ready at 12s` are ready,
the last at `#!run first-journey: when deployment/web complete`; `#!run
first-journey: name of pod 1` and `plain <b>` code.
"""


def page(source: str) -> Markdown:
    """A Markdown that renders the Korean front page with this text."""
    file = SimpleNamespace(src_uri="index.md", abs_src_path=str(DOCS / "ko/index.md"), url="", content_string=source)
    ours = {"docs_dir": str(DOCS / "ko"), "config_file_path": str(DOCS.parent / "mkdocs.yml"), "theme": {"language": "ko"}}
    inline = {"custom_inline": [{"name": "run", "class": "run", "format": numbers.number}]}
    markdown = Markdown(extensions=["pymdownx.inlinehilite"], extension_configs={"pymdownx.inlinehilite": inline})
    markdown.treeprocessors.register(SimpleNamespace(file=file, config=SimpleNamespace(**ours), run=lambda _: None), "relpath", 0)
    return markdown


def test_spans_become_text_and_other_code_stays():
    html = page(TEXT).convert(TEXT)
    assert 'At 12 s <span class="kim-number">3</span> are ready' in html
    assert re.search(r'the last at <span class="kim-number">1\.\d{3}초</span>; <code>web-[a-z0-9-]+</code> and', html)
    assert "<code>plain &lt;b&gt;</code>" in html


def test_a_wrong_span_names_the_page_the_line_and_the_span(monkeypatch):
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    wrong = TEXT.replace("complete", "redy")
    with pytest.raises(Exception, match="speaks of no state") as found:
        page(wrong).convert(wrong)
    begin = "docs/ko/index.md:4: `#!run first-journey: when deployment/web redy`: "
    assert str(found.value).startswith(begin)


def test_whatever_goes_wrong_is_told(monkeypatch):
    def fails(*_):
        raise KeyError("surprise")

    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    monkeypatch.setattr(numbers, "run_of", fails)
    with pytest.raises(Exception, match="KeyError: 'surprise'"):
        page(TEXT).convert(TEXT)


def test_a_site_holds_the_numbers_and_search_finds_them(workshop):
    workshop.both("index.md", TEXT)
    done = workshop.build("--strict")
    assert done.returncode == 0, done.stderr
    for language in ("", "en/"):
        assert '<span class="kim-number">3</span>' in workshop.page(f"{language}index.html")
        assert "At 12 s 3 are ready" in workshop.page(f"{language}search/index.json")


def test_wrong_spans_fail_the_build_and_all_are_named(workshop):
    workshop.both("index.md", "# Page {#page}\n\n`#!run nobody: writes` and `#!run first-journey: pod/web ready`\n")
    done = workshop.build()
    assert done.returncode == 1
    for lang in ("ko", "en"):
        assert f"docs/{lang}/index.md:3: `#!run nobody: writes`: there is no scenario 'nobody'" in done.stderr
        assert f"docs/{lang}/index.md:3: `#!run first-journey: pod/web ready`: a Pod has no count" in done.stderr
    assert "4 problems" in done.stdout


def test_lines_of_an_object():
    asked = ("sent", "stored", "by ServiceAccount", "by etcd")
    told = [answer(f"pod-filled-in: lines of pod/web {what}", SCENARIOS, "en") for what in asked]
    assert list(map(text, told)) == ["8", "70", "25", "1"]
