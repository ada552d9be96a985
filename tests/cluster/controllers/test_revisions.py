"""The ReplicaSets of a Deployment."""


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
