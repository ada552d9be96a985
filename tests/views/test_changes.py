"""Two states of an object, and what a reader is told of the difference."""

from __future__ import annotations

import pytest

from gen.views.changes import changes

LONG = "nginx:1.25 " * 20
CASES = {
    "a number": ({"spec": {"replicas": 3}}, {"spec": {"replicas": 5}}, ["spec.replicas: 3 → 5"]),
    "something new": ({"spec": {}}, {"spec": {"nodeName": "node-2"}}, ["spec.nodeName: – → node-2"]),
    "something gone": ({"spec": {"paused": True}}, {"spec": {}}, ["spec.paused: true → –"]),
    "nothing": ({"kind": "Pod"}, {"kind": "Pod"}, []),
    "what every write changes": (
        {"metadata": {"resourceVersion": "1", "managedFields": []}},
        {"metadata": {"resourceVersion": "2", "managedFields": [1]}},
        [],
    ),
    "a name with dots": (
        {"metadata": {"annotations": {}}},
        {"metadata": {"annotations": {"deployment.kubernetes.io/revision": "1"}}},
        ["metadata.annotations[deployment.kubernetes.io/revision]: – → 1"],
    ),
    "an item by its type, times last": (
        {"conditions": [{"type": "Ready", "lastTransitionTime": "a", "status": "False"}, {"type": "Idle", "status": "True"}]},
        {"conditions": [{"type": "Ready", "lastTransitionTime": "b", "status": "True"}, {"type": "Idle", "status": "True"}]},
        ["conditions[Ready].status: False → True", "conditions[Ready].lastTransitionTime: a → b"],
    ),
    "a new item": (
        {"status": {}},
        {"status": {"conditions": [{"type": "Ready", "status": "True"}]}},
        ["status.conditions[Ready].status: – → True"],
    ),
    "items without a name": ({"ports": [{"port": 80}]}, {"ports": [{"port": 81}]}, ["ports[0].port: 80 → 81"]),
    "items that share a name": (
        {"ports": [{"name": "a", "port": 1}, {"name": "a", "port": 2}]},
        {"ports": [{"name": "a", "port": 1}, {"name": "a", "port": 3}]},
        ["ports[1].port: 2 → 3"],
    ),
    "a list of words": ({"finalizers": ["a"]}, {"finalizers": ["a", "b"]}, ['finalizers: ["a"] → ["a", "b"]']),
    "an empty state": (
        {"state": {"waiting": {}}},
        {"state": {"running": {}}},
        ["state.waiting: {} → –", "state.running: – → {}"],
    ),
    "a value that is long": ({}, {"message": LONG}, [f"message: – → {LONG[:59]}…"]),
}


@pytest.mark.parametrize(("before", "after", "told"), CASES.values(), ids=CASES.keys())
def test_changes(before, after, told):
    assert [f"{one.path}: {one.before} → {one.after}" for one in changes(before, after)] == told
