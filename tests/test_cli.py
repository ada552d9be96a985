"""The command line as a reader uses it: what is printed where, and the exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gen.cli import main

ROOT = Path(__file__).parents[1]
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "nginx:1.27"}
"""
SCENARIO = f"""\
title: {{ko: 시험, en: A test}}
seed: 7
cluster: {{nodes: 2}}
files:
  web.yaml: |
{"".join(f"    {line}" for line in DEPLOYMENT.splitlines(keepends=True))}
steps:
- run: kubectl apply -f web.yaml
until: settled
expect:
- by: 60s
  that: deployment/web complete
"""


@pytest.fixture
def scenario(tmp_path) -> str:
    file = tmp_path / "scenario.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    return str(file)


@pytest.fixture
def said(capsys):
    """Run a command: its exit code, what it printed, and its notes."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("verb", ["serve", "build", "test", "run", "draw", "record", "replay", "check", "bench"])
def test_every_verb_has_help_with_an_example(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert f"example:\n  python3 -m gen {verb}" in capsys.readouterr().out


NOT_UNDERSTOOD = [[], ["walk"], ["run"], ["run", "x.yaml", "--sed", "x"], ["draw", "x.yaml"], ["run", "x", "--until", "soon"]]


@pytest.mark.parametrize("arguments", NOT_UNDERSTOOD)
def test_what_cannot_be_understood_is_bad_input(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python3 -m gen" in capsys.readouterr().err


def test_run_tells_the_story_from_the_line_to_the_container(scenario, said):
    code, story, _ = said("run", scenario)
    assert code == 0
    lines = story.splitlines()
    assert "kubectl apply -f web.yaml" in lines[0]
    assert re.search(r"← #\d+$", lines[-1])


def test_run_speaks_korean(scenario, said):
    _, story, _ = said("run", scenario, "--lang", "ko")
    assert re.search("[가-힣]", story)


@pytest.mark.parametrize("selector", ["pod/web", "deployment/web", "event/Started", "replicaset/web"])
def test_why_walks_back_to_the_line_that_was_typed(scenario, said, selector):
    code, chain, _ = said("run", scenario, "--why", selector)
    assert code == 0
    assert "kubectl apply -f web.yaml" in chain.splitlines()[0]


def test_why_takes_the_number_of_a_line(scenario, said):
    _, story, _ = said("run", scenario)
    number = story.splitlines()[-1].split()[0]
    _, chain, _ = said("run", scenario, "--why", number)
    assert chain.splitlines()[-1].split()[0] == number


@pytest.mark.parametrize("selector", ["pod", "pod/nobody", "event/Nothing", "thing/web", "#999999", "#x", "component/nobody"])
def test_why_nothing_says_what_there_is(scenario, said, selector):
    code, out, notes = said("run", scenario, "--why", selector)
    assert (code, out) == (2, "")
    assert notes.startswith(f"--why: {selector!r}")


def test_outputs_for_programs(scenario, said):
    events = json.loads(said("run", scenario, "--output", "events")[1])
    assert events["kind"] == "EventList"
    assert {"ScalingReplicaSet", "SuccessfulCreate", "Scheduled", "Started"} <= {event["reason"] for event in events["items"]}
    watch = [json.loads(line) for line in said("run", scenario, "--output", "watch")[1].splitlines()]
    assert {"INITIAL", "ADDED", "MODIFIED"} <= {row["type"] for row in watch}
    transcript = yaml.safe_load(said("run", scenario, "--output", "transcript")[1])
    assert transcript[0]["stdout"] == "deployment.apps/web created\n"
    records = [json.loads(line) for line in said("run", scenario, "--output", "trace")[1].splitlines()]
    assert "info" in records[0]
    assert all(record["cause"] is not None for record in records[1:] if record["record"] == "Write" and record["at"] > 0)


def test_until_ends_the_run_early(scenario, said):
    records = [json.loads(line) for line in said("run", scenario, "--until", "100ms", "--output", "trace")[1].splitlines()]
    assert max(record["at"] for record in records[1:]) <= 100_000


def test_another_seed_gives_other_names(scenario, said):
    assert said("run", scenario, "--seed", "8")[1] != said("run", scenario)[1] == said("run", scenario, "--seed", "7")[1]


def test_an_expectation_that_fails_fails_the_run(tmp_path, said):
    file = tmp_path / "hopeful.yaml"
    file.write_text(SCENARIO.replace("web complete", "web ready = 3"), encoding="utf-8")
    code, story, notes = said("run", str(file))
    assert code == 1
    assert "kubectl apply" in story
    assert "deployment/web ready = 3" in notes


def test_plain_manifests_play_on_three_nodes(tmp_path, said):
    (tmp_path / "web.yaml").write_text(DEPLOYMENT, encoding="utf-8")
    for named in (tmp_path / "web.yaml", tmp_path):
        code, watch, _ = said("run", str(named), "--output", "watch")
        nodes = [row["name"] for row in map(json.loads, watch.splitlines()) if row["kind"] == "Node" and row["type"] == "INITIAL"]
        assert (code, len(nodes)) == (0, 3)


def test_what_is_not_simulated_is_said(tmp_path, said):
    file = tmp_path / "web.yaml"
    file.write_text(DEPLOYMENT.replace("    spec:\n", "    spec:\n      hostNetwork: true\n"), encoding="utf-8")
    code, _, notes = said("run", str(file))
    assert code == 0
    assert "not simulated: " in notes
    assert "hostNetwork" in notes
    assert said("draw", str(file), "--view", "objects")[1].count("not simulated: Pod.spec.hostNetwork") == 1


def test_draw_writes_a_file_that_is_whole(scenario, said, tmp_path):
    file = tmp_path / "picture.svg"
    code, out, _ = said("draw", scenario, "--view", "timeline", "--at", "2s", "--lang", "ko", "-o", str(file))
    assert (code, out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_draw_prints_to_standard_output(scenario, said):
    assert said("draw", scenario, "--view", "events", "--theme", "dark", "--narrow")[1].startswith("<svg")


def test_draw_puts_several_runs_side_by_side(scenario, said):
    strategies = [str(Path(__file__).parents[1] / f"docs/scenarios/strategy-{way}.yaml") for way in ("recreate", "rolling")]
    code, out, _ = said("draw", *strategies, "--view", "compare", "--lang", "ko")
    assert code == 0
    assert out.count("kim-change") > 2
    assert "서비스 뒤의 롤링 업데이트" in out


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--view", "compare"], "compare needs more than one run"),
        (["--view", "hologram"], "there is no view 'hologram'"),
        (["--view", "timeline", "--focus", "web"], "web"),
        (["--view", "timeline", "--focus", "deployment/nobody"], "nobody"),
        (["--view", "board", "--focus", "lease/kube-node-lease/node-1"], "no picture is about lease/node-1"),
        (["--view", "timeline", "-o", "/nowhere/x.svg"], "cannot be written"),
    ],
)
def test_draw_refuses_what_is_not_there(scenario, said, more, complaint):
    code, out, notes = said("draw", scenario, *more)
    assert (code, out) == (2, "")
    assert complaint in notes


def test_a_record_can_be_replayed(scenario, said, tmp_path):
    assert said("record", scenario, "--into", str(tmp_path / "recorded"))[0] == 0
    code, table, _ = said("replay", str(tmp_path / "recorded"), "--into", str(tmp_path / "again"), "--compare")
    assert code == 0
    assert "events" in table


def test_a_reader_that_leaves_is_no_error(scenario):
    """As with `gen run … | head -1`."""
    command = f"{sys.executable} -m gen run {scenario} --output trace | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")
