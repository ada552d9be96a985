from __future__ import annotations

import pytest

from gen.cli import main
from gen.play.recording.script import load

STEPS = "- {t: 0, cmd: kubectl get pods}\n"
BROKEN = {
    "no YAML": ("steps.yaml", "{a: [\n", "steps.yaml:2: "),
    "deep YAML": ("steps.yaml", "[" * 100_000, "exceeded max depth"),
    "deep YAML in a line": ("nodes.yaml", "- " * 100_000 + "x", "exceeded max depth"),
    "control characters": ("steps.yaml", "a: \0", "control characters are not allowed"),
    "a step without a time": ("steps.yaml", "- hello\n", "[1].t"),
    "a time without an end": ("steps.yaml", "- {t: .inf, cmd: kubectl get pods}\n", "[1].t"),
    "steps that are none": ("steps.yaml", "steps: 5\n", "this is no list of steps"),
    "a deed that is none": ("steps.yaml", "- {t: 0, cmd: kubectl get pods, do: [1]}\n", "[1].do"),
    "a line that is no text": ("steps.yaml", "- {t: 0, cmd: 3}\n", "[1].cmd"),
    "a change that is none": ("objects.jsonl", "[1, 2]\n", "objects.jsonl:1"),
    "a change at no time": ("objects.jsonl", '{"kind": "Pod", "name": "web", "type": "ADDED"}\n', "its t in seconds"),
    "a change half written": ("objects.jsonl", '{"a"\n', "objects.jsonl:1:5"),
    "deep JSON": ("objects.jsonl", "[" * 100_000, "nests too deeply"),
    "no Events": ("events.json", "[1]", "this is no list of Events"),
    "a node that is none": ("nodes.yaml", "- 3\n", "nodes.yaml: [0]"),
    "a node without a name": ("nodes.yaml", "kind: Node\n", "nodes.yaml: [0]"),
    "a start that is no number": ("meta.yaml", "startEpoch: soon\n", "startEpoch"),
    "a start without an end": ("meta.yaml", "startEpoch: .inf\n", "startEpoch"),
    "no mapping": ("meta.yaml", "- 1\n", "meta.yaml"),
}


@pytest.mark.parametrize(("name", "text", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_recording(name, text, told, tmp_path, capsys):
    (tmp_path / "steps.yaml").write_text(STEPS, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["replay", str(tmp_path), "--into", str(tmp_path / "out")]) == 2
    block = capsys.readouterr().err
    assert told in block
    assert "Traceback" not in block
    assert not (tmp_path / "out").exists()


def test_without_a_date_nodes_are_there_from_the_beginning(tmp_path):
    (tmp_path / "steps.yaml").write_text(STEPS, encoding="utf-8")
    (tmp_path / "nodes.yaml").write_text("metadata: {name: a, creationTimestamp: '2026-11-22T11:11:53Z'}\n", encoding="utf-8")
    assert load(tmp_path).nodes == [{"metadata": {"name": "a"}}]


def test_a_folder_among_the_manifests_is_passed_over(tmp_path):
    (tmp_path / "steps.yaml").write_text(STEPS, encoding="utf-8")
    (tmp_path / "manifests/more").mkdir(parents=True)
    assert main(["replay", str(tmp_path), "--into", str(tmp_path / "out")]) == 0
