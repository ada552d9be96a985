from __future__ import annotations

import pytest

from gen.cluster.controllers import deployment_status, history, progress, proportions, revisions, rolling
from gen.cluster.controllers.deployment import size_wanted
from gen.kit.duration import parse_timestamp
from gen.objects import rollouts


def deployment(spec, generation=0):
    return {"metadata": {"generation": generation}, "spec": {"replicas": 0, **spec}}


@pytest.mark.table("deployment/resolve_fenceposts")
def test_fenceposts(case):
    if case.expect["expectError"]:
        pytest.skip("the API server refuses such a value")
    rolling = {name: case.given[name] for name in ("maxSurge", "maxUnavailable") if case.given[name] is not None}
    found = rollouts.fenceposts(deployment({"replicas": case.given["desired"], "strategy": {"rollingUpdate": rolling}}))
    assert found == (case.expect["expectSurge"], case.expect["expectUnavailable"])


@pytest.mark.table("deployment/max_unavailable")
def test_max_unavailable(case):
    assert rollouts.max_unavailable(deployment(case.given["spec"])) == case.expect["expected"]


@pytest.mark.table("deployment/min_available")
def test_min_available(case):
    assert rollouts.min_available(deployment(case.given["spec"])) == case.expect["expected"]


@pytest.mark.table("deployment/complete")
def test_complete(case):
    found = progress.complete(deployment({"replicas": case.given["replicas"]}), case.given["status"])
    assert found == case.expect["expected"]


@pytest.mark.table("deployment/progressing")
def test_progressing(case):
    assert progress.progressing(case.given["d"]["status"], case.given["newStatus"]) == case.expect["expected"]


@pytest.mark.table("deployment/timed_out")
def test_timed_out(case):
    seconds = case.given["progressDeadlineSeconds"]
    subject = deployment({} if seconds is None else {"progressDeadlineSeconds": seconds})
    status = {"conditions": [case.given["progressingCondition"]]}
    now_us = parse_timestamp(case.given["now"] or "2016-01-01T00:00:00Z")
    found = progress.has_deadline(subject) and progress.timed_out(subject, status, now_us)
    assert found == case.expect["timedOut"]


@pytest.mark.table("deployment/replica_counts")
def test_replica_counts(case):
    names = {
        "replicas": "statusReplicas",
        "terminatingReplicas": "terminatingReplicas",
        "observedGeneration": "observedGeneration",
    }
    rows = case.given["replicaSets"]
    sets = [
        {"spec": {"replicas": row["specReplicas"]}, "status": {name: row.get(key) for name, key in names.items()}} for row in rows
    ]
    assert deployment_status.sizes(sets) == case.expect["specTotal"]
    assert deployment_status.total(sets, "replicas") == case.expect["statusTotal"]
    assert deployment_status.terminating(sets) == case.expect["terminatingTotal"]


def rolls(replicas, surge=0, unavailable=0, kind="RollingUpdate"):
    strategy = {"type": kind, "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}
    return deployment({"replicas": replicas, "strategy": strategy})


def replica_set(name, replicas, available=0, created="2016-05-20T02:00:00Z", annotations=None, status=None):
    return {
        "metadata": {"name": name, "uid": name, "creationTimestamp": created, "annotations": annotations or {}},
        "spec": {"replicas": replicas},
        "status": {"availableReplicas": available, **(status or {})},
    }


@pytest.mark.table("deployment/new_rs_new_replicas")
def test_new_rs_new_replicas(case):
    given = case.given
    subject = rolls(given["depReplicas"], given["maxSurge"], 1, given["strategyType"])
    rule = rolling.grown if given["strategyType"] == "RollingUpdate" else size_wanted
    assert rule(subject, given["newRSReplicas"], 5) == case.expect["expected"]


@pytest.mark.table("deployment/reconcile_new_replicaset")
def test_reconcile_new_replica_set(case):
    given = case.given
    size = size_wanted(rolls(given["deploymentReplicas"], given["maxSurge"]), given["newReplicas"], given["oldReplicas"])
    assert (size != given["newReplicas"]) == case.expect["scaleExpected"]
    if case.expect["scaleExpected"]:
        assert size == case.expect["expectedNewReplicas"]


@pytest.mark.table("deployment/cleanup_unhealthy_replicas")
def test_cleanup_of_unhealthy_replicas(case):
    given = case.given
    old = [replica_set("old", given["oldReplicas"], given["readyPods"])]
    shrunk, _ = rolling.without_unavailable(old, given["maxCleanupCount"])
    assert sum(given["oldReplicas"] - size for _, size in shrunk) == case.expect["cleanupCountExpected"]


@pytest.mark.table("deployment/scale_down_old_for_rolling_update")
def test_scale_down_of_old_replica_sets(case):
    given = case.given
    old = [replica_set("old", given["oldReplicas"], given["readyPods"])]
    shrunk = rolling.within_availability(rolls(given["deploymentReplicas"], 0, given["maxUnavailable"]), None, old)
    assert [size for _, size in shrunk] == ([case.expect["expectedOldReplicas"]] if case.expect["scaleExpected"] else [])


@pytest.mark.table("deployment/reconcile_old_replicasets")
def test_reconcile_old_replica_sets(case):
    given = case.given
    subject = rolls(given["deploymentReplicas"], 0, given["maxUnavailable"])
    newest = replica_set("new", given["newReplicas"], given["readyPodsFromNewRS"])
    old = [replica_set("old", given["oldReplicas"], given["readyPodsFromOldRS"])]
    at_most = rolling.may_go(subject, newest, old)
    first, _ = rolling.without_unavailable(old, at_most)
    left = [replica_set("old", size, given["readyPodsFromOldRS"]) for _, size in first] or old
    then = rolling.within_availability(subject, newest, left) if at_most > 0 else []
    assert bool(first or then) == case.expect["scaleExpected"]
    if case.expect["scaleExpected"]:
        assert [*first, *then][-1][1] == case.expect["expectedOldReplicas"]


@pytest.mark.table("deployment/proportional_scaling")
def test_proportional_scaling(case):
    now, before = case.given["deployment"], case.given["deploymentBefore"]
    subject = rolls(now["replicas"], now["maxSurge"], now["maxUnavailable"])
    overridden = case.given["desiredReplicasAnnotationOverride"] or {}

    def noted(row):
        desired = overridden.get(row["name"], before["replicas"])
        maximum = desired + rolls_surge(before)
        notes = {revisions.DESIRED: str(desired), revisions.MAXIMUM: str(maximum)}
        return replica_set(row["name"], row["replicas"], created=row["created"], annotations=notes)

    newest = noted(case.given["newRS"]) if case.given["newRS"] else None
    old = [noted(row) for row in case.given["oldRSs"]]
    sets = [*old, *([newest] if newest else [])]
    sizes = {one["metadata"]["name"]: one["spec"]["replicas"] for one in sets}
    sizes |= {one["metadata"]["name"]: size for one, size in scaled(subject, newest, old)}
    wanted = dict(case.expect["expectedOld"] or {})
    if newest:
        wanted[newest["metadata"]["name"]] = case.expect["expectedNew"]
    for name in case.given["updateIgnoredFor"] or []:
        sizes[name] = next(one["spec"]["replicas"] for one in sets if one["metadata"]["name"] == name)
    assert sizes == wanted


def rolls_surge(before):
    return rollouts.max_surge(rolls(before["replicas"], before["maxSurge"], before["maxUnavailable"]))


def scaled(subject, newest, old):
    """What a resized Deployment does with its ReplicaSets."""
    one = proportions.active_or_latest(newest, old)
    if one is not None:
        return [(one, subject["spec"]["replicas"])]
    if proportions.saturated(subject, newest):
        return [(left, 0) for left in proportions.active(old)]
    return proportions.proportional(subject, [*old, *([newest] if newest else [])])


@pytest.mark.table("deployment/replicaset_fraction")
def test_fraction(case):
    given = case.given
    if given["enableDeploymentReplicaSetTerminatingReplicas"]:
        pytest.skip("not modelled: a cluster with another feature gate")
    subject = {**rolls(given["deploymentReplicas"], given["deploymentMaxSurge"], 1)}
    subject["status"] = {"replicas": given["deploymentStatusReplicas"]}
    found = proportions.fraction(subject, replica_set("one", given["rsReplicas"], annotations=given.get("rsAnnotations")))
    assert found == case.expect["expectedFraction"]


@pytest.mark.table("deployment/cleanup_revision_history")
def test_history(case):
    old = [
        {
            "metadata": {
                "name": row["name"],
                "creationTimestamp": "",
                **({"deletionTimestamp": "now"} if row["beingDeleted"] else {}),
            },
            "spec": {"replicas": row["specReplicas"]},
            "status": {"replicas": row["statusReplicas"]},
        }
        for row in case.given["oldRSs"]
    ]
    subject = deployment({"revisionHistoryLimit": case.given["revisionHistoryLimit"]})
    assert len(history.beyond_limit(subject, old)) == case.expect["expectedDeletions"]
