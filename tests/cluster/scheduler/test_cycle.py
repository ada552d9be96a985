from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.cluster.scheduler.cycle import nodes_to_find, schedule
from gen.cluster.scheduler.pod_info import pod_info
from gen.cluster.scheduler.profile import DEFAULT
from gen.cluster.scheduler.verdicts import Memory

TAINT = {"key": "dedicated", "value": "db", "effect": "NoSchedule"}
POSTSCRIPT = " no new claims to deallocate, preemption: "
SIZES = st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 4000)), max_size=25)  # cpu in thousandths, memory in Mi


def test_the_emptier_node_wins(node, pod, info, snapshot):
    nodes = snapshot(node("a"), node("b"), placed={"a": [pod("busy", cpu="500m", memory="1Gi")]})
    placement = schedule(info("new", cpu="100m", memory="200Mi"), nodes)
    assert placement.node == "b"
    assert placement.ranking is not None
    assert placement.ranking.columns["TaintToleration"] == [300, 300]
    assert placement.told()["feasible"] == 2


def test_of_equals_the_first_wins(node, info, snapshot):
    nodes = snapshot(node("b1", zone="b"), node("a1", zone="a"), node("b2", zone="b"))
    assert schedule(info(), nodes).node == "b1"
    assert schedule(info(), nodes, start=1).node == "a1"


def test_the_only_node_left_is_not_compared(node, info, snapshot):
    placement = schedule(info(), snapshot(node("a", taints=[TAINT]), node("b")))
    assert (placement.node, placement.ranking) == ("b", None)


def test_pods_of_a_replica_set_stand_apart(node, pod, info, snapshot):
    group = {"kind": "ReplicaSet", "metadata": {"name": "web", "namespace": "default"}}
    nodes = snapshot(node("a"), node("b", cpu="8", memory="64Gi"))
    nodes.groups.put({**group, "spec": {"selector": {"matchLabels": {"app": "web"}}}})
    places = []
    for number in range(4):
        one = info(f"web-{number}", cpu="10m", memory="10Mi", labels={"app": "web"}, owner="web")
        places.append(schedule(one, nodes).node)
        nodes.put_pod(one, places[-1])
    assert places == ["a", "b", "a", "b"], "though b has room for all of them"


@pytest.mark.parametrize(
    ("spec", "reasons", "after"),
    [
        ({"cpu": "3"}, "1 node(s) had untolerated taint(s), 2 Insufficient cpu", "3 Preemption is not helpful for scheduling"),
        (
            {"cpu": "3", "memory": "9Gi"},
            "1 node(s) had untolerated taint(s), 2 Insufficient cpu, 2 Insufficient memory",
            "3 Preemption is not helpful for scheduling",
        ),
        (
            {"cpu": "2"},
            "1 node(s) had untolerated taint(s), 2 Insufficient cpu",
            "1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod",
        ),
        (
            {"nodeSelector": {"disk": "ssd"}},
            "1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector",
            "3 Preemption is not helpful for scheduling",
        ),
    ],
)
def test_why_there_is_no_node(node, pod, info, snapshot, spec, reasons, after):
    nodes = snapshot(node("a"), node("b"), node("c", taints=[TAINT]))
    for name in "ab":
        nodes.put_pod(pod_info(pod(f"there-{name}", cpu="100m")), name)
    placement = schedule(info("new", **spec), nodes)
    assert placement.node is None
    assert placement.message == f"0/3 nodes are available: {reasons}.{POSTSCRIPT}0/3 nodes are available: {after}."


def test_a_pod_that_may_not_preempt_says_so(node, info, snapshot):
    found = schedule(info(cpu="9", preemptionPolicy="Never"), snapshot(node("a"))).message
    assert found == f"0/1 nodes are available: 1 Insufficient cpu.{POSTSCRIPT}not eligible due to preemptionPolicy=Never."


def test_a_pod_that_could_preempt_says_nothing_more(node, pod, info, snapshot):
    nodes = snapshot(node("a"), placed={"a": [pod("low", cpu="1500m")]})
    placement = schedule(info("high", cpu="1", priority=10), nodes)
    assert placement.message == "0/1 nodes are available: 1 Insufficient cpu."
    assert placement.told()["couldPreemptOn"] == ["a"]
    assert list(nodes.nodes["a"].pods) == [("default", "low")]


def test_without_nodes(info, snapshot):
    placement = schedule(info(), snapshot())
    assert (placement.message, placement.plugins) == ("no nodes available to schedule pods", ())


def test_a_pod_that_names_its_node_by_affinity_asks_no_other(node, info, snapshot):
    term = {"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["b"]}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    pod = info(affinity={"nodeAffinity": required})
    assert schedule(pod, snapshot(node("a"), node("b"))).asked == 1
    text = schedule(pod, snapshot(node("a"), node("b", unschedulable=True))).message
    assert text.startswith(
        "0/2 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity], 1 node(s) were unschedulable. "
    )


def test_hard_spreading(node, pod, info, snapshot):
    constraint = {
        "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {"matchLabels": {"app": "web"}},
    }  # fmt: skip
    web = {"labels": {"app": "web"}, "topologySpreadConstraints": [constraint]}
    nodes = snapshot(
        node("a", zone="a"), node("b", zone="b"), node("nowhere"), placed={"a": [pod("first", labels={"app": "web"})]}
    )
    assert schedule(info("second", **web), nodes).node == "b"
    full = schedule(info("second", **web, cpu="1", nodeSelector={"topology.kubernetes.io/zone": "a"}), nodes)
    assert full.node == "a", "zone b does not count for a Pod that cannot go there"
    unlabelled = schedule(info("second", **web), snapshot(node("nowhere"))).message
    assert "1 node(s) didn't match pod topology spread constraints (missing required label)" in unlabelled


@pytest.mark.parametrize(("nodes", "wanted"), [(3, 3), (99, 99), (100, 100), (300, 144), (5000, 500), (20000, 1000)])
def test_large_clusters_are_not_searched_to_the_end(nodes, wanted):
    assert nodes_to_find(nodes) == wanted


@given(sizes=SIZES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_pod_over_allocatable_and_memory_changes_nothing(sizes, node, pod, snapshot):
    nodes = snapshot(node("a", pods="5"), node("b", cpu="3", memory="2Gi"), node("c", taints=[TAINT]), node("d", cpu="1"))
    memory = Memory(DEFAULT)
    for number, (cpu, mebibytes) in enumerate(sizes):
        one = pod_info(pod(f"pod-{number}", cpu=f"{cpu}m", memory=f"{mebibytes}Mi"))
        placement = schedule(one, nodes, memory=memory)
        assert placement == schedule(one, nodes)
        if placement.node is None:
            assert all(rejection.reasons for rejection in placement.rejections.values())
        else:
            nodes.put_pod(one, placement.node)
    for found in nodes.nodes.values():
        assert len(found.pods) <= found.allocatable["pods"]
        assert all(found.requested.get(resource, 0) <= found.allocatable[resource] for resource in ("cpu", "memory"))
