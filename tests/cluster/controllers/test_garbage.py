"""The rules of the garbage collector (upstream: garbagecollector.go, attemptToDeleteItem and generateVirtualDeleteEvent)."""

import pytest

from gen.cluster.client.informer import Notice
from gen.cluster.controllers.dependents import Graph, blocks, invalid_owner, lets_go_of_dependents, waits_for_dependents
from gen.cluster.controllers.garbage import Owners, dangling, propagation_of, without_owners


def obj(name="one", namespace="shop", owners=(), deleting=False, finalizers=()):
    metadata = {"name": name, "namespace": namespace, "uid": f"uid-{name}", "finalizers": list(finalizers)}
    metadata["ownerReferences"] = [
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner, "uid": f"uid-{owner}", "blockOwnerDeletion": blocking}
        for owner, blocking in owners
    ]
    if deleting:
        metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}


OWNED = obj(owners=[("a", True), ("b", False)])


@pytest.mark.parametrize(
    ("owners", "goes"),
    [
        (Owners(solid=("uid-a",), dangling=("uid-b",)), False),
        (Owners(solid=("uid-a",), waiting=("uid-b",)), False),
        (Owners(dangling=("uid-a", "uid-b")), True),
        (Owners(waiting=("uid-a",), dangling=("uid-b",)), True),
    ],
)
def test_one_owner_that_stays_is_enough_to_stay(owners, goes):
    assert dangling(OWNED, owners) is goes


def test_what_never_had_an_owner_is_not_collected():
    assert not dangling(obj(), Owners())


@pytest.mark.parametrize(
    ("finalizers", "owners", "has_dependents", "how"),
    [
        ((), Owners(dangling=("uid-a",)), True, "Background"),
        (("orphan",), Owners(dangling=("uid-a",)), True, "Orphan"),
        (("foregroundDeletion",), Owners(dangling=("uid-a",)), True, "Foreground"),
        ((), Owners(waiting=("uid-a",)), True, "Foreground"),
        ((), Owners(waiting=("uid-a",)), False, "Background"),
        (("orphan",), Owners(waiting=("uid-a",)), False, "Orphan"),
    ],
)
def test_how_a_collected_object_is_deleted(finalizers, owners, has_dependents, how):
    assert propagation_of(obj(finalizers=finalizers), owners, has_dependents) == how


def test_only_a_dependent_that_says_so_blocks_its_owner():
    assert blocks(OWNED, "uid-a")
    assert not blocks(OWNED, "uid-b")
    assert not blocks(OWNED, "uid-c")


def test_the_other_owners_are_kept():
    assert [one["name"] for one in without_owners(OWNED, ["uid-a"])] == ["b"]


@pytest.mark.parametrize(("rule", "finalizer"), [(waits_for_dependents, "foregroundDeletion"), (lets_go_of_dependents, "orphan")])
def test_a_finalizer_means_something_only_while_the_object_is_deleted(rule, finalizer):
    assert rule(obj(deleting=True, finalizers=[finalizer]))
    assert not rule(obj(finalizers=[finalizer]))
    assert not rule(obj(deleting=True))


def test_an_owner_of_another_namespace_is_misplaced_and_one_of_the_cluster_is_not():
    graph = Graph()
    for owner, namespace in (("a", "else"), ("b", "")):
        graph.note(Notice(None, obj(owner, namespace), 1, None), ("ReplicaSet", namespace, owner))
    found = graph.misplaced(OWNED)
    assert [one["name"] for one in found] == ["a"]
    assert invalid_owner(OWNED, found[0]) == "[apps/v1/ReplicaSet, namespace: shop, name: a, uid: uid-a]"


def test_the_graph_forgets_references_that_were_taken_away():
    graph, key = Graph(), ("ConfigMap", "shop", "one")
    graph.note(Notice(None, OWNED, 1, None), key)
    assert graph.dependents("uid-a") == [key]
    graph.note(Notice(OWNED, obj(owners=[("b", False)]), 2, None), key)
    assert graph.dependents("uid-a") == []
    assert graph.dependents("uid-b") == [key]
