"""`kubectl set resources` and `kubectl set env`, as in the recordings 25, 26, 40, 41 and 84."""

import pytest

from gen.cluster.apiserver import status

SETTINGS = {"configMapKeyRef": {"name": "settings", "key": "color"}}
SPEC = {
    "initContainers": [{"name": "setup", "image": "busybox:1"}],
    "containers": [
        {
            "name": "web", "image": "nginx:1", "resources": {"requests": {"cpu": "100m"}},
            "env": [{"name": "A", "value": "1"}, {"name": "COLOR", "valueFrom": SETTINGS}, {"name": "B", "value": "2"}],
        },
        {"name": "log", "image": "busybox:1"},
    ],
}  # fmt: skip


@pytest.fixture
def shop(api):
    metadata = {"name": "web", "namespace": "default"}
    spec = {"replicas": 1, "template": {"spec": SPEC}}
    api.put(
        "ADDED",
        ("Deployment", "default", "web"),
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec},
    )
    api.put("ADDED", ("Service", "default", "web"), {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {}})
    return api


def container(api, name="web"):
    spec = api.objects["Deployment", "default", "web"]["spec"]["template"]["spec"]
    return next(one for one in (*spec["containers"], *spec["initContainers"]) if one["name"] == name)


def test_resources_are_set_beside_the_others(typed, shop):
    line = "kubectl set resources deployment/web -c web --requests=memory=32Mi --limits=cpu=1000m,memory=64Mi"
    assert typed(line) == (0, "deployment.apps/web resource requirements updated\n", "")
    assert container(shop)["resources"] == {
        "requests": {"cpu": "100m", "memory": "32Mi"}, "limits": {"cpu": "1", "memory": "64Mi"},
    }  # fmt: skip
    assert "resources" not in container(shop, "log")


def test_without_a_name_all_containers_are_meant(typed, shop):
    typed("kubectl set resources deployment web --limits=cpu=1")
    assert [container(shop, name)["resources"]["limits"] for name in ("web", "log", "setup")] == [{"cpu": "1"}] * 3


@pytest.mark.parametrize(
    ("words", "stderr"),
    [
        ("", "error: you must specify an update to requests or limits (in the form of --requests/--limits)\n"),
        ("-c none --limits=cpu=1", "error: unable to find container named none\n"),
        ("--limits=cpu", "error: Invalid argument syntax cpu, expected <resource>=<value>\n"),
        (
            "--limits=cpu=many",
            "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'\n",
        ),
        ("--all -l app=web --limits=cpu=1", "error: name cannot be provided when a selector is specified\n"),
    ],
)
def test_resources_that_make_no_sense(typed, shop, words, stderr):
    assert typed(f"kubectl set resources deployment/web {words}") == (1, "", stderr)


def test_what_is_so_already_is_not_told(typed, shop):
    assert typed("kubectl set resources deployment/web -c web --requests=cpu=100m") == (0, "", "")
    assert typed("kubectl set env deployment/web -c web A=1") == (0, "", "")


def env(api, name="web"):
    return [f"{one['name']}={one.get('value', '')}" for one in container(api, name).get("env") or []]


@pytest.mark.parametrize(
    ("words", "web", "log"),
    [
        ("A=9 NEW=x", ["A=9", "COLOR=", "B=2", "NEW=x"], ["A=9", "NEW=x"]),
        ("A- -c web", ["COLOR=", "B=2"], []),
        ("-c log -e X=1,2 -e Y=", ["A=1", "COLOR=", "B=2"], ["X=1,2", "Y="]),
        ("COLOR=red -c w*", ["A=1", "COLOR=red", "B=2"], []),
    ],
)
def test_variables_are_set_at_their_place_and_taken_away(typed, shop, words, web, log):
    assert typed(f"kubectl set env deployment/web {words}") == (0, "deployment.apps/web env updated\n", "")
    assert (env(shop), env(shop, "log"), env(shop, "setup")) == (web, log, [])


def test_variables_are_listed(typed, shop):
    told = (
        "# Deployment web, container web\nA=1\n# COLOR from configmap settings, key color\nB=2\n# Deployment web, container log\n"
    )
    assert typed("kubectl set env deployment/web --list") == (0, told, "")


@pytest.mark.parametrize(
    ("words", "stderr"),
    [
        (
            "deployment/web A=2 --overwrite=false -c web",
            "error: deployments/web 'A' already has a value (1), and --overwrite is false\n",
        ),
        ("A=1", "error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n"),
        ("deployment/web A=1 web", "error: all resources must be specified before environment changes: web\n"),
        ("deployment/web -e A", "error: unknown environment variable: A\n"),
        (
            "service/web A=1",
            "error: services/web the object is not a pod or does not have a pod template: *v1.Service\n",
        ),
    ],
)
def test_variables_that_make_no_sense(typed, shop, words, stderr):
    assert typed(f"kubectl set env {words}") == (1, "", stderr)


def test_a_container_that_is_not_there_is_warned_of(typed, shop):
    warning = 'warning: Deployment/web does not have any containers matching "none"\n'
    assert typed("kubectl set env deployment/web -c none A=1") == (0, "", warning)


def test_what_the_server_refuses(typed, shop):
    shop.refuses["patch"] = status.StatusError(403, "Forbidden", "no", {})
    assert typed("kubectl set env deployment/web A=2")[2] == "error: failed to patch env update to pod template: no\n"
    assert typed("kubectl set resources deployment/web --limits=cpu=1")[2] == (
        "error: failed to patch resources update to pod template: no\n"
    )
