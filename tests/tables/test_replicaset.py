from __future__ import annotations

from itertools import permutations

import pytest

from gen.cluster.controllers.ranking import candidate, cheapest_to_lose, compare
from gen.cluster.controllers.replicaset_status import observed_status
from gen.cluster.controllers.tally import tally
from gen.kit.duration import timestamp
from gen.kit.loop import SECOND
from gen.objects import pods

NOW_US = 1_767_225_600 * SECOND
MONTH_S = 30 * 24 * 3600


def moment(ago):
    """The timestamp of `{secondsAgo: …}` or `{monthsAgo: …}`; None where there is none."""
    return None if ago is None else timestamp(NOW_US - int(ago.get("secondsAgo", 0) + MONTH_S * ago.get("monthsAgo", 0)) * SECOND)


def pod(row):
    """A Pod from a row of the tables."""
    sidecars = row.get("sidecarRestarts") or []
    ready = {"type": "Ready", "status": "True" if row["ready"] else "False", "lastTransitionTime": moment(row.get("readySince"))}
    return {
        "metadata": {
            "name": row["name"], "uid": row["name"], "creationTimestamp": moment(row.get("created")),
            "annotations": row.get("annotations") or {}, "labels": row.get("labels") or {},
        },
        "spec": {
            "nodeName": row["nodeName"],
            "initContainers": [{"name": f"sidecar-{index}", "restartPolicy": "Always"} for index, _ in enumerate(sidecars)],
        },
        "status": {
            "phase": row["phase"], "conditions": [ready],
            "containerStatuses": restarts("container", row.get("restarts") or []),
            "initContainerStatuses": restarts("sidecar", sidecars),
        },
    }  # fmt: skip


def restarts(kind, counts):
    return [{"name": f"{kind}-{index}", "restartCount": count} for index, count in enumerate(counts)]


@pytest.mark.table("replicaset/active_pods_with_ranks")
def test_pairs_in_order(case):
    given = case.given
    if not (given["podDeletionCostEnabled"] and given["logarithmicScaleDownEnabled"]):
        pytest.skip("not modelled: a cluster without deletion costs, or without ages in powers of two")
    lesser, greater = (candidate(pod(given[one]), given[one]["rank"], NOW_US) for one in ("lesser", "greater"))
    assert compare(lesser, greater) < 0 < compare(greater, lesser)


@pytest.mark.table("replicaset/active_pods_equivalent")
def test_equivalent_pairs(case):
    given = case.given
    one, other = (candidate(pod({**given[key], "name": "same"}), given["rank"], NOW_US) for key in ("p1", "p2"))
    if one.ready_age_us != other.ready_age_us or one.age_us != other.age_us:
        assert {compare(one, other), compare(other, one)} <= {0, 1}, "equal but for their uids, which are equal here"
    else:
        assert compare(one, other) == compare(other, one) == 0


@pytest.mark.table("replicaset/active_pods_sort")
def test_sorting(case):
    rows = case.given["pods"]
    for order in [rows, rows[::-1], *(list(one) + rows[4:] for one in permutations(rows[:4]))]:
        found = cheapest_to_lose([pod(row) for row in order], {}, NOW_US)
        assert [one["metadata"]["name"] for one in found] == case.expect["wantOrder"]


@pytest.mark.table("replicaset/calculate_status")
def test_status(case):
    given, wanted = case.given, dict(case.expect["expectedStatus"])
    if not given["terminatingReplicasFeature"]:
        wanted.pop("terminatingReplicas", None)
    template = {"metadata": {"labels": given["templateLabels"]}}
    replica_set = {"metadata": {"generation": 0}, "spec": {"replicas": 0, "template": template}}
    active = [_active(row) for row in given["activePods"]]
    available = sum(pods.is_available(one, given["minReadySeconds"], NOW_US // SECOND) for one in active)
    found = observed_status(replica_set, tally(active), available, None, NOW_US)
    counts = ("replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas")
    assert {name: found.get(name, 0) for name in counts} == {name: wanted.get(name, 0) for name in counts}


def _active(row):
    since = {"secondsAgo": row["readySecondsAgo"]} if "readySecondsAgo" in row else None
    return pod({"name": "active", "nodeName": "node", **row, "readySince": since or {"secondsAgo": NOW_US // SECOND}})
