"""Defaults and limits of a namespace (upstream: plugin/pkg/admission/limitranger; recordings 25 and 90)."""

import pytest

from gen.cluster.apiserver.limit_ranger import violations, with_defaults

DEFAULTS = {
    "type": "Container",
    "default": {"cpu": "500m", "memory": "256Mi"},
    "defaultRequest": {"cpu": "100m", "memory": "128Mi"},
}


def limit_range(*items):
    return {"kind": "LimitRange", "metadata": {"name": "lr"}, "spec": {"limits": list(items)}}


def pod(requests=None, limits=None, **more):
    resources = {**({"requests": requests} if requests else {}), **({"limits": limits} if limits else {})}
    return {"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [{"name": "web", "resources": resources}], **more}}


def test_who_says_nothing_gets_the_defaults_and_an_annotation():
    filled = with_defaults(pod(), limit_range(DEFAULTS))
    assert filled["spec"]["containers"][0]["resources"] == {
        "limits": {"cpu": "500m", "memory": "256Mi"},
        "requests": {"cpu": "100m", "memory": "128Mi"},
    }
    told = "LimitRanger plugin set: cpu, memory request for container web; cpu, memory limit for container web"
    assert filled["metadata"]["annotations"] == {"kubernetes.io/limit-ranger": told}


def test_what_was_said_stands():
    filled = with_defaults(pod({"cpu": "10m"}, {"memory": "100Mi"}), limit_range(DEFAULTS))
    assert filled["spec"]["containers"][0]["resources"]["requests"] == {"cpu": "10m", "memory": "128Mi"}
    assert filled["metadata"]["annotations"]["kubernetes.io/limit-ranger"].endswith(
        "set: memory request for container web; cpu limit for container web"
    )


def test_init_containers_are_told_apart():
    filled = with_defaults(pod({"cpu": "1", "memory": "1"}, {"cpu": "1", "memory": "1"}, initContainers=[{"name": "i"}]),
                           limit_range(DEFAULTS))  # fmt: skip
    assert "request for init container i" in filled["metadata"]["annotations"]["kubernetes.io/limit-ranger"]


@pytest.mark.parametrize(
    ("item", "obj", "broken"),
    [
        ({"type": "Container", "max": {"memory": "512Mi"}}, pod(limits={"memory": "1Gi"}),
         ["maximum memory usage per Container is 512Mi, but limit is 1Gi"]),
        ({"type": "Container", "max": {"memory": "512Mi"}}, pod(),
         ["maximum memory usage per Container is 512Mi.  No limit is specified"]),
        ({"type": "Container", "min": {"cpu": "50m"}}, pod({"cpu": "10m"}),
         ["minimum cpu usage per Container is 50m, but request is 10m"]),
        ({"type": "Container", "min": {"cpu": "50m"}}, pod(),
         ["minimum cpu usage per Container is 50m.  No request is specified"]),
        ({"type": "Container", "maxLimitRequestRatio": {"cpu": "10"}}, pod({"cpu": "10m"}, {"cpu": "500m"}),
         ["cpu max limit to request ratio per Container is 10, but provided ratio is 50.000000"]),
        ({"type": "Container", "maxLimitRequestRatio": {"cpu": "2"}}, pod({"cpu": "300m"}, {"cpu": "1"}),
         ["cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333"]),
        ({"type": "Pod", "max": {"cpu": "2"}}, pod(limits={"cpu": "3"}), ["maximum cpu usage per Pod is 2, but limit is 3"]),
        ({"type": "Container", "max": {"cpu": "2"}, "min": {"cpu": "1"}}, pod({"cpu": "1"}, {"cpu": "2"}), []),
        ({"type": "PersistentVolumeClaim", "max": {"storage": "1Gi"}}, pod(), []),
    ],
)  # fmt: skip
def test_what_a_limit_refuses(item, obj, broken):
    assert list(violations(obj, limit_range(item))) == broken
