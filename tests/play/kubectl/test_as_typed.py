"""What people type a little wrong, and what kubectl says of it."""

from __future__ import annotations

import pytest
import yaml

CONFIG_MAPS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"
EXEC = "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead"
LABEL = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'"


def usage(path):
    return f"See 'kubectl {path} -h' for help and examples\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("get pods web -A", "error: a resource cannot be retrieved by name across all namespaces\n"),
        ("get pod/web -A", "error: a resource cannot be retrieved by name across all namespaces\n"),
        ("create deployment a b --image=nginx", "error: exactly one NAME is required, got 2\n" + usage("create deployment")),
        ("create sa", "error: exactly one NAME is required, got 0\n" + usage("create serviceaccount")),
        ("create service clusterip --tcp=80", "error: exactly one NAME is required, got 0\n" + usage("create service clusterip")),
        ("create secret generic", "error: exactly one NAME is required, got 0\n" + usage("create secret generic")),
        (
            "create deployment a --image=nginx --image=busybox -- sleep 9",
            "error: cannot specify multiple --image options and command\n",
        ),
        ("run a --image=nginx --overrides=[]", "error: unable to apply '[]': --override-type=merge takes an object\n"),
        ("create role a --resource=pods", "error: at least one verb must be specified\n"),
        ("create role a --verb=get --resource=thing", 'error: the server doesn\'t have a resource type "thing"\n'),
        ("create rolebinding a", "error: exactly one of clusterrole or role must be specified\n"),
        ("create clusterrolebinding a --clusterrole=b --serviceaccount=c", "error: serviceaccount must be <namespace>:<name>\n"),
        ("auth can-i get /healthz", "error: this kubectl asks about resources, and not about /healthz\n"),
        ("run --image=nginx", "error: NAME is required for run\n" + usage("run")),
        ("run a --image=nginx --restart=Maybe", "error: invalid restart policy: Maybe\n" + usage("run")),
        ("run a --image=nginx --env=A", "error: invalid env: A\n"),
        (
            "exec a ls",
            f"error: {EXEC}\n" + usage("exec"),
        ),
        ("apply web.yaml", "error: Unexpected args: [web.yaml]\n" + usage("apply")),
        ("replace", "error: Must specify --filename to replace\n" + usage("replace")),
        ("cordon", "error: USAGE: cordon NODE [flags]\n" + usage("cordon")),
        ("label pod a b=c=d", "error: invalid label spec: b=c=d\n"),
        ("label pod a 'b=c d'", f'error: invalid label value: "b=c d": {LABEL}'),
        (
            "patch pod a -p '{\"spec\":'",
            'error: unable to parse "{\\"spec\\":": yaml: line 1: did not find expected',
        ),
        (
            "describe",
            "error: You must specify the type of resource to describe. "
            'Use "kubectl api-resources" for a complete list of supported resources.\n',
        ),
    ],
)
def test_what_kubectl_says(typed, line, said):
    code, stdout, stderr = typed(f"kubectl {line}")
    assert (code, stdout) == (1, "")
    assert stderr.startswith(said)


def test_roles_and_bindings_from_what_was_typed(typed):
    code, stdout, _ = typed(
        "kubectl create role reader --verb=get,list --resource=pods,pods/log,deploy --resource-name=web --dry-run=client -o yaml"
    )
    assert code == 0
    assert yaml.safe_load(stdout) == {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "Role",
        "metadata": {"name": "reader"},
        "rules": [
            {"apiGroups": [""], "resourceNames": ["web"], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]},
            {"apiGroups": ["apps"], "resourceNames": ["web"], "resources": ["deployments"], "verbs": ["get", "list"]},
        ],
    }


def test_a_port_that_is_none(shell):
    assert shell("create deploy web --image=nginx") == (0, "deployment.apps/web created\n", "")
    assert shell("expose deploy web --port=http") == (1, "", 'error: strconv.Atoi: parsing "http": invalid syntax\n')


def test_a_rollout_that_nobody_makes(typed, api):
    database = {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db", "namespace": "default"}}
    api.put("ADDED", ("StatefulSet", "default", "db"), database)
    said = "error: this kubectl tells of a Deployment's rollout only: nobody acts on a StatefulSet in this cluster\n"
    assert [typed(f"kubectl rollout {part} sts/db") for part in ("status", "history")] == [(1, "", said)] * 2


def test_what_was_created_allows(shell):
    assert shell("auth can-i list pods --as ann")[:2] == (1, "no\n")
    assert shell("create role reader --verb=list --resource=pods") == (0, "role.rbac.authorization.k8s.io/reader created\n", "")
    made = (0, "rolebinding.rbac.authorization.k8s.io/ann created\n", "")
    assert shell("create rolebinding ann --role=reader --user=ann --serviceaccount=default:bot") == made
    exists = 'error: failed to create rolebinding: rolebindings.rbac.authorization.k8s.io "ann" already exists\n'
    assert shell("create rolebinding ann --role=reader --user=ann") == (1, "", exists)
    assert shell("auth can-i list pods --as ann")[:2] == (0, "yes\n")
    assert shell("auth can-i list pods --as system:serviceaccount:default:bot")[:2] == (0, "yes\n")
    unable = 'Unable to find "/v1, Resource=pods" that match label selector "", field selector "foo=bar"'
    said = f"Error from server (BadRequest): {unable}: field label not supported: foo\n"
    assert shell("get pods --field-selector foo=bar") == (1, "", said)


def test_a_deployment_of_several_images(typed):
    code, stdout, _ = typed("kubectl create deployment web --image=nginx:1.27,busybox --port=80 -r 2 --dry-run=client -o yaml")
    assert code == 0
    spec = yaml.safe_load(stdout)["spec"]
    containers = [(one["name"], one["image"], "ports" in one) for one in spec["template"]["spec"]["containers"]]
    assert (spec["replicas"], containers) == (2, [("nginx", "nginx:1.27", True), ("busybox", "busybox", False)])


def test_several_applied_objects_are_printed_as_one_list(typed, api):
    typed.files["maps.yaml"] = CONFIG_MAPS
    code, stdout, stderr = typed("kubectl apply -f maps.yaml -o yaml")
    found = yaml.safe_load(stdout)
    assert (code, stderr, found["kind"], found["metadata"]) == (0, "", "List", {})
    assert [one["metadata"]["name"] for one in found["items"]] == ["a", "b"]
    assert typed("kubectl apply -f maps.yaml -o name")[1] == "configmap/a\nconfigmap/b\n"
