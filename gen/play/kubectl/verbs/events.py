"""`kubectl events`: what happened, in order of time; of everything, or of one object.

Upstream: kubectl/pkg/cmd/events/events.go and event_printer.go; recording 40.
"""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any

from gen.objects import events as told
from gen.objects import meta
from gen.play.kubectl import output
from gen.play.kubectl.changes import on_and_on
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import known
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
TYPES = ("Normal", "Warning")


async def events(session: Session) -> None:
    """The Events of the namespace, the oldest first."""
    command = session.command
    if any(one.capitalize() not in TYPES for one in command["types"]):
        raise Failure("valid --types are Normal or Warning")
    namespace = "" if command["all-namespaces"] else session.namespace
    found, revision = await session.api.list("Event", namespace, fields=fields(session))
    found = [one for one in found if is_wanted(session, one)]
    form = command["output"]
    if form not in ("", "json", "yaml"):
        raise Failure(f'unable to match a printer suitable for the output format "{form}", allowed formats are: json,yaml')
    if command["watch"]:
        await watch(session, namespace, found, revision)
        return
    found.sort(key=told.last_us)
    if form in ("json", "yaml"):
        whole = output.as_list(found)
        session.stdout.append(output.json_text(whole) if form == "json" else output.yaml_text(whole))
    elif not found:
        session.note("No events found." if command["all-namespaces"] else f"No events found in {namespace} namespace.")
    else:
        rows = [row(session, one) for one in found]
        session.stdout.append(output.table_text(headings(session), rows, with_headings=not command["no-headers"]))


def is_wanted(session: Session, event: Obj) -> bool:
    """Whether it is of one of the --types."""
    wanted = [one.capitalize() for one in session.command["types"]]
    return not wanted or event["type"] in wanted


async def watch(session: Session, namespace: str, there: list[Obj], revision: int) -> None:
    """Print one Event after the other, those that are there already in no order; and again whenever one is counted up."""
    form, columns = session.command["output"], output.Columns()
    left, between = ([] if session.command["no-headers"] else [headings(session)]), chain([""], repeat("---\n"))

    def printed(event: Obj) -> str:
        if form == "json":
            return output.json_text(event)
        if form == "yaml":
            return next(between) + output.yaml_text(event)
        lines = columns.aligned([*left, row(session, event)])
        left.clear()
        return "".join(f"{line}\n" for line in lines)

    def of_change(change: Any) -> str:
        return printed(change.obj) if change.type != "DELETED" and is_wanted(session, change.obj) else ""

    session.stdout.extend(map(printed, there))
    session.show()
    stream = session.api.watch("Event", namespace, revision, fields=fields(session))
    await on_and_on(session, stream, of_change)


def headings(session: Session) -> list[str]:
    """What stands above the Events."""
    return [*(["NAMESPACE"] if session.command["all-namespaces"] else []), "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]


def fields(session: Session) -> str:
    """The field selector behind `--for`. Raises Failure."""
    asked = session.command["for"]
    if not asked:
        return ""
    text, slash, name = asked.partition("/")
    if not slash or not name:
        raise Failure("--for must be in resource/name form")
    return f"involvedObject.kind={known(session, text).name},involvedObject.name={name}"


def row(session: Session, event: Obj) -> list[str]:
    """One Event in a line."""
    involved = event.get("involvedObject") or {}
    where = [meta.namespace(event)] if session.command["all-namespaces"] else []
    about = f"{involved.get('kind', '')}/{involved.get('name', '')}"
    return [*where, told.age(event, session.now_s), event["type"], event["reason"], about, str(event.get("message", "")).strip()]
