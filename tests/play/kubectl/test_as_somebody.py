"""`auth can-i`, `--as`, `events`, `version`, and objects by their names (recordings 17, 40 and 90)."""

import pytest

RBAC = """
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reads}
subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
roleRef: {kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io}
"""


@pytest.fixture
def shell(shell):
    shell.stage.files = {"rbac.yaml": RBAC}
    return shell


def test_whoever_may_and_whoever_may_not(shell):
    shell("apply -f rbac.yaml")
    assert shell("auth can-i create pods") == (0, "yes\n", "")
    assert shell("auth can-i create pods --as alice") == (1, "no\n", "")
    assert shell("auth can-i get pods --as alice") == (0, "yes\n", "")
    assert shell("get pods --as alice") == (0, "", "No resources found in default namespace.\n")
    assert shell("delete pod x --as=alice")[2] == (
        'Error from server (Forbidden): pods "x" is forbidden: User "alice" cannot delete resource "pods" in API group "" '
        'in the namespace "default"\n'
    )


def test_events_in_order_of_time_and_of_one_object(shell):
    shell("create deployment web --image=nginx")
    code, said, _ = shell("events")
    assert (code, said.splitlines()[0].split()) == (0, ["LAST", "SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"])
    code, said, _ = shell("events --for deployment/web")
    assert [line.split()[2] for line in said.splitlines()[1:]] == ["ScalingReplicaSet"]
    assert "Deployment/web" in said
    assert shell("events -n kube-system")[2] == "No events found in kube-system namespace.\n"


def test_the_version(shell):
    assert '"gitVersion": "v1.36.2"' in shell("get --raw /version")[1]
    assert shell("get --raw=/readyz") == (0, "ok", "")
    assert shell("top pods") == (1, "", "error: Metrics API not available\n")
    assert shell("version")[1] == "Client Version: v1.36.2\nKustomize Version: v5.8.1\nServer Version: v1.36.2\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("create configmap c --from-literal=a=b", "configmap/c created\n"),
        ("create secret generic s --from-literal=a=b", "secret/s created\n"),
        ("create quota q --hard=pods=5", "resourcequota/q created\n"),
        ("create sa robot", "serviceaccount/robot created\n"),
        ("create service clusterip web --tcp=80:8080", "service/web created\n"),
        ("create job j --image=busybox -- echo hi", "job.batch/j created\n"),
        ("run web --image=nginx --port=80 --env=A=1", "pod/web created\n"),
    ],
)
def test_what_can_be_made_by_name(shell, line, said):
    assert shell(line) == (0, said, "")


def test_what_would_be_made_is_printed(shell):
    said = shell("create deployment web --image=nginx:1.27 --dry-run=client -o yaml")[1]
    assert said.startswith(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: web\n  name: web\nspec:\n  replicas: 1\n"
    )
    assert "strategy: {}" in said
    assert said.endswith("status: {}\n")


def test_expose_takes_selector_and_port_from_what_is_there(shell):
    shell("create deployment web --image=nginx --port=8080")
    assert shell("expose deployment web --name=front") == (0, "service/front exposed\n", "")
    spec = shell.stage.get("Service", "default", "front")["spec"]
    assert (spec["selector"], spec["ports"][0]["targetPort"]) == ({"app": "web"}, 8080)
    assert (
        shell("expose deployment web --name=front")[2] == 'Error from server (AlreadyExists): services "front" already exists\n'
    )
    shell("create deployment plain --image=nginx")
    assert shell("expose deployment plain")[2] == "error: couldn't find port via --port flag or introspection\n"


def test_a_pod_is_overridden(shell):
    shell("""run web --image=nginx --overrides='{"spec":{"restartPolicy":"Never"}}'""")
    assert shell.stage.get("Pod", "default", "web")["spec"]["restartPolicy"] == "Never"


def test_roles_are_shown(shell):
    shell("apply -f rbac.yaml")
    assert shell("get roles")[1].split()[:3] == ["NAME", "CREATED", "AT"]
    assert shell("get rolebindings -o wide")[1].splitlines()[1].split()[:4:3] == ["reads", "alice"]
    assert shell("describe role reader")[1].splitlines()[-1].split("  ")[-1] == "[get list]"
    assert "  User  alice" in shell("describe rolebinding reads")[1]


def test_what_the_server_knows(shell):
    said = shell("api-resources --namespaced=false -o name")[1].splitlines()
    assert said[0] == "namespaces"
    assert "clusterroles.rbac.authorization.k8s.io" in said
    assert "apps/v1" in shell("api-versions")[1].splitlines()


def test_a_secret_that_was_written_in_plain_text(shell):
    shell.stage.files["s.yaml"] = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {user: admin}\n"
    shell("apply -f s.yaml")
    assert shell.stage.get("Secret", "default", "s")["data"] == {"user": "YWRtaW4="}
    assert "user:  5 bytes" in shell("describe secret s")[1]
