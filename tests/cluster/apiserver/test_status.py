import pytest

from gen.cluster.apiserver import status
from gen.cluster.apiserver.field_error import invalid, required


@pytest.mark.parametrize(
    ("error", "code", "message", "details"),
    [
        (status.unauthorized(), 401, "Unauthorized", None),
        (status.not_found("Pod", "nope"), 404, 'pods "nope" not found', {"name": "nope", "kind": "pods"}),
        (
            status.already_exists("Deployment", "web"),
            409,
            'deployments.apps "web" already exists',
            {"name": "web", "group": "apps", "kind": "deployments"},
        ),
        (
            status.conflict("ConfigMap", "cm"),
            409,
            'Operation cannot be fulfilled on configmaps "cm": the object has been modified; '
            "please apply your changes to the latest version and try again",
            {"name": "cm", "kind": "configmaps"},
        ),
        (
            status.uid_conflict("ConfigMap", "cm", "x", "y"),
            409,
            'Operation cannot be fulfilled on ConfigMap "cm": the UID in the precondition (x) does not match the UID '
            "in record (y). The object might have been deleted and then recreated",
            {"name": "cm", "kind": "ConfigMap"},
        ),
        (
            status.not_allowed("alice", "create", "Deployment", "shop", "web"),
            403,
            'deployments.apps is forbidden: User "alice" cannot create resource "deployments" in API group "apps" '
            'in the namespace "shop"',
            {"group": "apps", "kind": "deployments"},
        ),
        (
            status.not_allowed("bob", "patch", "Deployment", "shop", "web", "scale"),
            403,
            'deployments.apps "web" is forbidden: User "bob" cannot patch resource "deployments/scale" in API group "apps" '
            'in the namespace "shop"',
            {"name": "web", "group": "apps", "kind": "deployments"},
        ),
        (
            status.not_allowed("alice", "list", "Node", "", ""),
            403,
            'nodes is forbidden: User "alice" cannot list resource "nodes" in API group "" at the cluster scope',
            {"kind": "nodes"},
        ),
        (
            status.forbidden("Pod", "a", "no PriorityClass with name nope was found"),
            403,
            'pods "a" is forbidden: no PriorityClass with name nope was found',
            {"name": "a", "kind": "pods"},
        ),
        (status.expired(1, 7388), 410, "too old resource version: 1 (7388)", None),
    ],
)
def test_texts(error, code, message, details):
    assert (error.code, error.message, error.details) == (code, message, details)
    assert error.status()["code"] == code


def test_one_error_stands_alone_and_several_in_brackets():
    one = status.invalid("Deployment", "bad", [required("spec.selector")])
    assert one.message == 'Deployment.apps "bad" is invalid: spec.selector: Required value'
    two = status.invalid("Pod", "", [required("a"), invalid("b", {"app": "x"}, "no"), required("a")])
    assert two.message == 'Pod "" is invalid: [a: Required value, b: Invalid value: {"app":"x"}: no]'
    assert two.details["causes"][1] == {"reason": "FieldValueInvalid", "message": 'Invalid value: {"app":"x"}: no', "field": "b"}


def test_a_bad_patch_is_shown_as_go_shows_it():
    error = status.bad_patch({"spec": {"replicas": "two", "replcas": None}, "a": [1, True]}, "unrecognized type: int32")
    shown = 'patch: Invalid value: "map[a:[1 true] spec:map[replcas:<nil> replicas:two]]": unrecognized type: int32'
    assert error.message == f' "" is invalid: {shown}'
