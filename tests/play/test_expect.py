from __future__ import annotations

import pytest

from gen.play.conditions import parse
from gen.play.expect import Always, By, ReturnCode, failure
from gen.play.scenario.model import Step
from gen.trace.record import Ref, Said, Typed, Write
from gen.trace.trace import Trace

STEPS = (Step(run="kubectl get pods"), Step(fault={"stop": "kubelet"}), Step(run="kubectl get pod x"))


@pytest.fixture
def trace():
    """Pods ready: 0 at 1 s, 3 at 2 s, 2 at 5 s, 3 at 6 s; two lines, of which the second failed."""
    trace, before = Trace(), None
    for revision, (at_s, ready) in enumerate([(1, 0), (2, 3), (5, 2), (6, 3)]):
        after = {"kind": "Deployment", "metadata": {"name": "web", "namespace": "default"}, "status": {"readyReplicas": ready}}
        trace.add(
            Write, at=at_s * 1_000_000, ref=Ref("Deployment", "default", "web"), revision=revision, before=before, after=after
        )
        before = after
    for line, rc in (("kubectl get pods", 0), ("kubectl get pod x", 1)):
        typed = trace.add(Typed, at=0, line=line)
        trace.add(Said, at=0, cause=typed.seq, line=line, rc=rc, stdout="", stderr="not found\n" if rc else "")
    return trace


@pytest.mark.parametrize(
    ("expectation", "said"),
    [
        (By(2_000_000, parse("deployment/web ready = 3")), None),
        (By(1_900_000, parse("deployment/web ready = 3")), "came true at 2s"),
        (By(9_000_000, parse("deployment/web ready = 4")), "never came true"),
        (By(0, parse("pod/x gone")), None),
        (Always(parse("deployment/web ready >= 2")), None),
        (Always(parse("deployment/web ready >= 3")), "false at 5s"),
        (Always(parse("deployment/web ready > 3")), "never came true"),
        (Always(parse("pod/x gone")), None),
        (ReturnCode(0, 1), None),
        (ReturnCode(0, 3), "it gave 1: not found"),
        (ReturnCode(1, 3), None),
    ],
)
def test_expectations(expectation, said, trace):
    found = failure(expectation, STEPS, trace)
    assert found is None if said is None else found is not None and said in str(found)


def test_a_line_that_never_came_back():
    found = failure(ReturnCode(0, 1), STEPS, Trace())
    assert found is not None
    assert "did not come back" in str(found)
