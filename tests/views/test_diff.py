"""The diff: what was sent, what was there, what is there now; and who wrote each line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gen.draw.words import say
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.record import Ref
from gen.trace.trace import Trace
from gen.views import VIEWS
from gen.views import diff as folded
from gen.views.model import Diff, Revision

SCENARIOS = Path(__file__).parents[2] / "docs/scenarios"
SECOND = 1_000_000
SIGNS = {"sent": "|", "same": " ", "added": "+", "removed": "-", "kept": "="}
POD, DEPLOYMENT = Ref("Pod", "default", "web"), Ref("Deployment", "default", "web")
TEMPLATE = "{metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'nginx:1.27'}]}}"
TWO = f"""
title: {{ko: 둘, en: Two}}
cluster: {{nodes: 1}}
files:
  one.yaml: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {{name: web}}
    spec: {{replicas: 2, selector: {{matchLabels: {{app: web}}}}, template: {TEMPLATE}}}
  two.yaml: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {{name: web, labels: {{team: red}}}}
    spec: {{selector: {{matchLabels: {{app: web}}}}, template: {TEMPLATE}}}
steps:
- run: kubectl apply --server-side -f one.yaml
- at: 5s
  run: kubectl -n default scale -f two.yaml --replicas=4
- at: 6s
  run: kubectl apply --server-side -f two.yaml
- at: 7s
  run: kubectl apply -fone.yaml
- at: 8s
  run: kubectl apply -f two.yaml
- at: 9s
  run: kubectl delete deployment web
"""


@cache
def of(name: str) -> Trace:
    return simulate(load(SCENARIOS / f"{name}.yaml"))


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Diff:
    file = tmp_path_factory.mktemp("two") / "two.yaml"
    file.write_text(TWO, encoding="utf-8")
    return VIEWS["diff"](simulate(load(file)), focus=DEPLOYMENT)


def at(diff: Diff, second: int) -> Revision:
    return next(one for one in diff.revisions if one.at >= second * SECOND)


def written(revision: Revision) -> str:
    """A revision as text: a sign, the line, and at the first line of a hunk who wrote it."""
    lines = [f"sent {revision.sent}, before {revision.before}, after {revision.after}"]
    for hunk in revision.hunks:
        by = f"  # {say(hunk.by, 'en')}" if hunk.by else ""
        texts = [f"{SIGNS[hunk.kind]} {line}" for line in hunk.lines] or [f"… {hunk.count}"]
        lines += [texts[0] + by, *texts[1:]]
    return "\n".join(lines) + "\n"


def changed(revision: Revision) -> list[str]:
    """The lines that are not just the same, each with who wrote it; kubectl's own annotation is left out."""
    return [
        f"{SIGNS[hunk.kind]} {line.strip()} # {say(hunk.by, 'en')}"
        for hunk in revision.hunks if hunk.kind in ("added", "removed", "kept")
        for line in hunk.lines if "last-applied" not in line
    ]  # fmt: skip


def test_a_pod_that_is_filled_in(golden):
    made = VIEWS["diff"](of("pod-filled-in"), focus=POD).revisions[0]
    assert made.sent + sum(count for by, count in made.tally[1:]) == made.after
    assert written(made) == golden("txt")


def test_apply_removes_what_left_the_file_and_keeps_what_others_set(golden):
    assert written(VIEWS["diff"](of("apply-and-run"), focus=DEPLOYMENT).revisions[-1]) == golden("txt")


def test_a_field_manager_is_named_and_what_it_does_not_send_is_kept(two):
    assert changed(at(two, 6)) == [
        '= deployment.kubernetes.io/revision: "1" # Deployment controller',
        "+ labels: # server-side apply by kubectl",
        "+ team: red # server-side apply by kubectl",
        "= replicas: 4 # kubectl scale",
    ]


def test_what_the_file_says_and_what_it_no_longer_says(two):
    assert "- replicas: 4 # manifest" in changed(at(two, 7))
    assert "+ replicas: 2 # manifest" in changed(at(two, 7))
    assert "- replicas: 2 # three-way merge" in changed(at(two, 8))
    assert "+ replicas: 1 # defaults" in changed(at(two, 8))


def test_an_object_that_is_gone_has_no_lines(two):
    gone = two.revisions[-1]
    assert (gone.after, gone.hunks) == (0, ())
    assert gone.before


def test_without_a_focus_people_and_the_first_of_each_owner(two):
    asked = [(say(one.thing, "en"), say(one.deed, "en")) for one in VIEWS["diff"](of("apply-and-run")).revisions]
    assert asked[:2] == [("Pod hand", "kubectl run"), ("Deployment web", "kubectl apply")]
    assert [what for what, who in asked if who == "ReplicaSet controller"] == [asked[3][0]]


def test_of_a_later_pod_the_trace_knows_less():
    trace = of("apply-and-run")
    pods = [write.ref for write in trace if getattr(write, "before", 0) is None and write.ref.kind == "Pod" and write.at >= 0]
    later = VIEWS["diff"](trace, focus=pods[-1]).revisions[0]
    assert [(hunk.kind, say(hunk.by, "en")) for hunk in later.hunks] == [
        ("fold", "ReplicaSet controller and API server: the first of its owner tells more")
    ]


def test_many_requests_are_counted(monkeypatch):
    monkeypatch.setattr(folded, "REVISIONS", 2)
    some = VIEWS["diff"](of("apply-and-run"))
    assert len(some.revisions) == 2
    assert [note.key for note in some.notes] == ["note.revisions_left_out"]
