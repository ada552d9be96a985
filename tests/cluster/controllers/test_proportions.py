"""What a resized Deployment does with its ReplicaSets, in the middle of a rollout and else."""

import pytest

from gen.cluster.controllers import proportions
from gen.cluster.controllers.revisions import DESIRED, MAXIMUM
from gen.kit.evolve import frozen


def deployment(replicas, surge=4, status=None):
    strategy = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": surge, "maxUnavailable": 0}}
    return frozen({"metadata": {"name": "web"}, "spec": {"replicas": replicas, "strategy": strategy}, "status": status or {}})


def replica_set(name, replicas, desired="10", maximum="13", available=0):
    annotations = {key: value for key, value in ((DESIRED, desired), (MAXIMUM, maximum)) if value is not None}
    metadata = {"name": name, "uid": name, "creationTimestamp": f"2026-01-01T00:00:0{name[-1]}Z", "annotations": annotations}
    return frozen({"metadata": metadata, "spec": {"replicas": replicas}, "status": {"availableReplicas": available}})


@pytest.mark.parametrize(
    ("replicas", "desired", "size", "resized"),
    [(3, "3", 3, False), (4, "3", 3, True), (4, "3", 0, False), (4, None, 3, False), (4, "many", 3, False)],
)
def test_it_was_resized_if_an_active_replica_set_has_another_size_noted(replicas, desired, size, resized):
    assert proportions.is_resized(deployment(replicas), [replica_set("o1", size, desired)]) == resized


def test_the_only_active_one_takes_all_and_the_newest_where_none_is_active():
    new, old, older = replica_set("n3", 0), replica_set("o2", 2), replica_set("o1", 0)
    assert proportions.active_or_latest(new, [older, old]) is old
    assert proportions.active_or_latest(new, [older]) is new
    assert proportions.active_or_latest(None, [older, replica_set("o2", 0)])["metadata"]["name"] == "o2"
    assert proportions.active_or_latest(replica_set("n3", 1), [old]) is None
    assert proportions.active_or_latest(None, []) is None


@pytest.mark.parametrize(
    ("newest", "saturated"),
    [
        (None, False),
        (replica_set("n3", 10, available=10), True),
        (replica_set("n3", 10, available=9), False),
        (replica_set("n3", 9, available=9), False),
        (replica_set("n3", 10, desired="9", available=10), False),
        (replica_set("n3", 10, desired=None, available=10), False),
    ],
)
def test_a_saturated_replica_set_has_all_that_is_wanted(newest, saturated):
    assert proportions.saturated(deployment(10), newest) == saturated


@pytest.mark.parametrize(
    ("replicas", "sizes", "wanted"),
    [
        (15, {"o1": 8, "n2": 5}, {"o1": 12, "n2": 7}),  # recording 82
        (10, {"o1": 8, "n2": 5}, {"o1": 9, "n2": 5}),  # 14 may be: what is left by rounding goes to the largest
        (5, {"o1": 8, "n2": 5}, {"o1": 6, "n2": 3}),
        (0, {"o1": 8, "n2": 5}, {"o1": 0, "n2": 0}),
        (12, {"o1": 4, "n2": 4}, {"o1": 5, "n2": 11}),  # of one size: the newer one is the first to grow
    ],
)
def test_each_has_its_share(replicas, sizes, wanted):
    shares = proportions.proportional(deployment(replicas), [replica_set(name, size) for name, size in sizes.items()])
    assert {one["metadata"]["name"]: size for one, size in shares} == wanted


def test_without_a_note_the_present_number_of_pods_is_what_there_was():
    assert proportions.fraction(deployment(20, 0, {"replicas": 10}), replica_set("o1", 5, maximum=None)) == 5
    assert proportions.fraction(deployment(20, 0), replica_set("o1", 5, maximum=None)) == 0
