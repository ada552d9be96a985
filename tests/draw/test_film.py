"""A film is right: what the player makes of a figure at any step is, to the byte, what the build writes at that step."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gen.draw import figure
from gen.draw.figure import body
from gen.draw.svg import TEXT, Film, markup, tag
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.views import VIEWS, story
from gen.views.model import Story
from gen.views.story import Playhead

SCENARIOS = Path(__file__).parents[2] / "docs" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))
SMALL = "first-journey"
SHOWN = [name for name in ("board", "timeline", "sequence", "events", "terminal") if name in VIEWS]
SCRIPT = re.compile(r'<script type="application/json" class="kim-film">(.*?)</script>')
A_FEW = 12


@cache
def played(name: str) -> Story:
    return story(simulate(load(SCENARIOS / f"{name}.yaml")), SHOWN)


def moments(told: Story) -> list[int]:
    """The times at which a fence can begin, each once."""
    return list(dict.fromkeys(step.at for step in told.steps))


def some(times: list[int]) -> list[int]:
    """A dozen of them from the first to the last."""
    return list(dict.fromkeys(times[number * (len(times) - 1) // (A_FEW - 1)] for number in range(A_FEW)))


def value_at(keys, step: int):
    """The value of a track as the player reads it: step, value, step, value, …"""
    past = [value for start, value in zip(keys[::2], keys[1::2], strict=True) if start <= step]
    return past[-1] if past else None


def put(element: ElementTree.Element, name: str, value: object) -> None:
    """One change, as the player makes it."""
    if name == TEXT:
        element[:] = []
        element.text = "" if value is None else str(value)
    elif value is None:
        element.attrib.pop(name, None)
    else:
        element.set(name, "" if value is True else str(value))


def go(page: ElementTree.Element, rows, start: int, step: int) -> str:
    """The page after the player went from one step to another."""
    for element in list(page.iter()):
        for name, *keys in rows[int(element.get("data-k"))] if element.get("data-k") else []:
            if value_at(keys, start) != value_at(keys, step):
                put(element, name, value_at(keys, step))
    settle(page, step)
    return canonical(page)


def settle(page: ElementTree.Element, step: int) -> None:
    """The slider stands at the step, and says the time and the sentence of the moment, as the player sees to."""
    moment = next(one for one in page.iter("p") if one.get("class") == "kim-moment")
    slider = next(one for one in page.iter("input") if one.get("type") == "range")
    slider.set("value", str(step))
    slider.set("aria-valuetext", ": ".join(part.text or "" for part in moment))


def canonical(page: ElementTree.Element) -> str:
    return ElementTree.canonicalize(ElementTree.tostring(page, encoding="unicode"))


def parsed(html: str):
    """A figure's page and film."""
    return ElementTree.fromstring(SCRIPT.sub("", html)), json.loads(SCRIPT.search(html)[1])


def check(told: Story, means, lang: str, starts: list[int], ends: list[int]) -> None:
    built = {at: parsed(figure(told, means, lang=lang, at=at)) for at in dict.fromkeys([*starts, *ends])}
    written = {at: canonical(page) for at, (page, _) in built.items()}
    for start in starts:
        for end in ends:
            page, film = built[start]
            assert go(page, film["rows"], film["at"], built[end][1]["at"]) == written[end], f"from {start} to {end}"
            assert go(page, film["rows"], built[end][1]["at"], film["at"]) == written[start], f"from {end} back to {start}"


def test_every_step_of_a_small_run(means):
    times = moments(played(SMALL))
    check(played(SMALL), means, "ko", times[:1], times)


@pytest.mark.parametrize("name", NAMES)
def test_a_dozen_steps_of_each(means, name):
    times = some(moments(played(name)))
    check(played(name), means, "en", times[::9], times)


def test_what_was_made_by_hand(means, told, board, timeline, table):
    made = told(board, timeline, table)
    times = moments(made)
    check(made, means, "ko", [times[0], times[len(times) // 2], times[-1]], times)


def test_steps_that_are_no_moment_of_their_own(means):
    """Several steps may have one time: a reader comes to each of them, a fence only to the last."""
    told = played(SMALL)
    head = Playhead(told.steps)
    whole = tag("div", body(told, means, head, "x", "en"))
    last = Film(head.start)
    page = ElementTree.fromstring(markup(whole, last))
    at = head.start
    between = [number for number, (step, after) in enumerate(pairwise(told.steps)) if step.at == after.at]
    assert between
    for step in [*between, *between[::-1]]:
        there = Film(step)
        expected = ElementTree.fromstring(markup(whole, there))
        settle(expected, step)
        assert there.rows == last.rows
        assert go(page, last.rows, at, step) == canonical(expected)
        at = step


@pytest.mark.parametrize("name", NAMES)
def test_what_a_film_holds(means, name):
    page, film = parsed(figure(played(name), means, lang="en", at=moments(played(name))[0]))
    numbers = [int(element.get("data-k", "")) for element in page.iter() if element.get("data-k")]
    assert list(dict.fromkeys(numbers)) == list(range(len(film["rows"]))), "each row has an element, in order of the page"
    assert len(set(map(str, film["rows"]))) == len(film["rows"]), "what changes alike shares a row"
    assert film["times"] == [step.at for step in played(name).steps]
    for row in film["rows"]:
        assert row
        for _, *keys in row:
            steps = keys[::2]
            assert len(steps) > 1
            assert steps == sorted(set(steps))
            assert 0 <= steps[0] <= steps[-1] <= len(film["times"])
            assert all(before != after for before, after in zip(keys[1::2], keys[3::2], strict=False))
