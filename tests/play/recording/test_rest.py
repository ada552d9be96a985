"""A path of the API names a collection or an object."""

import pytest

from gen.cluster.apiserver.status import StatusError
from gen.play.recording.rest import NoSuchPath, call, target
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/v1/pods", ("Pod", "", "", "")),
        ("/api/v1/namespaces/shop/pods", ("Pod", "shop", "", "")),
        ("/api/v1/namespaces/shop/pods/web", ("Pod", "shop", "web", "")),
        ("/api/v1/namespaces/shop/pods/web/status", ("Pod", "shop", "web", "status")),
        ("/apis/apps/v1/namespaces/shop/deployments/web/scale", ("Deployment", "shop", "web", "scale")),
        ("/api/v1/nodes/node-1", ("Node", "", "node-1", "")),
        ("/api/v1/namespaces", ("Namespace", "", "", "")),
        ("/api/v1/namespaces/shop", ("Namespace", "", "shop", "")),
        ("/api/v1/namespaces/shop/finalize", ("Namespace", "", "shop", "finalize")),
    ],
)
def test_what_a_path_names(path: str, expected: tuple[str, ...]) -> None:
    found = target(path)
    assert (found.kind.name, found.namespace, found.name, found.subresource) == expected


def test_a_query() -> None:
    assert target("/api/v1/pods?labelSelector=a%3Db&limit=5").query == {"labelSelector": "a=b", "limit": "5"}


@pytest.mark.parametrize("path", ["/nope", "/apis/nope.io/v1/x", "/api", "/apis/apps/v1"])
def test_no_group_is_served_there(path: str) -> None:
    with pytest.raises(NoSuchPath):
        target(path)


def test_no_such_resource() -> None:
    with pytest.raises(StatusError) as refused:
        target("/apis/apps/v1/nosuchresource")
    assert (refused.value.code, refused.value.message) == (404, "the server could not find the requested resource")


DEPLOYMENT = {
    "metadata": {"name": "web"},
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}},
    },
}


@pytest.mark.parametrize(
    ("method", "path", "body", "code", "message"),
    [
        (
            "PATCH", "/apis/apps/v1/namespaces/default/deployments/web/scale", {"spec": {"replicas": -1}}, 422,
            'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        ),
        (
            "GET", "/api/v1/namespaces/default/pods?resourceVersion=abc", None, 400,
            'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
        ),
    ],
)  # fmt: skip
def test_a_refusal_of_recording_17(method, path, body, code, message):
    stage, replies = Stage(default_nodes(1)), []

    async def ask():
        await call(stage.api, "POST", "/apis/apps/v1/namespaces/default/deployments", DEPLOYMENT)
        replies.append(await call(stage.api, method, path, body))

    stage.do(ask())
    stage.play(1_000_000)
    assert [(reply.code, reply.body["message"]) for reply in replies] == [(code, message)]
