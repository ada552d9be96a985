"""Kinds of other makers."""

from __future__ import annotations

import pytest

from gen.objects.custom import assumed_kind, custom_kinds, established
from gen.objects.kinds import kind_named, kind_of


def definition(group: str, name: str, **more) -> dict:
    spec = {"group": group, "names": {"kind": name, "plural": f"{name.lower()}s", **more}, "scope": "Namespaced",
            "versions": [{"name": "v1beta1", "served": True}, {"name": "v1", "served": True, "storage": True},
                         {"name": "v1alpha1", "served": False}]}  # fmt: skip
    return {"kind": "CustomResourceDefinition", "metadata": {"creationTimestamp": "2026-01-01T00:00:00Z"}, "spec": spec}


def test_a_definition_adds_the_versions_that_are_served():
    custom = custom_kinds([definition("x.io", "Gate", shortNames=["gt"])])
    assert [kind.api_version for kind in custom] == ["x.io/v1", "x.io/v1beta1"]
    assert kind_named("gt", custom) == kind_named("gates.x.io", custom) == kind_of("x.io/v1", "Gate", custom) == custom[0]
    assert kind_of("x.io/v1alpha1", "Gate", custom) is None
    assert established(definition("x.io", "Gate"))["storedVersions"] == ["v1"]


def test_a_name_that_is_taken_is_not_added():
    both = [definition("x.io", "Gate"), definition("y.io", "Gate"), definition("serving.knative.dev", "Service")]
    assert {kind.group for kind in custom_kinds(both, [assumed_kind("z.io/v1", "Gate")])} == {"x.io"}


NONSENSE = [None, 3, {}, {"names": [], "versions": {}}, {"versions": [1, {"name": 2}], "names": {"shortNames": 1}}]


@pytest.mark.parametrize("spec", NONSENSE)
def test_a_definition_that_says_nonsense_breaks_nothing(spec):
    kinds = custom_kinds([{"spec": spec}])
    assert kind_named("x", kinds) is None
