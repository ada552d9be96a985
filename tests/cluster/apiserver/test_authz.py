"""Who may do what."""

import pytest

from gen.cluster.apiserver.authz import allowed
from gen.cluster.apiserver.request import ANONYMOUS, User
from gen.cluster.apiserver.status import StatusError

ADMIN = User("kubernetes-admin", ("system:masters",))
SCHEDULER = User("system:kube-scheduler")
NODE = User("system:node:node-1", ("system:nodes",))
REPLICASETS = User("system:serviceaccount:kube-system:replicaset-controller")


@pytest.mark.parametrize(
    ("user", "verb", "kind", "subresource", "may"),
    [
        (ADMIN, "delete", "Node", "", True),
        (SCHEDULER, "list", "Pod", "", True),
        (SCHEDULER, "create", "Pod", "binding", True),
        (SCHEDULER, "create", "Pod", "", False),
        (SCHEDULER, "update", "Deployment", "", False),
        (REPLICASETS, "create", "Pod", "", True),
        (REPLICASETS, "create", "Pod", "binding", False),
        (REPLICASETS, "delete", "Deployment", "", False),
        (NODE, "update", "Pod", "status", True),
        (NODE, "update", "ReplicaSet", "status", False),
        (ANONYMOUS, "get", "Pod", "", False),
        (User("alice"), "get", "Pod", "", False),
    ],
)
def test_everybody_may_do_their_own_work_and_nothing_else(user, verb, kind, subresource, may):
    assert allowed(user, verb, kind, subresource) is may


def test_nobody_gets_past_the_door_and_the_trace_says_where_they_were_stopped(bench):
    alice = bench.somebody("alice")
    with pytest.raises(StatusError, match='pods is forbidden: User "alice" cannot list resource "pods"') as refused:
        bench.ask(alice.list("Pod", "default"))
    assert refused.value.code == 403
    assert [one.stage for one in bench.trace if type(one).__name__ == "Denied"] == ["authz"]


def test_empty_credentials_are_nobodys(bench):
    nobody = bench.cluster.api("nobody", User(""), bench.admin.process)
    with pytest.raises(StatusError) as refused:
        bench.ask(nobody.get("Pod", "default", "web"))
    assert refused.value.code == 401
