import pytest

from gen.cluster.apiserver.defaults import defaulted
from gen.cluster.apiserver.defaults_pod import pull_policy
from gen.kit.evolve import evolve, frozen

CONTAINER = {
    "name": "nginx",
    "image": "nginx:1.25",
    "ports": [{"containerPort": 80, "protocol": "TCP"}],
    "resources": {},
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
    "imagePullPolicy": "IfNotPresent",
}
POD_SPEC = {
    "containers": [CONTAINER],
    "restartPolicy": "Always",
    "terminationGracePeriodSeconds": 30,
    "dnsPolicy": "ClusterFirst",
    "securityContext": {},
    "schedulerName": "default-scheduler",
}
WRITTEN = {"containers": [{"name": "nginx", "image": "nginx:1.25", "ports": [{"containerPort": 80}]}]}


def obj(kind, version="v1", **fields):
    return frozen({"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, **fields})


def test_deployment_as_recorded():
    template = {"metadata": {"labels": {"app": "nginx"}}, "spec": WRITTEN}
    made = defaulted(obj("Deployment", "apps/v1", spec={"selector": {"matchLabels": {"app": "nginx"}}, "template": template}))
    assert made["spec"] == {
        "replicas": 1,
        "selector": {"matchLabels": {"app": "nginx"}},
        "template": {"metadata": {"labels": {"app": "nginx"}}, "spec": POD_SPEC},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "25%", "maxSurge": "25%"}},
        "revisionHistoryLimit": 10,
        "progressDeadlineSeconds": 600,
    }
    assert defaulted(made) is made


def test_a_pod_gets_more_than_a_template():
    pod = defaulted(obj("Pod", spec=evolve(WRITTEN, "hostNetwork", True)))
    assert pod["spec"]["enableServiceLinks"] is True
    assert pod["spec"]["containers"][0]["ports"] == [{"containerPort": 80, "protocol": "TCP", "hostPort": 80}]
    assert defaulted(pod) is pod


def test_zero_and_false_are_kept():
    spec = {**WRITTEN, "terminationGracePeriodSeconds": 0, "enableServiceLinks": False}
    pod = defaulted(obj("Pod", spec=spec))
    assert (pod["spec"]["terminationGracePeriodSeconds"], pod["spec"]["enableServiceLinks"]) == (0, False)
    assert defaulted(obj("Deployment", "apps/v1", spec={"replicas": 0}))["spec"]["replicas"] == 0


def test_limits_become_requests():
    limited = {"resources": {"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "100m"}}}
    pod = defaulted(obj("Pod", spec={"containers": [{"name": "a", "image": "a", **limited}]}))
    assert pod["spec"]["containers"][0]["resources"]["requests"] == {"cpu": "100m", "memory": "1Gi"}


def test_probes_volumes_and_references():
    reference = {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}
    container = {"name": "a", "image": "a", "env": [reference], "readinessProbe": {"httpGet": {"port": 80}}}
    volumes = [{"name": "e"}, {"name": "c", "configMap": {"name": "c"}}, {"name": "h", "hostPath": {"path": "/"}}]
    spec = defaulted(obj("Pod", spec={"containers": [container], "volumes": volumes}))["spec"]
    assert spec["containers"][0]["env"][0]["valueFrom"]["fieldRef"]["apiVersion"] == "v1"
    assert spec["containers"][0]["readinessProbe"] == {
        "httpGet": {"port": 80, "path": "/", "scheme": "HTTP"},
        "timeoutSeconds": 1,
        "periodSeconds": 10,
        "successThreshold": 1,
        "failureThreshold": 3,
    }
    assert spec["volumes"] == [
        {"name": "e", "emptyDir": {}},
        {"name": "c", "configMap": {"name": "c", "defaultMode": 420}},
        {"name": "h", "hostPath": {"path": "/", "type": ""}},
    ]


@pytest.mark.parametrize(
    ("image", "policy"),
    [
        ("nginx", "Always"),
        ("nginx:latest", "Always"),
        ("nginx:1.27", "IfNotPresent"),
        ("localhost:5000/nginx", "Always"),
        ("localhost:5000/nginx:1", "IfNotPresent"),
        ("nginx@sha256:abc", "IfNotPresent"),
        ("nginx:latest@sha256:abc", "Always"),
    ],
)
def test_pull_policy(image, policy):
    assert pull_policy(image) == policy


def test_other_kinds():
    assert defaulted(obj("Namespace"))["metadata"]["labels"] == {"kubernetes.io/metadata.name": "a"}
    assert defaulted(obj("Node", status={"capacity": {"cpu": "2"}}))["status"]["allocatable"] == {"cpu": "2"}
    assert defaulted(obj("Event"))["source"] == {}
    service = defaulted(obj("Service", spec={"ports": [{"port": 80}], "type": "NodePort"}))
    assert service["spec"]["ports"] == [{"port": 80, "protocol": "TCP", "targetPort": 80}]
    assert service["spec"]["externalTrafficPolicy"] == "Cluster"
    for kind in ("ConfigMap", "ServiceAccount", "Thing"):
        plain = obj(kind)
        assert defaulted(plain) is plain


def test_plain_texts_of_a_secret_are_kept_encoded():
    kept = defaulted(obj("Secret", stringData={"user": "admin"}, data={"other": "eA=="}))
    assert (kept["data"], "stringData" in kept) == ({"other": "eA==", "user": "YWRtaW4="}, False)
