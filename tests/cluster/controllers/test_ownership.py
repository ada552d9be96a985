"""Whose an object is: which orphans are adopted, what is let go, who is told."""

import pytest

from gen.cluster.client.informer import Notice
from gen.cluster.controllers.ownership import claims, owner_or_takers, owner_reference, up_for_adoption
from gen.kit.evolve import evolve, frozen

DELETED = "2026-01-01T00:00:00Z"


def replica_set(name="web", app="web", uid="u1", **metadata):
    selector = {"matchLabels": {"app": app}}
    return frozen({
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {"name": name, "namespace": "default", "uid": uid, **metadata},
        "spec": {"selector": selector},
    })  # fmt: skip


def pod(app="web", owner=None, namespace="default", **metadata):
    owners = {"ownerReferences": [owner_reference(owner)]} if owner else {}
    labels = {"labels": {"app": app}} if app else {}
    return frozen({"kind": "Pod", "metadata": {"name": "a", "namespace": namespace, "uid": "p", **labels, **owners, **metadata}})


WEB, GOING, OTHER = replica_set(), replica_set(deletionTimestamp=DELETED), replica_set("db", "db", "u2")
SHARER = {"apiVersion": "v1", "kind": "ConfigMap", "name": "c", "uid": "u3"}


@pytest.mark.parametrize(
    ("owner", "obj", "verdict"),
    [
        (WEB, pod(), "adopt"),
        (WEB, pod("db"), ""),
        (WEB, pod(None), ""),
        (WEB, pod(deletionTimestamp=DELETED), ""),
        (WEB, pod(ownerReferences=[SHARER]), "adopt"),  # an owner, but no controller
        (WEB, pod(owner=WEB), "keep"),
        (WEB, pod(owner=WEB, deletionTimestamp=DELETED), "keep"),
        (WEB, pod("db", owner=WEB), "release"),
        (WEB, pod(None, owner=WEB), "release"),
        (WEB, pod(owner=OTHER), ""),
        (WEB, pod("db", owner=OTHER), ""),
        (WEB, pod(owner=replica_set(uid="u0")), ""),  # the one before, of the same name
        (GOING, pod(), ""),
        (GOING, pod(owner=GOING), "keep"),
        (GOING, pod("db", owner=GOING), ""),
    ],
)
def test_what_an_owner_has_to_do_about_an_object(owner, obj, verdict):
    assert claims(owner, obj) == verdict


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, pod(), True),
        (pod("db"), pod(), True),
        (pod(owner=WEB), pod(), True),
        (pod(), evolve(pod(), "status.phase", "Running"), False),
        (None, pod(owner=WEB), False),
        (pod(), pod(owner=WEB), False),
    ],
)
def test_only_news_make_an_orphan_worth_a_look(before, after, expected):
    assert up_for_adoption(before, after) is expected


class Owners:
    """The owners that an informer has heard of, in the order of their names."""

    def __init__(self, *owners):
        self.owners = owners

    def all(self, namespace):
        return [one for one in self.owners if one["metadata"]["namespace"] == namespace]


@pytest.mark.parametrize(
    ("before", "after", "woken"),
    [
        (None, pod(), ["web", "web-2"]),
        (None, pod("cache"), []),
        (None, pod(namespace="shop"), []),
        (pod(owner=WEB), pod("db", owner=WEB), ["web"]),
        (pod("db", owner=WEB), pod("db"), ["web", "db"]),
        (pod("db"), pod("db", owner=OTHER), ["db"]),
        (pod(), None, []),
        (pod(owner=WEB), None, ["web"]),
    ],
)
def test_whom_a_change_concerns(before, after, woken):
    keys = owner_or_takers("ReplicaSet", Owners(OTHER, WEB, replica_set("web-2", uid="u4")))
    assert list(keys(Notice(before, after, 1, None))) == [("default", name) for name in woken]
