from __future__ import annotations

import pytest

from gen.draw.words import say
from gen.trace.record import Denied, Fault, Phase, Record, Ref, Request, Said, Seen, Write
from gen.views.sentences import PHASES, sentence

POD = Ref("Pod", "default", "web-1")


def told(trace, record, lang="en") -> str:
    return say(sentence(trace, record), lang)


def test_a_run_reads_as_sentences(trace):
    writes = [record for record in trace.of(Write) if record.at >= 0 and record.ref.kind != "Event"]
    assert [told(trace, record) for record in writes] == [
        "kubectl created Deployment web, as typed: kubectl apply -f web.yaml",
        "Deployment controller created ReplicaSet web-64f5d8, because Deployment web was created",
        "ReplicaSet controller created Pod web-64f5d8-x2k9q, because ReplicaSet web-64f5d8 was created",
        "Scheduler bound Pod web-64f5d8-x2k9q to node-1, because Pod web-64f5d8-x2k9q was created",
        "kubelet on node-1 reported Pod web-64f5d8-x2k9q as Starting (ContainerCreating), "
        "because Pod web-64f5d8-x2k9q was bound to node-1",
        "kubelet on node-1 reported Pod web-64f5d8-x2k9q as Ready, because Pod web-64f5d8-x2k9q was Starting (ContainerCreating)",
        "Deployment controller wrote the status of Deployment web: 1 of 1 ready, because Pod web-64f5d8-x2k9q was Ready",
        "kubectl asked for the deletion of Pod web-64f5d8-x2k9q, with a grace period of 30 s, "
        "as typed: kubectl delete pod web-64f5d8-x2k9q",
        "kubelet on node-1 removed Pod web-64f5d8-x2k9q from the API for good, "
        "because Pod web-64f5d8-x2k9q was marked for deletion",
    ]


def test_korean_particles_follow_the_last_sound(trace):
    writes = [record for record in trace.of(Write) if record.at >= 0 and record.ref.kind != "Event"]
    assert (
        told(trace, writes[1], "ko") == "디플로이먼트 web의 생성을 보고 디플로이먼트 컨트롤러가 레플리카셋 web-64f5d8을 만들었다"
    )
    assert told(trace, writes[3], "ko") == (
        "파드 web-64f5d8-x2k9q의 생성을 보고 스케줄러가 파드 web-64f5d8-x2k9q를 node-1에 바인딩했다"
    )


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_record_is_without_words(trace, lang):
    more = [
        (Said, {"line": "kubectl get pods", "rc": 0, "stdout": "NAME   READY\nweb-1   1/1\n", "stderr": ""}),
        (Said, {"line": "kubectl get pod x", "rc": 1, "stdout": "", "stderr": "Error from server (NotFound)"}),
        (Said, {"line": "kubectl rollout pause", "rc": 0, "stdout": "", "stderr": ""}),
        (Said, {"line": "kubectl rollout pause", "rc": 1, "stdout": "", "stderr": ""}),
        (Request, {"verb": "patch", "ref": POD, "subresource": "status", "code": 200}),
        (Request, {"verb": "update", "ref": POD, "code": 409, "message": "the object has been modified"}),
        (Request, {"verb": "list", "ref": Ref("Pod", "default", "")}),
        (Seen, {"ref": POD, "revision": 7}),
        (
            Denied,
            {"ref": POD, "stage": "validation", "code": 422, "reason": "Invalid", "message": "spec.replicas: Invalid value: -1"},
        ),
        *[(Phase, {"ref": POD, "container": "web", "phase": phase, "detail": {"code": 1}}) for phase in (*PHASES, "frozen")],
        *[
            (Fault, {"deed": deed, "what": "kubelet", "ref": Ref("Node", "", "node-1")})
            for deed in ("stop", "start", "kill", "cut", "mend", "freeze")
        ],
        (Record, {}),
    ]
    for kind, values in more:
        trace.add(kind, at=1, who="kubelet/node-1", **values)
    sentences = [told(trace, record, lang) for record in trace]
    assert all(sentences)
    assert not [text for text in sentences if "{" in text or "None" in text]


def test_a_fault_is_a_reason(trace):
    node = Ref("Node", "", "node-1")
    started = trace.add(Fault, at=1, who="scenario", deed="start", what="kubelet", ref=node)
    stopped = trace.add(
        Fault, at=1, who="scenario", deed="stop", what="kube-scheduler", ref=Ref("Component", "", "kube-scheduler")
    )
    write = trace.add(
        Write, at=2, cause=started.seq, who="kubelet/node-1", ref=node, revision=1, before=None, after={"kind": "Node"}
    )
    assert told(trace, stopped) == "The scenario stopped kube-scheduler"
    assert (
        told(trace, write)
        == "kubelet on node-1 created Node node-1, because the scenario had started the kubelet of Node node-1 again"
    )
    assert told(trace, write, "ko") == "노드 node-1의 kubelet 재시작 뒤에 node-1의 kubelet이 노드 node-1을 만들었다"


@pytest.mark.parametrize(
    ("ref", "english", "korean"),
    [
        (Ref("Component", "", "replicaset-controller"), "watches of the ReplicaSet controller", "레플리카셋 컨트롤러의 watch"),
        (Ref("Component", "", "node-controller"), "watches of the Node controller", "노드 컨트롤러의 watch"),
        (Ref("Component", "", "kube-scheduler"), "watches of kube-scheduler", "kube-scheduler의 watch"),
        (Ref("Node", "", "node-1"), "watches of the kubelet on node-1", "node-1에 있는 kubelet의 watch"),
    ],
)
def test_a_watch_is_cut_and_restored(trace, ref, english, korean):
    cut = trace.add(Fault, at=1, who="scenario", deed="cut", what="watch", ref=ref, lasts=1)
    mend = trace.add(Fault, at=2, cause=cut.seq, who="scenario", deed="mend", what="watch", ref=ref)
    write = trace.add(Write, at=3, cause=mend.seq, who="kubectl", ref=POD, revision=1, before=None, after={"kind": "Pod"})
    assert told(trace, cut) == f"The scenario cut the {english}"
    assert told(trace, mend) == f"The {english} were restored"
    assert told(trace, write) == f"kubectl created Pod web-1, because the {english} were restored"
    assert told(trace, cut, "ko") == f"시나리오가 {korean}를 끊었다"
    assert told(trace, mend, "ko") == f"{korean}가 다시 이어졌다"
    assert told(trace, write, "ko") == f"{korean} 복구 뒤에 kubectl이 파드 web-1을 만들었다"


BEFORE = {"kind": "Node", "metadata": {"name": "n"}, "spec": {}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
UNREADY = {**BEFORE, "status": {"conditions": [{"type": "Ready", "status": "Unknown"}]}}


@pytest.mark.parametrize(
    ("ref", "before", "after", "expected"),
    [
        (Ref("Node", "", "n"), BEFORE, UNREADY, "node_ready"),
        (Ref("Node", "", "n"), BEFORE, {**BEFORE, "spec": {"unschedulable": True}}, "changed"),
        (Ref("Deployment", "d", "w"), {"spec": {"replicas": 1}}, {"spec": {"replicas": 3}}, "scaled"),
        (Ref("ReplicaSet", "d", "w"), {"status": {}}, {"status": {"readyReplicas": 1}}, "counted"),
        (Ref("Lease", "d", "n"), {"spec": {"renewTime": 1}}, {"spec": {"renewTime": 2}}, "renewed"),
        (Ref("Event", "d", "e"), {"count": 1}, {"count": 2, "reason": "BackOff"}, "event_again"),
        (Ref("Namespace", "", "d"), {"status": {}}, {"status": {"phase": "Active"}}, "status"),
        (Ref("ConfigMap", "d", "c"), {"data": {"a": "1"}}, {"data": {"a": "2"}}, "changed"),
    ],
)
def test_what_a_write_did(trace, ref, before, after, expected):
    named = {"metadata": {"name": ref.name}}
    record = trace.add(Write, at=1, who="somebody", ref=ref, revision=1, before={**named, **before}, after={**named, **after})
    assert sentence(trace, record).key == f"did.{expected}"
    assert told(trace, record)
