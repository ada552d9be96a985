"""Copy-on-write."""

import pytest

from gen.kit.evolve import REMOVED, dig, evolve, frozen

POD = frozen({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "a"}, {"name": "b"}]}})


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("spec.nodeName", "node-1", {"containers": [{"name": "a"}, {"name": "b"}], "nodeName": "node-1"}),
        (("spec", "containers", 1, "name"), "c", {"containers": [{"name": "a"}, {"name": "c"}]}),
        (("spec", "containers", 0), REMOVED, {"containers": [{"name": "b"}]}),
        ("spec.containers", REMOVED, {}),
        ("spec.missing.deep", REMOVED, {"containers": [{"name": "a"}, {"name": "b"}]}),
        ("spec.new.deep", 1, {"containers": [{"name": "a"}, {"name": "b"}], "new": {"deep": 1}}),
    ],
)
def test_changes_on_paths(path, value, found):
    assert evolve(POD, path, value)["spec"] == found


def test_untouched_branches_are_shared_and_the_old_object_stays():
    changed = evolve(POD, ("metadata", "labels", "app.kubernetes.io/name"), "web", "spec.nodeName", "node-1")
    assert changed["spec"]["containers"] is POD["spec"]["containers"]
    assert changed["metadata"]["labels"] == {"app": "web", "app.kubernetes.io/name": "web"}
    assert POD["metadata"]["labels"] == {"app": "web"}


def test_a_frozen_object_refuses_changes():
    with pytest.raises(TypeError, match="evolve"):
        POD["metadata"]["labels"]["app"] = "other"
    with pytest.raises(TypeError, match="evolve"):
        POD["spec"]["containers"].append({})


@pytest.mark.parametrize(
    ("path", "found"), [("metadata.labels.app", "web"), ("spec.nodeName", None), ("spec.containers.deep", None)]
)
def test_dig(path, found):
    assert dig(POD, path) == found
