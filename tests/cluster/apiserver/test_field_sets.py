"""Paths as field management counts them (upstream: sigs.k8s.io/structured-merge-diff; recording 41 holds whole objects)."""

import pytest

from gen.cluster.apiserver.field_sets import Node, blank, compared, fields_of, fields_v1, paths_of, shown
from gen.cluster.apiserver.schema_types import type_named

POD = type_named("core/v1.Pod")


def pod(**spec):
    return {"spec": spec}


def told(obj):
    return fields_v1(fields_of(Node(obj, POD)))


@pytest.mark.parametrize(
    ("obj", "fields"),
    [
        ({"metadata": {"labels": {"a.b/c": "x"}}}, {"f:metadata": {"f:labels": {"f:a.b/c": {}}}}),
        ({"metadata": {"finalizers": ["x/y"]}}, {"f:metadata": {"f:finalizers": {'v:"x/y"': {}}}}),
        (pod(nodeSelector={"a": "b"}), {"f:spec": {"f:nodeSelector": {}}}),
        (pod(tolerations=[{"key": "a"}]), {"f:spec": {"f:tolerations": {}}}),
        (pod(securityContext={}), {"f:spec": {"f:securityContext": {}}}),
        (
            pod(containers=[{"name": "c", "command": ["a", "b"]}]),
            {"f:spec": {"f:containers": {'k:{"name":"c"}': {".": {}, "f:command": {}, "f:name": {}}}}},
        ),
        (
            pod(containers=[{"name": "c", "ports": [{"containerPort": 80}]}]),
            {"f:spec": {"f:containers": {'k:{"name":"c"}': {".": {}, "f:name": {}, "f:ports": {
                'k:{"containerPort":80,"protocol":"TCP"}': {".": {}, "f:containerPort": {}}}}}}},
        ),
    ],
)  # fmt: skip
def test_the_fields_of_what_is_applied(obj, fields):
    assert told(obj) == fields
    assert paths_of(fields) == dict.fromkeys(sorted(fields_of(Node(obj, POD))))


def test_a_kind_without_types_has_mappings_to_merge_and_lists_to_replace():
    assert fields_v1(fields_of(Node({"spec": {"a": [{"b": 1}], "c": {"d": 1}}}, None))) == {
        "f:spec": {"f:a": {}, "f:c": {"f:d": {}}}
    }


def test_what_is_new_in_a_created_object_counts_itself_too():
    obj = {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "resources": {"limits": {"cpu": "1"}}}]}}
    added = fields_v1(compared(Node(blank(POD), POD), Node(obj, POD)).changed)
    limits = {"f:resources": {".": {}, "f:limits": {".": {}, "f:cpu": {}}}}
    assert added == {
        "f:metadata": {"f:labels": {".": {}, "f:a": {}}},
        "f:spec": {"f:containers": {'k:{"name":"c"}': {".": {}, "f:name": {}, **limits}}},
    }


def test_what_differs():
    before = {"metadata": {"labels": {"a": "1", "b": "2"}}, "spec": {"containers": [{"name": "c", "image": "x"}]}}
    after = {
        "metadata": {"labels": {"a": "3"}},
        "spec": {"containers": [{"name": "d", "image": "x"}, {"name": "c", "image": "x"}]},
    }
    found = compared(Node(before, POD), Node(after, POD))
    item = ("f:spec", "f:containers", 'k:{"name":"d"}')
    assert list(found.modified) == [("f:metadata", "f:labels", "f:a")]
    assert list(found.removed) == [("f:metadata", "f:labels", "f:b")]
    assert dict.fromkeys(sorted(found.added)) == dict.fromkeys([item, (*item, "f:image"), (*item, "f:name")])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("f:spec", "f:replicas"), ".spec.replicas"),
        (("f:spec", "f:containers", 'k:{"name":"web"}', "f:image"), '.spec.containers[name="web"].image'),
        (("f:spec", "f:ports", 'k:{"port":80,"protocol":"TCP"}'), '.spec.ports[port=80,protocol="TCP"]'),
        (("f:metadata", "f:finalizers", 'v:"x"'), '.metadata.finalizers[="x"]'),
    ],
)
def test_how_messages_write_a_path(path, text):
    assert shown(path) == text
