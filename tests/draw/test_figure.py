from __future__ import annotations

import re

import pytest

from gen.draw import figure
from gen.draw.words import LANGUAGES
from gen.trace.record import Ref, Typed, Write
from gen.trace.trace import Trace

SECOND = 1_000_000
VIEWS = ["timeline", "events"]


@pytest.fixture
def trace() -> Trace:
    trace = Trace({"startEpoch": 0, "namespace": "default", "end": 3 * SECOND, "notSimulated": ["Pod.spec.affinity"]})
    typed = trace.add(Typed, at=0, who="kubectl", process="kubectl", line='kubectl run "<web>"')
    pod = {"kind": "Pod", "metadata": {"name": "web"}, "spec": {}, "status": {"phase": "Pending"}}
    ref = Ref("Pod", "default", "web")
    trace.add(Write, at=SECOND, cause=typed.seq, who="kubectl", process="kubectl", ref=ref, revision=1, before=None, after=pod)
    return trace


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_is_one_block_of_html(trace, lang):
    drawn = figure(trace, VIEWS, title="A <title>", watch="Watch & learn", at=SECOND, lang=lang, name="first-journey")
    assert drawn.startswith('<figure id="kim-first-journey"')
    assert "\n\n" not in drawn
    assert "A &lt;title&gt;" in drawn
    assert "<script" not in drawn
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))


def test_the_moment_stands_above_the_views(trace):
    drawn = figure(trace, VIEWS, at=SECOND, lang="en")
    assert '<p class="kim-moment"><b class="kim-time">1.000 s</b><span>kubectl created Pod web' in drawn
    assert "kim-moment" not in figure(trace, VIEWS, lang="en")


def test_the_foot_says_what_is_not_simulated(trace):
    assert "1 Pod, 2 records · simulated, Kubernetes 1.36 · not simulated: Pod.spec.affinity" in figure(trace, VIEWS, lang="en")
    assert "파드 1개, 기록 2개 · 시뮬레이션한 쿠버네티스 1.36 · 시뮬레이션하지 않은 것: Pod.spec.affinity" in figure(
        trace, VIEWS, lang="ko"
    )


def test_an_unknown_view_is_an_error(trace):
    with pytest.raises(KeyError, match="bored"):
        figure(trace, ["bored"], lang="en")


def test_an_empty_run_has_a_figure():
    assert "</figure>" in figure(Trace({"end": 0}), VIEWS, lang="en")
