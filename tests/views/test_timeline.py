from __future__ import annotations

import json

from gen.trace.record import Fault, Ref, Typed, Write
from gen.views import VIEWS
from gen.views.model import Arc, Text
from gen.views.moment import LONGEST_CHAIN
from gen.views.timeline import LANES

SECOND = 1_000_000
POD = "pod/default/web-64f5d8-x2k9q"


def timeline(trace, **options):
    return VIEWS["timeline"](trace, **options)


def test_who_acted_stands_above_the_pods(trace):
    view = timeline(trace)
    assert [lane.title for lane in view.lanes] == [
        "kubectl", "deployment-controller", "replicaset-controller", "default-scheduler", "web-64f5d8-x2k9q",
    ]  # fmt: skip
    assert [group.heading for group in view.groups] == [
        None,
        Text("group.owner", kind=Text("kind/ReplicaSet"), name="web-64f5d8"),
    ]
    assert view.lanes[-1].label == Text("name", name="x2k9q")


def test_commands_and_writes_are_marks_but_events_are_not(trace):
    marks = {lane.title: [(mark.at, mark.deed) for mark in lane.marks] for lane in timeline(trace).lanes}
    assert marks == {
        "kubectl": [(0, "typed"), (30 * SECOND, "typed")],
        "deployment-controller": [(30_000, "write"), (2_010_000, "write")],
        "replicaset-controller": [(40_000, "write")],
        "default-scheduler": [(60_000, "write")],
        "web-64f5d8-x2k9q": [],
    }


def test_the_long_silence_is_left_out(trace):
    (cut,) = timeline(trace).breaks
    assert 2_010_000 < cut.start < cut.end < 30 * SECOND


def way_to(view, seq):
    """The arcs that led to a record."""
    return [view.arcs[number] for number in view.chains[view.records.index(seq)]]


def test_what_led_to_a_deed(trace):
    view = timeline(trace)
    (counted,) = [record.seq for record in trace.of(Write) if record.at == 2_010_000]
    way = way_to(view, counted)
    assert way[-1] == Arc(source=POD, source_at=2 * SECOND, target="component/deployment-controller", target_at=2_010_000)
    assert [arc.source for arc in way][:2] == ["component/kubectl", "component/deployment-controller"]


def test_a_reader_steps_to_deeds_and_each_has_its_way(trace):
    view = timeline(trace)
    assert [trace[seq].at for seq in view.records] == [
        0, 20_000, 30_000, 40_000, 60_000, 90_000, 2 * SECOND, 2_010_000, 30 * SECOND, 30_020_000, 31 * SECOND,
    ]  # fmt: skip
    assert len(view.chains) == len(view.records)
    assert sorted({number for way in view.chains for number in way}) == list(range(len(view.arcs)))
    assert len(set(view.arcs)) == len(view.arcs)


def test_what_was_typed_was_led_to_by_nothing(trace):
    view = timeline(trace)
    assert [way_to(view, record.seq) for record in trace.of(Typed)] == [[], []]


def test_a_way_is_no_longer_than_can_be_followed(diary):
    write = diary.typed(0, "kubectl apply -f web.yaml")
    settings = {"kind": "ConfigMap", "metadata": {"name": "web"}}
    for number in range(20):
        write = diary.write(1_000 * (number + 1), f"controller-{number}", Ref("ConfigMap", "default", "web"), settings, write)
    view = timeline(diary.trace)
    assert len(view.chains[-1]) == LONGEST_CHAIN
    assert way_to(view, view.records[-1])[-1].target == "component/controller-19"


def test_what_happened_before_time_0_is_not_drawn(diary):
    diary.trace.add(Typed, at=-5, who="kubectl", line="kubectl get nodes")
    assert timeline(diary.trace).lanes == ()


def test_focus_on_another_object_leaves_the_pod_out(trace):
    view = timeline(trace, focus=Ref("Deployment", "default", "api"))
    assert [lane.title for lane in view.lanes] == ["kubectl"]
    assert POD in [lane.key for lane in timeline(trace, focus=Ref("Deployment", "default", "web")).lanes]


def test_owners_that_own_each_other_end_no_run(diary):
    for name, owner in (("a", "b"), ("b", "a")):
        owners = [{"kind": "Pod", "name": owner, "controller": True}]
        pod = {"kind": "Pod", "metadata": {"name": name, "ownerReferences": owners}, "spec": {}, "status": {"phase": "Pending"}}
        diary.write(1_000, "kubectl", Ref("Pod", "default", name), pod, None)
    assert len(timeline(diary.trace, focus=Ref("Pod", "default", "a")).lanes) == 2
    assert timeline(diary.trace, focus=Ref("Pod", "default", "c")).lanes == ()


def test_more_pods_than_lanes_are_counted(diary):
    apply = diary.typed(0, "kubectl apply -f many.yaml")
    for number in range(60):
        pod = {"kind": "Pod", "metadata": {"name": f"web-{number}"}, "spec": {}, "status": {"phase": "Pending"}}
        diary.write(1_000 * (number + 1), "kubectl", Ref("Pod", "default", f"web-{number}"), pod, apply)
    view = timeline(diary.trace)
    assert len(view.lanes) == LANES
    assert view.notes == (Text("note.pods_left_out", count=60 - LANES + 1),)


def test_a_stopped_scheduler_is_seen_on_the_lane_of_its_deeds(trace):
    process = Ref("Component", "", "kube-scheduler")
    trace.add(Fault, at=5 * SECOND, who="scenario", deed="stop", what="kube-scheduler", ref=process)
    (lane,) = [lane for lane in timeline(trace).lanes if "scheduler" in lane.key]
    assert lane.key == "component/default-scheduler"
    assert [span.state for span in lane.spans] == ["stopped"]
    assert {mark.deed for mark in lane.marks} == {"write", "fault"}


def test_a_stopped_kubelet_has_a_lane_and_a_note(trace):
    node = Ref("Node", "", "node-1")
    trace.add(Fault, at=5 * SECOND, who="scenario", deed="stop", what="kubelet", ref=node)
    trace.add(Fault, at=9 * SECOND, who="scenario", deed="start", what="kubelet", ref=node)
    view = timeline(trace)
    (lane,) = [lane for lane in view.lanes if lane.key == "node/node-1"]
    assert [(span.state, span.start, span.end) for span in lane.spans] == [("stopped", 5 * SECOND, 9 * SECOND)]
    assert [mark.deed for mark in lane.marks] == ["fault", "mended"]
    assert Text("note.node_lifecycle") in view.notes


def test_a_killed_container_is_marked_on_its_pod(trace):
    trace.add(Fault, at=5 * SECOND, who="scenario", deed="kill", what="container", ref=Ref("Pod", "default", "web-64f5d8-x2k9q"))
    view = timeline(trace)
    assert [mark.deed for mark in view.lanes[-1].marks] == ["fault"]
    assert Text("note.node_lifecycle") not in view.notes


def test_an_empty_run_is_an_empty_picture(diary):
    assert timeline(diary.trace).lanes == ()


def test_a_view_is_json(trace):
    written = json.dumps(timeline(trace).to_json())
    assert '"name": "x2k9q"' in written
    assert json.loads(written)["groups"][0]["lanes"][0]["marks"][0]["at"] == 0
