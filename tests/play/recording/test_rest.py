"""A path of the API names a collection or an object."""

import pytest

from gen.cluster.apiserver.status import StatusError
from gen.play.recording.rest import NoSuchPath, target


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
