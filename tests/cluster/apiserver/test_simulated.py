from gen.cluster.apiserver.defaults import defaulted
from gen.cluster.apiserver.simulated import not_simulated
from gen.kit.evolve import evolve

DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {"spec": {"containers": [{"name": "web", "image": "nginx", "env": [{"name": "A", "value": "1"}]}]}},
    },
}


def test_nothing_is_said_about_what_is_simulated_or_only_default():
    assert not_simulated(DEPLOYMENT) == not_simulated(defaulted(DEPLOYMENT)) == []


def test_fields_that_somebody_set():
    obj = evolve(DEPLOYMENT, "spec.strategy", {"type": "Recreate"}, "spec.template.spec.volumes", [{"name": "v", "emptyDir": {}}])
    probed = {**obj["spec"]["template"]["spec"]["containers"][0], "livenessProbe": {"tcpSocket": {"port": 80}}}
    obj = evolve(obj, "spec.template.spec.containers", [probed, probed])
    assert not_simulated(obj) == ["Pod.spec.volumes", "Pod.spec.containers.livenessProbe"]


def test_the_token_is_not_the_authors():
    token = {"name": "kube-api-access-abcde"}
    container = {"name": "a", "volumeMounts": [token]}
    assert not_simulated({"apiVersion": "v1", "kind": "Pod", "spec": {"volumes": [token], "containers": [container]}}) == []


def test_kinds_that_nobody_acts_on():
    assert not_simulated({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress"}) == ["Ingress"]
    assert not_simulated({"apiVersion": "v1", "kind": "Service"}) == ["Service"]
    assert not_simulated({"apiVersion": "v1", "kind": "ConfigMap"}) == []
