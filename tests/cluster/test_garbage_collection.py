"""Cascades with a whole cluster behind them: recording 21, and what it does not hold."""

import pytest

from gen.kit.loop import SECOND
from gen.objects import meta
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Write

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx:1.25}]}}
"""
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n"


@pytest.fixture
def stage():
    found = Stage(default_nodes(3), seed=3)
    found.files = {"web.yaml": DEPLOYMENT, "a.yaml": MAP.replace("NAME", "a"), "b.yaml": MAP.replace("NAME", "b")}
    return found


def typed(stage, *lines):
    for line in lines:
        stage.do(stage.kubectl(f"kubectl {line}"))
        stage.play(stage.loop.now + 90 * SECOND, settled=True)


def names(stage, kind, namespace="default"):
    return [meta.name(one) for one in stage.list(kind, namespace) if not meta.name(one).startswith("kube-root")]


def owned(stage, name, *owners, block=False, namespace="default"):
    """A ConfigMap with these owners."""
    references = [
        {"apiVersion": one["apiVersion"], "kind": one["kind"], "name": meta.name(one), "uid": meta.uid(one),
         **({"blockOwnerDeletion": True} if block else {})}
        for one in owners
    ]  # fmt: skip
    metadata = {"name": name, "namespace": namespace, "ownerReferences": references}
    stage.do(stage.api.create({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}))
    stage.play(stage.loop.now + 20 * SECOND, settled=True)


def last_writes(stage):
    """What was removed, in order."""
    return [one.ref.kind for one in stage.trace if isinstance(one, Write) and one.after is None]


@pytest.mark.parametrize(
    ("cascade", "order"),
    [
        ("background", ["Deployment", "ReplicaSet", "Pod", "Pod"]),
        ("foreground", ["Pod", "Pod", "ReplicaSet", "Deployment"]),
        ("orphan", ["Deployment"]),
    ],
)
def test_the_order_of_a_cascade(stage, cascade, order):
    typed(stage, "apply -f web.yaml", f"delete deployment web --cascade={cascade}")
    assert last_writes(stage) == order


def test_in_the_foreground_only_what_has_dependents_is_held_by_the_finalizer(stage):
    typed(stage, "apply -f web.yaml", "delete deployment web --cascade=foreground")
    held = [
        one.ref.kind
        for one in stage.trace
        if isinstance(one, Write) and one.after and "foregroundDeletion" in (one.after["metadata"].get("finalizers") or [])
    ]
    assert set(held) == {"Deployment", "ReplicaSet"}


def test_orphans_lose_the_reference_and_are_adopted_again(stage):
    typed(stage, "apply -f web.yaml", "delete deployment web --cascade=orphan")
    (replica_set,) = stage.list("ReplicaSet", "default")
    assert meta.owner_references(replica_set) == []
    typed(stage, "apply -f web.yaml")
    (adopted,) = stage.list("ReplicaSet", "default")
    assert meta.uid(adopted) == meta.uid(replica_set)
    assert meta.owner_references(adopted)[0]["name"] == "web"
    assert len(names(stage, "Pod")) == 2


def test_an_object_of_any_kind_goes_with_its_owner(stage):
    typed(stage, "apply -f a.yaml")
    owned(stage, "mine", stage.get("ConfigMap", "default", "a"))
    typed(stage, "delete cm a")
    assert names(stage, "ConfigMap") == []


def test_an_object_with_two_owners_goes_with_the_last(stage):
    typed(stage, "apply -f a.yaml", "apply -f b.yaml")
    owned(stage, "mine", stage.get("ConfigMap", "default", "a"), stage.get("ConfigMap", "default", "b"))
    typed(stage, "delete cm a")
    assert names(stage, "ConfigMap") == ["b", "mine"]
    typed(stage, "delete cm b")
    assert names(stage, "ConfigMap") == []


def test_an_owner_that_does_not_exist_is_no_owner(stage):
    typed(stage, "apply -f a.yaml")
    ghost = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "uid": "another"}}
    owned(stage, "mine", ghost)
    assert names(stage, "ConfigMap") == ["a"]


def test_of_an_owner_of_an_unknown_kind_nobody_can_say_that_it_is_gone(stage):
    ghost = {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a", "uid": "another"}}
    owned(stage, "mine", ghost)
    assert names(stage, "ConfigMap") == ["mine"]


@pytest.mark.parametrize(("block", "first"), [(True, "mine"), (False, "a")])
def test_only_a_blocking_dependent_makes_its_owner_wait(stage, block, first):
    typed(stage, "apply -f a.yaml")
    owned(stage, "mine", stage.get("ConfigMap", "default", "a"), block=block)
    typed(stage, "delete cm a --cascade=foreground")
    gone = [one.ref.name for one in stage.trace if isinstance(one, Write) and one.after is None]
    assert gone[0] == first
    assert names(stage, "ConfigMap") == []


def test_an_owner_of_another_namespace_is_complained_of_and_counts_for_nothing(stage):
    typed(stage, "create namespace shop", "apply -f a.yaml")
    owner = stage.get("ConfigMap", "default", "a")
    owned(stage, "at-home", owner)
    owned(stage, "mine", owner, namespace="shop")
    assert names(stage, "ConfigMap", "shop") == []
    assert "at-home" in names(stage, "ConfigMap")
    (told,) = [one for one in stage.list("Event", "shop") if one["reason"] == "OwnerRefInvalidNamespace"]
    text = f'ownerRef [v1/ConfigMap, namespace: shop, name: a, uid: {meta.uid(owner)}] does not exist in namespace "shop"'
    assert (told["type"], told["message"]) == ("Warning", text)
    assert told["source"]["component"] == "garbage-collector-controller"
