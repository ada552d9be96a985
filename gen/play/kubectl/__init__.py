"""kubectl: a line that is typed, and what it prints, word for word what the real one prints.

    rc, stdout, stderr = await run("kubectl get pods", terminal)

It works through the API alone, as the real one does. What it can do is a table (`flags.py`); each family of verbs has a
file of its own (`verbs/`), the printing is in `output.py` and `describe.py`.
"""

from __future__ import annotations

from dataclasses import replace

from gen.cluster.apiserver.request import User
from gen.cluster.apiserver.status import StatusError
from gen.kit.loop import Micros
from gen.play.kubectl.changes import request_timeout
from gen.play.kubectl.failures import Failure, message
from gen.play.kubectl.flags import GO_ON
from gen.play.kubectl.managers import manager
from gen.play.kubectl.parse import Command, NotUnderstood, understood
from gen.play.kubectl.terminal import Session, Terminal
from gen.play.kubectl.verbs import VERB

__all__ = ["Command", "NotUnderstood", "Terminal", "files_named", "goes_on", "run", "understood"]

START_US: Micros = 45_000  # from the key to the first request: 42 to 70 ms in recordings 80 to 95
FAILED = 1


async def run(line: str, terminal: Terminal) -> tuple[int, str, str]:
    """Type a line; it comes back with its return code, and what it printed to standard output and standard error."""
    try:
        command = understood(line)
    except NotUnderstood as error:
        return FAILED, "", f"{error}\n"
    await terminal.sleep(START_US)
    api = terminal.api.managing_as(manager(command))
    if command["as"]:
        api = api.acting_as(User(command["as"], (*command["as-group"], "system:authenticated")))
    session = Session(command, replace(terminal, api=api))
    try:
        request_timeout(command.flags.get("request-timeout", "0"))
        await VERB[command.verb](session)
    except (Failure, StatusError) as error:
        session.errors.append(error)
    if session.errors:
        session.stderr.append(message(session.errors))
    return session.failed if session.errors else session.code, "".join(session.stdout), "".join(session.stderr)


def goes_on(line: str) -> bool:
    """Whether a line prints on and on, so that it needs a terminal of its own."""
    try:
        command = understood(line)
    except NotUnderstood:
        return False
    return any(command[flag] for flag in GO_ON.get(command.verb, ()))


def files_named(line: str) -> tuple[str, ...]:
    """The files and folders that a line names with `-f`."""
    flags = understood(line).flags
    return tuple(name for name in flags.get("filename", ()) if name != "-")
