"""`kubectl logs`: what containers have printed. Upstream: kubectl/pkg/cmd/logs/logs.go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.duration import micro_timestamp, parse_duration
from gen.kit.loop import Gather, Micros
from gen.objects import meta
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.podchoice import chosen_pod, container_of
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
USAGE = (
    "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command"
)
DELIVERY_US: Micros = 1_000  # from the container to the terminal: assumed
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
        await print_logs(session, [log for pod in found for log in logs_of(session, pod)])
        return
    try:
        pod = await chosen_pod(session, arguments[0], told=True)
    except StatusError as error:
        if error.code != 404:
            raise
        raise Failure(f'error from server (NotFound): {error.message} in namespace "{session.namespace}"') from None
    await print_logs(session, logs_of(session, pod, *arguments[1:2]))


async def print_logs(session: Session, logs: list[Log]) -> None:
    """These logs, one after the other; with --follow side by side, until the last of the containers ends. Raises Failure."""
    if not session.command["follow"]:
        for log in logs:
            await log.print()
        return
    most = session.command["max-log-requests"]
    if len(logs) > most:
        raise Failure(
            f"you are attempting to follow {len(logs)} log streams, but maximum allowed concurrency is {most}, "
            "use --max-log-requests to increase the limit"
        )
    for result in await Gather([log.follow() for log in logs]):
        if isinstance(result, Exception):
            session.errors.append(result)


def logs_of(session: Session, pod: Obj, named: str = "") -> list[Log]:
    """The log of one container of the Pod, or those of all of them. Raises Failure."""
    every = [one["name"] for one in [*(pod["spec"].get("initContainers") or []), *pod["spec"]["containers"]]]
    names = every if session.command["all-containers"] else [container_of(session, pod, named)]
    return [Log(session, pod, name) for name in names]


@dataclass(frozen=True, slots=True)
class Log:
    """The log of one container."""

    session: Session
    pod: Obj
    container: str

    async def print(self) -> Obj:
        """What there is of it. Raises StatusError."""
        body = {"container": self.container, "previous": self.session.command["previous"]}
        found = await self.session.api.connect("log", meta.namespace(self.pod), meta.name(self.pod), body)
        self._print(wanted(self.session, found["lines"]))
        return found

    async def follow(self) -> None:
        """What there is, and what comes, until the container ends. Raises StatusError."""
        more = (await self.print()).get("more")
        self.session.show()
        while more and (lines := await more()):
            await self.session.terminal.sleep(DELIVERY_US)
            self._print(lines)
            self.session.show()

    def _print(self, lines: list[tuple[int, str]]) -> None:
        command = self.session.command
        for at, line in lines:
            stamp = f"{micro_timestamp(at)[:-1]}000Z " if command["timestamps"] else ""
            prefix = f"[pod/{meta.name(self.pod)}/{self.container}] " if command["prefix"] else ""
            self.session.stdout.append(f"{prefix}{stamp}{line}" if line.endswith("\n") else f"{prefix}{stamp}{line}\n")


def wanted(session: Session, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines that were asked for: --since, --tail."""
    command = session.command
    if command["since"] not in ("0", "0s"):
        earliest = session.terminal.now() - parse_duration(command["since"])
        lines = [one for one in lines if one[0] >= earliest]
    tail = command["tail"]
    if tail < 0 and command["selector"]:
        tail = LAST_OF_MANY
    return lines if tail < 0 else lines[len(lines) - min(tail, len(lines)) :]
