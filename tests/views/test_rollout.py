"""The rollout: the counts of a Deployment's Pods, and what is allowed, folded from real runs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.record import Ref, Typed
from gen.trace.trace import Trace
from gen.views import VIEWS
from gen.views.model import Text

SECOND = 1_000_000
FOUR = """
title: {ko: 넷, en: Four}
cluster: {nodes: 3}
steps:
- run: kubectl create deployment web --image=nginx:1.27 --replicas=4
- at: 10s
  run: kubectl set image deployment/web nginx=nginx:1.29
"""
PATIENT = """
title: {ko: 천천히, en: Patient}
files:
  web.yaml: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      minReadySeconds: 5
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: nginx}]}
steps:
- run: kubectl apply -f web.yaml
until: 20s
"""
TWO = """
title: {ko: 둘, en: Two}
steps:
- run: kubectl create deployment web --image=nginx --replicas=2
- run: kubectl create deployment api --image=nginx
- at: 5s
  run: kubectl scale deployment/web --replicas=8
- at: 10s
  run: kubectl delete deployment web
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("rollouts")

    @cache
    def play(written: str) -> Trace:
        file = folder / "scenario.yaml"
        file.write_text(dedent(written), encoding="utf-8")
        return simulate(load(file))

    return play


def fold(trace, **options):
    return VIEWS["rollout"](trace, **options)


def test_each_step_has_its_numbers(played):
    assert [(one.old, one.new, one.available) for one in fold(played(FOUR)).scalings] == [
        ((0, 0), (0, 4), 0),
        ((4, 4), (0, 1), 4),
        ((4, 3), (1, 1), 4),
        ((3, 3), (1, 2), 3),
        ((3, 2), (2, 2), 4),
        ((2, 2), (2, 3), 3),
        ((2, 1), (3, 3), 4),
        ((1, 1), (3, 4), 3),
        ((1, 0), (4, 4), 4),
    ]
    assert {(one.who, one.least, one.most) for one in fold(played(FOUR)).scalings} == {("deployment-controller", 3, 5)}


def test_the_bounds_hold_once_the_first_rollout_is_through(played):
    balances = [one for one in fold(played(FOUR)).balances if one.at >= 10 * SECOND]
    assert all(one.least <= one.available and one.pods <= one.most for one in balances)
    assert {one.available for one in balances} == {3, 4}
    assert (balances[0].old, balances[0].new) == (4, 0), "another template makes all Pods old at once"
    assert (balances[-1].old, balances[-1].new, balances[-1].available) == (0, 4, 4)


def test_the_counts_of_the_sets_add_up_to_those_of_all(played):
    view = fold(played(FOUR))
    for balance in view.balances:
        now = [[one for one in share.counts if one.record <= balance.record][-1:] for share in view.shares]
        counts = [count for found in now for count in found]
        assert sum(one.pods for one in counts if one.old) == balance.old
        assert sum(one.pods for one in counts if not one.old) == balance.new
        assert sum(one.available for one in counts) == balance.available
        assert all(one.available <= one.ready <= one.pods for one in counts)


def test_an_old_set_is_old_from_the_change_of_the_template_on(played):
    first, second = fold(played(FOUR)).shares
    turn = next(one for one in first.counts if one.old)
    assert 10 * SECOND < turn.at < 10_100_000
    assert turn.pods == 4
    assert not any(one.old for one in second.counts)
    assert (first.label, first.title) == ("7d876db474", "web-7d876db474")


def test_a_reader_steps_to_every_change_and_command(played):
    trace = played(FOUR)
    view = fold(trace)
    shown = {one.record for part in (view.balances, view.scalings, view.commands) for one in part}
    assert shown <= set(view.records)
    assert [trace[one.record].line for one in view.commands] == [typed.line for typed in trace.of(Typed)]
    assert view.commands[1].label == "set image deployment/web nginx=nginx:1.29"


def test_long_silence_is_left_out(played):
    view = fold(played(FOUR))
    assert [(cut.start, cut.end) for cut in view.breaks] == [(3 * SECOND, 9 * SECOND)]
    assert view.end > view.balances[-1].at


def test_ready_pods_become_available_by_time_alone(played):
    (share,) = fold(played(PATIENT)).shares
    ready = next(one for one in share.counts if one.ready == 2)
    available = next(one for one in share.counts if one.available == 2)
    assert ready.available == 0
    assert 4 * SECOND <= available.at - ready.at <= 6 * SECOND


def test_the_band_follows_the_spec_and_ends_with_the_deployment(played):
    found = [(one.least, one.most) for one in fold(played(TWO)).balances]
    assert list(dict.fromkeys(found)) == [(2, 3), (6, 10), (0, 0)]


@pytest.mark.parametrize(
    ("focus", "name", "notes"),
    [
        (None, "web", [Text("rollout.others_left_out", count=1), Text("rollout.deleted_left_out")]),
        (Ref("Deployment", "default", "api"), "api", []),
        ("api-", "api", []),  # what it owns, directly or not
        (Ref("Node", "", "node-1"), "", [Text("rollout.none")]),
    ],
)
def test_whose_rollout_it_is(played, focus, name, notes):
    trace = played(TWO)
    if isinstance(focus, str):
        focus = next(record.ref for record in trace if getattr(record, "ref", None) and record.ref.name.startswith(focus)
                     and record.ref.kind == "Pod")  # fmt: skip
    view = fold(trace, focus=focus)
    assert (view.name, list(view.notes)) == (name, notes)


def test_without_a_deployment_there_is_nothing_to_step_to():
    assert fold(Trace({})).records == ()


def test_what_was_before_time_0_is_where_it_begins(played):
    records = [json.loads(line) for line in played(FOUR).to_lines(as_made=True)]
    for record in records:
        if "at" in record:
            record["at"] -= 9 * SECOND
        else:
            record["info"]["startEpoch"] += 9
    view = fold(Trace.from_lines(json.dumps(record) for record in records))
    first, second = view.balances[:2]
    assert (first.at, first.old, first.new, first.available) == (0, 0, 4, 4)
    assert SECOND < second.at < 2 * SECOND
    assert (second.old, second.new) == (4, 0)
    assert len(view.scalings) == 8
    assert [one.label for one in view.commands] == ["set image deployment/web nginx=nginx:1.29"]


def test_what_it_says(golden, played):
    assert fold(played(FOUR)).to_json() == golden("yaml")
