"""What is luck is forgotten: names, addresses, times, batches."""

from collections import Counter
from typing import Any

import pytest

from gen.play.measure.events import pieces
from gen.play.measure.histories import swings
from gen.play.measure.likeness import best_pairs, match, overlap
from gen.play.measure.roles import Roles
from gen.play.measure.said import lines


def row(
    kind: str, name: str, owner: tuple[str, str] | None = None, replicas: int | None = None, label: str = ""
) -> dict[str, Any]:
    owners = [{"kind": owner[0], "name": owner[1], "controller": True}] if owner else []
    labels = {"pod-template-hash": label} if label else {}
    spec = {} if replicas is None else {"replicas": replicas}
    return {"kind": kind, "name": name, "metadata": {"ownerReferences": owners, "labels": labels}, "spec": spec}


HISTORY = [
    row("Deployment", "web", replicas=1),
    row("ReplicaSet", "web-85dbbcff49", ("Deployment", "web"), 1, "85dbbcff49"),
    row("Pod", "web-85dbbcff49-5bsnp", ("ReplicaSet", "web-85dbbcff49")),
    row("Deployment", "web", replicas=2),
    row("Pod", "web-85dbbcff49-9g9bm", ("ReplicaSet", "web-85dbbcff49")),
    row("ReplicaSet", "web-7fd957c9d5", ("Deployment", "web"), 1, "7fd957c9d5"),
    row("Pod", "db-0", ("StatefulSet", "db")),
    row("Pod", "lonely"),
]
ROLES = Roles(HISTORY, [], "shop")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("web", "web"),
        ("web-85dbbcff49", "web~ReplicaSet1"),
        ("web-7fd957c9d5", "web~ReplicaSet2"),
        ("web-85dbbcff49-5bsnp", "web~ReplicaSet1~Pod"),
        ("web-85dbbcff49-9g9bm", "web~ReplicaSet1~Pod'"),
        ("db-0", "db-0"),
        ("lonely", "lonely"),
        ("shop", "<ns>"),
    ],
)
def test_a_name_plays_a_role(name: str, part: str) -> None:
    assert ROLES.part(name) == part


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Created pod: web-85dbbcff49-5bsnp", "Created pod: web~ReplicaSet1~Pod"),
        ("app=web,pod-template-hash=7fd957c9d5", "app=web,pod-template-hash=<hash>"),
        ('pods "web-85dbbcff49-gc5vc" is forbidden', 'pods "web-<hash>-<x>" is forbidden'),
        ("Successfully assigned shop/lonely to node-3", "Successfully assigned <ns>/lonely to <node>"),
        ("http://10.244.1.29:80 at 2026-01-01T00:00:01Z", "http://<ip>:80 at <time>"),
        ("workshop shopping", "workshop shopping"),
        ("kube-api-access-lqkc9", "kube-api-access-<x>"),
        (3, "3"),
    ],
)
def test_a_text_without_luck(text: object, masked: str) -> None:
    assert ROLES.mask(text) == masked


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Scaled up replica set web from 1 to 3", ["Scaled up replica set web at 1", "Scaled up replica set web at 2"]),
        ("Scaled down replica set web from 2 to 0", ["Scaled down replica set web at 2", "Scaled down replica set web at 1"]),
        ("Scaled up replica set web from 2 to 2", ["Scaled up replica set web from 2 to 2"]),
        ("(combined from similar events): Created pod: x", ["(combined from similar events)"]),
        ("Container started", ["Container started"]),
    ],
)
def test_a_scaling_by_five_is_five_by_one(message: str, expected: list[str]) -> None:
    assert pieces(message) == expected


@pytest.mark.parametrize(
    ("walk", "expected"),
    [
        ([3], [3, 3]),
        ([0, 1, 2, 3], [0, 3]),
        ([0, 1, 3, 2, 3], [0, 3]),
        ([0, 3, 0], [0, 3, 0]),
        ([0, 10, 9, 10, 4], [0, 10, 4]),
        ([0, 30, 24, 30], [0, 30]),
        ([5, 6, 5], [5, 6, 5]),
    ],
)
def test_small_wiggles_are_no_swing(walk: list[int], expected: list[int]) -> None:
    assert swings(walk) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "pod/b   1/1   Running   0   5s\npod/a   0/1   Pending   0   2m3s\n",
            ["pod/a 0/1 Pending 0 <age>", "pod/b 1/1 Running 0 <age>"],
        ),
        ("on node-2\n", ["on <node>"]),
        ("Waiting for 1 of 3\nWaiting for 2 of 3\n", ["Waiting for <n> of <n>"]),
        ('{"a":1,"b":2}', ['"b":2}', '{"a":1']),
        ("  Normal  Pulled  6s (x3 over 20s)  kubelet", ["Normal Pulled <age> kubelet"]),
        (None, []),
    ],
)
def test_the_lines_of_an_output(text: str | None, expected: list[str]) -> None:
    assert lines(text, ROLES) == expected


def test_likeness() -> None:
    assert overlap(Counter("aab"), Counter("abc")) == pytest.approx(4 / 6)
    assert overlap(Counter(), Counter()) is None
    assert match("abcd", "abxd") == 0.75
    assert best_pairs([["a"], ["a", "b"]], [["a"], ["a", "b"], ["c"]]) == [1.0, 1.0, 0.0]
