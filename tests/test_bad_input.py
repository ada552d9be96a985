"""Bad input ends in one block that says where, what, and what to do: never in a traceback, never in a long wait."""

from __future__ import annotations

import pytest

from gen.cli import main

GOOD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: nginx}]
"""


def named(name: str) -> str:
    return GOOD.replace("metadata: {name: web}", f"metadata: {{name: {name}}}")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MANIFESTS = {
    "broken YAML": ("kind: [\n", "web.yaml:2:1: "),
    "a tab": ("kind:\n\t- x\n", "web.yaml:2:1: "),
    "no object": ("# nothing\n", "no objects passed to apply"),
    "a list of nothing": ("[]\n", "web.yaml"),
    "a scalar": ("hello\n", "web.yaml"),
    "no kind": ("apiVersion: v1\nmetadata: {name: x}\n", "kind not set"),
    "no apiVersion": ("kind: Pod\nmetadata: {name: x}\n", "apiVersion not set"),
    "an unknown field": (GOOD.replace("replicas", "replcas"), 'strict decoding error: unknown field "spec.replcas"'),
    "a wrong type": (
        GOOD.replace("replicas: 1", "replicas: many"),
        "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
    ),
    "an invalid object": (GOOD.replace("labels: {app: web}", "labels: {app: b}"), "`selector` does not match template `labels`"),
    "a bad name": (named("Web"), "a lowercase RFC 1123 subdomain must consist of"),
    "a name that is HTML": (named("<script>alert(1)</script>"), "<script>"),
    "a bomb of aliases": (BOMB, "web.yaml"),
    "20,000 deep": ("[" * 20_000, "web.yaml"),
    "200,000 deep": ("{a: " * 200_000, "web.yaml"),
    "200,000 deep in lines": ("- " * 200_000 + "x\n", "web.yaml"),
    "a number that JSON cannot have": (GOOD.replace("replicas: 1", "replicas: .nan"), "json: unsupported value: NaN"),
    "control characters": ("kind: \x00\x07\n", "web.yaml"),
}
HEAD = "title: {ko: 시험, en: A test}\nseed: 1\ncluster: {nodes: 1}\n"
SCENARIOS = {
    "an unknown field": (HEAD + "stepps: []\n", "stepps"),
    "no step": (HEAD + "steps: 3\n", "steps"),
    "a step that does nothing": (HEAD + "steps:\n- at: 3s\n", ":5:"),
    "a step that is no known command": (HEAD + "steps:\n- run: kubctl get pods\n", "kubctl"),
    "a verb that kubectl does not have": (HEAD + "steps:\n- run: kubectl fly\n", "fly"),
    "a fault that nobody knows": (HEAD + "steps:\n- fault: {explode: node, node: node-1}\n", "explode"),
    "a node that is not there": (HEAD + "steps:\n- fault: {stop: kubelet, node: node-9}\n", "node-9"),
    "a condition that is none": (HEAD + "steps:\n- after: deployment/web happy\n  run: kubectl get pods\n", "happy"),
    "a time that is none": (HEAD + "steps:\n- at: soon\n  run: kubectl get pods\n", "soon"),
    "nodes beyond all measure": (HEAD.replace("nodes: 1", "nodes: 10000000") + "steps: []\n", "nodes"),
    "a time beyond all measure": (HEAD + "steps: []\nuntil: 1000000h\n", "longer than a day"),
    "a node with a bad name": (HEAD.replace("nodes: 1", "nodes: [A B]") + "steps: []\n", "a lowercase RFC 1123 subdomain"),
    "a node whose taints are none": (
        HEAD.replace("nodes: 1}", "nodes: [{metadata: {name: a}, spec: {taints: 3}}]}") + "steps: []\n",
        "cannot unmarshal number into Go struct field NodeSpec.spec.taints",
    ),
    "a node of lots of cpu": (
        HEAD.replace("nodes: 1}", "nodes: [{metadata: {name: a}, status: {capacity: {cpu: lots}}}]}") + "steps: []\n",
        "quantities must match",
    ),
    "one language": (HEAD.replace("ko: 시험, ", "") + "steps:\n- run: kubectl get pods\n", "ko"),
}


@pytest.fixture
def complaint(capsys):
    """Run on a file that is wrong; what was complained about it."""

    def run(*arguments: str) -> str:
        code = main(["run", *arguments])
        captured = capsys.readouterr()
        assert (code, captured.out) == (2, "")
        assert "Traceback" not in captured.err
        assert len(captured.err) < 4_000
        return captured.err

    return run


@pytest.mark.parametrize(("text", "expected"), MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_is_wrong(text, expected, tmp_path, complaint):
    file = tmp_path / "web.yaml"
    file.write_text(text, encoding="utf-8")
    block = complaint(str(file))
    assert block.startswith(str(file))
    assert expected in block


@pytest.mark.parametrize(("text", "expected"), SCENARIOS.values(), ids=SCENARIOS)
def test_a_scenario_that_is_wrong(text, expected, tmp_path, complaint):
    file = tmp_path / "story.yaml"
    file.write_text(text, encoding="utf-8")
    block = complaint(str(file))
    assert block.startswith(str(file))
    assert expected in block


def test_a_file_that_is_not_there(tmp_path, complaint):
    assert "does not exist" in complaint(str(tmp_path / "nothing.yaml"))


def test_a_folder_with_nothing_in_it(tmp_path, complaint):
    assert complaint(str(tmp_path)).startswith(str(tmp_path))


def test_a_file_that_is_no_text(tmp_path, complaint):
    (tmp_path / "web.yaml").write_bytes(b"\xff\xfe\x00kind")
    assert complaint(str(tmp_path / "web.yaml")).startswith(str(tmp_path))


def test_a_file_of_a_hundred_megabytes(tmp_path, complaint):
    with open(tmp_path / "web.yaml", "wb") as file:
        file.write(b"# ")
        file.truncate(100_000_000)
    assert complaint(str(tmp_path / "web.yaml")).startswith(str(tmp_path))


def test_several_manifests_of_which_one_is_missing(tmp_path, complaint):
    (tmp_path / "web.yaml").write_text(GOOD, encoding="utf-8")
    assert "other.yaml" in complaint(str(tmp_path / "web.yaml"), str(tmp_path / "other.yaml"))


def test_a_recording_that_is_not_there(tmp_path, capsys):
    assert main(["replay", str(tmp_path / "nothing"), "--into", str(tmp_path / "out")]) == 2
    assert "nothing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_more_than_a_trace_can_hold(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("gen.play.simulate.RECORDS_LIMIT", 500)
    (tmp_path / "web.yaml").write_text(GOOD.replace("replicas: 1", "replicas: 2000000000"), encoding="utf-8")
    assert main(["run", str(tmp_path / "web.yaml")]) == 1
    assert "Ask for fewer Pods" in capsys.readouterr().err


def test_a_model_that_breaks_says_so_without_a_traceback(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("gen.play.simulate.Stage.kubectl", lambda *_: 1 / 0)
    (tmp_path / "web.yaml").write_text(GOOD, encoding="utf-8")
    assert main(["run", str(tmp_path / "web.yaml")]) == 1
    block = capsys.readouterr().err
    assert "ZeroDivisionError" in block
    assert "Traceback" not in block


@pytest.mark.parametrize("verb", [["record"], ["replay"]])
def test_a_folder_that_cannot_be_written(verb, tmp_path, capsys):
    (tmp_path / "web.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "steps.yaml").write_text("[]\n", encoding="utf-8")
    source = tmp_path if verb == ["replay"] else tmp_path / "web.yaml"
    assert main([*verb, str(source), "--into", str(tmp_path / "web.yaml")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.part"))


def test_an_amount_beyond_all_measure_takes_no_time(tmp_path):
    text = GOOD.replace("image: nginx", "image: nginx, resources: {requests: {cpu: 1e99999999}}")
    (tmp_path / "web.yaml").write_text(text, encoding="utf-8")
    assert main(["run", str(tmp_path / "web.yaml")]) == 0
