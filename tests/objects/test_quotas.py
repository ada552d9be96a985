"""What objects count for in a quota (upstream: pkg/quota/v1/evaluator/core; recordings 25 and 90)."""

import pytest

from gen.objects import quotas


def container(name="web", requests=None, limits=None, **more):
    return {"name": name, "resources": {"requests": requests or {}, "limits": limits or {}}, **more}


def pod(*containers, inits=(), phase="Running", **spec):
    whole = {"containers": list(containers), "initContainers": list(inits), **spec}
    return {"kind": "Pod", "metadata": {"name": "web"}, "spec": whole, "status": {"phase": phase}}


def quota(hard, used=None, **spec):
    status = {"hard": hard, "used": used or {}}
    return {"kind": "ResourceQuota", "metadata": {"name": "q"}, "spec": {"hard": hard, **spec}, "status": status}


HALF = container(requests={"cpu": "500m"}, limits={"memory": "1Gi"})


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        ({"kind": "Deployment"}, {"count/deployments.apps": "1"}),
        ({"kind": "Secret"}, {"count/secrets": "1", "secrets": "1"}),
        (pod(HALF), {"count/pods": "1", "pods": "1", "cpu": "500m", "requests.cpu": "500m", "limits.memory": "1Gi"}),
        (pod(HALF, HALF), {"count/pods": "1", "pods": "1", "cpu": "1", "requests.cpu": "1", "limits.memory": "2Gi"}),
        (pod(HALF, phase="Failed"), {"count/pods": "1"}),
        (pod(HALF, inits=[container(requests={"cpu": "2"})]),
         {"count/pods": "1", "pods": "1", "cpu": "2", "requests.cpu": "2", "limits.memory": "1Gi"}),
        ({"kind": "Service", "spec": {"type": "NodePort", "ports": [{}, {}]}},
         {"count/services": "1", "services": "1", "services.nodeports": "2", "services.loadbalancers": "0"}),
        ({"kind": "PersistentVolumeClaim", "spec": {"resources": {"requests": {"storage": "1Gi"}}}},
         {"count/persistentvolumeclaims": "1", "persistentvolumeclaims": "1", "requests.storage": "1Gi"}),
    ],
)  # fmt: skip
def test_what_an_object_counts_for(obj, expected):
    assert quotas.usage(obj) == expected


@pytest.mark.parametrize(
    ("hard", "used", "more", "why"),
    [
        ({"pods": "3"}, {"pods": "2"}, {"pods": "1"}, ""),
        ({"pods": "3"}, {"pods": "3"}, {"pods": "1"}, "exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3"),
        ({"pods": "3", "requests.cpu": "1"}, {"pods": "1", "requests.cpu": "800m"}, {"pods": "1", "requests.cpu": "400m"},
         "exceeded quota: q, requested: requests.cpu=400m, used: requests.cpu=800m, limited: requests.cpu=1"),
        ({"limits.memory": "1Gi", "requests.cpu": "1"}, {"limits.memory": "512Mi", "requests.cpu": "800m"},
         {"limits.memory": "900Mi", "requests.cpu": "900m"},
         "exceeded quota: q, requested: limits.memory=900Mi,requests.cpu=900m, used: limits.memory=512Mi,requests.cpu=800m, "
         "limited: limits.memory=1Gi,requests.cpu=1"),
    ],
)  # fmt: skip
def test_what_is_too_much(hard, used, more, why):
    assert quotas.exceeded(quota(hard, used), more) == why


@pytest.mark.parametrize(
    ("names", "obj", "why"),
    [
        (["limits.memory", "requests.cpu"], pod(container("p1")), "must specify limits.memory for: p1; requests.cpu for: p1"),
        (["cpu"], pod(container("a"), container("b", {"cpu": "1"})), "must specify cpu for: a"),
        (["pods", "requests.ephemeral-storage"], pod(container()), ""),
        (["requests.cpu"], pod(HALF), ""),
    ],
)
def test_what_containers_must_say(names, obj, why):
    assert quotas.unspecified(names, obj) == why


@pytest.mark.parametrize(
    ("spec", "obj", "inside"),
    [
        ({}, pod(HALF), True),
        ({"scopes": ["BestEffort"]}, pod(container()), True),
        ({"scopes": ["BestEffort"]}, pod(HALF), False),
        ({"scopes": ["NotBestEffort", "NotTerminating"]}, pod(HALF), True),
        ({"scopes": ["Terminating"]}, pod(HALF, activeDeadlineSeconds=5), True),
        ({"scopes": ["BestEffort"]}, {"kind": "Secret"}, False),
        ({"scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "In", "values": ["high"]}]}},
         pod(HALF, priorityClassName="high"), True),
        ({"scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "Exists"}]}}, pod(HALF), False),
    ],
)  # fmt: skip
def test_whom_a_quota_is_about(spec, obj, inside):
    assert quotas.in_scope(quota({"pods": "1"}, **spec), obj) is inside


def test_which_kinds_must_be_counted():
    hard = dict.fromkeys(("pods", "limits.cpu", "services.nodeports", "count/jobs.batch", "requests.storage", "configmaps"), "1")
    assert quotas.kinds_counted(quota(hard)) == ["Pod", "Service", "Job", "PersistentVolumeClaim", "ConfigMap"]


def test_used_is_told_only_of_what_is_limited():
    assert quotas.used_of(quota({"pods": "5", "secrets": "1"}), [pod(HALF), pod(HALF), pod(HALF, phase="Succeeded")]) == {
        "pods": "2",
        "secrets": "0",
    }
