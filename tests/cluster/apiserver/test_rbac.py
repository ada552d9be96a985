"""Who is bound to what (upstream: plugin/pkg/auth/authorizer/rbac; recordings 17 and 64)."""

import pytest

from gen.cluster.apiserver.rbac import allows, covers, is_meant
from gen.cluster.apiserver.request import Call, User
from gen.cluster.apiserver.status import StatusError

READER = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}
ALICE = User("alice", ("dev-team", "system:authenticated"))


def role(rules, kind="Role", name="reader"):
    where = {"namespace": "default"} if kind == "Role" else {}
    return {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": {"name": name, **where}, "rules": rules}


def binding(subject, kind="RoleBinding", to="Role", name="reader"):
    where = {"namespace": "default"} if kind == "RoleBinding" else {}
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": to, "name": name}
    metadata = {"name": "binding", **where}
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": kind,
        "metadata": metadata,
        "subjects": [subject],
        "roleRef": reference,
    }


@pytest.mark.parametrize(
    ("rule", "call", "expected"),
    [
        (READER, Call("get", "Pod", "default", "web"), True),
        (READER, Call("delete", "Pod", "default", "web"), False),
        (READER, Call("get", "Deployment", "default", "web"), False),
        (READER, Call("get", "Pod", "default", "web", subresource="log"), False),
        ({**READER, "resourceNames": ["web"]}, Call("get", "Pod", "default", "web"), True),
        ({**READER, "resourceNames": ["web"]}, Call("get", "Pod", "default", "other"), False),
        ({**READER, "resourceNames": ["web"], "verbs": ["*"]}, Call("create", "Pod", "default", "web"), False),
        ({"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}, Call("patch", "Deployment", "default", "web"), True),
    ],
)
def test_what_a_rule_covers(rule, call, expected):
    assert allows(rule, call) is expected


@pytest.mark.parametrize(
    ("pattern", "resource", "subresource", "expected"),
    [("pods", "pods", "", True), ("*", "pods/log", "log", True), ("*/scale", "deployments/scale", "scale", True),
     ("*/scale", "deployments", "", False)],
)  # fmt: skip
def test_resources_and_their_subresources(pattern, resource, subresource, expected):
    assert covers(pattern, resource, subresource) is expected


@pytest.mark.parametrize(
    ("subject", "user", "expected"),
    [
        ({"kind": "User", "name": "alice"}, ALICE, True),
        ({"kind": "Group", "name": "dev-team"}, ALICE, True),
        ({"kind": "Group", "name": "alice"}, ALICE, False),
        ({"kind": "ServiceAccount", "name": "app"}, User("system:serviceaccount:default:app"), True),
        ({"kind": "ServiceAccount", "name": "app", "namespace": "shop"}, User("system:serviceaccount:default:app"), False),
    ],
)
def test_whom_a_binding_means(subject, user, expected):
    assert is_meant(subject, user, "default") is expected


@pytest.fixture
def alice(bench):
    return bench.admin.acting_as(ALICE)


def test_nothing_is_allowed_before_somebody_allows_it(bench, alice, pod):
    with pytest.raises(StatusError) as refused:
        bench.ask(alice.list("Pod", "default"))
    assert refused.value.message == (
        'pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "default"'
    )
    bench.ask(bench.admin.create(role([READER])))
    bench.ask(bench.admin.create(binding({"kind": "User", "name": "alice"})))
    assert bench.ask(alice.list("Pod", "default"))[0] == []
    with pytest.raises(StatusError):
        bench.ask(alice.list("Pod", "kube-system"))
    with pytest.raises(StatusError):
        bench.ask(alice.create(pod))


def test_a_role_of_the_cluster_reaches_as_far_as_its_binding(bench, alice):
    bench.ask(bench.admin.create(binding({"kind": "Group", "name": "dev-team"}, to="ClusterRole", name="view")))
    assert bench.ask(alice.list("Deployment", "default"))[0] == []
    for kind, namespace in (("Secret", "default"), ("Deployment", "shop")):
        with pytest.raises(StatusError):
            bench.ask(alice.list(kind, namespace))
    bench.ask(
        bench.admin.create(binding({"kind": "User", "name": "alice"}, "ClusterRoleBinding", "ClusterRole", "cluster-admin"))
    )
    assert bench.ask(alice.list("Secret", ""))[0] == []


def test_the_role_of_a_binding_stays(bench):
    bench.ask(bench.admin.create(binding({"kind": "User", "name": "alice"})))
    with pytest.raises(StatusError) as refused:
        bench.ask(bench.admin.patch("RoleBinding", "default", "binding", {"roleRef": {"name": "other"}}, how="merge"))
    assert refused.value.message.endswith('"Kind":"Role","Name":"other"}: cannot change roleRef')


def test_a_review_answers_and_is_not_kept(bench, alice):
    asked = {"resourceAttributes": {"verb": "get", "resource": "pods", "namespace": "default"}}
    review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "metadata": {"name": ""}, "spec": asked}
    assert bench.ask(alice.create(review))["status"] == {"allowed": False}
    assert bench.ask(bench.admin.create(review))["status"] == {"allowed": True}
    assert bench.server.stored("SelfSubjectAccessReview") == []
