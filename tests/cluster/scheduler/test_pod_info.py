from __future__ import annotations

import pytest


def test_what_is_requested_counts_in_base_units(info):
    assert info(cpu="250m", memory="64Mi").requests == {"cpu": 250, "memory": 64 * 1024 * 1024}


def test_a_pod_that_requests_nothing_is_assumed_to_use_a_little(info):
    pod = info()
    assert pod.requests == {}
    assert pod.assumed == (100, 200 * 1024 * 1024)


def test_what_is_requested_is_never_assumed(info):
    assert info(cpu="0", memory="1Mi").assumed == (0, 1024 * 1024)


def test_a_pod_as_a_whole_speaks_for_its_containers(info):
    pod = info(cpu="250m", resources={"requests": {"cpu": "1"}}, overhead={"cpu": "50m"})
    assert pod.requests == {"cpu": 1050}
    assert pod.assumed == (1050, 200 * 1024 * 1024)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"cpu": "1"}, {"cpu": "1000m"}, True),
        ({"cpu": "1"}, {"cpu": "2"}, False),
        ({"nodeSelector": {"disk": "ssd"}}, {}, False),
        ({"labels": {"app": "a"}}, {"labels": {"app": "b"}}, True),
    ],
)
def test_pods_of_one_shape(info, one, other, alike):
    assert (info("a", **one).shape == info("b", **other).shape) == alike
