from __future__ import annotations

import pytest

from gen.trace.query import actor, histories, reason, stored
from gen.trace.record import Decided, Ref, Request, Seen, Typed, Write
from gen.trace.trace import Trace

WEB, POD = Ref("Deployment", "default", "web"), Ref("Pod", "default", "web-1")


@pytest.fixture
def trace() -> Trace:
    trace = Trace()
    typed = trace.add(Typed, at=0, who="kubectl", line="kubectl apply -f web.yaml")
    request = trace.add(Request, at=1, cause=typed.seq, who="kubectl", verb="create", ref=WEB)
    made = trace.add(Write, at=2, cause=request.seq, who="kube-apiserver", ref=WEB, revision=1, before=None, after={"n": 1})
    seen = trace.add(Seen, at=3, cause=made.seq, who="replicaset-controller", ref=WEB, revision=1)
    decided = trace.add(Decided, at=4, cause=seen.seq, who="replicaset-controller", ref=WEB)
    request = trace.add(Request, at=5, cause=decided.seq, who="replicaset-controller", verb="create", ref=POD)
    trace.add(Write, at=6, cause=request.seq, who="kube-apiserver", ref=POD, revision=2, before=None, after={"n": 2})
    trace.add(Write, at=8, who="garbage", ref=POD, revision=3, before={"n": 2}, after=None)
    return trace


def test_the_writes_of_every_object(trace):
    assert [write.revision for write in histories(trace, "Pod")[POD]] == [2, 3]
    assert histories(trace, "Node") == {}


@pytest.mark.parametrize(
    ("at", "held"), [(1, {}), (2, {WEB: {"n": 1}}), (6, {WEB: {"n": 1}, POD: {"n": 2}}), (9, {WEB: {"n": 1}})]
)
def test_what_etcd_held(trace, at, held):
    assert stored(trace, at) == held


def test_who_did_it_is_who_asked(trace):
    assert actor(trace, trace[2]) == "kubectl"
    assert actor(trace, trace[6]) == "replicaset-controller"
    assert actor(trace, trace[7]) == "garbage"


def test_the_reason_is_the_nearest_happening(trace):
    assert reason(trace, trace[2]) is trace[0]
    assert reason(trace, trace[6]) is trace[2]
    assert reason(trace, trace[0]) is None


def test_an_errand_that_nobody_sent_is_no_reason():
    trace = Trace()
    request = trace.add(Request, at=1, who="kubelet/node-1", verb="update", ref=POD)
    write = trace.add(Write, at=2, cause=request.seq, who="kubelet/node-1", ref=POD, revision=1, before=None, after={})
    assert reason(trace, write) is None
