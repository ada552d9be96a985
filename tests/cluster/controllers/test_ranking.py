from __future__ import annotations

import pytest

from gen.cluster.controllers.ranking import DELETION_COST, bucket, cheapest_to_lose, deletion_cost
from gen.cluster.controllers.tally import tally
from gen.kit.duration import timestamp
from gen.kit.evolve import frozen
from gen.kit.loop import SECOND

NOW_US = 1_767_225_600 * SECOND


def pod(name, *, node="a", phase="Running", ready_s=60, age_s=60, restarts=0, cost=None):
    """A Pod; `ready_s` and `age_s` are how long it has been ready and there, None for not ready."""
    since = timestamp(NOW_US - (ready_s or 0) * SECOND)
    return frozen({
        "metadata": {
            "name": name, "uid": name, "creationTimestamp": timestamp(NOW_US - age_s * SECOND),
            "annotations": {} if cost is None else {DELETION_COST: cost},
        },
        "spec": {"nodeName": node},
        "status": {
            "phase": phase,
            "conditions": [{"type": "Ready", "status": "False" if ready_s is None else "True", "lastTransitionTime": since}],
            "containerStatuses": [{"name": "main", "restartCount": restarts}],
        },
    })  # fmt: skip


PAIRS = {
    "one without a node": (pod("z", node=""), pod("a")),
    "one that is pending": (pod("z", phase="Pending"), pod("a")),
    "one that is not ready": (pod("z", ready_s=None), pod("a")),
    "the cheaper one by annotation": (pod("z", cost="-100"), pod("a")),
    "the one not yet ready for long": (pod("z", ready_s=4), pod("a", ready_s=60)),
    "the one that restarted more often": (pod("z", restarts=3), pod("a")),
    "the younger one": (pod("z", age_s=4), pod("a", age_s=60)),
    "within one power of two the lower uid": (pod("a", ready_s=60), pod("z", ready_s=61)),
    "not ready counts before the annotation": (pod("z", ready_s=None, cost="100"), pod("a", cost="-100")),
}


@pytest.mark.parametrize(("first", "second"), PAIRS.values(), ids=PAIRS.keys())
def test_who_goes_first(first, second):
    assert cheapest_to_lose([second, first], {}, NOW_US) == cheapest_to_lose([first, second], {}, NOW_US) == [first, second]


def test_of_several_on_a_node_one_goes_first():
    alone, together = pod("a", node="a"), pod("z", node="b")
    related = [
        alone,
        together,
        pod("other", node="b"),
        pod("ended", node="a", phase="Succeeded"),
        pod("ended2", node="a", phase="Failed"),
    ]
    assert cheapest_to_lose([alone, together], tally(related).on_node, NOW_US) == [together, alone]


@pytest.mark.parametrize(("text", "cost"), [("10", 10), ("-5", -5), ("0", 0), ("007", 0), ("+1", 0), ("much", 0)])
def test_deletion_costs_that_make_no_sense_count_nothing(text, cost):
    assert deletion_cost(pod("a", cost=text)) == cost


def test_ages_are_powers_of_two():
    assert bucket(15 * SECOND) == bucket(11 * SECOND) > bucket(4 * SECOND) > bucket(0) == bucket(-SECOND) == -1
