"""One look of a probe at a container, and one call of a hook: exec, httpGet, tcpSocket, grpc, sleep.

Upstream: pkg/probe/{exec,http,tcp,grpc}, pkg/kubelet/lifecycle/handlers.go; the texts are those of recordings 11, 12 and 50.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gen.cluster.node.probes import ERROR, FAILURE, SUCCESS
from gen.cluster.node.process import Server
from gen.cluster.node.running import execute_within
from gen.cluster.node.runtime import Container, Runtime
from gen.kit.loop import SECOND, Sleep

Obj = dict[str, Any]
SHOWN = 10 << 10  # upstream: exec.go, maxReadLength
EXITED = "rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a probe looks: the container, what it says of itself, and its Pod's address."""

    runtime: Runtime
    container: Container
    spec: Obj
    address: str


async def look(place: Place, probe: Obj) -> tuple[str, str]:
    """One result, and what is said of it."""
    if "exec" in probe:
        return await look_by_command(place, probe)
    if "httpGet" in probe:
        return look_by_http(place, probe)
    if "tcpSocket" in probe:
        port = port_number(place.spec, probe["tcpSocket"]["port"])
        host = probe["tcpSocket"].get("host") or place.address
        return (SUCCESS, "") if answers(place, port) else (FAILURE, refused(host, port))
    if "grpc" in probe:
        port = int(probe["grpc"]["port"])
        server, where = answers(place, port), f"{place.address}:{port}"
        if server is not None and server.speaks in ("grpc", "any"):
            return SUCCESS, ""
        await Sleep(timeout_s(probe) * SECOND)
        return FAILURE, f'timeout: failed to connect service "{where}" within {timeout_s(probe)}s: context deadline exceeded'
    return ERROR, "missing probe handler"


async def look_by_command(place: Place, probe: Obj) -> tuple[str, str]:
    """A command in the container: it succeeds with code 0."""
    words = [str(word) for word in probe["exec"].get("command") or []]
    if not place.container.running:
        return ERROR, EXITED
    found = await execute_within(place.container, words, place.runtime, timeout_s(probe) * SECOND)
    if found.late:
        return FAILURE, f'command timed out: "{" ".join(words)}" timed out after {timeout_s(probe)}s'
    if found.fault:
        said = f"failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: {found.fault}"
        return ERROR, f"rpc error: code = Unknown desc = {said}"
    return (FAILURE if found.code else SUCCESS), found.output[:SHOWN]


def look_by_http(place: Place, probe: Obj) -> tuple[str, str]:
    """A GET: any code from 200 to 399 is a success."""
    asked = probe["httpGet"]
    port = port_number(place.spec, asked["port"])
    host = asked.get("host") or place.address
    path = asked.get("path") or "/"
    url = f"{(asked.get('scheme') or 'HTTP').lower()}://{host}:{port}{path if path.startswith('/') else '/' + path}"
    server = answers(place, port)
    if server is None:
        return FAILURE, f'Get "{url}": {refused(host, port)}'
    if server.speaks not in ("http", "any"):
        return FAILURE, f'Get "{url}": EOF'
    code = status_code(server, path.partition("?")[0], place.container)
    return (SUCCESS, "") if 200 <= code < 400 else (FAILURE, f"HTTP probe failed with statuscode: {code}")


def status_code(server: Server, path: str, container: Container) -> int:
    """What a web server answers: what it was told to, else whether the file is there."""
    files = container.inside.files if container.inside else {}
    if server.root and server.root + path in files:
        return 200
    return dict(server.paths).get(path, server.otherwise)


def answers(place: Place, port: int) -> Server | None:
    """Who listens on this port of the container, if it runs."""
    container = place.container
    return container.inside.answers(port) if container.running and container.inside else None


def refused(host: str, port: int) -> str:
    """Nobody listens there."""
    return f"dial tcp {host}:{port}: connect: connection refused"


def port_number(container: Obj, port: int | str) -> int:
    """A port by its number or by its name in the container."""
    if isinstance(port, int) or str(port).isdigit():
        return int(port)
    named = [one["containerPort"] for one in container.get("ports") or [] if one.get("name") == port]
    return int(named[0]) if named else 0


def timeout_s(probe: Obj) -> int:
    """How long an answer may take."""
    return int(probe.get("timeoutSeconds") or 1)


async def call_hook(place: Place, hook: Obj, pod_name: str, limit_s: int) -> str:
    """Do what a hook says, for at most `limit_s` seconds; why it failed, or ""."""
    if "sleep" in hook:
        await Sleep(min(int(hook["sleep"].get("seconds") or 0), limit_s) * SECOND)
        return ""
    if "exec" in hook:
        words = [str(word) for word in hook["exec"].get("command") or []]
        found = await execute_within(place.container, words, place.runtime, limit_s * SECOND)
        if found.late:
            return "context deadline exceeded"
        if not found.code:
            return ""
        told = f"command '{' '.join(words)}' exited with {found.code}: {found.output}, message: {json.dumps(found.output)}"
        where = f'Container "{place.container.name}" in Pod "{pod_name}"'
        return f"Exec lifecycle hook ([{' '.join(words)}]) for {where} failed - error: {told}"
    if "httpGet" in hook:
        result, said = look_by_http(place, hook)
        return "" if result == SUCCESS else said
    return ""
