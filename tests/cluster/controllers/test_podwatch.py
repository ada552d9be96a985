"""Which expectation a change of a Pod fulfils."""

import pytest

from gen.cluster.client.informer import Notice
from gen.cluster.controllers.expectations import Expectations
from gen.cluster.controllers.ownership import owner_reference
from gen.cluster.controllers.podwatch import fulfilling
from gen.kit.evolve import evolve, frozen

KEY = ("default", "web")
SET = frozen({"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "web", "namespace": "default", "uid": "u1"}})
POD = frozen({"metadata": {"name": "a", "namespace": "default", "uid": "p", "ownerReferences": [owner_reference(SET)]}})
LEAVING = evolve(POD, "metadata.deletionTimestamp", "2026-01-01T00:00:00Z")
FORMER = evolve(POD, "metadata.ownerReferences", [owner_reference(evolve(SET, "metadata.uid", "u0"))])
ORPHAN = evolve(POD, "metadata.ownerReferences", [])


class Sets:
    """The one ReplicaSet that is known."""

    def get(self, namespace, name):
        return SET if (namespace, name) == KEY else None


@pytest.mark.parametrize(
    ("before", "after", "created", "deleted"),
    [
        (None, POD, True, False),
        (ORPHAN, POD, False, False),  # adopted: nobody waited for it
        (POD, LEAVING, False, True),
        (None, LEAVING, False, True),
        (LEAVING, None, False, True),
        (None, FORMER, False, False),
        (FORMER, None, False, False),
        (None, ORPHAN, False, False),
    ],
)
def test_what_a_change_fulfils(before, after, created, deleted):
    creations, deletions = Expectations(), Expectations()
    creations.expect_creations(KEY, 1, now_us=0)
    deletions.expect_deletions(KEY, ["p"], now_us=0)
    for expectations in (creations, deletions):
        fulfilling(expectations, Sets())(Notice(before, after, 1, None))
    assert (not creations.pending(KEY, 1), not deletions.pending(KEY, 1)) == (created, deleted)
