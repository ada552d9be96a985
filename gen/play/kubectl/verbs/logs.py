"""`kubectl logs`: what containers have printed. Upstream: kubectl/pkg/cmd/logs/logs.go.

`--follow` prints what there is until now and ends, where the real one goes on until the container ends.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.duration import micro_timestamp, parse_duration
from gen.objects import meta
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.podchoice import chosen_pod, container_of
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
USAGE = (
    "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command"
)
LAST_OF_MANY = 10  # with a selector: so many lines of each


async def logs(session: Session) -> None:
    """The log of a container, or of all that are meant."""
    arguments, selector = session.command.arguments, session.command["selector"]
    if selector and arguments:
        raise Failure("only a selector (-l) or a POD name is allowed")
    if not selector and not arguments:
        raise Failure(USAGE)
    if selector:
        found, _ = await session.api.list("Pod", session.namespace, selector)
        if not found:
            session.note(f"No resources found in {session.namespace} namespace.")
        for pod in found:
            await print_logs(session, pod)
        return
    try:
        pod = await chosen_pod(session, arguments[0], told=True)
    except StatusError as error:
        if error.code != 404:
            raise
        raise Failure(f'error from server (NotFound): {error.message} in namespace "{session.namespace}"') from None
    await print_logs(session, pod, *arguments[1:2])


async def print_logs(session: Session, pod: Obj, named: str = "") -> None:
    """The log of one container of the Pod, or of all of them."""
    every = [one["name"] for one in [*(pod["spec"].get("initContainers") or []), *pod["spec"]["containers"]]]
    names = every if session.command["all-containers"] else [container_of(session, pod, named)]
    for name in names:
        body = {"container": name, "previous": session.command["previous"]}
        found = await session.api.connect("log", meta.namespace(pod), meta.name(pod), body)
        for at, line in wanted(session, found["lines"]):
            stamp = f"{micro_timestamp(at)[:-1]}000Z " if session.command["timestamps"] else ""
            prefix = f"[pod/{meta.name(pod)}/{name}] " if session.command["prefix"] else ""
            session.stdout.append(f"{prefix}{stamp}{line}" if line.endswith("\n") else f"{prefix}{stamp}{line}\n")


def wanted(session: Session, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines that were asked for: --since, --tail."""
    command = session.command
    if command["since"] != "0s":
        earliest = session.terminal.now() - parse_duration(command["since"])
        lines = [one for one in lines if one[0] >= earliest]
    tail = command["tail"]
    if tail < 0 and command["selector"]:
        tail = LAST_OF_MANY
    return lines if tail < 0 else lines[len(lines) - min(tail, len(lines)) :]
