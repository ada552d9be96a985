"""The ReplicaSets of a Deployment. The percentages are those of the API reference's examples."""

import pytest

from gen.cluster.controllers import revisions
from gen.kit.evolve import frozen
from gen.objects.workloads import HASH_LABEL, of_present_template


def deployment(replicas=3, surge="25%", unavailable="25%", kind="RollingUpdate"):
    strategy = {"type": kind, "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}
    return frozen(
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {
                "name": "web",
                "namespace": "default",
                "uid": "u",
                "annotations": {"team": "red", revisions.REVISION: "7"},
            },
            "spec": {
                "replicas": replicas,
                "strategy": strategy,
                "selector": {"matchLabels": {"app": "web"}},
                "template": {
                    "metadata": {"labels": {"app": "web"}},
                    "spec": {"containers": [{"name": "web", "image": "nginx:1.25"}]},
                },
            },
        }
    )


@pytest.mark.parametrize(
    ("replicas", "surge", "unavailable", "fenceposts"),
    [
        (3, "25%", "25%", (1, 0)),
        (4, "25%", "25%", (1, 1)),
        (10, "25%", "25%", (3, 2)),
        (10, 0, "1%", (0, 1)),  # both nothing: one may be unavailable, or nothing would ever move
        (5, "100%", 0, (5, 0)),
    ],
)
def test_a_surge_rounds_up_and_unavailability_down(replicas, surge, unavailable, fenceposts):
    assert revisions.fenceposts(deployment(replicas, surge, unavailable)) == fenceposts


@pytest.mark.parametrize(
    ("kind", "replicas", "unavailable", "total"), [("RollingUpdate", 4, 1, 5), ("Recreate", 4, 0, 4), ("RollingUpdate", 0, 0, 0)]
)
def test_only_a_rolling_update_may_lack_or_exceed(kind, replicas, unavailable, total):
    assert revisions.max_unavailable(deployment(replicas, kind=kind)) == unavailable
    assert revisions.allowed_total(deployment(replicas, kind=kind)) == total


def test_a_new_replica_set_carries_hash_size_revision_and_the_deployments_own_annotations():
    made = revisions.new_replica_set(deployment(), "1", 3)
    number = made["metadata"]["labels"][HASH_LABEL]
    assert made["metadata"]["name"] == f"web-{number}"
    assert made["spec"]["selector"]["matchLabels"] == {"app": "web", HASH_LABEL: number}
    assert made["spec"]["template"]["metadata"]["labels"] == {"app": "web", HASH_LABEL: number}
    assert made["metadata"]["annotations"] == {
        "team": "red",
        revisions.REVISION: "1",
        revisions.DESIRED: "3",
        revisions.MAXIMUM: "4",
    }
    assert of_present_template(deployment(), [made | {"metadata": {**made["metadata"], "creationTimestamp": "t"}}]) is not None


def test_a_raised_revision_remembers_the_old_one():
    made = revisions.new_replica_set(deployment(), "1", 3)
    raised = revisions.with_annotations(made, deployment(), "3")
    assert raised["metadata"]["annotations"][revisions.REVISION] == "3"
    assert raised["metadata"]["annotations"][revisions.REVISION_HISTORY] == "1"
    assert revisions.with_annotations(raised, deployment(), "2") == raised
