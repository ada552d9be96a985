"""`kubectl set image`: what it changes and what it prints, as in the recordings 09, 17, 26 and 40."""

import pytest

from gen.cluster.apiserver import status
from gen.kit.evolve import dig
from gen.objects.workloads import POD_SPEC

SPEC = {
    "initContainers": [{"name": "setup", "image": "busybox:1"}],
    "containers": [{"name": "web", "image": "nginx:1"}, {"name": "log", "image": "busybox:1"}],
}
KINDS = {"CronJob": "batch/v1", "Pod": "v1", "ReplicaSet": "apps/v1"}
NO_TEMPLATE = "the object is not a pod or does not have a pod template"


def obj_of(kind, name):
    """An object that holds SPEC where its kind holds the spec of a Pod."""
    found = SPEC
    for field in reversed(POD_SPEC[kind].split(".")):
        found = {field: found}
    return {"apiVersion": KINDS[kind], "kind": kind, "metadata": {"name": name, "namespace": "default"}, **found}


@pytest.fixture
def shop(api):
    """A ReplicaSet, a bare Pod, a CronJob, and a Service, which has no containers."""
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "default"}, "spec": {}}
    for obj in (obj_of("ReplicaSet", "web"), obj_of("Pod", "web"), obj_of("CronJob", "web"), service):
        api.put("ADDED", (obj["kind"], "default", obj["metadata"]["name"]), obj)
    return api


def images(api, kind="ReplicaSet"):
    spec = dig(api.objects[kind, "default", "web"], POD_SPEC[kind])
    return [one["image"] for one in (*spec["initContainers"], *spec["containers"])]


@pytest.mark.parametrize("kind", KINDS)
def test_the_image_of_one_container_is_changed_and_the_others_stay(typed, shop, kind):
    rc, stdout, stderr = typed(f"kubectl set image {kind.lower()}/web web=nginx:2")
    assert (rc, stdout.split("/")[1], stderr) == (0, "web image updated\n", "")
    assert images(shop, kind) == ["busybox:1", "nginx:2", "busybox:1"]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("setup=busybox:2 log=busybox:3", ["busybox:2", "nginx:1", "busybox:3"]),
        ("*=nginx:2", ["nginx:2", "nginx:2", "nginx:2"]),
        ("web=nginx:2 web=nginx:3", ["busybox:1", "nginx:3", "busybox:1"]),
        ("web=repo.example:5000/nginx@sha256:0=1", ["busybox:1", "repo.example:5000/nginx@sha256:0=1", "busybox:1"]),
    ],
)
def test_which_containers_are_meant(typed, shop, pairs, expected):
    assert typed(f"kubectl set image rs/web {pairs}") == (0, "replicaset.apps/web image updated\n", "")
    assert images(shop) == expected


def test_only_the_difference_is_sent(typed, shop):
    typed("kubectl set image rs web web=nginx:2")
    sent = next(call for call in shop.calls if call[0] == "patch")
    assert dig(sent[3], "spec.template.spec.containers") == [{"name": "web", "image": "nginx:2"}]
    assert sent[4] == "strategic"


def test_nothing_new_is_not_sent_and_not_told(typed, shop):
    assert typed("kubectl set image rs/web web=nginx:1") == (0, "", "")
    assert not any(call[0] == "patch" for call in shop.calls)


@pytest.mark.parametrize(
    ("words", "stdout", "stderr"),
    [
        ("rs/web nope=nginx:2", "", 'error: unable to find container named "nope"\n'),
        (
            "rs/web nope=nginx:2 web=nginx:2",
            "replicaset.apps/web image updated\n",
            'error: unable to find container named "nope"\n',
        ),
        ("rs/none web=nginx:2", "", 'Error from server (NotFound): replicasets.apps "none" not found\n'),
        ("service/web web=nginx:2", "", f"error: services/web {NO_TEMPLATE}: *v1.Service\n"),
        ("rs/web", "", "error: at least one image update is required\n"),
        ("rs/web web-", "", "error: invalid image format: web-\n"),
        ("web=nginx:2 rs/web", "", "error: all resources must be specified before image changes: rs/web\n"),
        ("web=nginx:2", "", "error: You must provide one or more resources by argument or filename.\n"),
        ("rs web=nginx:2", "", "error: resource(s) were provided, but no name was specified\n"),
        (
            "rs/web *=nginx:2 web=nginx:3",
            "",
            "error: all containers are already specified by *, but saw more than one container_name=container_image pairs\n",
        ),
        ("rs --all -l app=web web=nginx:2", "", "error: cannot set --all and --selector at the same time\n"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_what_cannot_be_done(typed, words, stdout, stderr):
    assert typed(f"kubectl set image {words}") == (1, stdout, stderr)


def test_what_the_server_refuses(typed, shop):
    shop.refuses["patch"] = status.StatusError(422, "Invalid", 'Pod "web" is invalid: spec: Forbidden', {})
    said = 'error: failed to patch image update to pod template: Pod "web" is invalid: spec: Forbidden\n'
    assert typed("kubectl set image pod/web web=nginx:2") == (1, "", said)


def test_other_parts_of_set_are_not_here(typed):
    assert typed("kubectl set selector rs/web a=b")[2].startswith("error: `kubectl set selector` is a command")
