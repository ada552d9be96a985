"""When a container is started again."""

import pytest

from gen.cluster.node.container import restart_delay, restarts
from gen.cluster.node.images import full_name
from gen.cluster.node.runtime import Container
from gen.kit.loop import MINUTE, SECOND


@pytest.mark.parametrize(
    ("policy", "code", "again"),
    [
        ("Always", 0, True),
        ("Always", 1, True),
        ("OnFailure", 0, False),
        ("OnFailure", 1, True),
        ("Never", 0, False),
        ("Never", 1, False),
    ],
)
def test_the_restart_policy_decides(policy, code, again):
    assert restarts({"spec": {"restartPolicy": policy}}, Container("c", "web", "nginx", 0, exit_code=code)) is again


def test_the_first_restart_is_at_once_and_the_next_wait_longer_and_longer():
    assert [restart_delay(number, SECOND) // SECOND for number in range(8)] == [0, 10, 20, 40, 80, 160, 300, 300]
    assert restart_delay(5, 10 * MINUTE) == 0


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("nginx", "docker.io/library/nginx:latest"),
        ("nginx:1.25", "docker.io/library/nginx:1.25"),
        ("team/app:v1", "docker.io/team/app:v1"),
        ("registry.k8s.io/pause:3.10.2", "registry.k8s.io/pause:3.10.2"),
        ("localhost:5000/app", "localhost:5000/app:latest"),
    ],
)
def test_images_have_a_registry_and_a_tag(image, name):
    assert full_name(image) == name
