from __future__ import annotations

import pytest

from gen.cluster.scheduler.framework import SKIP
from gen.cluster.scheduler.plugins import balanced_allocation, image_locality, node_affinity, node_ports, taint_toleration
from gen.cluster.scheduler.profile import DEFAULT


@pytest.mark.parametrize(
    ("toleration", "taint", "wanted"),
    [
        ({"operator": "Exists"}, {"key": "any", "effect": "NoExecute"}, True),
        ({"key": "disk", "operator": "Exists"}, {"key": "disk", "value": "ssd", "effect": "NoSchedule"}, True),
        ({"key": "disk", "value": "ssd"}, {"key": "disk", "value": "ssd", "effect": "NoSchedule"}, True),
        ({"key": "disk", "value": "hdd"}, {"key": "disk", "value": "ssd", "effect": "NoSchedule"}, False),
        ({"key": "disk", "operator": "Exists", "effect": "NoExecute"}, {"key": "disk", "effect": "NoSchedule"}, False),
    ],
)
def test_tolerations(toleration, taint, wanted):
    assert taint_toleration.tolerates(toleration, taint) == wanted


@pytest.mark.parametrize(
    ("wanted", "taken", "refused"),
    [
        (("TCP", "0.0.0.0", 80), ("TCP", "10.0.0.1", 80), True),
        (("TCP", "10.0.0.1", 80), ("TCP", "0.0.0.0", 80), True),
        (("TCP", "10.0.0.1", 80), ("TCP", "10.0.0.2", 80), False),
        (("TCP", "0.0.0.0", 80), ("UDP", "0.0.0.0", 80), False),
        (("TCP", "0.0.0.0", 80), ("TCP", "0.0.0.0", 81), False),
    ],
)
def test_ports(wanted, taken, refused):
    assert node_ports.conflict(wanted, [taken]) == refused


@pytest.mark.parametrize(
    ("operator", "values", "labels", "wanted"),
    [
        ("In", ["ssd", "nvme"], {"disk": "ssd"}, True),
        ("In", ["ssd"], {}, False),
        ("NotIn", ["ssd"], {}, True),
        ("Exists", [], {"disk": "ssd"}, True),
        ("DoesNotExist", [], {"disk": "ssd"}, False),
        ("Gt", ["5"], {"disk": "6"}, True),
        ("Gt", ["5"], {"disk": "5"}, False),
        ("Lt", ["5"], {"disk": "4"}, True),
        ("Lt", ["5"], {"disk": "many"}, False),
    ],
)
def test_node_selector_terms(operator, values, labels, wanted):
    term = {"matchExpressions": [{"key": "disk", "operator": operator, "values": values}]}
    assert node_affinity.term_matches(term, labels, "a") == wanted


def test_preferred_affinity_gives_the_weights_of_what_is_fulfilled(node, info, snapshot):
    terms = [
        {"weight": weight, "preference": {"matchExpressions": [{"key": key, "operator": "Exists"}]}}
        for key, weight in (("ssd", 80), ("near", 20))
    ]
    pod = info(affinity={"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": terms}})
    nodes = snapshot(node("a", labels={"ssd": ""}), node("b", labels={"ssd": "", "near": ""}), node("c"))
    state = node_affinity.SCORE.prepare(pod, nodes, nodes.order())
    assert [node_affinity.preferred(state, pod, one) for one in nodes.order()] == [80, 100, 0]
    assert node_affinity.SCORE.prepare(info(), nodes, nodes.order()) is SKIP


def test_balance(node, pod, info, snapshot):
    nodes = snapshot(node("even"), node("lopsided"), placed={"lopsided": [pod("cpu only", cpu="1")]})
    even, lopsided = nodes.order()
    alike, memory_only = info(cpu="500m", memory="1Gi"), info(memory="2Gi")
    assert balanced_allocation.improvement(None, alike, even) == 75, "a quarter of each: nothing changes"
    assert (
        balanced_allocation.improvement(None, memory_only, lopsided)
        > 75
        > balanced_allocation.improvement(None, memory_only, even)
    )
    assert balanced_allocation.SCORE.prepare(info(), nodes, []) is SKIP


def test_images_that_are_there_count_by_size_and_rarity(node, info, snapshot):
    image = {"names": ["nginx:latest"], "sizeBytes": 500 * 1024 * 1024}
    nodes = snapshot(node("a", images=[image]), node("b"))
    pod = info()
    state = image_locality.SCORE.prepare(pod, nodes, [])
    assert [image_locality.held_images(state, pod, one) for one in nodes.order()] == [23, 0]


def test_the_profile_can_be_printed():
    lines = DEFAULT.describe()
    assert lines[0] == "filter NodeUnschedulable"
    assert "score TaintToleration x3" in lines
