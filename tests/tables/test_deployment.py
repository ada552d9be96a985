from __future__ import annotations

import pytest

from gen.cluster.controllers import deployment_status, revisions
from gen.kit.duration import parse_timestamp


def deployment(spec, generation=0):
    return {"metadata": {"generation": generation}, "spec": {"replicas": 0, **spec}}


@pytest.mark.table("deployment/resolve_fenceposts")
def test_fenceposts(case):
    if case.expect["expectError"]:
        pytest.skip("the API server refuses such a value")
    rolling = {name: case.given[name] for name in ("maxSurge", "maxUnavailable") if case.given[name] is not None}
    found = revisions.fenceposts(deployment({"replicas": case.given["desired"], "strategy": {"rollingUpdate": rolling}}))
    assert found == (case.expect["expectSurge"], case.expect["expectUnavailable"])


@pytest.mark.table("deployment/max_unavailable")
def test_max_unavailable(case):
    assert revisions.max_unavailable(deployment(case.given["spec"])) == case.expect["expected"]


@pytest.mark.table("deployment/min_available")
def test_min_available(case):
    if case.given["spec"]["strategy"]["type"] != "RollingUpdate":
        pytest.skip("not modelled: the number is asked for rolling updates only")
    spec = case.given["spec"]
    assert spec["replicas"] - revisions.max_unavailable(deployment(spec)) == case.expect["expected"]


@pytest.mark.table("deployment/complete")
def test_complete(case):
    found = deployment_status.complete(deployment({"replicas": case.given["replicas"]}), case.given["status"])
    assert found == case.expect["expected"]


@pytest.mark.table("deployment/progressing")
def test_progressing(case):
    assert deployment_status.progressing(case.given["d"]["status"], case.given["newStatus"]) == case.expect["expected"]


@pytest.mark.table("deployment/timed_out")
def test_timed_out(case):
    seconds = case.given["progressDeadlineSeconds"]
    subject = deployment({} if seconds is None else {"progressDeadlineSeconds": seconds})
    status = {"conditions": [case.given["progressingCondition"]]}
    now_us = parse_timestamp(case.given["now"] or "2016-01-01T00:00:00Z")
    found = deployment_status.has_deadline(subject) and deployment_status.timed_out(subject, status, now_us)
    assert found == case.expect["timedOut"]


@pytest.mark.table("deployment/replica_counts")
def test_replica_counts(case):
    names = {"replicas": "statusReplicas", "terminatingReplicas": "terminatingReplicas"}
    sets = [{"status": {name: row.get(key) for name, key in names.items()}} for row in case.given["replicaSets"]]
    assert deployment_status.total(sets, "replicas") == case.expect["statusTotal"]
    if case.expect["terminatingTotal"] is None:
        pytest.skip("not modelled: ReplicaSets that do not count their terminating Pods")
    assert deployment_status.total(sets, "terminatingReplicas") == case.expect["terminatingTotal"]
