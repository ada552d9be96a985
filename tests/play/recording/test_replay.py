"""Our runs come as near to what a real cluster did as a second recording of it would."""

import json
import re
import shutil
from pathlib import Path

import pytest

from gen.play.measure import Row, compare
from gen.play.reading.bad_input import BadInput
from gen.play.recording.bodies import Versions, translated
from gen.play.recording.replay import replay, replay_all
from gen.play.recording.script import (
    ADMINISTRATOR,
    Beyond,
    Line,
    Note,
    Request,
    Trouble,
    Unplayable,
    Wait,
    deed,
    load,
    resolve,
)
from gen.play.recording.write import write
from gen.play.scenario.load import load as load_scenario
from gen.play.simulate import simulate

RECORDINGS = Path(__file__).parents[2] / "recordings"
WORKLOADS = (
    "01-deployment-create",
    "06a-scale",
    "07-delete-pod-self-heal",
    "08-bare-pod-delete",
    "31-slow-start-30-replicas",
)
ADOPTION = "09-replicaset-adopt-release"
EXACT = "24c-heterogeneous-binpack-run1"
CRASHES = "11-crashloop-liveness"
ENDINGS = "29-graceful-termination"

# What the mean over WORKLOADS must reach. Two recordings of one scenario reach 0.96 to 1.
THRESHOLDS = {
    "events": 0.98,
    "counts": 0.98,
    "order": 0.98,
    "times": 0.93,
    "steps": 0.98,
    "states": 0.98,
    "numbers": 0.97,
    "places": 0.98,
    "final": 0.99,
    "said": 0.98,
}
# What ADOPTION must reach by itself. Other scenarios' Pods, which the recording does not hold, stood on its Nodes, and three of
# its fifteen answers show the zones that its own Pods got: an equal run cannot say more than 0.936 of it.
ADOPTION_THRESHOLDS = {
    "events": 0.97,
    "counts": 0.97,
    "order": 0.97,
    "times": 0.97,
    "steps": 0.97,
    "states": 0.95,
    "numbers": 0.95,
    "final": 0.98,
    "said": 0.93,
}
# What these must reach by themselves. What is asked less of one is told in gen/site/proof.yaml.
FLOORS = {
    "events": 0.97, "counts": 0.97, "order": 0.97, "times": 0.9, "steps": 0.97, "states": 0.96, "numbers": 0.95, "final": 0.98,
    "said": 0.96,
}  # fmt: skip
# Recordings 02a, 05 and 11 began within one second, 12 with 16, and 21 in the midst of 04 (`startEpoch` in their meta.yaml), and
# their Pods started side by side on the same Nodes. So times are asked less of 02a and 12, and not of 11 and 21; and the tables
# that kubectl printed meanwhile show Pods that were a try behind.
FURTHER: dict[str, dict[str, float]] = {
    "02a-rolling-default-3": {**FLOORS, "times": 0.84},
    "02c-rolling-default-10": FLOORS,
    "03a-rolling-surge0-unavail1": FLOORS,
    "04-recreate": FLOORS,
    "05-bad-image-rollout": {**FLOORS, "states": 0.94},
    "06c-scale-down-age-run1": FLOORS,
    CRASHES: {"events": 0.97, "counts": 0.97, "order": 0.97, "states": 0.97, "said": 0.86},
    ENDINGS: {"events": 0.97, "counts": 0.97, "order": 0.97, "times": 0.97, "states": 0.97, "final": 0.98, "said": 0.97},
    "12-readiness-endpointslice": {**FLOORS, "events": 0.96, "times": 0.85},
    "13-services": FLOORS,
    "21-garbage-collection": {figure: floor for figure, floor in FLOORS.items() if figure != "times"},
    "25-admission-quota-limitrange-nsterminating": FLOORS,
    "26-pause-resume-history": {**FLOORS, "events": 0.96, "numbers": 0.94},
    "31-slow-start-30-replicas": FLOORS,
    "41-apply-semantics": {**FLOORS, "states": 0.92, "numbers": 0.93, "final": 0.95},  # nobody acts on its Job and StatefulSet
    "80-rolling-6-surge2": {**FLOORS, "events": 0.95, "steps": 0.95, "numbers": 0.94},
    "82-scale-mid-rollout": FLOORS,
    "84-pause-edit-resume": FLOORS,
    "86-rs-scale-and-victims": FLOORS,
    "94-service-selectors": FLOORS,
    "90-quota-and-limits": FLOORS,
}
ALL = sorted({*WORKLOADS, ADOPTION, EXACT, *FURTHER})


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    assert replay_all(RECORDINGS, folder) == dict.fromkeys(ALL, True)
    return folder


@pytest.fixture(scope="module")
def figures(runs: Path) -> dict[str, Row]:
    return {name: compare(RECORDINGS / name, runs / name) for name in ALL}



@pytest.mark.parametrize("figure", THRESHOLDS)
def test_a_run_is_near_its_recording(figures: dict[str, Row], figure: str) -> None:
    values = {name: figures[name][figure] for name in WORKLOADS}
    asked = [value for value in values.values() if value is not None]
    assert sum(asked) / len(asked) >= THRESHOLDS[figure], values


@pytest.mark.parametrize("figure", ADOPTION_THRESHOLDS)
def test_pods_change_hands_as_they_did(figures: dict[str, Row], figure: str) -> None:
    value = figures[ADOPTION][figure]
    assert value is not None
    assert value >= ADOPTION_THRESHOLDS[figure]


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, floors in FURTHER.items() for figure in floors])
def test_owners_sizes_and_quotas_do_as_they_did(figures: dict[str, Row], name: str, figure: str) -> None:
    value = figures[name][figure]
    assert value is not None
    assert value >= FURTHER[name][figure]


def test_but_for_the_zones_all_is_said_as_it_was(runs: Path, tmp_path: Path) -> None:
    for side, folder in (("recorded", RECORDINGS / ADOPTION), ("played", runs / ADOPTION)):
        shutil.copytree(folder, tmp_path / side)
        steps = tmp_path / side / "steps.yaml"
        steps.write_text(re.sub(r"zone=zone-\d", "zone=some-zone", steps.read_text()))
    value = compare(tmp_path / "recorded", tmp_path / "played")["said"]
    assert value is not None
    assert value >= 0.99


def test_the_scheduler_decides_as_the_real_one(figures: dict[str, Row]) -> None:
    assert figures[EXACT]["places"] == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"cmd": "kubectl get pods"}, Line("kubectl get pods")),
        ({"cmd": "kubectl delete pod web-x", "do": "kubectl delete pod {web~Pod/1}"}, Line("kubectl delete pod {web~Pod/1}")),
        ({"note": "ready", "do": {"wait": "deployment/web complete"}}, Wait("deployment/web complete")),
        ({"note": "n", "do": {"fault": {"stop": "kubelet"}}}, Trouble({"fault": {"stop": "kubelet"}})),
        ({"note": "just so"}, Note()),
        ({"api": "GET /api/v1/pods"}, Request("GET /api/v1/pods", None, ADMINISTRATOR)),
        ({"api": "GET /api/v1/pods", "user": None}, Request("GET /api/v1/pods", None, None)),
        ({"http": "http://10.96.0.1", "from": "node"}, Beyond("HTTP requests to Pods and Services")),
    ],
)
def test_the_deed_of_a_step(row: dict[str, object], expected: object) -> None:
    assert deed(row) == expected


def test_a_role_is_a_name() -> None:
    owner = [{"kind": "ReplicaSet", "name": "web", "controller": True}]
    watched = [{"kind": "Pod", "name": f"web-{end}", "metadata": {"ownerReferences": owner}} for end in ("a", "b", "a")]
    assert resolve("kubectl delete pod {web~Pod/2} -o jsonpath={.metadata}", lambda: watched, "shop") == (
        "kubectl delete pod web-b -o jsonpath={.metadata}"
    )
    with pytest.raises(Unplayable, match="2 of that role"):
        resolve("{web~Pod/3}", lambda: watched, "shop")


def test_a_recording_as_a_script() -> None:
    script = load(RECORDINGS / EXACT)
    assert (script.namespace, script.kubelet, len(script.nodes)) == (EXACT, "fake", 4)
    assert script.steps[1].at == 771_000
    assert "manifests/p-1.yaml" in script.files
    assert script.tail_us == 0  # nothing was seen after the last step


def test_the_log_may_go_on_after_the_last_step(tmp_path: Path) -> None:
    (tmp_path / "steps.yaml").write_text("- {t: 1.5, cmd: kubectl get pods}\n")
    row = {"t": 4, "type": "ADDED", "kind": "Pod", "name": "web", "resourceVersion": "7"}
    (tmp_path / "objects.jsonl").write_text(json.dumps(row) + "\n")
    assert load(tmp_path).tail_us == 2_500_000


@pytest.mark.parametrize(("version", "expected"), [("7", "31"), ("5", "5")])
def test_a_writer_that_was_up_to_date_is_so_here_too(version: str, expected: str) -> None:
    known = Versions({("ConfigMap", "cm"): [(0, 5), (1_000, 7), (9_000, 8)]})
    ours = {"metadata": {"uid": "ours", "resourceVersion": "31"}}
    body = {"kind": "ConfigMap", "metadata": {"name": "cm", "uid": "theirs", "resourceVersion": version}}
    found = translated(body, known, 2_000, "shop", lambda *_: ours)
    assert found["metadata"] == {"name": "cm", "uid": "ours", "resourceVersion": expected}


def test_no_recording_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"steps\.yaml is missing"):
        replay(tmp_path, tmp_path / "run")
    with pytest.raises(BadInput, match="no such recordings"):
        replay_all(RECORDINGS, tmp_path, only=["99-"])
    (tmp_path / "steps.yaml").write_text("- cmd: kubectl get pods\n")
    with pytest.raises(BadInput, match="time at which it began"):
        load(tmp_path)


def test_a_run_of_ours_can_be_recorded_and_replayed(tmp_path):
    """Its files are found, and its faults are inflicted: a cut watch too."""
    scenario = load_scenario(Path(__file__).parents[3] / "docs/scenarios/level-triggered.yaml")
    write(simulate(scenario), tmp_path / "recorded", files={f"manifests/{name}": text for name, text in scenario.files.items()})
    assert replay(tmp_path / "recorded", tmp_path / "replayed") is True
    assert {figure for figure in compare(tmp_path / "recorded", tmp_path / "replayed").values() if figure is not None} == {1.0}
