"""`kubectl replace`: the object of the file in the place of the one that is there, whole.

A file that names a resourceVersion replaces only that version; one that names none takes whatever is there.
Upstream: kubectl/pkg/cmd/replace/replace.go; recording 41.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import evolve
from gen.objects import meta
from gen.play.kubectl.changes import TimedOut, patience
from gen.play.kubectl.failures import Failure, usage, with_source
from gen.play.kubectl.manifest_files import Item, items, validation
from gen.play.kubectl.names import typed
from gen.play.kubectl.targets import Target
from gen.play.kubectl.telling import CLIENT, dry_run, tell
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.apply import LAST_APPLIED, annotated
from gen.play.kubectl.verbs.delete import PROPAGATION, wait_until_gone

Obj = dict[str, Any]


async def replace(session: Session) -> None:
    """Every object of the named files; one that fails does not stop the others."""
    if session.command.arguments:
        raise usage("replace", f"Unexpected args: [{' '.join(session.command.arguments)}]")
    if not session.command["filename"]:
        raise usage("replace", "Must specify --filename to replace")
    if session.command["grace-period"] >= 0 and not session.command["force"]:
        raise Failure("--grace-period must have --force specified")
    found = items(session)
    if session.command["force"]:
        await delete_first(session, found)
    for item in found:
        try:
            await replace_one(session, item)
        except StatusError as error:
            doing = "creating" if session.command["force"] else "replacing"
            session.errors.append(with_source(doing, item.source, error))
    if not found and not session.errors:
        raise Failure("no objects passed to replace")


async def replace_one(session: Session, item: Item) -> None:
    """Put one object in the place of the other. Raises StatusError."""
    obj = annotated(item.obj) if session.command["save-config"] or LAST_APPLIED in meta.annotations(item.obj) else item.obj
    mode, validate = dry_run(session), validation(session)
    try:
        if session.command["force"] and mode != CLIENT:
            obj = await session.api.create(obj, validate=validate, dry_run=bool(mode))
        elif mode != CLIENT:
            if not obj["metadata"].get("resourceVersion"):
                live = await session.api.get(item.kind.name, item.namespace, item.name)
                obj = evolve(obj, "metadata.resourceVersion", live["metadata"]["resourceVersion"])
            obj = await session.api.update(obj, validate=validate, dry_run=bool(mode))
    finally:
        session.warn(*session.api.warnings)
    tell(session, item.kind, obj, "replaced")


async def delete_first(session: Session, found: list[Item]) -> None:
    """With `--force` the objects are deleted, and waited for, before they are created anew."""
    grace, how = session.command["grace-period"], PROPAGATION.get(session.command["cascade"], "Background")
    going: list[tuple[Target, Obj]] = []
    for item in found:
        try:
            gone = await session.api.delete(item.kind.name, item.namespace, item.name, grace if grace >= 0 else None, how)
        except StatusError as error:
            if error.code != 404:
                raise
            continue
        going.append((Target(item.kind, item.namespace, item.name), gone))
        where = f" from {item.namespace} namespace" if item.namespace else ""
        session.say(f'{typed(item.kind)} "{item.name}" deleted{where}')
    patience(session.command["timeout"])
    try:
        await wait_until_gone(session, going)
    except TimedOut:
        raise Failure("timed out waiting for the condition") from None
