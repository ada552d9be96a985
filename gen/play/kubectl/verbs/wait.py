"""`kubectl wait`: nothing is printed until it has come true.

Upstream: kubectl/pkg/cmd/wait (wait.go, condition.go, delete.go, json.go); recordings 08 and 40.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.field_error import go_text
from gen.kit.evolve import dig
from gen.objects import meta
from gen.play.kubectl import names
from gen.play.kubectl.changes import TimedOut, patience, watch_object
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.path_values import found_rows
from gen.play.kubectl.paths import PathError, read, relaxed
from gen.play.kubectl.targets import Found, Target, found, needs_name, targets
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
Holds = Callable[[Obj], bool]
JSON_PATH = re.compile(r"jsonpath=(.+?)(?:=([^=~!]*))?")


async def wait(session: Session) -> None:
    """Wait for each object that was named in turn."""
    asked = session.command["for"]
    if not asked:
        raise Failure("--for must be set")
    wanted = targets(session)
    needs_name(session, wanted)
    if asked.lower() == "create":
        await wait_for_create(session, wanted)
        return
    gone = asked.lower() == "delete"
    holds = None if gone else understood(asked)
    objects = await present(session, wanted, gone)
    if not objects and not session.errors and not gone:
        raise Failure("no matching resources found")
    for one in objects:
        await wait_for(session, one, holds)


def understood(asked: str) -> Holds:
    """What has to be true of an object: `condition=Ready`, `condition=Ready=false`, `jsonpath={.status.phase}=Running`."""
    form, _, rest = asked.partition("=")
    if form.lower() == "condition":
        name, _, value = rest.partition("=")
        return lambda obj: has_condition(obj, name, value or "true")
    match = JSON_PATH.fullmatch(asked)
    if match is None:
        raise Failure(f'unrecognized condition: "{asked}"')
    try:
        template, value = relaxed(match[1].strip("'\"")), match[2]
        read(template)
    except PathError as error:
        raise Failure(str(error)) from None
    return lambda obj: has_value(obj, template, None if value is None else value.strip("'\""))


def has_condition(obj: Obj, name: str, value: str) -> bool:
    """Whether the condition has that status, and speaks of the newest spec."""
    for one in dig(obj, "status.conditions", []):
        if str(one.get("type", "")).lower() == name.lower():
            observed = one.get("observedGeneration") or dig(obj, "status.observedGeneration")
            return (observed is None or observed >= meta.generation(obj)) and str(one.get("status", "")).lower() == value.lower()
    return False


def has_value(obj: Obj, template: str, value: str | None) -> bool:
    """Whether the path leads to that value (None: to anything at all). Raises Failure."""
    try:
        rows = found_rows(template, obj)
    except PathError as error:
        raise Failure(str(error)) from None
    if not rows or not rows[0]:
        return False
    for several, what in ((rows, "list"), (rows[0], "value")):
        if len(several) > 1:
            raise Failure(f"given jsonpath expression matches more than one {what}")
    if value is None:
        return True
    if isinstance(rows[0][0], dict | list):
        raise Failure("jsonpath leads to a nested object or list which is not supported")
    return go_text(rows[0][0]).strip() == value.strip()


async def present(session: Session, wanted: list[Target], gone: bool) -> list[Found]:
    """The objects to wait for; who waits for their end does not miss those that have gone already."""
    objects = await found(session, wanted)
    if gone:
        session.errors[:] = [error for error in session.errors if getattr(error, "code", 0) != 404]
    return objects


async def wait_for(session: Session, one: Found, holds: Holds | None) -> None:
    """Watch one object until it is so (`holds` is None: until it is gone)."""

    def done(change: Any) -> bool:
        if change.type == "DELETED":
            return holds is None and meta.uid(change.obj) == meta.uid(one.obj)
        return holds is not None and holds(change.obj)

    try:
        if holds is None or not holds(one.obj):
            revision, patience_us = meta.resource_version(one.obj), patience(session.command["timeout"])
            await watch_object(session, one.kind.name, one.namespace, one.name, revision, patience_us, done)
    except TimedOut:
        session.errors.append(Failure(f"timed out waiting for the condition on {names.plural_called(one.kind, one.name)}"))
        return
    session.say(f"{resource_name(one.kind, one.name)} condition met")


async def wait_for_create(session: Session, wanted: list[Target]) -> None:
    """Watch until the objects are there."""
    for target in wanted:
        if not target.name:
            raise Failure("resource name must be provided")
        listed, revision = await session.api.list(target.kind.name, target.namespace, fields=f"metadata.name={target.name}")
        try:
            if not listed:
                patience_us = patience(session.command["timeout"])
                await watch_object(
                    session, target.kind.name, target.namespace, target.name, revision, patience_us, lambda _: True
                )
        except TimedOut:
            raise Failure(f"timed out waiting for the condition on {names.plural_called(target.kind, target.name)}") from None
        session.say(f"{resource_name(target.kind, target.name)} condition met")
