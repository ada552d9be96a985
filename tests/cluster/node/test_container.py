"""When a container is started again."""

import pytest

from gen.cluster.node.actions import starts_again
from gen.cluster.node.images import full_name


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
    assert starts_again(policy, code) is again


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
