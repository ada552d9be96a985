from __future__ import annotations

import pytest

from gen.cluster.scheduler.cycle import nodes_to_find
from gen.cluster.scheduler.framework import SKIP, Score, proportional
from gen.cluster.scheduler.plugins import (
    balanced_allocation,
    image_locality,
    node_affinity,
    node_resources_fit,
    taint_toleration,
    topology_spread,
)

BOTH_ALIKE = [{"name": "cpu", "weight": 1}, {"name": "memory", "weight": 1}]


def score(rule: Score, pod, snapshot, feasible=None):
    """What a score plugin gives each node, normalised; None if it has nothing to say."""
    nodes = feasible if feasible is not None else list(snapshot.nodes.values())
    state = rule.prepare(pod, snapshot, nodes)
    if state is SKIP:
        return None
    points = rule.normalise(state, [rule.rate(state, pod, node) for node in nodes], nodes)
    return [{"name": node.name, "score": point} for node, point in zip(nodes, points, strict=True)]


@pytest.mark.table("scheduler/default_normalize_score")
def test_default_normalise(case):
    assert proportional(case.given["scores"], case.given["reverse"]) == case.expect["expectedScores"]


@pytest.mark.table("scheduler/num_feasible_nodes")
def test_nodes_to_find(case):
    given = case.given
    percentage = given.get("profilePercentage", given["globalPercentage"])
    assert nodes_to_find(given["numAllNodes"], percentage) == case.expect["wantNumNodes"]


@pytest.mark.table("scheduler/taint_toleration_score")
def test_taint_toleration(case, pod_of, snapshot_of):
    if case.given["enableTaintTolerationComparisonOps"]:
        pytest.skip("not modelled: Gt and Lt in tolerations, behind a feature gate")
    found = score(taint_toleration.SCORE, pod_of(case.given["pod"]), snapshot_of(case.given["nodes"]))
    assert found == case.expect["expectedList"]


@pytest.mark.table("scheduler/node_affinity_score")
def test_node_affinity(case, pod_of, snapshot_of):
    if case.given.get("args"):
        pytest.skip("not modelled: affinity that a scheduler's configuration adds")
    wanted = case.expect.get("wantPreScoreStatus") or {}
    if "error" in wanted:
        pytest.skip("the API server refuses such a Pod")
    found = score(node_affinity.SCORE, pod_of(case.given["pod"]), snapshot_of(case.given["nodes"]))
    if found is None:
        assert wanted.get("code") == "Skip" or all(not one["score"] for one in case.expect["expectedList"])
    else:
        assert found == case.expect["expectedList"]


@pytest.mark.table("scheduler/least_allocated")
def test_least_allocated(case, pod_of, snapshot_of):
    if case.given["resources"] != BOTH_ALIKE:
        pytest.skip("not modelled: other weights, which a scheduler's configuration may give")
    snapshot = snapshot_of(case.given["nodes"], case.given["existingPods"])
    assert score(node_resources_fit.SCORE, pod_of(case.given["requestedPod"]), snapshot) == case.expect["expectedScores"]


@pytest.mark.table("scheduler/fit_score")
def test_fit_score(case, pod_of, snapshot_of):
    strategy = case.given["nodeResourcesFitArgs"]["scoringStrategy"]
    if strategy["type"] != "LeastAllocated" or strategy["resources"] != BOTH_ALIKE:
        pytest.skip("not modelled: other strategies and weights, which a scheduler's configuration may give")
    snapshot = snapshot_of(case.given["nodes"], case.given["existingPods"])
    assert score(node_resources_fit.SCORE, pod_of(case.given["requestedPod"]), snapshot) == case.expect["expectedPriorities"]


@pytest.mark.table("scheduler/balanced_allocation")
def test_balanced_allocation(case, pod_of, snapshot_of):
    if case.given["args"]["resources"] != BOTH_ALIKE:
        pytest.skip("not modelled: other resources, which a scheduler's configuration may give")
    snapshot = snapshot_of(case.given["nodes"], case.given.get("existingPods"))
    found = score(balanced_allocation.SCORE, pod_of(case.given["requestedPod"]), snapshot)
    if found is None:
        assert case.expect["expectedPreScoreStatusCode"] == "Skip"
    else:
        assert found == case.expect["expectedScores"]


@pytest.mark.table("scheduler/image_locality_score")
def test_image_locality(case, pod_of, snapshot_of):
    found = score(image_locality.SCORE, pod_of(case.given["pod"]), snapshot_of(case.given["nodes"]))
    assert found == case.expect["expectedList"]


@pytest.mark.table("scheduler/topology_spread_score")
def test_topology_spread(case, pod_of, snapshot_of):
    given = case.given
    pod = pod_of(given["pod"])
    keyed = any(one.get("matchLabelKeys") for one in pod.spec.get("topologySpreadConstraints") or [])
    if keyed and not given["enableMatchLabelKeys"]:
        pytest.skip("not modelled: a cluster without matchLabelKeys")
    snapshot = snapshot_of([*given["nodes"], *(given.get("failedNodes") or [])], given.get("existingPods"))
    for index, companion in enumerate(given.get("objs") or []):
        snapshot.groups.put({"kind": "Service", "metadata": {"name": f"companion-{index}", "namespace": ""}, **companion})
    feasible = [snapshot.nodes[node["metadata"]["name"]] for node in given["nodes"]]
    assert score(topology_spread.SCORE, pod, snapshot, feasible) == case.expect["want"]
