"""Reading Deployments and their ReplicaSets."""

from gen.kit.evolve import frozen
from gen.objects import workloads

DEPLOYMENT = frozen({
    "metadata": {"name": "web", "uid": "u1", "generation": 2},
    "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}},
    "status": {"observedGeneration": 2, "replicas": 3, "updatedReplicas": 3, "readyReplicas": 3, "availableReplicas": 3},
})  # fmt: skip


def replica_set(name, made, owner="u1", **labels):
    template = {"metadata": {"labels": {"app": "web", "pod-template-hash": name, **labels}}, "spec": {"containers": []}}
    owners = [{"uid": owner, "controller": True}]
    return frozen(
        {"metadata": {"name": name, "creationTimestamp": made, "ownerReferences": owners}, "spec": {"template": template}}
    )


def test_the_new_one_has_the_template_of_now_and_the_others_are_old():
    first, second = replica_set("a", "2026-01-01T00:00:00Z", version="1"), replica_set("b", "2026-01-01T00:00:05Z")
    foreign = replica_set("c", "2026-01-01T00:00:00Z", owner="u2")
    assert workloads.new_and_old(DEPLOYMENT, [foreign, second, first]) == (second, [first])
    assert workloads.new_and_old(DEPLOYMENT, [first]) == (None, [first])
