"""The `compare` fence: what it understands, what it complains about, and what its figure leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.site.comparing import Fence, made, parsed
from gen.site.fences import WrongFence
from gen.site.place import Place
from gen.trace.record import Ref

DOCS = Path(__file__).parents[2] / "docs"
WRONG = {
    "no runs": ("title: Four", "says no runs", "Add `runs: [NAME, NAME]`"),
    "one run": ("runs: [recreate]", "runs is no list of two to 5 different scenarios", "Write [NAME, NAME]"),
    "one run twice": ("runs: [recreate, recreate]", "different scenarios", "TITLE: NAME"),
    "one run under two names": ("runs: {A: recreate, B: recreate}", "different scenarios", "TITLE: NAME"),
    "a number": ("runs: [1, 2]", "is no list of two to 5", "Write [NAME, NAME]"),
    "no Service": ("runs: [a, b]\nfocus: deployment/web", "focus is no Service", "service/NAME"),
    "a view": ("runs: [a, b]\nview: board", "no option 'view'", "title"),
}


@pytest.mark.parametrize(("source", "what", "todo"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_fence_says_what_and_what_to_do(source, what, todo):
    with pytest.raises(WrongFence) as found:
        parsed(source)
    assert what in str(found.value)
    assert todo in str(found.value)


def test_a_fence_is_understood():
    service = Ref("Service", "default", "web")
    assert parsed("runs: [a, b]\nfocus: service/web\nat: 15s") == Fence({"a": "", "b": ""}, focus=service, at=15_000_000)
    assert parsed("runs: {One: a, Two: b}\ntitle: T\nwatch: W?") == Fence({"a": "One", "b": "Two"}, "T", "W?")


def test_each_run_has_its_name_and_its_way_to_the_playground():
    place = Place("a.md", "en", "", DOCS / "en", DOCS / "scenarios", "a/")
    fence = Fence({"strategy-recreate": "", "strategy-rolling": "One by one"})
    html, why = made(fence, "compare-strategy-recreate", place)
    for name, scenario in (("Recreate behind a Service", "strategy-recreate"), ("One by one", "strategy-rolling")):
        assert f'<a href="../playground/#run=empty-cluster&amp;s={scenario}">{name}</a>' in html
        assert f"{name}: " in html
    assert 'data-views="compare"' in html
    assert "data-draft" not in html
    assert why.count("kim-cause") > 20
    with pytest.raises(WrongFence, match="no scenario 'strategy-roling'"):
        made(Fence({"strategy-recreate": "", "strategy-roling": ""}), "x", place)
    with pytest.raises(WrongFence, match="strategy-recreate: focus: the run has no service/wab"):
        made(Fence(fence.runs, focus=Ref("Service", "default", "wab")), "x", place)
