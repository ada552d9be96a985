"""Whatever a reader sees in a figure leads back to somebody: a person, the scenario, or the boot."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gen.draw.why import why_html
from gen.draw.words import say
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.site.source import excerpt
from gen.trace.record import Fault, Request, Typed, Write
from gen.trace.trace import Trace
from gen.views import VIEWS, story
from gen.views.model import Reasons
from gen.views.why import why

SCENARIOS = Path(__file__).parents[2] / "docs" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


@cache
def played(name: str) -> tuple[Trace, Reasons]:
    trace = simulate(load(SCENARIOS / f"{name}.yaml"))
    return trace, why(trace, story(trace, sorted(VIEWS)))


@pytest.mark.parametrize("name", NAMES)
def test_every_chain_begins_with_a_line_a_fault_or_the_boot(name):
    trace, reasons = played(name)
    for step in story(trace, sorted(VIEWS)).steps:
        chain = reasons.chain(step.record)
        first, told = trace[chain[0].record], chain[0].text.key
        assert chain[-1].record == step.record
        assert isinstance(first, Typed | Fault) or told == ("why.boot" if first.at < 0 else "why.due")
        assert [link.record for link in chain] == sorted(link.record for link in chain)
        lost = {record.seq for record in trace.why(step.record)} - {link.record for link in chain}
        assert all(isinstance(trace[record], Request) for record in lost)  # all that is folded away


@pytest.mark.parametrize("name", NAMES)
def test_every_function_that_decided_can_be_shown(name):
    for rule in played(name)[1].rules:
        assert excerpt(rule).text


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_there_are_words_for_all_of_it(name, lang):
    reasons = played(name)[1]
    html = why_html(reasons, lang, {rule: excerpt(rule) for rule in reasons.rules})
    assert html.count("<li ") == len(reasons.links)
    assert html.count("<figure ") == len(reasons.rules)


def test_a_container_starts_because_of_the_line_that_was_typed():
    trace, reasons = played("first-journey")
    binding = next(write for write in trace.of(Write) if write.ref.kind == "Pod" and write.before and write.at > 0)
    started = next(
        record.seq for record in trace if getattr(record, "phase", "") == "container-started" and record.ref == binding.ref
    )
    told = [f"{say(link.who, 'en')} {say(link.text, 'en').strip()}" for link in reasons.chain(started)]
    assert told[0] == "User typed: kubectl apply -f web.yaml"
    words = (
        "created Deployment", "size_wanted", "created ReplicaSet", "missing_or_surplus", "created Pod", "by schedule", "bound",
        "kubelet", "sandbox", "container web of Pod", "started container",
    )  # fmt: skip
    where = [next(number for number, line in enumerate(told) if word in line) for word in words]
    assert where == sorted(where)


def test_what_it_says(golden):
    trace = played("one-pod")[0]
    said = why(trace, story(trace, ["board", "timeline", "events"])).to_json()
    assert said == golden("yaml")
