"""Each figure tells of one thing: what is changed in a recording moves the figures that look at it, and no others."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gen.play.measure import FIGURES, compare, compare_all, table
from gen.play.reading.bad_input import BadInput
from gen.play.recording.files import changes

RECORDINGS = Path(__file__).parents[2] / "recordings"
SCALE = RECORDINGS / "06a-scale"
EXACT = RECORDINGS / "24c-heterogeneous-binpack-run1"

Change = Callable[[list[Any]], object]


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    def copy(recording: Path) -> Path:
        return Path(shutil.copytree(recording, tmp_path / recording.name))

    return copy


def in_events(folder: Path, change: Change) -> None:
    events = json.loads((folder / "events.json").read_text())
    change(events)
    (folder / "events.json").write_text(json.dumps(events))


def in_history(folder: Path, change: Change) -> None:
    rows = changes(folder / "objects.jsonl")
    change(rows)
    (folder / "objects.jsonl").write_text("\n".join(map(json.dumps, rows)))


def in_steps(folder: Path, change: Change) -> None:
    steps = yaml.safe_load((folder / "steps.yaml").read_text())
    change(steps)
    (folder / "steps.yaml").write_text(yaml.safe_dump(steps))


def in_final(folder: Path, change: Change) -> None:
    items = next(yaml.safe_load_all((folder / "final.yaml").read_text()))["items"]
    change(items)
    (folder / "final.yaml").write_text(yaml.safe_dump({"kind": "List", "items": items}))


def first(rows: list[Any], **wanted: str) -> Any:
    return next(row for row in rows if all(row.get(key) == value for key, value in wanted.items()))


def set_time(event: dict[str, Any], time: str) -> None:
    event.update(firstTimestamp=time, lastTimestamp=time, creationTimestamp=time)


def dip(rows: list[Any]) -> None:
    """Every Pod unready for a moment, in the middle of the run."""
    counted = [row for row in rows if row["kind"] == "Deployment" and row["status"].get("readyReplicas") == 4]
    status = {**counted[0]["status"], "readyReplicas": 0}
    rows.append({**counted[0], "status": status, "resourceVersion": str(int(counted[0]["resourceVersion"]) + 1)})


def late(events: list[Any]) -> None:
    """The last container starts 20 s late."""
    event = [event for event in events if event["reason"] == "Started"][-1]
    set_time(event, "2026-11-22T11:16:40Z")


def forget(events: list[Any]) -> None:
    events.remove(first(events, reason="Killing"))


CHANGES: list[tuple[str, Callable[[Path, Change], None], Change, set[str]]] = [
    (
        "an event is missing",
        in_events,
        lambda events: events.remove(first(events, reason="Killing")),
        {"events", "counts", "times"},
    ),
    ("an event too much", in_events, lambda events: events.append({**events[0], "reason": "Nonsense"}), {"events", "counts"}),
    ("an event is seen twice", in_events, lambda events: events[0].update(count=2), {"counts"}),
    ("an event comes late", in_events, late, {"times"}),
    ("a size more", in_history, lambda rows: first(rows, kind="ReplicaSet")["spec"].update(replicas=9), {"steps"}),
    ("a state more", in_history, lambda rows: first(rows, kind="Pod")["status"].update(phase="Failed"), {"states"}),
    ("a dip in a count", in_history, dip, {"numbers"}),
    ("a wrong field", in_final, lambda items: items[0]["spec"].update(minReadySeconds=5), {"final"}),
    ("an object is missing", in_final, lambda items: items.pop(), {"final"}),
    ("another exit code", in_steps, lambda steps: steps[0].update(rc=1), {"said"}),
    ("another word", in_steps, lambda steps: steps[0].update(stdout="deployment.apps/nginx configured\n"), {"said"}),
]


@pytest.mark.parametrize(("folder", "change", "moved"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_moves_its_figures_alone(
    copied: Callable[[Path], Path], folder: Callable[[Path, Change], None], change: Change, moved: set[str]
) -> None:
    run = copied(SCALE)
    folder(run, change)
    figures = compare(SCALE, run)
    assert {name for name, value in figures.items() if value != 1} == moved
    assert all(value is not None and 0 <= value <= 1 for value in figures.values())


def test_a_pod_on_another_node(copied: Callable[[Path], Path]) -> None:
    run = copied(EXACT)

    def move(rows: list[Any]) -> None:
        for row in rows:
            if row["name"] == "p-7" and row.get("spec", {}).get("nodeName"):
                row["spec"]["nodeName"] = "n9"

    in_history(run, move)
    assert {name for name, value in compare(EXACT, run).items() if value not in (1, None)} == {"places"}


def test_effects_before_causes(copied: Callable[[Path], Path]) -> None:
    recording = copied(SCALE)
    run = Path(shutil.copytree(recording, recording.parent / "run"))

    def stretch(events: list[Any]) -> None:
        set_time(first(events, reason="Killing"), "2026-11-22T11:14:25Z")

    in_events(recording, stretch)
    in_events(run, lambda events: set_time(first(events, reason="Killing"), "2026-11-22T11:14:00Z"))
    assert compare(recording, run)["order"] < 1  # type: ignore[operator]


@pytest.mark.parametrize("recording", sorted(path for path in RECORDINGS.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_a_recording_is_like_itself(recording: Path) -> None:
    assert {value for value in compare(recording, recording).values() if value is not None} == {1.0}


def test_an_event_list_is_read_as_well(copied: Callable[[Path], Path]) -> None:
    run = copied(SCALE)
    events = json.loads((run / "events.json").read_text())
    (run / "events.json").write_text(json.dumps({"kind": "EventList", "items": events}))
    assert compare(SCALE, run)["events"] == 1


def test_a_run_that_is_missing_has_nothing(tmp_path: Path) -> None:
    rows = compare_all(RECORDINGS, tmp_path, only=["08-", "24c-"], without=["08-:times"])
    assert list(rows) == ["08-bare-pod-delete", "24c-heterogeneous-binpack-run1"]
    assert rows["08-bare-pod-delete"]["events"] == 0
    assert rows["08-bare-pod-delete"]["times"] is None
    assert rows["08-bare-pod-delete"]["numbers"] is None


def test_the_table_ends_with_the_means() -> None:
    one, half = dict.fromkeys(FIGURES, 1.0), {**dict.fromkeys(FIGURES, 0.5), "steps": None}
    assert table({"01-a": one, "02-longer": half}).splitlines() == [
        "          events counts  order  times  steps states numbers places  final   said",
        "01-a       1.000  1.000  1.000  1.000  1.000  1.000  1.000  1.000  1.000  1.000",
        "02-longer  0.500  0.500  0.500  0.500      -  0.500  0.500  0.500  0.500  0.500",
        "mean       0.750  0.750  0.750  0.750  1.000  0.750  0.750  0.750  0.750  0.750",
    ]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("objects.jsonl", '{"kind": "Pod"}', "objects.jsonl:1"),
        ("objects.jsonl", "\n{", "objects.jsonl:2:2"),
        ("events.json", "[1,", "events.json:1:4"),
        ("steps.yaml", "- a: b\n  - c", "steps.yaml:2"),
        ("final.yaml", "- 1", "no object, and no List of objects"),
    ],
)
def test_what_cannot_be_read_is_named(copied: Callable[[Path], Path], name: str, text: str, told: str) -> None:
    run = copied(SCALE)
    (run / name).write_text(text)
    with pytest.raises(BadInput, match=told):
        compare(SCALE, run)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere"):
        compare(SCALE, tmp_path / "nowhere")
    with pytest.raises(BadInput, match="no such recordings"):
        compare_all(RECORDINGS, tmp_path, only=["99-"])
    with pytest.raises(BadInput, match="names no figure"):
        compare_all(RECORDINGS, tmp_path, without=["31-:time"])
