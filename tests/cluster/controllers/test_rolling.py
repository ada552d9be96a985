"""How far the new ReplicaSet grows, and which old Pods go first."""

import pytest

from gen.cluster.controllers import recreate, rolling
from gen.cluster.controllers.deployment import size_wanted
from gen.kit.evolve import frozen


def deployment(replicas, surge="25%", unavailable="25%", kind="RollingUpdate"):
    rolling_update = {"rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}} if kind == "RollingUpdate" else {}
    return frozen({"metadata": {"name": "web"}, "spec": {"replicas": replicas, "strategy": {"type": kind, **rolling_update}}})


def replica_set(name, replicas, available=None, have=None):
    status = {"replicas": replicas if have is None else have, "availableReplicas": replicas if available is None else available}
    metadata = {"name": name, "uid": name, "creationTimestamp": f"2026-01-01T00:00:0{name[-1]}Z"}
    return frozen({"metadata": metadata, "spec": {"replicas": replicas}, "status": status})


@pytest.mark.parametrize(
    ("subject", "have", "others", "size"),
    [
        (deployment(3), 0, 3, 1),  # recording 02a: a quarter of 3 is a surge of 1
        (deployment(10), 0, 10, 3),  # recording 02c
        (deployment(10), 3, 8, 5),
        (deployment(3, surge=0, unavailable=1), 0, 3, 0),  # recording 03a: an old one has to go first
        (deployment(3, surge="100%", unavailable=0), 0, 3, 3),
        (deployment(3), 3, 0, 3),
        (deployment(3), 5, 0, 3),  # it was resized meanwhile
        (deployment(3), 1, 9, 1),  # too many already: it stays
        (deployment(0), 2, 0, 0),
        (deployment(3, kind="Recreate"), 0, 3, 3),
    ],
)
def test_the_size_of_the_new_replica_set(subject, have, others, size):
    assert size_wanted(subject, have, others) == size


@pytest.mark.parametrize(
    ("subject", "newest", "old", "number"),
    [
        (deployment(3), replica_set("n9", 1, available=0), [replica_set("o1", 3)], 0),
        (deployment(3), replica_set("n9", 1), [replica_set("o1", 3)], 1),
        (deployment(4), replica_set("n9", 1, available=0), [replica_set("o1", 4)], 1),  # one of 4 may be unavailable
        (deployment(4), replica_set("n9", 2, available=0), [replica_set("o1", 3)], 0),
        (deployment(10), replica_set("n9", 3, available=0), [replica_set("o1", 10)], 2),
    ],
)
def test_how_many_may_go_at_most(subject, newest, old, number):
    assert rolling.may_go(subject, newest, old) == number


def names(sizes):
    return {one["metadata"]["name"]: size for one, size in sizes}


def test_pods_that_are_not_available_go_first_the_oldest_replica_set_before_others():
    old = [replica_set("o2", 4, available=1), replica_set("o1", 3, available=2), replica_set("o3", 2)]
    assert names(rolling.without_unavailable(old, 9)[0]) == {"o1": 2, "o2": 1}
    assert names(rolling.without_unavailable(old, 2)[0]) == {"o1": 2, "o2": 3}
    assert rolling.without_unavailable(old, 0) == ([], True)


def test_a_status_that_is_older_than_the_size_is_not_believed():
    old = [replica_set("o1", 3, available=2), replica_set("o2", 2, available=3), replica_set("o3", 4, available=1)]
    shrunk, go_on = rolling.without_unavailable(old, 9)
    assert (names(shrunk), go_on) == ({"o1": 2}, False)
    assert rolling.without_unavailable(old, 1)[1] is True  # that far it does not come
    assert rolling.without_unavailable([replica_set("o1", 0, available=1)], 9) == ([], True)


def test_available_pods_go_only_above_what_must_be_available():
    newest, old = replica_set("n9", 2), [replica_set("o2", 2), replica_set("o1", 1)]
    assert names(rolling.within_availability(deployment(3, unavailable=0), newest, old)) == {"o1": 0, "o2": 1}
    assert rolling.within_availability(deployment(5, unavailable=0), newest, old) == []
    assert rolling.within_availability(deployment(3, unavailable=0), None, [replica_set("o1", 3)]) == []


@pytest.mark.parametrize(
    ("have", "phases", "running"),
    [(0, [], False), (1, [], True), (0, ["Running"], True), (0, ["Succeeded", "Failed"], False), (0, ["Pending"], True)],
)
def test_old_pods_run_until_they_have_ended(have, phases, running):
    pods = [{"metadata": {"name": "a"}, "status": {"phase": phase}} for phase in phases]
    assert recreate.old_pods_running([replica_set("o1", 0, have=have)], pods) == running
