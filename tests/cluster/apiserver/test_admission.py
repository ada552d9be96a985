"""What the cluster adds to a Pod, and what it refuses."""

import pytest

from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import evolve


def test_a_pod_gets_its_account_token_priority_and_tolerations(bench, pod):
    made = bench.ask(bench.admin.create(pod))
    spec = made["spec"]
    assert (spec["serviceAccountName"], spec["priority"], spec["preemptionPolicy"]) == ("default", 0, "PreemptLowerPriority")
    assert [(one["key"], one["tolerationSeconds"]) for one in spec["tolerations"]] == [
        ("node.kubernetes.io/not-ready", 300),
        ("node.kubernetes.io/unreachable", 300),
    ]
    volume = spec["volumes"][-1]
    assert volume["name"].startswith("kube-api-access-")
    assert spec["containers"][0]["volumeMounts"][0]["name"] == volume["name"]


@pytest.mark.parametrize(
    "toleration", [{"operator": "Exists"}, {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"}]
)
def test_a_toleration_of_the_authors_own_stands(bench, pod, toleration):
    made = bench.ask(bench.admin.create(evolve(pod, "spec.tolerations", [toleration])))
    keys = [one.get("key") for one in made["spec"]["tolerations"]]
    assert keys.count("node.kubernetes.io/not-ready") == (1 if toleration.get("key") else 0)


@pytest.mark.parametrize(
    ("path", "value", "code", "text"),
    [
        (
            "spec.serviceAccountName",
            "ghost",
            403,
            'error looking up service account default/ghost: serviceaccount "ghost" not found',
        ),
        ("spec.priorityClassName", "urgent", 403, "no PriorityClass with name urgent was found"),
        ("metadata.namespace", "none", 404, 'namespaces "none" not found'),
    ],
)
def test_what_is_refused(bench, pod, path, value, code, text):
    with pytest.raises(StatusError) as refused:
        bench.ask(bench.admin.create(evolve(pod, path, value)))
    assert refused.value.code == code
    assert text in refused.value.message


def test_a_namespace_that_goes_takes_nothing_new_and_the_first_ones_stay(bench, pod):
    bench.ask(bench.admin.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}))
    bench.ask(bench.admin.delete("Namespace", "", "shop"))
    assert bench.server.find("Namespace", "", "shop")["status"]["phase"] == "Terminating"
    with pytest.raises(StatusError, match="because it is being terminated"):
        bench.ask(bench.admin.create(evolve(pod, "metadata.namespace", "shop")))
    with pytest.raises(StatusError, match="this namespace may not be deleted"):
        bench.ask(bench.admin.delete("Namespace", "", "default"))


def test_a_new_node_takes_no_pods_and_a_bound_pod_gets_its_zone(bench, pod):
    node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n", "labels": {"topology.kubernetes.io/zone": "z"}}}
    made = bench.ask(bench.admin.create(node))
    assert made["spec"]["taints"] == [{"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}]
    bench.ask(bench.admin.create(pod))
    bound = bench.ask(bench.admin.bind("default", "web", "n"))
    assert bound["metadata"]["labels"] == {"topology.kubernetes.io/zone": "z"}
    with pytest.raises(StatusError, match='pod web is already assigned to node "n"'):
        bench.ask(bench.admin.bind("default", "web", "n"))


def test_limits_alone_make_a_guaranteed_pod_as_requests_default_to_them(bench, pod):
    limits = {"limits": {"cpu": "100m", "memory": "64Mi"}}
    made = bench.ask(bench.admin.create(evolve(pod, ("spec", "containers", 0, "resources"), limits)))
    assert made["status"]["qosClass"] == "Guaranteed"
