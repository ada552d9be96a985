"""The causes of a run made by hand: chains that read from their beginning to their end."""

from __future__ import annotations

import json

import pytest

from gen.draw.words import say
from gen.trace.record import Denied, Fault, Ref, Request, Said, Typed, Write
from gen.views import story
from gen.views.model import Change, Reasons, Step, Story, Text
from gen.views.why import why

POD = Ref("Pod", "default", "web")


def asked(trace, *records: int) -> Reasons:
    """The reasons of a story that has just these steps."""
    steps = tuple(Step(at=trace[record].at, record=record, text=Text("typed", line="")) for record in records)
    return why(trace, Story(pictures=(), steps=steps, pods=0, records=0))


def told(links) -> list[str]:
    return [f"{say(link.who, 'en')}: {say(link.text, 'en').strip()}" for link in links]


def test_a_chain_reads_from_the_line_that_was_typed(trace):
    bound = next(write.seq for write in trace.of(Write) if write.ref.kind == "Pod" and write.at == 60_000)
    chain = asked(trace, bound).chain(bound)
    assert told(chain) == [
        "User: typed: kubectl apply -f web.yaml",
        "kubectl: created Deployment web",
        "Deployment controller: saw that Deployment web was created",
        "Deployment controller: decided about Deployment web by size_wanted: replicas 1",
        "Deployment controller: created ReplicaSet web-64f5d8",
        "ReplicaSet controller: saw that ReplicaSet web-64f5d8 was created",
        "ReplicaSet controller: decided about ReplicaSet web-64f5d8 by missing_or_surplus: create 1",
        "ReplicaSet controller: created Pod web-64f5d8-x2k9q",
        "Scheduler: saw that Pod web-64f5d8-x2k9q was created",
        "Scheduler: asked the rule rank about Pod web-64f5d8-x2k9q",
        "Scheduler: bound Pod web-64f5d8-x2k9q to node-1",
    ]


def test_each_step_has_its_end_in_the_order_of_the_story(trace):
    records = [write.seq for write in trace.of(Write)][::-1]
    assert asked(trace, *records).ends == tuple(records)
    assert asked(trace).ends == ()


def test_a_link_says_which_pod_or_node_it_was_done_to(trace):
    node = trace.add(Fault, at=99, who="scenario", deed="stop", what="kubelet", ref=Ref("Node", "", "node-1"))
    reasons = asked(trace, *(write.seq for write in trace.of(Write)), node.seq)
    about = {link.record: link.about for link in reasons.links}
    assert about[node.seq] == "node/node-1"
    for write in trace.of(Write):
        known = {"Pod": f"pod/{write.ref.namespace}/{write.ref.name}", "Node": f"node/{write.ref.name}"}
        assert about[write.seq] == known.get(write.ref.kind, "")
    assert {one.partition("/")[0] for one in about.values()} == {"", "pod", "node"}


def test_a_request_that_was_granted_is_one_link_with_its_write(trace):
    reasons = asked(trace, *(write.seq for write in trace.of(Write)))
    assert not [link for link in reasons.links if isinstance(trace[link.record], Request)]
    by = {link.record: link for link in reasons.links}
    for write in trace.of(Write):
        assert by[write.seq].written.call == "PUT"
        assert by[write.seq].cause == trace[trace[write.seq].cause].cause


def test_a_request_that_a_reader_steps_to_is_a_link_too(trace):
    request = next(trace.of(Request))
    write = request.seq + 1
    reasons = asked(trace, request.seq, write)
    assert [link.record for link in reasons.links] == [request.seq, write]


def test_links_stand_in_order_and_are_shared(trace):
    reasons = why(trace, story(trace, ["board", "timeline", "events"]))
    records = [link.record for link in reasons.links]
    assert records == sorted(set(records))
    assert all(link.cause is None or link.cause < link.record for link in reasons.links)
    assert {link.cause for link in reasons.links} - {None} <= set(records)


def test_what_was_read_and_written(trace, diary):
    first = diary.write(40_000_000, "kubectl", POD, {"metadata": {}, "spec": {"n": 1}}, None)
    many = {"metadata": {}, "spec": {"n": 2}, "data": {f"key-{number}": "x" for number in range(9)}}
    second = diary.write(41_000_000, "kubelet/node-1", POD, many, diary.noticed(40_500_000, "kubelet/node-1", first, "gen.rank"))
    third = diary.write(42_000_000, "kubelet/node-1", POD, None, second)
    by = {link.record: link for link in asked(trace, third).links}
    assert by[first].written.deed == "created"
    assert by[second].written.deed == "changed"
    assert by[second].written.changes[0] == Change(path="spec.n", before="1", after="2")
    assert (len(by[second].written.changes), by[second].written.more) == (6, 4)
    assert (by[third].written.deed, by[third].written.changes) == ("removed", ())
    seen = next(link for link in by.values() if link.read)
    assert say(seen.read[0], "en") == "read: Pod web at revision 1"


def test_a_rule_that_answers_with_a_table_shows_its_rows(trace, diary):
    first = diary.write(40_000_000, "kubectl", POD, {}, None)
    scores = {f"node-{number}": {"total": 3, "Fit": 1, "Spread": 2} for number in range(8)}
    decided = diary.noticed(41_000_000, "default-scheduler", first, "gen.rank", node="node-0", scores=scores)
    link = asked(trace, decided).chain(decided)[-1]
    assert say(link.read[0], "en") == "scores of node-0: 3 = Fit 1 + Spread 2"
    assert [say(text, "en") for text in link.read[6:]] == ["2 more rows"]
    assert link.by == "gen.rank"


@pytest.mark.parametrize(("kind", "values", "begins"), [
    (Typed, {"line": "kubectl get pods", "who": "kubectl"}, "User: typed: kubectl get pods"),
    (Fault, {"deed": "stop", "what": "kubelet", "ref": Ref("Node", "", "node-1"), "who": "scenario"},
     "Scenario: stopped the kubelet of Node node-1"),
    (Said, {"line": "x", "rc": 1, "stdout": "", "stderr": "no", "who": "kubectl"}, "kubectl: failed with exit code 1: no"),
    (Denied, {"ref": POD, "stage": "authz", "code": 403, "reason": "Forbidden", "message": "no", "who": "kube-apiserver"},
     "API server: refused a request for Pod web at stage authz: 403 Forbidden, no"),
])  # fmt: skip
def test_what_no_component_did_has_words_of_its_own(trace, kind, values, begins):
    record = trace.add(kind, at=50_000_000, **values)
    assert told(asked(trace, record.seq).links) == [begins]


@pytest.mark.parametrize(
    ("at", "when"), [(-5, "created Pod web, while the cluster booted"), (5, "created Pod web, because it was time")]
)
def test_a_chain_that_nobody_began_says_when_it_was(trace, diary, at, when):
    write = diary.write(at, "kubelet/node-1", POD, {}, None)
    assert told(asked(trace, write).links) == [f"kubelet on node-1: {when}"]


def test_it_is_json(trace):
    said = why(trace, story(trace, ["board", "timeline"])).to_json()
    assert json.loads(json.dumps(said)) == said
    assert "cause" not in said["links"][0]
