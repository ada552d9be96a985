from __future__ import annotations

import json

import pytest

from gen.cluster.apiserver import status
from gen.play.kubectl.verbs.apply import LAST_APPLIED

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "nginx:1.25", env: [{name: A, value: "1"}, {name: B, value: "2"}]}
"""
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n"
KEY = ("Deployment", "default", "web")


@pytest.fixture
def web(typed):
    """A Deployment that was applied."""
    typed.files["web.yaml"] = WEB
    assert typed("kubectl apply -f web.yaml") == (0, "deployment.apps/web created\n", "")
    return typed


def test_a_new_object_remembers_the_text_that_made_it(web, api):
    text = api.objects[KEY]["metadata"]["annotations"][LAST_APPLIED]
    assert text.startswith(
        '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{},"labels":{"app":"web"},"name":"web",'
    )
    assert text.endswith("}\n")
    assert json.loads(text)["metadata"]["namespace"] == "default"


def test_nothing_to_do_is_said_and_nothing_is_sent(web, api):
    api.calls.clear()
    assert web("kubectl apply -f web.yaml") == (0, "deployment.apps/web unchanged\n", "")
    assert [call[0] for call in api.calls] == ["get"]


def test_what_left_the_file_leaves_the_object_and_what_others_set_stays(web, api):
    api.change("Deployment", "web", "spec.paused", True)
    api.change("Deployment", "web", "metadata.labels", {"app": "web", "manual": "yes"})
    web.files["web.yaml"] = WEB.replace("  replicas: 2\n", "").replace(', {name: B, value: "2"}', "").replace("1.25", "1.26")
    assert web("kubectl apply -f web.yaml") == (0, "deployment.apps/web configured\n", "")
    live = api.objects[KEY]
    assert "replicas" not in live["spec"]
    assert live["spec"]["paused"] is True
    assert live["metadata"]["labels"] == {"app": "web", "manual": "yes"}
    assert live["spec"]["template"]["spec"]["containers"] == [
        {"name": "web", "image": "nginx:1.26", "env": [{"name": "A", "value": "1"}]}
    ]


def test_an_object_that_was_not_applied_gets_a_warning_once(typed, api):
    typed.files["map.yaml"] = MAP % "settings" + "data: {a: b}\n"
    assert typed("kubectl create -f map.yaml") == (0, "configmap/settings created\n", "")
    rc, stdout, stderr = typed("kubectl apply -f map.yaml -f map.yaml")
    assert (rc, stdout) == (0, "configmap/settings configured\nconfigmap/settings unchanged\n")
    assert stderr.count("Warning: resource configmaps/settings is missing the kubectl.kubernetes.io/last-applied") == 1


@pytest.mark.parametrize(
    ("files", "line", "stdout", "stderr"),
    [
        ({}, "-f nope.yaml", "", 'error: the path "nope.yaml" does not exist\n'),
        ({"a.yaml": "# nothing\n"}, "-f a.yaml", "", "error: no objects passed to apply\n"),
        ({}, "-f -", "", "error: no objects passed to apply\n"),
        ({}, "", "", "error: must specify one of -f and -k\n"),
        (
            {"a.yaml": "foo: [bar"},
            "-f a.yaml",
            "",
            "error: error parsing a.yaml: error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'\n",
        ),
        (
            {"a.yaml": "kind: Deployment\nmetadata: {name: a}\n"},
            "-f a.yaml",
            "",
            'error: error validating "a.yaml": error validating data: apiVersion not set; if you choose to ignore these errors, '
            "turn validation off with --validate=false\n",
        ),
        (
            {"a.yaml": "hello\n"},
            "-f a.yaml",
            "",
            'error: error validating "a.yaml": error validating data: invalid object to validate; '
            "if you choose to ignore these errors, turn validation off with --validate=false\n",
        ),
        (
            {"a.yaml": WEB.replace("apps/v1", "apps/v1beta1")},
            "-f a.yaml",
            "",
            'error: resource mapping not found for name: "web" namespace: "" from "a.yaml": '
            'no matches for kind "Deployment" in version "apps/v1beta1"\nensure CRDs are installed first\n',
        ),
        (
            {"a.yaml": MAP % "off"},
            "-f a.yaml",
            "",
            'error: unable to decode "a.yaml": '
            "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.name of type string\n",
        ),
        (
            {"a.yaml": WEB.replace("{name: web, labels", "{labels")},
            "-f a.yaml",
            "",
            'error: error when retrieving current configuration of:\nResource: "apps/v1, Resource=deployments", '
            'GroupVersionKind: "apps/v1, Kind=Deployment"\nName: "", Namespace: "default"\n'
            'from server for: "a.yaml": resource name may not be empty\n',
        ),
        (
            {"a.yaml": MAP % "a, namespace: other"},
            "-n shop -f a.yaml",
            "",
            'error: the namespace from the provided object "other" does not match the namespace "shop". '
            "You must pass '--namespace=other' to perform this operation.\n",
        ),
        ({"a.yaml": MAP % "a" + "---\n" + MAP % "b"}, "-f a.yaml", "configmap/a created\nconfigmap/b created\n", ""),
        (
            {"d/a.yaml": MAP % "a", "d/b.yaml": "x: [", "d/c.txt": "", "d/c.json": '{"apiVersion": "v1", "kind": "Foo"}'},
            "-f d",
            "configmap/a created\n",
            "error parsing d/b.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content\n"
            'resource mapping not found for name: "" namespace: "" from "d/c.json": no matches for kind "Foo" in version "v1"\n'
            "ensure CRDs are installed first\n",
        ),
        (
            {"a.yaml": "apiVersion: v1\nkind: List\nitems:\n- " + (MAP % "a").replace("\n", "\n  ")},
            "-f a.yaml",
            "configmap/a created\n",
            "",
        ),
    ],
)
def test_what_is_printed_of_files(files, line, stdout, stderr, typed):
    typed.files.update(files)
    assert typed(f"kubectl apply {line}") == (1 if stderr else 0, stdout, stderr)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            status.bad_request("cannot be handled"),
            'Error from server (BadRequest): error when creating "map.yaml": cannot be handled\n',
        ),
        (
            status.forbidden("ConfigMap", "a", "no"),
            'Error from server (Forbidden): error when creating "map.yaml": configmaps "a" is forbidden: no\n',
        ),
        (status.invalid("ConfigMap", "a", []), 'The ConfigMap "a" is invalid\n'),
        (status.unprocessable("no"), 'The request is invalid: error when creating "map.yaml": no\n'),
    ],
)
def test_what_the_server_refuses(error, said, typed, api):
    typed.files["map.yaml"] = MAP % "a"
    api.refuses["create"] = error
    assert typed("kubectl apply -f map.yaml") == (1, "", said)


def test_validation_is_asked_of_the_server(typed, api):
    typed.files["map.yaml"] = MAP % "a"
    for flag, asked in (("", "Strict"), ("--validate=warn", "Warn"), ("--validate=false", "Ignore")):
        api.objects.clear()
        typed(f"kubectl apply {flag} -f map.yaml")
        assert api.calls[-1][-1] == asked


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("metadata", "annotations", LAST_APPLIED), "[]", "into an object"),
        (("metadata", "annotations", LAST_APPLIED), "{", "Expecting property name"),
        (("spec", "template", "spec", "containers"), [], "does not contain declared merge key: name"),
    ],
)
def test_a_patch_that_cannot_be_made(path, value, why, web, api):
    api.change("Deployment", "web", path, value)
    web.files["web.yaml"] = WEB.replace("name: web, image", "image") if value == [] else WEB
    rc, stdout, stderr = web("kubectl apply -f web.yaml")
    assert (rc, stdout) == (1, "")
    assert stderr.startswith("warning: error calculating patch from openapi v3 spec: ")
    assert 'error: error when applying patch:\n\nto:\nResource: "apps/v1, Resource=deployments"' in stderr
    assert why in stderr
