from __future__ import annotations

import json

from gen.trace.record import Fault, Ref, Typed
from gen.views import VIEWS
from gen.views.model import Arc, Text
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


def test_the_moment_and_what_led_to_it(trace):
    view = timeline(trace, at=10 * SECOND)
    assert view.moment is not None
    assert (view.moment.at, view.moment.since) == (10 * SECOND, 2_010_000)
    assert view.moment.text.key == "because.fact"
    assert view.arcs[-1] == Arc(
        source=POD, source_at=2 * SECOND, target="component/deployment-controller", target_at=2_010_000
    )  # fmt: skip
    assert [arc.source for arc in view.arcs][:2] == ["component/kubectl", "component/deployment-controller"]


def test_without_a_moment_there_are_no_arcs(trace):
    view = timeline(trace)
    assert view.moment is None
    assert view.arcs == ()


def test_before_anything_happened_there_is_no_moment(trace):
    assert timeline(trace, at=-1).moment is None


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
    written = json.dumps(timeline(trace, at=10 * SECOND).to_json())
    assert '"name": "x2k9q"' in written
    assert json.loads(written)["groups"][0]["lanes"][0]["marks"][0]["at"] == 0
