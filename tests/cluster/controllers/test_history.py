"""Which revisions are kept, which are gone back to, and what a ReplicaSet remembers of the revisions that it had."""

import pytest

from gen.cluster.controllers import history, revisions, rollback
from gen.kit.evolve import evolve, frozen
from gen.objects.workloads import HASH_LABEL


def replica_set(revision, *, size=0, have=0, seen=1, leaving=False):
    metadata = {
        "name": f"web-{revision}",
        "uid": f"uid-{revision}",
        "generation": 1,
        "creationTimestamp": "2026-01-01T00:00:00Z",
        "annotations": {revisions.REVISION: str(revision), "team": f"blue-{revision}", revisions.DESIRED: "3"},
        **({"deletionTimestamp": "2026-01-01T00:00:00Z"} if leaving else {}),
    }
    template = {"metadata": {"labels": {"app": "web", HASH_LABEL: "x"}}, "spec": {"containers": [{"image": f"web:{revision}"}]}}
    status = {"replicas": have, "observedGeneration": seen}
    return frozen({"metadata": metadata, "spec": {"replicas": size, "template": template}, "status": status})


def deployment(limit=None, **annotations):
    spec = {"replicas": 3, "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"image": "web:9"}]}}}
    spec |= {} if limit is None else {"revisionHistoryLimit": limit}
    return frozen({"metadata": {"name": "web", "annotations": annotations}, "spec": spec})


@pytest.mark.parametrize(
    ("limit", "old", "deleted"),
    [
        (2, [replica_set(3), replica_set(1), replica_set(2)], [1]),
        (2, [replica_set(10), replica_set(9), replica_set(8)], [8]),  # by number, not by text
        (0, [replica_set(1), replica_set(2)], [1, 2]),
        (0, [replica_set(1, size=1), replica_set(2, have=1), replica_set(3, seen=0)], []),
        (1, [replica_set(1, size=1), replica_set(2), replica_set(3)], [2]),  # one that stays counts
        (0, [replica_set(1, leaving=True)], []),
        (None, [replica_set(1)], []),
        (history.UNLIMITED, [replica_set(1)], []),
    ],
)
def test_the_lowest_revisions_go(limit, old, deleted):
    found = history.beyond_limit(deployment(limit), old)
    assert [revisions.revision_of(one) for one in found] == deleted


def test_a_replica_set_remembers_the_revisions_that_it_had():
    again = revisions.with_annotations(replica_set(1), deployment(), "4")
    assert again["metadata"]["annotations"][revisions.REVISION] == "4"
    assert again["metadata"]["annotations"][revisions.REVISION_HISTORY] == "1"
    third = revisions.with_annotations(again, deployment(), "7")
    assert third["metadata"]["annotations"][revisions.REVISION_HISTORY] == "1,4"
    assert revisions.with_annotations(third, deployment(), "5") == third


def test_a_long_history_loses_its_beginning():
    history_of_long = ",".join(str(number) for number in range(10_000, 10_400))
    longer = revisions.with_former(history_of_long, "99999")
    assert len(longer) <= revisions.LONGEST_HISTORY
    assert longer.endswith("10399,99999")
    assert not longer.startswith("10000")


@pytest.mark.parametrize(
    ("asked", "found", "failure"),
    [
        (0, 2, ""),
        (1, 1, ""),
        (7, None, "Unable to find the revision to rollback to."),
    ],
)
def test_the_revision_that_is_asked_for(asked, found, failure):
    chosen, why = rollback.chosen([replica_set(1), replica_set(3), replica_set(2)], asked)
    assert (chosen and revisions.revision_of(chosen), why) == (found, failure)
    assert rollback.chosen([replica_set(1)], 0) == (None, "Unable to find last revision.")


def test_an_old_template_comes_back_without_its_hash_and_with_its_annotations():
    before = deployment(team="red", **{revisions.REVISION: "3", revisions.ROLLBACK: "1"})
    back = rollback.rolled_back(before, replica_set(1))
    assert back["spec"]["template"]["metadata"]["labels"] == {"app": "web"}
    assert back["spec"]["template"]["spec"]["containers"] == [{"image": "web:1"}]
    assert rollback.without_request(back)["metadata"]["annotations"] == {revisions.REVISION: "3", "team": "blue-1"}


@pytest.mark.parametrize(("text", "revision"), [("3", 3), ("0", 0), ("", None), ("three", None)])
def test_what_the_annotation_asks_for(text, revision):
    assert rollback.asked_revision(evolve(deployment(), ("metadata", "annotations", revisions.ROLLBACK), text)) == revision
