"""Events: counted, combined, dropped. Recordings 02c (combined) and 31 (dropped) show the same."""

import pytest

from gen.cluster.client.correlation import BURST, COMBINED, REFILL_US, SIMILAR, SIMILAR_WITHIN_US, Correlator


def event(message, name="web", reason="SuccessfulCreate"):
    return {
        "metadata": {"name": f"{name}.{message}"},
        "involvedObject": {"kind": "ReplicaSet", "namespace": "default", "name": name, "uid": name},
        "source": {"component": "replicaset-controller"},
        "type": "Normal",
        "reason": reason,
        "message": message,
        "count": 1,
        "firstTimestamp": message,
        "lastTimestamp": message,
    }


def test_the_same_event_is_counted():
    correlator = Correlator()
    first = correlator.correlate(event("a"), 0)
    again = correlator.correlate({**event("a"), "lastTimestamp": "later"}, 1)
    assert (first["count"], again["count"]) == (1, 2)
    assert again["metadata"] == first["metadata"]
    assert (again["firstTimestamp"], again["lastTimestamp"]) == ("a", "later")


def test_ten_different_messages_of_one_reason_become_one_event():
    correlator = Correlator()
    written = [correlator.correlate(event(f"m{number}"), number) for number in range(15)]
    assert [one["message"].startswith(COMBINED) for one in written] == [False] * (SIMILAR - 1) + [True] * 6
    assert [one["count"] for one in written[9:]] == [1, 2, 3, 4, 5, 6]
    assert len({one["metadata"]["name"] for one in written}) == SIMILAR


def test_similar_events_far_apart_are_not_combined():
    correlator = Correlator()
    written = [correlator.correlate(event(f"m{number}"), number * (SIMILAR_WITHIN_US + 1)) for number in range(12)]
    assert not any(one["message"].startswith(COMBINED) for one in written)


@pytest.mark.parametrize(("wait_us", "more"), [(0, 0), (REFILL_US - 1, 0), (REFILL_US, 1), (3 * REFILL_US, 3)])
def test_a_flood_about_one_object_is_dropped_after_25_and_then_one_each_300_seconds(wait_us, more):
    correlator = Correlator()
    written = [correlator.correlate(event("same"), 0) for _ in range(40)]
    assert sum(one is not None for one in written) == BURST
    later = [correlator.correlate(event("same"), wait_us) for _ in range(5)]
    assert sum(one is not None for one in later) == more
    assert correlator.correlate(event("same", name="other"), wait_us) is not None


def test_dropped_events_are_counted_all_the_same():
    correlator = Correlator()
    for _ in range(40):
        correlator.correlate(event("same"), 0)
    assert correlator.correlate(event("same"), REFILL_US)["count"] == 41


def test_warnings_have_a_flood_of_their_own():
    """Recording 11: of missing-configmap 26 Normal Pulled and 26 Warning Failed were written in 318 s."""
    correlator = Correlator()
    for number in range(30):
        correlator.correlate(event("same"), number)
    assert correlator.correlate({**event("bad"), "type": "Warning"}, 30) is not None
