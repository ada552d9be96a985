"""Requests that the API server passes on to a kubelet: `pods/exec` and `pods/log`.

Upstream: pkg/registry/core/pod/rest/{subresources,log}.go, pkg/kubelet/client; the kubelet answers on port 10250 of its node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gen.cluster.apiserver import status
from gen.cluster.apiserver.request import Call, Obj
from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import dig

if TYPE_CHECKING:
    from gen.cluster.apiserver.server import Server

SUBRESOURCES = ("exec", "log")
PORT = 10250


class Tail(Protocol):
    """A container's log: (Unix time in microseconds, line)."""

    lines: list[tuple[int, str]]

    async def more(self) -> list[tuple[int, str]]:
        """The next lines; none when the container has ended."""


class KubeletServer(Protocol):
    """What a kubelet answers."""

    async def execute(self, pod: Obj, container: str, words: list[str]) -> Obj:
        """Run a command in a container: {code, output} or {fault}."""

    def logs(self, pod: Obj, container: str, previous: bool) -> Tail:
        """What a container has printed, and will print. Raises StatusError."""


async def connect(server: Server, call: Call) -> Obj:
    """Pass the request on to the kubelet of the Pod's node. Raises StatusError."""
    pod = server.existing(call)
    asked: dict[str, Any] = call.body or {}
    container = the_container(pod, str(asked.get("container") or ""))
    node = str(pod["spec"].get("nodeName") or "")
    if not node:
        if call.subresource == "log":
            return {"lines": []}
        raise status.bad_request(f"pod {call.name} does not have a host assigned")
    kubelet = server.kubelets.get(node)
    if kubelet is None:
        address = dig(pod, "status.hostIP", "") or node
        why = f"error dialing backend: dial tcp {address}:{PORT}: connect: connection refused"
        raise StatusError(500, "", why, None)
    if call.subresource == "log":
        tail = kubelet.logs(pod, container, bool(asked.get("previous")))
        return {"lines": tail.lines, "more": tail.more}
    return await kubelet.execute(pod, container, list(asked.get("command") or []))


def the_container(pod: Obj, name: str) -> str:
    """The container that is meant: the named one, or the only one. Raises StatusError."""
    known = [one["name"] for one in [*(pod["spec"].get("initContainers") or []), *pod["spec"]["containers"]]]
    if not name:
        name = pod["spec"]["containers"][0]["name"]
    if name not in known:
        raise status.bad_request(f"container {name} is not valid for pod {pod['metadata']['name']}")
    return name
