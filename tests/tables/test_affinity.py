from __future__ import annotations

import pytest

from gen.cluster.scheduler.framework import SKIP
from gen.cluster.scheduler.plugins import inter_pod_affinity

# The namespaces of upstream's tests.
NAMESPACES = {f"subteam{number}.team{team}": {"team": f"team{team}"} for number in (1, 2) for team in (1, 2)}


@pytest.fixture
def scene(pod_of, snapshot_of):
    def scene(given, nodes):
        snapshot = snapshot_of(nodes, given.get("pods"))
        snapshot.namespaces.update(NAMESPACES)
        return pod_of(given["pod"]), snapshot

    return scene


def statuses(pod, snapshot):
    state = inter_pod_affinity.FILTER.prepare(pod, snapshot)
    if state is SKIP:
        return SKIP
    found = [inter_pod_affinity.FILTER.check(state, pod, node) for node in snapshot.nodes.values()]
    codes = {True: "Unschedulable", False: "UnschedulableAndUnresolvable"}
    return [None if one is None else {"code": codes[one.resolvable], "reasons": list(one.reasons)} for one in found]


def check(case, pod, snapshot, wanted):
    prepared = case.expect.get("wantPreFilterStatus") or {}
    if prepared.get("code") == "UnschedulableAndUnresolvable":
        pytest.skip("the API server refuses such a Pod")
    found = statuses(pod, snapshot)
    if prepared.get("code") == "Skip":
        assert found is SKIP
    else:
        assert found == wanted


@pytest.mark.table("scheduler/inter_pod_affinity_filter_single")
def test_filter_of_one_node(case, scene):
    check(case, *scene(case.given, [case.given["node"]]), [case.expect.get("wantFilterStatus")])


@pytest.mark.table("scheduler/inter_pod_affinity_filter_multi")
def test_filter_of_several_nodes(case, scene):
    check(case, *scene(case.given, case.given["nodes"]), case.expect.get("wantFilterStatuses"))


def scores(pod, snapshot):
    rule, nodes = inter_pod_affinity.SCORE, list(snapshot.nodes.values())
    state = rule.prepare(pod, snapshot, nodes)
    if state is SKIP:
        return SKIP
    points = rule.normalise(state, [rule.rate(state, pod, node) for node in nodes], nodes)
    return [{"name": node.name, "score": point} for node, point in zip(nodes, points, strict=True)]


def check_scores(case, scene):
    wanted = (case.expect.get("wantStatus") or {}).get("code")
    if wanted == "Error":
        pytest.skip("the API server refuses such a Pod")
    found = scores(*scene(case.given, case.given["nodes"]))
    assert found is SKIP if wanted == "Skip" else found == case.expect["expectedList"]


@pytest.mark.table("scheduler/inter_pod_affinity_score")
def test_score(case, scene):
    if case.given.get("ignorePreferredTermsOfExistingPods"):
        pytest.skip("not modelled: to ignore the wishes of Pods that are there, which a scheduler's configuration may")
    check_scores(case, scene)


@pytest.mark.table("scheduler/inter_pod_affinity_score_hard_weight")
def test_score_by_required_terms(case, scene):
    if case.given["hardPodAffinityWeight"] != inter_pod_affinity.REQUIRED_AFFINITY_WEIGHT:
        pytest.skip("not modelled: another weight, which a scheduler's configuration may give")
    check_scores(case, scene)
