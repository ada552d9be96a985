"""The trace: causes, lines, digests."""

import pytest

from gen.trace.record import Decided, Ref, Request, Seen, Typed, Write
from gen.trace.trace import Trace

WEB = Ref("Deployment", "default", "web")


def small_trace():
    trace = Trace({"seed": 7})
    typed = trace.add(Typed, at=0, who="kubectl", line="kubectl apply -f web.yaml")
    request = trace.add(Request, at=1, cause=typed.seq, who="kubectl", verb="create", ref=WEB, arrived=2)
    first = trace.add(Write, at=3, cause=request.seq, who="kubectl", ref=WEB, revision=1, before=None, after={"spec": 1})
    trace.answer(request, answered=4, code=201)
    seen = trace.add(Seen, at=5, cause=first.seq, who="deployment-controller", ref=WEB, revision=1)
    decided = trace.add(Decided, at=6, cause=seen.seq, ref=WEB, values={"replicas": 3})
    trace.add(Write, at=7, cause=decided.seq, ref=WEB, revision=2, before={"spec": 1}, after={"spec": 2})
    return trace


def test_why_leads_back_to_what_was_typed():
    chain = small_trace().why(5)
    assert [type(record).__name__ for record in chain] == ["Typed", "Request", "Write", "Seen", "Decided", "Write"]


def test_a_request_is_answered_once():
    trace = small_trace()
    trace.answer(trace[1], answered=99, code=500)
    assert trace[1].answered == 4
    assert trace[1].code == 201


def test_lines_come_back_as_they_were_and_hold_before_only_once():
    trace = small_trace()
    lines = list(trace.to_lines())
    again = Trace.from_lines(lines)
    assert again.records == trace.records
    assert again.digest() == trace.digest()
    assert '"before"' not in "".join(lines)


def test_lines_as_made_keep_the_order_of_keys():
    trace = Trace({"seed": 7, "end": 1})
    trace.add(Write, at=3, ref=WEB, revision=1, before=None, after={"spec": {"b": 1, "a": 2}})
    again = Trace.from_lines(trace.to_lines(as_made=True))
    assert again.records == trace.records
    assert [list(again.info), list(again[0].after["spec"])] == [["seed", "end"], ["b", "a"]]
    assert again.digest() == trace.digest()


def test_another_run_has_another_digest():
    trace = small_trace()
    trace.add(Typed, at=9, line="kubectl get pods")
    assert trace.digest() != small_trace().digest()


def test_what_is_no_trace_is_refused():
    with pytest.raises(ValueError, match="info"):
        Trace.from_lines(['{"record": "Typed"}'])


def test_about_and_between():
    trace = small_trace()
    assert len(trace.about(WEB)) == 5
    assert [record.seq for record in trace.between(3, 5)] == [2, 3]
