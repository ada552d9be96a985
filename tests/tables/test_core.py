from __future__ import annotations

import pytest

from gen.cluster.scheduler.plugins.node_affinity import term_matches
from gen.cluster.scheduler.plugins.taint_toleration import tolerates
from gen.objects import pods
from gen.objects.rollouts import resolved


@pytest.mark.table("core/int_or_percent")
def test_int_or_percent(case):
    if case.expect["expectErr"]:
        pytest.skip("the API server refuses such a value")
    assert resolved(case.given["input"], case.given["total"], up=case.given["roundUp"]) == case.expect["expectVal"]


@pytest.mark.table("core/match_node_selector_terms")
def test_node_selector_terms(case):
    args = case.given["args"]
    terms = (args.get("nodeSelector") or {}).get("nodeSelectorTerms") or []
    metadata = (args.get("node") or {}).get("metadata") or {}
    found = any(term_matches(term, metadata.get("labels") or {}, metadata.get("name") or "") for term in terms)
    assert found == case.expect["want"]


@pytest.mark.table("core/toleration_tolerates_taint")
def test_tolerates(case):
    if case.given["enableTaintTolerationComparisonOperatorsFG"]:
        pytest.skip("not modelled: Gt and Lt in tolerations, behind a feature gate")
    assert tolerates(case.given["toleration"], case.given["taint"]) == case.expect["expectTolerated"]


@pytest.mark.table("core/qos_class")
def test_qos_class(case):
    if case.given["podLevelResourcesEnabled"] != bool(case.given["pod"]["spec"].get("resources")):
        pytest.skip("not modelled: a cluster without resources of a Pod as a whole")
    assert pods.qos_class(case.given["pod"]) == case.expect["expected"]
