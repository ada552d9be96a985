"""A run is written in the recordings' own format, and read back as the same run."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from gen.play.measure import compare
from gen.play.reading.bad_input import BadInput
from gen.play.recording.write import events_list, transcript, watch_lines, write, write_all
from gen.trace.record import Fault, Ref, Said, Typed, Write
from gen.trace.trace import Trace

POD = Ref("Pod", "shop", "web")
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def obj(ref: Ref, **more: Any) -> dict[str, Any]:
    metadata = {"name": ref.name, **({"namespace": ref.namespace} if ref.namespace else {}), **more.pop("metadata", {})}
    return {"apiVersion": "v1", "kind": ref.kind, "metadata": metadata, **more}


def a_trace() -> Trace:
    """A node, a Pod that comes and goes, an Event, a line, a fault."""
    trace = Trace({"namespace": "shop", "startEpoch": 1767225600.5, "kubelet": "fake"})
    revision = 0
    last: dict[Ref, Any] = {}

    def wrote(at: int, ref: Ref, after: Any) -> None:
        nonlocal revision
        revision += 1
        trace.add(Write, at=at, ref=ref, revision=revision, before=last.get(ref), after=after)
        last[ref] = after

    node, lease = Ref("Node", "", "node-1"), Ref("Lease", "kube-node-lease", "node-1")
    wrote(-5_000_000, node, obj(node, spec={}, status={"capacity": {"cpu": "4"}, "conditions": []}))
    wrote(-4_000_000, lease, obj(lease, spec={}))
    old = Ref("Event", "default", "node-1.1")
    wrote(-3_000_000, old, obj(old, reason="RegisteredNode", involvedObject={"kind": "Node", "name": "node-1"}))
    trace.add(Typed, at=500_000, line="kubectl apply -f web.yaml")
    annotations = {LAST_APPLIED: "{}", "note": "kept"}
    metadata = {"uid": "u1", "generation": 1, "annotations": annotations, "managedFields": []}
    wrote(600_000, POD, obj(POD, metadata=metadata, spec={"nodeName": "node-1"}, status={"phase": "Pending"}))
    trace.add(Said, at=700_000, cause=3, line="kubectl apply -f web.yaml", rc=0, stdout="pod/web created\n", stderr="")
    event = Ref("Event", "shop", "web.1")
    told = {"reason": "Started", "type": "Normal", "message": "Container started", "count": 1}
    about = {"kind": "Pod", "name": "web", "namespace": "shop"}
    wrote(800_000, event, obj(event, involvedObject=about, firstTimestamp="2026-01-01T00:00:00Z", **told))
    wrote(900_000, POD, obj(POD, metadata={"uid": "u1", "generation": 1}, spec={}, status={"phase": "Running"}))
    trace.add(Fault, at=1_000_000, deed="stop", what="kubelet", ref=node)
    wrote(2_000_000, POD, None)
    wrote(3_000_000, lease, obj(lease, spec={"renewTime": "now"}))
    return trace


def test_the_watch_log() -> None:
    rows = [json.loads(line) for line in watch_lines(a_trace())]
    assert [(row["t"], row["type"], row["kind"]) for row in rows] == [
        (0.0, "INITIAL", "Node"),
        (0.6, "ADDED", "Pod"),
        (0.8, "ADDED", "Event"),
        (0.9, "MODIFIED", "Pod"),
        (2.0, "DELETED", "Pod"),
    ]
    assert rows[0]["namespace"] is None
    assert rows[1]["metadata"] == {"uid": "u1", "annotations": {"note": "kept"}}
    assert rows[1]["generation"] == 1
    assert rows[2]["involved"] == "Pod/web"
    assert rows[4]["status"] == {"phase": "Running"}


def test_events_of_the_boot_are_not_part_of_the_play() -> None:
    assert [event["reason"] for event in events_list(a_trace())["items"]] == ["Started"]


def test_the_transcript() -> None:
    assert yaml.safe_load(transcript(a_trace())) == [
        {"t": 0.5, "cmd": "kubectl apply -f web.yaml", "rc": 0, "stdout": "pod/web created\n"},
        {"t": 1.0, "note": "stop kubelet", "do": {"fault": {"stop": "kubelet", "node": "node-1"}}},
    ]


def test_a_cut_is_written_with_its_end() -> None:
    trace = Trace({"namespace": "shop"})
    cut = trace.add(Fault, at=0, deed="cut", what="watch", ref=Ref("Component", "", "replicaset-controller"), lasts=20_000_000)
    trace.add(Fault, at=20_000_000, cause=cut.seq, deed="mend", what="watch", ref=cut.ref)
    trace.add(Fault, at=30_000_000, deed="cut", what="watch", ref=Ref("Node", "", "node-1"))
    assert [row["do"]["fault"] for row in yaml.safe_load(transcript(trace))] == [
        {"cut": "watch", "of": "replicaset-controller", "for": "20s"},
        {"cut": "watch", "of": "kubelet", "node": "node-1"},
    ]


def test_what_was_written_is_the_run(tmp_path: Path) -> None:
    write(a_trace(), tmp_path / "a", files={"manifests/web.yaml": "kind: Pod\n"})
    write(Trace.from_lines(a_trace().to_lines()), tmp_path / "b")
    assert {value for value in compare(tmp_path / "a", tmp_path / "b").values() if value is not None} == {1.0}
    assert yaml.safe_load((tmp_path / "a/meta.yaml").read_text())["kubelet"] == "fake"
    assert (tmp_path / "a/manifests/web.yaml").read_text() == "kind: Pod\n"
    assert [path.name for path in tmp_path.glob("**/*.part")] == []


def test_a_secret_keeps_its_secret() -> None:
    trace, ref = Trace({"namespace": "shop"}), Ref("Secret", "shop", "creds")
    trace.add(Write, at=1, ref=ref, revision=1, before=None, after=obj(ref, type="Opaque", data={"password": "czNjcmV0"}))
    row = json.loads(next(watch_lines(trace)))
    assert row["type"] == "ADDED"
    assert "data" not in row


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run/b.yaml.part").mkdir()  # nothing can be written there
    with pytest.raises(BadInput, match="cannot be written"):
        write_all(tmp_path / "run", {"a.yaml": "a", "b.yaml": "b"})
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["b.yaml.part"]


def test_events_stand_in_the_file_though_they_went_with_their_namespace(tmp_path: Path) -> None:
    trace, event = a_trace(), Ref("Event", "shop", "web.1")
    last = next(write.after for write in trace.of(Write) if write.ref == event)
    trace.add(Write, at=4_000_000, ref=event, revision=99, before=last, after=None)
    write(trace, tmp_path)
    assert [one["reason"] for one in json.loads((tmp_path / "events.json").read_text())] == ["Started"]
    assert events_list(trace)["items"] == []
