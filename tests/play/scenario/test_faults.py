"""How the cut of a watch is written, and what is said about one that is written wrongly."""

from __future__ import annotations

import pytest

from gen.cluster.wiring import CONTROLLERS
from gen.play.reading.bad_input import BadInput
from gen.play.scenario.file import from_text

HEAD = "title: {ko: 시험, en: A test}\nseed: 1\ncluster: {nodes: 2}\nsteps:\n"


def read(fault: str):
    return from_text(f"{HEAD}- fault: {fault}\n", "story.yaml").steps[0].fault


@pytest.mark.parametrize("of", ["kube-controller-manager", "kube-scheduler", *(name for _, name, _ in CONTROLLERS)])
def test_everybody_who_watches_can_be_cut_off(of):
    assert read(f"{{cut: watch, of: {of}}}") == {"cut": "watch", "of": of}
    assert read(f"{{cut: watch, of: {of}, for: 20s}}") == {"cut": "watch", "of": of, "for": "20s"}


def test_a_kubelet_is_named_with_its_node():
    assert read("{cut: watch, of: kubelet, node: node-2, for: 1m}") == {
        "cut": "watch", "of": "kubelet", "node": "node-2", "for": "1m",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "field", "what", "todo"),
    [
        ("{cut: wach, of: kubelet, node: node-1}", "fault.cut", "nothing to cut: 'wach'", 'did you mean "watch"?'),
        ("{cut: kubelet, node: node-1}", "fault.cut", "nothing to cut: 'kubelet'", "{cut: watch, of: COMPONENT}"),
        ("{stop: watch, of: kubelet}", "fault.stop", "nothing to stop: 'watch'", "known here: kubelet"),
        ("{cut: watch}", "fault", "the fault lacks 'of'", "{cut: watch, of: COMPONENT}"),
        ("{cut: watch, of: 3}", "fault.of", "this is a number, not a text", "Write a text"),
        ("{cut: watch, of: replicaset}", "fault.of", "'replicaset'", 'did you mean "replicaset-controller"?'),
        ("{cut: watch, of: etcd}", "fault.of", "'etcd'", "known here: kubelet, kube-controller-manager, kube-scheduler, depl"),
        ("{cut: watch, of: kubelet}", "fault", "the fault lacks 'node'", "node: NAME"),
        ("{cut: watch, of: kubelet, node: node-7}", "fault.node", "no node 'node-7' in this cluster", "node-"),
        ("{cut: watch, of: kube-scheduler, node: node-1}", "fault.node", "unknown field 'node'", "Known here: cut, of, for."),
        ("{cut: watch, of: kube-scheduler, for: ever}", "fault.for", "'ever' is no time", "24s"),
    ],
)
def test_what_is_wrong_and_where(fault, field, what, todo):
    with pytest.raises(BadInput) as caught:
        read(fault)
    assert caught.value.field == f"steps[0].{field}"
    assert what in caught.value.what
    assert todo in caught.value.todo
