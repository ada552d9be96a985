"""kubectl describe: the texts that a real cluster printed, from the objects that it held."""

import json
from pathlib import Path

import pytest
import yaml

from gen.kit.duration import parse_timestamp
from gen.play.kubectl.describe.deployments import describe_deployment
from gen.play.kubectl.describe.lines import annotation_lines, event_lines
from gen.play.kubectl.describe.pods import describe_pod
from gen.play.kubectl.describe.template import spread_constraints
from gen.play.kubectl.elastic import aligned

RECORDINGS = Path(__file__).parents[2] / "recordings"
DESCRIBED = Path(__file__).parent / "described"  # of recording 40-kubectl-printing


class TimesAreTexts(yaml.SafeLoader):
    """YAML whose timestamps stay as they are written."""


TimesAreTexts.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path):
    return yaml.load(path.read_text(), TimesAreTexts)


@pytest.mark.parametrize("name", ["01-deployment-create", "06a-scale"])
def test_a_deployment(name):
    recording = RECORDINGS / name
    held = [obj for part in yaml.load_all((recording / "final.yaml").read_text(), TimesAreTexts) for obj in part["items"]]
    step = next(one for one in read(recording / "steps.yaml") if "describe deployment" in one.get("cmd", ""))
    deployment = next(obj for obj in held if obj["kind"] == "Deployment")
    events = [one for one in json.loads((recording / "events.json").read_text()) if one["involvedObject"]["kind"] == "Deployment"]
    now_s = int(read(recording / "meta.yaml")["startEpoch"] + step["t"] + 0.1)
    related = {"ReplicaSet": [obj for obj in held if obj["kind"] == "ReplicaSet"]}
    assert describe_deployment(deployment, related, events, now_s) == step["stdout"]


def test_a_pod_that_crashes():
    text = (DESCRIBED / "pod.txt").read_text()
    described = describe_pod(read(DESCRIBED / "pod.yaml"), {}, None, 0)
    assert described == text[: text.index("Events:")]


def test_a_pod_that_leaves():
    pod = {
        "metadata": {"name": "web", "deletionTimestamp": "2026-01-01T00:00:30Z", "deletionGracePeriodSeconds": 30},
        "spec": {"containers": [{"name": "c", "image": "nginx"}]}, "status": {"phase": "Running"},
    }  # fmt: skip
    text = describe_pod(pod, {}, [], parse_timestamp("2026-01-01T00:00:35Z") // 1_000_000)
    assert "Status:                    Terminating (lasts 5s)\nTermination Grace Period:  30s\n" in text
    assert text.endswith("Events:           <none>\n")


def test_events_the_oldest_first_and_how_often():
    def event(reason, first, last, count, **more):
        return {"type": "Normal", "reason": reason, "message": " done\n", "firstTimestamp": first, "lastTimestamp": last,
                "count": count, "source": {"component": "kubelet"}, "involvedObject": {}, **more}  # fmt: skip

    start, later = "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"
    bound = event("Scheduled", None, None, None, eventTime="2026-01-01T00:00:00.000000Z")
    about = {"involvedObject": {"fieldPath": "spec.containers{c}"}}
    lines = event_lines([event("Started", start, later, 3, **about), bound], parse_timestamp(later) // 1_000_000 + 10)
    assert lines[3:] == [
        "  Normal\tScheduled\t70s\tkubelet\tdone",
        "  Normal\tStarted\t10s (x3 over 70s)\tkubelet\tspec.containers{c}: done",
    ]


def test_long_annotations_begin_on_a_line_of_their_own():
    applied = {"kubectl.kubernetes.io/last-applied-configuration": "{}"}
    assert annotation_lines("Annotations", applied) == ["Annotations:\t<none>"]
    assert annotation_lines("Annotations", {"a": "1", "b": "x" * 150}) == [
        "Annotations:\ta: 1",
        "\tb:",
        "\t  " + "x" * 138 + "...",
    ]


def test_spread_constraints():
    one = {
        "topologyKey": "rack",
        "whenUnsatisfiable": "DoNotSchedule",
        "maxSkew": 1,
        "labelSelector": {"matchLabels": {"a": "b"}},
    }
    assert spread_constraints([one])[0].endswith("rack:DoNotSchedule when max skew 1 is exceeded for selector a=b")
    assert spread_constraints([]) == []


def test_columns_end_where_a_line_has_none():
    assert aligned("A:\tone\nLonger:\ttwo\nplain\nB:\tthree") == "A:       one\nLonger:  two\nplain\nB:  three"
