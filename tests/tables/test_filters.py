from __future__ import annotations

import pytest

from gen.cluster.scheduler.framework import SKIP, Rejection, Unplaceable
from gen.cluster.scheduler.plugins import (
    node_affinity,
    node_name,
    node_ports,
    node_resources_fit,
    node_unschedulable,
    taint_toleration,
    topology_spread,
)
from gen.cluster.scheduler.snapshot import NodeInfo

SMALL = {"cpu": "10m", "memory": "20", "pods": "32", "example.com/aaa": "5", "ephemeral-storage": "20", "hugepages-2Mi": "5"}


def status(rejection: Rejection | None):
    if rejection is None:
        return None
    code = "Unschedulable" if rejection.resolvable else "UnschedulableAndUnresolvable"
    return {"code": code, "reasons": list(rejection.reasons)}


@pytest.fixture
def check(pod_of, snapshot_of):
    def check(rule, pod, node, existing=None):
        snapshot = snapshot_of([node], existing)
        return status(rule.check(None, pod_of(pod), snapshot.order()[0]))

    return check


@pytest.mark.table("scheduler/node_unschedulable")
def test_node_unschedulable(case, check):
    assert check(node_unschedulable.FILTER, case.given["pod"], case.given["node"]) == case.expect["wantStatus"]


@pytest.mark.table("scheduler/node_name")
def test_node_name(case, check):
    assert check(node_name.FILTER, case.given["pod"], case.given["node"]) == case.expect["wantStatus"]


@pytest.mark.table("scheduler/taint_toleration_filter")
def test_taint_toleration(case, check):
    _skip_comparisons(case)
    assert check(taint_toleration.FILTER, case.given["pod"], case.given["node"]) == case.expect["wantStatus"]


@pytest.mark.table("scheduler/taint_toleration_filter_gates")
def test_taint_toleration_gates(case, check):
    _skip_comparisons(case)
    assert check(taint_toleration.FILTER, case.given["pod"], case.given["node"]) == case.expect["wantStatus"]


def _skip_comparisons(case):
    if case.given["enableTaintTolerationComparisonOps"]:
        pytest.skip("not modelled: Gt and Lt in tolerations, behind a feature gate")


@pytest.mark.table("scheduler/node_ports")
def test_node_ports(case, pod_of, snapshot_of):
    pod, snapshot = pod_of(case.given["pod"]), snapshot_of([{"metadata": {"name": "m1"}}], case.given["podsOnNode"])
    if (case.expect["wantPreFilterStatus"] or {}).get("code") == "Skip":
        assert node_ports.FILTER.prepare(pod, snapshot) is SKIP
    else:
        assert status(node_ports.FILTER.check(None, pod, snapshot.order()[0])) == case.expect["wantFilterStatus"]


@pytest.mark.table("scheduler/node_affinity_filter")
def test_node_affinity(case, pod_of, snapshot_of):
    given, expect = case.given, case.expect
    if given.get("args"):
        pytest.skip("not modelled: affinity that a scheduler's configuration adds")
    if "invalid value" in str(given["pod"]):
        pytest.skip("the API server refuses such a Pod")
    pod = pod_of(given["pod"])
    node = {"metadata": {"name": given.get("nodeName") or "", "labels": given.get("labels") or {}}}
    info = NodeInfo(given.get("nodeName") or "")
    info.set_node(node)
    if given.get("runPreFilter"):
        wanted = expect.get("wantPreFilterStatus") or {}
        if wanted.get("code") == "UnschedulableAndUnresolvable":
            with pytest.raises(Unplaceable, match=wanted["reasons"][0]):
                node_affinity.FILTER.prepare(pod, snapshot_of([]))
            return
        assert (node_affinity.FILTER.prepare(pod, snapshot_of([])) is SKIP) == (wanted.get("code") == "Skip")
        if expect.get("wantPreFilterResult"):
            assert sorted(node_affinity.FILTER.only(pod)) == expect["wantPreFilterResult"]["nodeNames"]
    assert status(node_affinity.FILTER.check(None, pod, info)) == expect["wantStatus"]


@pytest.fixture
def fit(check):
    def fit(case, allocatable):
        node = {"status": {"allocatable": allocatable}}
        return check(node_resources_fit.FILTER, case.given["pod"], node, case.given.get("podsOnNode"))

    return fit


@pytest.mark.table("scheduler/fit_enough_requests")
def test_fit(case, fit, pod_of, snapshot_of):
    if case.given.get("args"):
        pytest.skip("not modelled: resources that a scheduler's configuration ignores")
    found = fit(case, SMALL)
    wanted = case.expect["wantStatus"]
    assert (found or {}).get("code") == (wanted or {}).get("code")
    assert sorted((found or {}).get("reasons", [])) == sorted((wanted or {}).get("reasons", []))


@pytest.mark.table("scheduler/fit_not_enough_pods")
def test_fit_number_of_pods(case, fit):
    assert fit(case, {"cpu": "10m", "memory": "20", "pods": "1"}) == case.expect["wantStatus"]


@pytest.mark.table("scheduler/fit_storage")
def test_fit_storage(case, fit):
    assert fit(case, SMALL) == case.expect["wantStatus"]


@pytest.mark.table("scheduler/fit_sidecars")
def test_fit_sidecars(case, fit):
    if not case.given["enableSidecarContainers"]:
        pytest.skip("not modelled: a cluster without sidecar containers")
    assert fit(case, {"cpu": "2m", "memory": "0", "pods": "1"}) == case.expect["wantFilterStatus"]


def spread_status(case, pod_of, snapshot_of):
    nodes = case.given["nodes"]
    pod, snapshot = pod_of(case.given["pod"]), snapshot_of(nodes, case.given.get("existingPods"))
    if not case.given.get("enableNodeInclusionPolicy") and _states_a_policy(pod):
        pytest.skip("not modelled: a cluster without the policies for tainted nodes")
    state = topology_spread.FILTER.prepare(pod, snapshot)
    found = {}
    for node in snapshot.order():
        rejection = None if state is SKIP else topology_spread.FILTER.check(state, pod, node)
        found[node.name] = status(rejection)["code"] if rejection else "Success"
    return found


def _states_a_policy(pod):
    constraints = pod.spec.get("topologySpreadConstraints") or []
    return any("nodeTaintsPolicy" in one or "nodeAffinityPolicy" in one for one in constraints)


@pytest.mark.table("scheduler/topology_spread_filter_single")
def test_topology_spread_one_constraint(case, pod_of, snapshot_of):
    found = spread_status(case, pod_of, snapshot_of)
    assert {name: found[name] for name in case.expect["wantStatusCode"]} == case.expect["wantStatusCode"]


@pytest.mark.table("scheduler/topology_spread_filter_multiple")
def test_topology_spread_several_constraints(case, pod_of, snapshot_of):
    found = spread_status(case, pod_of, snapshot_of)
    assert {name: found[name] for name in case.expect["wantStatusCode"]} == case.expect["wantStatusCode"]
