"""Slow start: batches that double, and stop at the first failure."""

import pytest

from gen.cluster.controllers.podcontrol import batches, generate_name, pod_from_template, slow_start
from gen.kit.loop import Loop, Sleep
from gen.kit.process import Process


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (3, [1, 2]), (10, [1, 2, 4, 3]), (30, [1, 2, 4, 8, 15]), (31, [1, 2, 4, 8, 16])]
)
def test_batches_double(count, sizes):
    assert batches(count) == sizes


@pytest.mark.parametrize(("limit", "tried", "done"), [(99, 8, 8), (5, 7, 5), (0, 1, 0)])
def test_after_a_failure_the_rest_is_not_tried(limit, tried, done):
    loop, attempts, result = Loop(), [], []

    async def create():
        attempts.append(1)
        mine = len(attempts)
        await Sleep(10)
        if mine > limit:
            raise ValueError("quota")

    async def main():
        result.append(await slow_start(8, create))

    Process(loop, "p").spawn(main())
    loop.run(until=1_000)
    assert len(attempts) == tried
    assert result[0][0] == done
    assert (result[0][1] is None) == (tried == done)


def test_a_pod_is_made_of_the_template_and_belongs_to_its_owner():
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "web-1", "namespace": "default", "uid": "u"}}
    pod = pod_from_template({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}, owner)
    assert pod["metadata"]["generateName"] == "web-1-"
    assert pod["metadata"]["ownerReferences"][0]["controller"] is True
    assert pod["metadata"]["labels"] == {"app": "web"}
    assert generate_name("x" * 253) == "x" * 253
