"""The board's fold: who did what at each record, who stands where, and what is out."""

from __future__ import annotations

import pytest

from gen.kit.evolve import evolve
from gen.trace.record import Decided, Fault, Phase, Ref, Request, Write
from gen.views import VIEWS
from gen.views.board import CONTROLLERS
from gen.views.model import Text, Turn

SECOND = 1_000_000
POD = Ref("Pod", "default", "web-64f5d8-x2k9q")
KEY = "pod/default/web-64f5d8-x2k9q"
NODE, MANAGER, SCHEDULER = (
    Ref("Node", "", "node-1"),
    Ref("Component", "", "kube-controller-manager"),
    Ref("Component", "", "kube-scheduler"),
)
REPLICAS = Ref("Component", "", "replicaset-controller")


def board(trace, **options):
    return VIEWS["board"](trace, **options)


def fault(
    trace, deed: str, what: str, ref: Ref, *, lasts: int | None = SECOND, cause: int | None = None, at: int = 5 * SECOND
) -> int:
    return trace.add(
        Fault, at=at, cause=cause, who="scenario", process="scenario", deed=deed, what=what, ref=ref, lasts=lasts
    ).seq


def test_what_happens_from_the_command_to_the_status(trace):
    assert [(act.kind, act.source, act.pod) for act in board(trace).acts] == [
        ("typed", "kubectl", ""),
        ("call", "kubectl", ""),
        ("watch", "deployment-controller", ""), ("decided", "deployment-controller", ""), ("call", "deployment-controller", ""),
        ("watch", "replicaset-controller", ""), ("decided", "replicaset-controller", ""), ("call", "replicaset-controller", KEY),
        ("watch", "default-scheduler", KEY), ("decided", "default-scheduler", KEY), ("call", "default-scheduler", KEY),
        ("call", "kubelet/node-1", KEY),
        ("call", "kubelet/node-1", KEY),
        ("watch", "deployment-controller", KEY), ("decided", "deployment-controller", KEY), ("call", "deployment-controller", ""),
        ("typed", "kubectl", ""),
        ("call", "kubectl", KEY),
        ("call", "kubelet/node-1", KEY),
    ]  # fmt: skip


def test_only_a_call_that_wrote_carries_a_revision(trace):
    acts = board(trace).acts
    assert all(act.revision == trace[act.record].revision for act in acts if act.kind == "call")
    assert not [act for act in acts if act.kind != "call" and act.revision]
    assert board(trace).records == tuple(act.record for act in acts)


def test_events_leases_and_what_lies_before_time_0_are_no_acts(diary, trace):
    diary.event(5 * SECOND, POD, "Pulled", "Container image is already present")
    diary.write(5 * SECOND, "kubelet/node-1", Ref("Lease", "kube-node-lease", "node-1"), {"kind": "Lease", "metadata": {}}, None)
    diary.write(-5 * SECOND, "somebody", Ref("ConfigMap", "default", "web"), {"kind": "ConfigMap", "metadata": {}}, None)
    assert len(board(trace).acts) == 19


def test_a_kubelet_works_and_a_fault_hits(trace):
    trace.add(
        Phase, at=5 * SECOND, who="kubelet/node-1", process="kubelet/node-1", ref=POD, container="web", phase="image-pulled"
    )
    for deed, what, ref in (("kill", "container", POD), ("stop", "kubelet", NODE), ("cut", "watch", REPLICAS)):
        fault(trace, deed, what, ref)
    assert [(act.kind, act.source, act.pod) for act in board(trace).acts[-4:]] == [
        ("work", "kubelet/node-1", KEY),
        ("fault", "", KEY),
        ("fault", "kubelet/node-1", ""),
        ("fault", "replicaset-controller", ""),
    ]


@pytest.mark.parametrize(
    ("verb", "code", "ref", "seen"),
    [
        ("update", 409, POD, True),
        ("create", 422, POD, True),
        ("get", 404, POD, False),
        ("update", 200, POD, False),
        ("update", 409, Ref("Lease", "kube-node-lease", "node-1"), False),
    ],
    ids=["a conflict", "invalid", "a question", "granted", "a heartbeat"],
)
def test_a_change_that_was_refused_is_a_call_in_vain(trace, verb, code, ref, seen):
    request = trace.add(Request, at=5 * SECOND, who="replicaset-controller", process="x", verb=verb, ref=ref, code=code)
    found = [(act.kind, act.source, act.revision) for act in board(trace).acts if act.record == request.seq]
    assert found == ([("refused", "replicaset-controller", 0)] if seen else [])


@pytest.mark.parametrize(("name", "seen"), [("web", True), ("api", False)])
def test_a_refused_pod_without_a_name_belongs_to_whom_it_was_to_be_created_for(trace, name, seen):
    """A Pod of a ReplicaSet gets its name from the server; one that was refused never had any."""
    cause = next(one.seq for one in trace.of(Decided) if one.by.endswith("missing_or_surplus"))
    who = {"who": "replicaset-controller", "process": "x"}
    request = trace.add(Request, at=5 * SECOND, cause=cause, verb="create", ref=Ref("Pod", "default", ""), code=403, **who)
    acts = board(trace, focus=Ref("Deployment", "default", name)).acts
    assert any(act.record == request.seq for act in acts) == seen


def test_what_one_call_writes_twice_is_one_arrow_to_the_server_and_two_to_etcd(diary):
    """A forced delete marks the Pod and removes it."""
    pod = {"kind": "Pod", "metadata": {"name": POD.name, "namespace": "default"}, "spec": {}}
    gone = evolve(pod, "metadata.deletionTimestamp", "1970-01-01T00:00:01Z")
    diary.write(SECOND, "kubectl", POD, pod, diary.typed(0, "kubectl run web"))
    first = diary.write(2 * SECOND, "kubectl", POD, gone, diary.typed(2 * SECOND, "kubectl delete pod web --force"))
    who = {"who": "kubectl", "process": "kubectl", "ref": POD, "before": gone, "after": None}
    second = diary.trace.add(Write, at=2 * SECOND + 1, cause=diary.trace[first].cause, revision=90, **who).seq
    view = board(diary.trace)
    acts = {act.record: act for act in view.acts}
    assert [(acts[seq].kind, acts[seq].source) for seq in (first, second)] == [("call", "kubectl"), ("call", "kube-apiserver")]
    assert acts[second].revision == 90
    assert view.controllers == ("default-scheduler",)


def test_etcd_begins_with_the_revision_of_the_boot(diary):
    assert board(diary.trace).revision == 0
    diary.write(-5 * SECOND, "somebody", NODE, {"kind": "Node", "metadata": {"name": "node-1"}}, None)
    before = diary.trace.records[-1].revision
    diary.write(1 * SECOND, "somebody", Ref("Node", "", "node-2"), {"kind": "Node", "metadata": {"name": "node-2"}}, None)
    view = board(diary.trace)
    assert view.revision == before > 0
    assert [(site.name, site.places) for site in view.nodes] == [("node-1", 0), ("node-2", 0)]


def test_nodes_have_as_many_places_as_they_ever_need(diary, trace):
    diary.write(-5 * SECOND, "somebody", NODE, {"kind": "Node", "metadata": {"name": "node-1"}}, None)
    view = board(trace)
    assert [(site.name, site.places) for site in view.nodes] == [("node-1", 1)]
    assert (view.tray, len(view.stays)) == (1, 2)


@pytest.mark.parametrize(
    ("acting", "shown", "others"),
    [
        ([], ["default-scheduler"], []),
        (["garbage", "replicaset-controller", "deployment-controller"],
         ["deployment-controller", "replicaset-controller", "garbage", "default-scheduler"], []),
        (["default-scheduler", "kubectl", "kubelet/node-1"], ["default-scheduler"], []),
        (["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e", "default-scheduler"], []),
        (["a", "b", "c", "d", "e", "f", "replicaset-controller"],
         ["replicaset-controller", "a", "b", "c", "default-scheduler"], ["d", "e", "f"]),
    ],
    ids=["nobody", "the known first", "the scheduler once, and no kubelets", "as many as there is room for", "more share a box"],
)  # fmt: skip
def test_who_stands_in_the_control_plane(diary, acting, shown, others):
    for number, who in enumerate(acting):
        diary.write(number, who, Ref("ConfigMap", "default", who), {"kind": "ConfigMap", "metadata": {}}, None)
    view = board(diary.trace)
    assert (list(view.controllers), list(view.others)) == (shown, others)
    assert len(view.controllers) <= CONTROLLERS + 1


def test_a_process_that_is_hit_is_no_controller(diary):
    fault(diary.trace, "stop", "kube-controller-manager", MANAGER)
    fault(diary.trace, "stop", "kube-scheduler", SCHEDULER)
    assert board(diary.trace).controllers == ("default-scheduler",)


@pytest.mark.parametrize(
    ("what", "ref", "box"),
    [
        ("kubelet", NODE, "kubelet/node-1"),
        ("kube-controller-manager", MANAGER, "*"),
        ("kube-scheduler", SCHEDULER, "default-scheduler"),
        ("replicaset-controller", REPLICAS, "replicaset-controller"),
    ],
)
def test_what_is_out_and_until_when(trace, what, ref, box):
    stop, start = fault(trace, "stop", what, ref), fault(trace, "start", what, ref)
    cut = fault(trace, "cut", "watch", ref)
    mend = fault(trace, "mend", "watch", ref, cause=cut)
    turns = [(stop, "stopped", what), (start, "", what), (cut, "cut", "watch"), (mend, "", "watch")]
    assert board(trace).outages == ((box, tuple(Turn(record=record, state=state, word=word) for record, state, word in turns)),)


@pytest.mark.parametrize(
    ("deed", "what", "ref", "lasts"),
    [("kill", "container", POD, None), ("cut", "watch", REPLICAS, None)],
    ids=["a container that is killed", "a watch that ends in good order"],
)
def test_what_takes_nobody_away(trace, deed, what, ref, lasts):
    fault(trace, deed, what, ref, lasts=lasts)
    assert board(trace).outages == ()


def test_a_stopped_kubelet_is_a_note(trace):
    assert board(trace).notes == ()
    fault(trace, "stop", "kubelet", NODE)
    assert board(trace).notes == (Text("note.node_lifecycle"),)


def test_more_nodes_than_a_board_has_room_for_are_a_note(diary):
    """Those with Pods are drawn first, all in the order in which they joined."""
    for number in range(20):
        diary.write(number, "somebody", Ref("Node", "", f"node-{number}"), {"kind": "Node", "metadata": {}}, None)
    for number in range(18):
        pod = {"kind": "Pod", "metadata": {}, "spec": {"nodeName": f"node-{number + 2}"}, "status": {"phase": "Pending"}}
        diary.write(100 + number, "somebody", Ref("Pod", "default", f"web-{number}"), pod, None)
    view = board(diary.trace)
    assert [site.name for site in view.nodes] == [f"node-{number}" for number in range(2, 14)]
    assert {stay.node for stay in view.stays} == {site.name for site in view.nodes}
    assert view.notes == (Text("note.nodes_left_out", count=8), Text("note.pods_left_out", count=6))


def test_more_pods_than_places_are_a_note(diary):
    diary.write(0, "somebody", NODE, {"kind": "Node", "metadata": {}}, None)
    for number in range(100):
        pod = {
            "kind": "Pod",
            "metadata": {"name": f"web-{number}"},
            "spec": {"nodeName": "node-1"},
            "status": {"phase": "Pending"},
        }
        diary.write(number, "somebody", Ref("Pod", "default", f"web-{number}"), pod, None)
    view = board(diary.trace)
    assert (len(view.stays), view.notes) == (60, (Text("note.pods_left_out", count=40),))


def test_focus_keeps_the_acts_for_the_object(trace):
    view = board(trace, focus=Ref("Deployment", "default", "api"))
    assert [(act.kind, act.source) for act in view.acts] == [("typed", "kubectl"), ("typed", "kubectl")]
    assert view.stays == ()
    assert len(board(trace, focus=Ref("Deployment", "default", "web")).stays) == 2


def test_an_empty_run_is_an_empty_board(diary):
    view = board(diary.trace)
    assert (view.nodes, view.stays, view.acts, view.outages) == ((), (), (), ())
