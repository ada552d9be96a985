from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.cluster.scheduler.pod_info import pod_info
from gen.cluster.scheduler.snapshot import NodeInfo

SELECTOR = {"matchLabels": {"app": "web"}}
MOVES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["a", "b", "gone"]), st.sampled_from(["web", "db"])), max_size=30)


def names(snapshot):
    return [node.name for node in snapshot.order()]


def test_zones_take_turns(node, snapshot):
    nodes = [node("a1", zone="a"), node("a2", zone="a"), node("a3", zone="a"), node("b1", zone="b"), node("c1", zone="c")]
    assert names(snapshot(*nodes)) == ["a1", "b1", "c1", "a2", "a3"]


def test_the_order_follows_the_nodes(node, snapshot):
    nodes = snapshot(node("a"), node("b"))
    nodes.remove_node("a")
    nodes.put_node(node("c"))
    assert names(nodes) == ["b", "c"]


def test_pods_may_be_known_before_their_node_and_after_it(node, info, snapshot):
    nodes = snapshot()
    nodes.put_pod(info("early", cpu="1"), "a")
    nodes.put_node(node("a"))
    assert nodes.nodes["a"].requested == {"cpu": 1000}
    nodes.remove_node("a")
    nodes.remove_pod(("default", "early"))
    nodes.put_node(node("a"))
    assert nodes.nodes["a"].requested == {}


def test_a_heartbeat_changes_nothing(node, snapshot):
    nodes = snapshot(node("a"))
    before = nodes.epoch
    nodes.put_node({**node("a"), "status": {**node("a")["status"], "conditions": [{"type": "Ready"}]}})
    assert nodes.epoch == before
    nodes.put_node(node("a", unschedulable=True))
    assert nodes.epoch > before


def test_pods_that_leave_are_not_counted(info, pod, snapshot, node):
    nodes = snapshot(node("a"))
    nodes.put_pod(info("one", labels={"app": "web"}), "a")
    assert nodes.count_matching("default", SELECTOR) == {"a": 1}
    leaving = pod("one", labels={"app": "web"})
    nodes.put_pod(pod_info({**leaving, "metadata": {**leaving["metadata"], "deletionTimestamp": "2026-01-01T00:00:00Z"}}), "a")
    assert nodes.count_matching("default", SELECTOR) == {}


@given(moves=MOVES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_counting_along_equals_counting_anew(moves, node, pod, snapshot):
    """Whatever comes, moves and goes: the node's sums and the selector's counts are those of the Pods that are there."""
    nodes = snapshot(node("a"), node("b"))
    nodes.count_matching("default", SELECTOR)
    for number, place, app in moves:
        one = pod_info(pod(f"pod-{number}", cpu=f"{number}00m", labels={"app": app}))
        if place == "gone":
            nodes.remove_pod(one.key)
        else:
            nodes.put_pod(one, place)
    for name, found in nodes.nodes.items():
        anew = NodeInfo(name)
        for one in found.pods.values():
            anew.add(one)
        assert {key: amount for key, amount in found.requested.items() if amount} == {
            key: amount for key, amount in anew.requested.items() if amount
        }
        web = sum(one.labels["app"] == "web" for one in found.pods.values())
        assert nodes.count_matching("default", SELECTOR).get(name, 0) == web
