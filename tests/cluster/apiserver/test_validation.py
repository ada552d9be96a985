"""Every object that the real API server refused in recording 17 is refused here, in the same words."""

import json
from pathlib import Path

import pytest

from gen.cluster.apiserver import schema, status
from gen.cluster.apiserver.defaults import defaulted
from gen.cluster.apiserver.validation import validate
from gen.kit.evolve import REMOVED, evolve, frozen

FIXTURE = Path(__file__).with_name("refused.jsonl")
REFUSED = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "p", "namespace": "default", "resourceVersion": "1"},
    "spec": {"containers": [{"name": "a", "image": "nginx:1.26"}]},
}


def refusal(obj, strict):
    """What the chain says about an object from decoding to validation."""
    kind, version = obj["kind"], obj["apiVersion"]
    if wrong := schema.type_error(obj):
        return status.cannot_be_handled(kind, version, wrong)
    if strict and (unknown := schema.strict_errors(obj)):
        return status.cannot_be_handled(kind, version, "strict decoding error: " + ", ".join(unknown))
    placed = obj if kind == "Namespace" else evolve(obj, "metadata.namespace", "default")
    errors = validate(defaulted(schema.decoded(placed)))
    return status.invalid(kind, obj["metadata"].get("name", ""), errors) if errors else None


@pytest.mark.parametrize("row", REFUSED, ids=[row["note"] for row in REFUSED])
def test_recorded_refusal(row):
    assert refusal(frozen(row["request"]), row["strict"]).status() == row["status"]


def messages(obj, old=None):
    return [str(error) for error in validate(obj, old)]


def test_a_good_pod_is_good_and_so_is_leaving_it_as_it_is():
    pod = frozen(defaulted(POD))
    assert messages(pod) == messages(pod, pod) == []
    assert messages(evolve(pod, "metadata.labels", {"a": "b"}), pod) == []


def test_a_pod_may_change_its_image_and_its_command_may_not():
    pod = frozen(defaulted(POD))
    image = evolve(pod, "spec.containers", [{**pod["spec"]["containers"][0], "image": "nginx:1.27"}])
    assert messages(image, pod) == []
    command = evolve(pod, "spec.containers", [{**pod["spec"]["containers"][0], "command": ["x"]}])
    (said,) = messages(command, pod)
    assert said.startswith("spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,")
    assert '   "Name": "a",\n    "Image": "nginx:1.26",\n-   "Command": null,\n+   "Command": [\n+    "x"\n+   ],\n' in said
    two = evolve(pod, "spec.containers", pod["spec"]["containers"] * 2)
    assert messages(two, pod)[-1] == "spec.containers: Forbidden: pod updates may not add or remove containers"


def test_tolerations_may_only_be_added():
    pod = frozen(evolve(defaulted(POD), "spec.tolerations", [{"key": "a", "operator": "Exists"}]))
    more = evolve(pod, "spec.tolerations", [{"key": "a", "operator": "Exists"}, {"key": "b", "operator": "Exists"}])
    assert messages(more, pod) == []
    assert messages(evolve(pod, "spec.tolerations", []), pod) == [
        "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"
    ]


def test_gates_may_only_be_taken_away():
    pod = frozen(defaulted(POD))
    old, gone = (evolve(pod, "spec.schedulingGates", [{"name": name} for name in names]) for names in (("a", "b"), ("b",)))
    assert messages(gone, old) == []
    why = "Forbidden: only deletion is allowed, but found new scheduling gate 'a'"
    assert messages(old, gone)[0] == f"spec.schedulingGates[0].name: {why}"


def test_selectors_and_names_stay():
    template = {"metadata": {"labels": {"app": "web"}}, "spec": POD["spec"]}
    old = defaulted(
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web", "namespace": "default", "uid": "1", "resourceVersion": "1"},
            "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": template},
        }
    )
    changed = evolve(old, "spec.selector.matchLabels", {"app": "x"})
    assert messages(changed, old) == [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
        'spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable',
    ]
    assert messages(evolve(old, "metadata.uid", "2"), old) == ['metadata.uid: Invalid value: "2": field is immutable']
    unversioned = evolve(old, "metadata.resourceVersion", REMOVED)
    assert messages(unversioned, old) == ["metadata.resourceVersion: Invalid value: 0: must be specified for an update"]


def test_finalizers():
    obj = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "b", "resourceVersion": "1"}}
    assert messages(evolve(obj, "metadata.finalizers", ["hold"])) == [
        'metadata.finalizers[0]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified'
    ]
    leaving = evolve(obj, "metadata.deletionTimestamp", "2026-01-01T00:00:00Z")
    assert messages(evolve(leaving, "metadata.finalizers", ["example.com/two"]), leaving) == [
        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, "
        'found new finalizers []string{"example.com/two"}'
    ]


@pytest.mark.parametrize(
    ("kind", "version", "name", "good"),
    [
        ("ClusterRole", "rbac.authorization.k8s.io/v1", "system:basic-user", True),
        ("ClusterRole", "rbac.authorization.k8s.io/v1", "a/b", False),
        ("Namespace", "v1", "a.b", False),
        ("Node", "v1", "node-1.example.com", True),
    ],
)
def test_names_by_kind(kind, version, name, good):
    assert (messages({"apiVersion": version, "kind": kind, "metadata": {"name": name}}) == []) is good
