"""The table of kinds."""

import pytest

from gen.objects.kinds import ALL, KINDS, kind_by_name, kind_named, kind_of


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("po", "Pod"), ("pods", "Pod"), ("Pod", "Pod"), ("deploy", "Deployment"), ("deployments.apps", "Deployment"),
        ("deployment.v1.apps", "Deployment"), ("rs", "ReplicaSet"), ("ns", "Namespace"), ("svc", "Service"), ("cm", "ConfigMap"),
        ("role", "Role"), ("netpol", "NetworkPolicy"),
    ],
)  # fmt: skip
def test_words_of_the_command_line(word, name):
    assert kind_named(word).name == name


def test_what_is_no_kind():
    assert kind_named("foo") is None
    assert kind_of("apps/v2", "Deployment") is None
    assert kind_of("apps/v1", "Deployment") is kind_by_name("Deployment")


def test_names_and_plurals_are_unique_within_a_group():
    assert len({(kind.group, kind.plural) for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS)


def test_all_lists_known_kinds():
    assert all(kind_by_name(name) for name in ALL)


def test_which_belong_to_the_cluster():
    assert not kind_by_name("Node").namespaced
    assert kind_by_name("Pod").namespaced
    assert kind_by_name("Deployment").resource == "deployments.apps"
