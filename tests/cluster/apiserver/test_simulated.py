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
    obj = evolve(DEPLOYMENT, "spec.strategy", {"type": "Recreate"}, "spec.template.spec.volumes", [{"name": "v", "hostPath": {}}])
    at_work = {**obj["spec"]["template"]["spec"]["containers"][0], "workingDir": "/srv", "resources": {"limits": {"cpu": "1"}}}
    obj = evolve(obj, "spec.template.spec.containers", [at_work, at_work])
    assert not_simulated(obj) == [
        "Pod.spec.volumes.hostPath",
        "Pod.spec.containers.workingDir",
        "Pod.spec.containers.resources.limits.cpu",
    ]


def test_what_the_kubelet_does_is_not_named():
    """Whether a program is understood is said when it is started: see tests/cluster/node/test_programs.py."""
    container = {
        "name": "a", "image": "nginx", "command": ["sleep", "1"], "livenessProbe": {"tcpSocket": {"port": 80}},
        "lifecycle": {"preStop": {"sleep": {"seconds": 1}}}, "envFrom": [{"configMapRef": {"name": "c"}}],
        "resources": {"limits": {"memory": "20Mi"}},
    }  # fmt: skip
    spec = {"volumes": [{"name": "v", "emptyDir": {}}], "initContainers": [container], "containers": [container]}
    assert not_simulated({"apiVersion": "v1", "kind": "Pod", "spec": spec}) == []


def test_the_token_is_not_the_authors():
    token = {"name": "kube-api-access-abcde", "hostPath": {}}
    container = {"name": "a", "volumeMounts": [token]}
    assert not_simulated({"apiVersion": "v1", "kind": "Pod", "spec": {"volumes": [token], "containers": [container]}}) == []


def test_kinds_that_nobody_acts_on():
    assert not_simulated({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress"}) == ["Ingress"]
    assert not_simulated({"apiVersion": "v1", "kind": "Service"}) == ["kube-proxy"]
    assert not_simulated({"apiVersion": "v1", "kind": "ConfigMap"}) == []
