from __future__ import annotations

from itertools import pairwise

import pytest

from gen.kit.evolve import evolve
from gen.trace.record import Decided, Fault, Phase, Ref, Request, Said, Write
from gen.trace.trace import Trace
from gen.views import VIEWS, wire
from gen.views.model import Text
from gen.views.sequence import CONTROLLERS, LINES, SILENCE
from gen.views.story import story

SECOND = 1_000_000
KUBELET, API, ETCD = "kubelet", "kube-apiserver", "etcd"
DEPLOYMENT = Ref("Deployment", "default", "web")
POD = Ref("Pod", "default", "web-64f5d8-x2k9q")


def sequence(trace, **options):
    return VIEWS["sequence"](trace, **options)


def plain(text):
    """A text in no language: what is filled in, in order."""
    if not isinstance(text, Text):
        return str(text)
    named = dict(text.params)
    if text.key == "name":
        return plain(named["name"])
    if text.key == "ladder.came":
        return f"{plain(named['what'])} · {plain(named['outcome'])}"
    if text.key == "ladder.there":
        return f"{plain(named['where'])}: {plain(named['what'])}"
    return text.key


def told(view):
    return [(line.kind, line.source, line.target, plain(line.text)) for line in view.lines]


def pod(**rest):
    return {"kind": "Pod", "metadata": {"name": POD.name, "namespace": "default"}, "spec": {}, **rest}


def test_how_a_pod_comes_to_be(trace):
    assert told(sequence(trace))[:14] == [
        ("typed", "kubectl", "", "apply -f web.yaml"),
        ("call", "kubectl", API, "PUT deployments/web"),  # the diary writes every request down as an update
        ("watch", API, "deployment-controller", "ADDED Deployment web"),
        ("decided", "deployment-controller", "", "size_wanted → replicas 1"),
        ("call", "deployment-controller", API, "PUT replicasets/64f5d8"),
        ("watch", API, "replicaset-controller", "ADDED ReplicaSet 64f5d8"),
        ("decided", "replicaset-controller", "", "missing_or_surplus → create 1"),
        ("call", "replicaset-controller", API, "PUT pods/x2k9q"),
        ("watch", API, "default-scheduler", "ADDED Pod x2k9q"),
        ("decided", "default-scheduler", "", "rank"),
        ("call", "default-scheduler", API, "PUT pods/x2k9q · node-1"),
        ("call", KUBELET, API, "PUT pods/x2k9q · state.starting"),
        ("call", KUBELET, API, "PUT pods/x2k9q · state.ready"),
        ("watch", API, "deployment-controller", "MODIFIED Pod x2k9q · state.ready"),
    ]


def test_the_lifelines_stand_in_their_order(trace):
    names = [name for name, _ in sequence(trace).participants]
    assert names == ["kubectl", API, ETCD, "deployment-controller", "replicaset-controller", "default-scheduler", KUBELET]
    assert [name for name, _ in sequence(Trace({})).participants] == [API, ETCD]


def test_every_line_has_its_own_record_and_writes_their_revision(trace):
    view = sequence(trace)
    assert list(view.records) == sorted(set(view.records))
    for line in view.lines:
        record = trace[line.record]
        assert line.at == record.at
        assert line.revision == (record.revision if isinstance(record, Write) else 0)


def test_long_waits_are_breaks_between_two_lines(trace):
    view = sequence(trace)
    times = [line.at for line in view.lines]
    assert [(cut.start, cut.end) for cut in view.breaks] == [
        (before, after) for before, after in pairwise(times) if after - before >= SILENCE
    ]
    assert all(cut.quiet for cut in view.breaks)


def test_more_lines_than_there_is_room_for_are_counted():
    trace = Trace({})
    for number in range(LINES + 5):
        trace.add(Decided, at=number, who="default-scheduler", by="gen.rank", ref=POD, values={})
        trace.add(Phase, at=number, cause=2 * number, who="kubelet/node-1", ref=POD, container="", phase="sandbox-created")
    view = sequence(trace)
    assert len(view.lines) == LINES
    assert view.rest == LINES
    assert view.notes == (Text("note.lines_left_out", count=LINES + 10),)


@pytest.mark.parametrize(
    ("verb", "subresource", "path"),
    [
        ("create", "", "POST pods"), ("create", "binding", "POST pods/x2k9q/binding"), ("update", "", "PUT pods/x2k9q"),
        ("patch", "status", "PATCH pods/x2k9q/status"), ("delete", "", "DELETE pods/x2k9q"),
    ],
)  # fmt: skip
def test_a_call_as_http_has_it(verb, subresource, path):
    request = Request(seq=0, at=0, verb=verb, ref=POD, subresource=subresource)
    assert wire.asked(request, "x2k9q") == path


BOUND = {**pod(), "spec": {"nodeName": "node-1"}}


@pytest.mark.parametrize(
    ("before", "after", "to_all", "to_its_kubelet"),
    [
        (None, pod(), "ADDED", "DELETED"),
        (pod(), BOUND, "MODIFIED", "ADDED"),
        (BOUND, {**BOUND, "status": {"phase": "Running"}}, "MODIFIED", "MODIFIED"),
        (BOUND, None, "DELETED", "DELETED"),
    ],
)
def test_an_event_is_what_the_watch_makes_of_it(before, after, to_all, to_its_kubelet):
    write = Write(seq=0, at=0, ref=POD, revision=1, before=before, after=after)
    assert wire.event(write, None) == to_all
    if before or after != pod():  # else the kubelet hears nothing of it
        assert wire.event(write, "node-1") == to_its_kubelet


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"node": "node-1", "asked": 3, "scores": {"node-1": {"total": 9}}}, "rank → node-1"),
        ({"node": None, "asked": 3, "feasible": 0}, "rank → asked 3, feasible 0"),
        ({"pods": ["a", "b"]}, "rank"),
        (
            {"message": "0/2 nodes are available: 2 Insufficient cpu. no new claims"},
            "rank → 0/2 nodes are available: 2 Insufficient cpu. no…",
        ),
    ],
)
def test_a_decision_in_few_words(values, answer):
    assert plain(wire.decision(Decided(seq=0, at=0, by="gen.some.rank", ref=POD, values=values))) == answer


def test_kubelets_share_a_lifeline_and_are_told_apart(diary):
    for node in ("node-1", "node-2"):
        diary.write(
            10, f"kubelet/{node}", Ref("Pod", "default", node), {"kind": "Pod", "metadata": {"name": node}, "spec": {}}, None
        )
    view = sequence(diary.trace)
    assert told(view) == [("call", KUBELET, API, f"{node}: PUT pods/{node}") for node in ("node-1", "node-2")]


def test_controllers_that_find_no_room_share_a_lifeline(diary):
    for number in range(CONTROLLERS + 1):
        name = Ref("ConfigMap", "default", f"c-{number}")
        diary.write(number, f"{number}-controller", name, {"kind": "ConfigMap", "metadata": {"name": name.name}}, None)
    view = sequence(diary.trace)
    assert [name for name, _ in view.participants] == [API, ETCD, *(f"{number}-controller" for number in range(4)), "others"]
    assert view.lines[-1].source == "others"
    assert plain(view.lines[-1].text) == "who/5-controller: PUT configmaps/c-5"


def test_what_kubectl_prints_and_what_the_server_refuses(diary):
    typed = diary.typed(0, "kubectl create -f web.yaml")
    diary.trace.add(Request, at=5, cause=typed, who="kubectl", verb="create", ref=DEPLOYMENT, answered=9, code=409)
    diary.trace.add(Request, at=6, cause=typed, who="kubectl", verb="get", ref=DEPLOYMENT, answered=9, code=404)
    diary.trace.add(Said, at=9, cause=typed, who="kubectl", line="", rc=1, stdout="", stderr="Error: exists\nmore\n")
    diary.trace.add(Said, at=9, cause=typed, who="kubectl", line="", rc=0, stdout="NAME READY\nweb 1/1\n", stderr="")
    diary.trace.add(Said, at=9, cause=typed, who="kubectl", line="", rc=0, stdout="", stderr="")
    assert told(sequence(diary.trace))[1:] == [
        ("refused", "kubectl", API, "POST deployments · 409"), ("refused", "kubectl", "", "Error: exists"),
        ("said", "kubectl", "", "ladder.printed"),
    ]  # fmt: skip


def test_a_call_that_writes_twice_is_one_call(diary):
    diary.write(5, "kubelet/node-1", POD, pod(), None)
    request = diary.trace[diary.last[POD].cause]
    diary.trace.add(Write, at=6, cause=request.seq, who=API, ref=POD, revision=9, before=pod(), after=None)
    assert [line.kind for line in sequence(diary.trace).lines] == ["call", "store"]
    assert told(sequence(diary.trace))[-1] == ("store", API, ETCD, "pods/…8-x2k9q")


def test_a_fault_hits_the_lifeline_of_what_it_hits(diary):
    diary.write(5, "default-scheduler", POD, evolve(pod(), "spec.nodeName", "node-2"), None)
    diary.trace.add(Fault, at=9, who="scenario", deed="kill", what="container", ref=POD)
    diary.trace.add(Fault, at=9, who="scenario", deed="stop", what="kubelet", ref=Ref("Node", "", "node-2"))
    diary.trace.add(Fault, at=9, who="scenario", deed="start", what="kubelet", ref=Ref("Node", "", "node-2"))
    name = "kube-scheduler"
    diary.trace.add(Fault, at=9, who="scenario", deed="stop", what=name, ref=Ref("Component", "", name))
    assert [(line.kind, line.source) for line in sequence(diary.trace).lines[1:]] == [
        ("fault", KUBELET), ("fault", KUBELET), ("mended", KUBELET), ("fault", "default-scheduler"),
    ]  # fmt: skip


def test_a_story_steps_from_line_to_line(trace):
    told = story(trace, ["sequence"], focus=DEPLOYMENT)
    assert [step.record for step in told.steps] == list(told.pictures[0].records)


def test_what_it_says(golden, trace):
    assert sequence(trace).to_json() == golden("yaml")
