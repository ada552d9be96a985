"""Quotas, limits and the end of namespaces, with a whole cluster behind them (recordings 25 and 90)."""

import pytest

from gen.kit.duration import parse_timestamp
from gen.kit.loop import SECOND
from gen.objects import meta
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Write

HELD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, namespace: shop, finalizers: [example.com/hold]}\n"


class Town:
    def __init__(self):
        self.stage = Stage(default_nodes(3), seed=5)
        self.stage.files = {"held.yaml": HELD}

    def type(self, line, settle=True):
        said = []

        async def type_it():
            said.append(await self.stage.kubectl(f"kubectl {line}"))

        self.stage.do(type_it())
        while not said:
            self.stage.loop.step()
        if settle:
            self.rest(20)
        return said[0].stdout + said[0].stderr

    def rest(self, seconds):
        self.stage.play(self.stage.loop.now + seconds * SECOND)

    def quota(self):
        return self.stage.get("ResourceQuota", "default", "q")["status"]

    def namespace(self):
        return self.stage.get("Namespace", "", "shop")

    def writes(self, *kinds):
        return [one for one in self.stage.trace if isinstance(one, Write) and one.ref.kind in kinds]


@pytest.fixture
def town():
    return Town()


def test_a_quota_is_counted_as_soon_as_it_is_there(town):
    town.type("run web --image=nginx")
    town.type("create quota q --hard=pods=3,count/deployments.apps=1")
    limits = {"pods": "3", "count/deployments.apps": "1"}
    assert town.quota() == {"hard": limits, "used": {"pods": "1", "count/deployments.apps": "0"}}


def test_the_quota_is_written_before_the_object(town):
    town.type("create quota q --hard=pods=3")
    town.type("run web --image=nginx")
    written = [one.ref.kind for one in town.writes("ResourceQuota", "Pod")]
    assert written[2:4] == ["ResourceQuota", "Pod"]
    assert town.quota()["used"] == {"pods": "1"}


def test_what_goes_is_given_back(town):
    town.type("create quota q --hard=pods=1")
    town.type("run web --image=nginx")
    why = "exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"
    assert town.type("run more --image=nginx") == f'Error from server (Forbidden): pods "more" is forbidden: {why}\n'
    town.type("delete pod web")
    assert town.quota()["used"] == {"pods": "0"}
    assert town.type("run more --image=nginx") == "pod/more created\n"


def test_no_two_pods_share_the_last_place(town):
    town.type("create quota q --hard=pods=5")
    town.type("create deployment web --image=nginx --replicas=8")
    assert len(town.stage.list("Pod", "default")) == 5
    assert town.quota()["used"] == {"pods": "5"}
    (replica_set,) = town.stage.list("ReplicaSet", "default")
    (failure,) = [one for one in replica_set["status"]["conditions"] if one["type"] == "ReplicaFailure"]
    assert (failure["status"], failure["reason"]) == ("True", "FailedCreate")
    assert "exceeded quota: q, requested: pods=1, used: pods=5, limited: pods=5" in failure["message"]
    told = [one for one in town.stage.list("Event", "default") if one["reason"] == "FailedCreate"]
    assert any(one["message"].startswith("(combined from similar events)") for one in told)


def test_a_raised_quota_is_not_noticed_before_the_next_attempt(town):
    town.type("create quota q --hard=pods=1")
    town.type("create deployment web --image=nginx --replicas=2", settle=False)
    town.rest(6)  # by now it tries every five or ten seconds
    town.type("""patch quota q -p '{"spec":{"hard":{"pods":"5"}}}'""", settle=False)
    town.rest(1)
    assert len(town.stage.list("Pod", "default")) == 1
    town.type("scale deployment web --replicas=3")
    assert len(town.stage.list("Pod", "default")) == 3
    (replica_set,) = town.stage.list("ReplicaSet", "default")
    assert "conditions" not in replica_set["status"]


def test_a_dry_run_costs_nothing(town):
    town.type("create quota q --hard=pods=1")
    town.type("run web --image=nginx --dry-run=server")
    assert town.quota()["used"] == {"pods": "0"}


def conditions(namespace):
    return {one["type"]: one["status"] for one in namespace["status"]["conditions"]}


def test_a_namespace_is_emptied_step_by_step(town):
    town.type("create namespace shop")
    town.type("-n shop create deployment web --image=nginx --replicas=2")
    town.type("create -f held.yaml")
    town.type("delete namespace shop --wait=false", settle=False)
    deleted_us = parse_timestamp(town.namespace()["metadata"]["deletionTimestamp"])
    assert town.namespace()["status"] == {"phase": "Terminating"}
    town.rest(4)
    assert not any(meta.deleting(pod) for pod in town.stage.list("Pod", "shop"))
    town.rest(2)
    assert all(meta.deleting(pod) for pod in town.stage.list("Pod", "shop"))
    assert set(conditions(town.namespace()).values()) == {"False"}
    assert town.stage.list("Deployment", "shop")
    town.rest(6)
    assert not town.stage.list("Deployment", "shop")
    assert not town.stage.list("ServiceAccount", "shop")
    left = {one["type"]: (one["status"], one["message"]) for one in town.namespace()["status"]["conditions"]}
    assert left["NamespaceContentRemaining"] == ("True", "Some resources are remaining: configmaps. has 1 resource instances")
    held = "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances"
    assert left["NamespaceFinalizersRemaining"] == ("True", held)
    town.type("""-n shop patch cm held -p '{"metadata":{"finalizers":null}}'""")
    assert town.namespace() is None
    assert town.stage.loop.unix_us > deleted_us


def test_nothing_new_begins_in_a_namespace_that_goes_and_nobody_complains(town):
    town.type("create namespace shop")
    town.type("-n shop create deployment web --image=nginx --replicas=2")
    town.type("delete namespace shop --wait=false", settle=False)
    why = "unable to create new content in namespace shop because it is being terminated"
    assert town.type("-n shop create configmap late --from-literal=a=b", settle=False) == (
        f'error: failed to create configmap: configmaps "late" is forbidden: {why}\n'
    )
    before = len(town.writes("Pod"))
    town.rest(30)
    created = [one for one in town.writes("Pod")[before:] if one.before is None]
    assert not created
    assert town.namespace() is None
    assert not [one for one in town.writes("Event") if one.after and one.after["reason"] == "FailedCreate"]


def test_delete_namespace_waits_for_its_end(town):
    town.type("create namespace shop")
    assert town.type("delete namespace shop", settle=False) == 'namespace "shop" deleted\n'
    assert town.namespace() is None


def test_what_is_described(town):
    town.type("create quota q --hard=pods=3")
    town.type("create configmap settings --from-literal=color=blue")
    town.type("create service nodeport web --tcp=80:8080")
    said = town.type("describe quota q")
    assert said.splitlines() == ["Name:       q", "Namespace:  default", "Resource    Used  Hard", "--------    ----  ----",
                                 "pods        0     3"]  # fmt: skip
    assert town.type("get quota").splitlines()[1].split()[:3] == ["q", "pods:", "0/3"]
    assert "color:\n----\nblue\n" in town.type("describe cm settings")
    assert "TargetPort:               8080/TCP" in town.type("describe service web")
    node = town.type("describe node node-1")
    assert "Non-terminated Pods:          (0 in total)" in node
    assert "Resource Quotas\n  Name:     q\n" in town.type("describe namespace default")
