"""`kubectl delete`: ask for the end of objects, then wait until they are gone.

Upstream: kubectl/pkg/cmd/delete/delete.go; recordings 07, 08, 21 and 41.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.objects import meta
from gen.play.kubectl import names
from gen.play.kubectl.changes import TimedOut, patience, watch_object
from gen.play.kubectl.failures import Failure, with_source
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Target, asked_selectors, needs_name, targets
from gen.play.kubectl.telling import BEHIND, CLIENT, dry_run
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
IMMEDIATE = (
    "Immediate deletion does not wait for confirmation that the running resource has been terminated. "
    "The resource may continue to run on the cluster indefinitely."
)
CLUSTER_SCOPED = "deleting cluster-scoped resources, not scoped to the provided namespace"
PROPAGATION = {
    "background": "Background",
    "foreground": "Foreground",
    "orphan": "Orphan",
    "true": "Background",
    "false": "Orphan",
}


@dataclass(frozen=True, slots=True)
class How:
    """How objects are deleted: their grace period (None: their own), what becomes of dependents, and whether by force."""

    grace_s: int | None
    propagation: str
    force: bool
    waits: bool


async def delete(session: Session) -> None:
    """Delete every object that was named."""
    how = asked(session)
    wanted = targets(session)
    needs_name(session, wanted)
    if how.force and how.grace_s == 0:
        session.warn(IMMEDIATE)
    going = await gone_or_going(session, wanted, how)
    if how.waits and not dry_run(session):
        await wait_until_gone(session, going)


def asked(session: Session) -> How:
    """How the flags want it. Raises Failure for flags that contradict each other."""
    command = session.command
    grace_s: int = command["grace-period"]
    force, now, cascade = command["force"], command["now"], command["cascade"]
    if now and grace_s != -1:
        raise Failure("--now and --grace-period cannot be specified together")
    if force and grace_s > 0:
        raise Failure("--force and --grace-period greater than 0 cannot be specified together")
    if cascade not in PROPAGATION:
        raise Failure(f'invalid cascade value ({cascade}). Must be "background", "foreground", or "orphan"')
    if command["output"] not in ("", "name"):
        raise Failure("unexpected -o output mode: " + command["output"] + ". We only support '-o name'")
    if now or grace_s == 0 and not force:
        grace_s = 1
    elif force and grace_s < 0:
        grace_s = 0
    return How(None if grace_s < 0 else grace_s, PROPAGATION[cascade], force and grace_s == 0, command["wait"])


async def gone_or_going(session: Session, wanted: list[Target], how: How) -> list[tuple[Target, Obj]]:
    """Send every deletion, and say so; the objects as they were when they were deleted."""
    going: list[tuple[Target, Obj]] = []
    for target in await each_named(session, wanted):
        if not target.kind.namespaced and "namespace" in session.command.given:
            session.warn(CLUSTER_SCOPED)
        try:
            deleted = await delete_one(session, target, how)
        except StatusError as error:
            if error.code != 404 or not (session.command["ignore-not-found"] or not wanted):
                session.errors.append(with_source("deleting", target.source, error))
            continue
        going.append((target, deleted))
        session.say(sentence(session, target, how))
    return going


async def delete_one(session: Session, target: Target, how: How) -> Obj:
    """Send one deletion, unless it is only tried. Raises StatusError."""
    place, mode = (target.kind.name, target.namespace, target.name), dry_run(session)
    if mode == CLIENT:
        return await session.api.get(*place)
    return await session.api.delete(*place, how.grace_s, how.propagation, dry_run=bool(mode))


async def each_named(session: Session, wanted: list[Target]) -> list[Target]:
    """The objects by their names: whole kinds are listed."""
    labels, fields = asked_selectors(session)
    if (labels or fields) and any(target.name for target in wanted):
        raise Failure("name cannot be provided when a selector is specified")
    named: list[Target] = []
    for target in wanted:
        listed = [] if target.name else (await session.api.list(target.kind.name, target.namespace, labels, fields))[0]
        named.extend([target] if target.name else [Target(target.kind, meta.namespace(obj), meta.name(obj)) for obj in listed])
    if not named and not session.errors and not session.command["filename"]:
        session.say("No resources found")
    return named


def sentence(session: Session, target: Target, how: How) -> str:
    """What is said of one deletion."""
    if session.command["output"] == "name":
        return resource_name(target.kind, target.name)
    where = f" from {target.namespace} namespace" if target.namespace else ""
    return f'{names.typed(target.kind)} "{target.name}" {"force " if how.force else ""}deleted{where}{BEHIND[dry_run(session)]}'


async def wait_until_gone(session: Session, going: list[tuple[Target, Obj]]) -> None:
    """Watch each object until it, and not another of its name, is gone."""
    for target, deleted in going:
        listed, revision = await session.api.list(target.kind.name, target.namespace, fields=f"metadata.name={target.name}")
        if not any(meta.uid(obj) == meta.uid(deleted) for obj in listed):
            continue
        gone, patience_us = end_of(meta.uid(deleted)), patience(session.command["timeout"])
        try:
            await watch_object(session, target.kind.name, target.namespace, target.name, revision, patience_us, gone)
        except TimedOut:
            name = names.plural_called(target.kind, target.name)
            session.errors.append(Failure(f"timed out waiting for the condition on {name}"))


def end_of(uid: str) -> Callable[[Any], bool]:
    """Whether a change is the end of the object with that uid."""
    return lambda change: change.type == "DELETED" and meta.uid(change.obj) == uid
