from __future__ import annotations

from pathlib import Path

import pytest

from gen.kit.evolve import evolve
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.record import Ref, Write
from gen.trace.trace import Trace
from gen.views import VIEWS, story
from gen.views.model import Branch, Tree
from gen.views.objects import MORE, ROWS

SCENARIO = """
title: {ko: 입양, en: Adoption}
seed: 1
cluster: {nodes: 2}
files:
  stray.yaml: |
    {apiVersion: v1, kind: Pod, metadata: {name: stray, labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
  web.yaml: |
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata: {name: web}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: nginx}]}
  front.yaml: |
    {apiVersion: v1, kind: Service, metadata: {name: front}, spec: {selector: {app: web}, ports: [{port: 80}]}}
steps:
- run: kubectl apply -f stray.yaml -f front.yaml
- at: 10s
  run: kubectl apply -f web.yaml
- at: 20s
  run: kubectl label pod stray app=debug --overwrite
- at: 30s
  run: kubectl delete pod stray
- at: 70s
  run: kubectl delete replicaset web
"""
MANY = """
title: {ko: 많음, en: Many}
cluster: {nodes: 2}
steps:
- run: kubectl create deployment web --image=nginx --replicas=80
- run: kubectl create deployment api --image=nginx --replicas=3
- at: 60s
  run: kubectl scale deployment web --replicas=2
"""
WEB, STRAY = Ref("ReplicaSet", "default", "web"), Ref("Pod", "default", "stray")


def played(folder: Path, text: str) -> Trace:
    file = folder / "run.yaml"
    file.write_text(text, encoding="utf-8")
    return simulate(load(file))


@pytest.fixture(scope="module")
def adoption(tmp_path_factory):
    return played(tmp_path_factory.mktemp("adoption"), SCENARIO)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return played(tmp_path_factory.mktemp("many"), MANY)


def tree(trace: Trace, **options) -> Tree:
    return VIEWS["objects"](trace, **options)


def rows(branches: tuple[Branch, ...]) -> list[tuple[int, str, str]]:
    return [(branch.depth, branch.kind, branch.label) for branch in branches]


def life(branch: Branch) -> list[str]:
    return [f"{turn.state} {turn.word}".strip() for turn in branch.turns]


def when(trace: Trace, branch: Branch) -> list[int]:
    """The seconds at which it came and went."""
    ends = [one for before, one in zip((None, *branch.turns), branch.turns, strict=False)
            if before is None or bool(before.state) != bool(one.state)]  # fmt: skip
    return [trace[turn.record].at // 1_000_000 for turn in ends]


def test_owners_stand_before_what_they_own(trace):
    view = tree(trace)
    assert rows(view.branches) == [(0, "Deployment", "web"), (1, "ReplicaSet", "64f5d8"), (2, "Pod", "x2k9q")]
    assert view.loose == ()
    assert [branch.title for branch in view.branches] == ["web", "web-64f5d8", "web-64f5d8-x2k9q"]
    assert [branch.key for branch in view.branches][1] == "replicaset/default/web-64f5d8"


def test_pods_have_states_and_owners_a_count(trace):
    deployment, replica_set, pod = tree(trace).branches
    assert life(deployment) == ["short 0/1", "full 1/1"]
    assert life(replica_set) == ["short 0/1"]
    assert life(pod) == ["pending Pending", "starting ContainerCreating", "ready Running", "terminating Terminating", ""]


def test_an_adopted_pod_leaves_its_place_for_one_under_its_owner(adoption):
    view = tree(adoption)
    owned = next(branch for branch in view.branches if branch.title == "stray")
    loose = next(branch for branch in view.loose if branch.title == "stray")
    assert (owned.depth, loose.depth) == (1, 0)
    assert when(adoption, loose) == [0, 10, 20, 31]  # without an owner until it is adopted, and again once it is released
    assert when(adoption, owned) == [10, 20]
    assert owned.turns[0].record == loose.turns[3].record
    assert life(owned) == ["ready Running", ""]


def test_a_new_pod_takes_the_place_of_none_before_it(adoption):
    view = tree(adoption)
    pods = [branch for branch in view.branches if branch.kind == "Pod"]
    assert len({branch.title for branch in pods}) == len(pods) == 3
    assert rows(view.branches)[0] == (0, "ReplicaSet", "web")
    assert when(adoption, pods[2]) == [20, 71]


def test_an_owner_that_is_gone_leaves_what_it_owned_to_the_garbage_collector(adoption):
    owner, *owned = tree(adoption).branches
    assert owner.turns[-1].state == ""
    left = [branch for branch in owned if when(adoption, branch)[-1] == 71]
    assert len(left) == 2
    assert all(branch.turns[-1].record > owner.turns[-1].record for branch in left)


def test_what_a_command_made_is_there_and_furniture_is_not(adoption):
    assert rows(tree(adoption).loose) == [(0, "Pod", "stray"), (0, "Service", "front")]
    assert {write.ref.kind for write in adoption.of(Write)} > {"ServiceAccount", "ConfigMap", "Node", "Lease"}


def test_focus_keeps_what_belongs_to_it_at_any_time(adoption):
    view = tree(adoption, focus=WEB)
    assert rows(view.loose) == [(0, "Pod", "stray")]
    assert view.branches == tree(adoption).branches
    alone = tree(adoption, focus=STRAY)
    assert rows(alone.loose) == [(0, "Pod", "stray")]
    assert alone.branches == ()
    assert when(adoption, alone.loose[0]) == [0, 31]


def test_the_focus_stands_first_though_it_has_an_owner(trace):
    view = tree(trace, focus=Ref("ReplicaSet", "default", "web-64f5d8"))
    assert rows(view.branches) == [(0, "ReplicaSet", "64f5d8"), (1, "Pod", "x2k9q")]


def test_nothing_is_about_what_is_not_there():
    view = tree(Trace({}))
    assert (view.branches, view.loose, view.records) == ((), (), ())


def test_owners_in_a_circle_are_no_trap(diary):
    one, other = Ref("ReplicaSet", "default", "one"), Ref("ReplicaSet", "default", "other")
    for ref, owner in ((one, other), (other, one), (one, other)):
        owners = [{"kind": "ReplicaSet", "name": owner.name, "uid": owner.name, "controller": True}]
        diary.write(10, "kubectl", ref, {"kind": "ReplicaSet", "metadata": {"name": ref.name, "ownerReferences": owners}}, None)
    assert {branch.title for branch in tree(diary.trace).branches} == {"one", "other"}


def test_what_an_object_owns_goes_with_it(diary):
    deployment, replica_set, pod = (
        Ref("Deployment", "default", "web"), Ref("ReplicaSet", "default", "web-1"), Ref("Pod", "default", "web-1-a"),
    )  # fmt: skip

    def body(ref: Ref, owner: Ref | None) -> dict:
        owners = [{"kind": owner.kind, "name": owner.name, "controller": True}] if owner else []
        metadata = {"name": ref.name, "namespace": "default", "ownerReferences": owners}
        return {"kind": ref.kind, "metadata": metadata, "spec": {"replicas": 1}, "status": {}}

    for ref, owner in ((deployment, None), (replica_set, deployment), (pod, replica_set)):
        diary.write(10, "kubectl", ref, body(ref, owner), None)
    released = diary.write(20, "kubectl", replica_set, body(replica_set, None), None)
    shown = rows(tree(diary.trace).branches)
    assert shown == [(0, "Deployment", "web"), (1, "ReplicaSet", "web-1"), (2, "Pod", "web-1-a"),
                     (0, "ReplicaSet", "web-1"), (1, "Pod", "web-1-a")]  # fmt: skip
    old, new = (branch for branch in tree(diary.trace).branches if branch.kind == "Pod")
    assert old.turns[-1].record == new.turns[0].record == released
    assert (bool(old.turns[-1].state), bool(new.turns[0].state)) == (False, True)


def test_what_was_gone_before_the_run_has_no_place(diary):
    early, late = Ref("Pod", "default", "early"), Ref("Pod", "default", "late")
    for ref in (early, late):
        diary.write(-20, "kubectl", ref, {"kind": "Pod", "metadata": {"name": ref.name}, "spec": {}}, None)
    diary.write(-10, "kubectl", early, None, None)
    assert [branch.title for branch in tree(diary.trace).loose] == ["late"]


@pytest.mark.parametrize(
    ("status", "wanted", "look"),
    [({}, 0, "idle 0/0"), ({"readyReplicas": 3}, 2, "short 3/2"), ({"readyReplicas": 2}, 2, "full 2/2")],
)
def test_a_count_as_it_is_wanted(diary, status, wanted, look):
    replica_set = {"kind": "ReplicaSet", "metadata": {"name": "web"}, "spec": {"replicas": wanted}, "status": status}
    diary.write(10, "kubectl", WEB, replica_set, None)
    leaving = evolve(replica_set, "metadata.deletionTimestamp", "1970-01-01T00:00:00Z")
    diary.write(20, "kubectl", WEB, leaving, None)
    assert life(tree(diary.trace).branches[0]) == [look, f"terminating {look.split()[1]}"]


def test_steps_are_those_that_change_something_or_begin_it(adoption):
    view = tree(adoption)
    assert [kind for _, kind in view.landmarks] == ["typed"] * 5
    assert {record for record, _ in view.landmarks} <= set(view.records)
    assert {turn.record for branch in (*view.branches, *view.loose) for turn in branch.turns} <= set(view.records)
    assert list(view.records) == sorted(set(view.records))
    assert [step.record for step in story(adoption, ["objects"]).steps] == list(view.records)


def test_nothing_is_touched_where_it_is_not(adoption):
    for branch in (*tree(adoption).branches, *tree(adoption).loose):
        for record in branch.touched:
            now = [turn for turn in branch.turns if turn.record <= record][-1]
            assert now.state


def test_of_too_many_pods_the_later_ones_share_a_row(many):
    view = tree(many)
    assert len(view.branches) == ROWS
    hidden = [branch for branch in view.branches if not branch.kind]
    assert [(branch.depth, branch.turns[0].state) for branch in hidden] == [(2, MORE)]
    shown = [branch for branch in view.branches if branch.kind == "Pod"]
    most = max(int(turn.word or 0) for turn in hidden[0].turns)
    assert len(shown) + most == 83
    assert [(note.key, dict(note.params)) for note in view.notes] == [("note.pods_left_out", {"count": most})]
    assert [branch.label for branch in view.branches if branch.kind == "Deployment"] == ["web", "api"]
    assert hidden[0].turns[-1].word == "" or int(hidden[0].turns[-1].word) < most


def test_more_owners_than_rows_are_counted(diary):
    for number in range(ROWS + 5):
        ref = Ref("ReplicaSet", "default", f"web-{number}")
        diary.write(10, "kubectl", ref, {"kind": "ReplicaSet", "metadata": {"name": ref.name}, "spec": {}}, None)
    view = tree(diary.trace)
    assert len(view.branches) == ROWS
    assert [(note.key, dict(note.params)) for note in view.notes] == [("note.objects_left_out", {"count": 5})]


def test_what_it_says(golden, adoption):
    assert tree(adoption).to_json() == golden("yaml")
