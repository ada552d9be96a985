"""`kubectl diff`: what `apply` would change, found by a dry run on the server.

Upstream: kubectl/pkg/cmd/diff/diff.go; recording 41. The return code is 1 where there is a difference, and 2 for an error.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.duration import micro_timestamp
from gen.kit.evolve import evolve
from gen.kit.unified import unified
from gen.objects import meta, selectors
from gen.play.kubectl import output
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.manifest_files import Item, items
from gen.play.kubectl.targets import asked_selectors
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.apply import current, difference, unannotated
from gen.play.kubectl.verbs.server_side import send

Obj = dict[str, Any]
DIFFERENT, FAILED = 1, 2
HIDDEN = "***"


async def diff(session: Session) -> None:
    """Every object of the named files; if one fails, nothing is compared."""
    session.failed = FAILED
    if session.command.arguments:
        raise Failure(f"Unexpected args: [{' '.join(session.command.arguments)}]")
    if not session.command["filename"]:
        raise Failure("must specify one of -f and -k")
    wanted = selectors.label_selector(asked_selectors(session)[0])
    found: dict[str, tuple[str, str]] = {}
    for item in items(session):
        if session.errors:
            return
        if selectors.matches(wanted, meta.labels(item.obj)):
            found[file_name(item)] = await before_and_after(session, item)
    if session.errors:
        return
    for name in sorted(found):
        print_difference(session, name, *found[name])


def file_name(item: Item) -> str:
    """`apps.v1.Deployment.shop.web`: the file in which kubectl lets diff look."""
    kind = item.kind
    return ".".join([*([kind.group] if kind.group else []), kind.version, kind.name, item.namespace, item.name])


async def before_and_after(session: Session, item: Item) -> tuple[str, str]:
    """The object as it is, and as it would be, as YAML. Raises Failure, StatusError."""
    live = await current(session, item)
    try:
        merged = await would_be(session, item, live)
    finally:
        session.warn(*session.api.warnings)
    before, after = masked(live, merged) if item.kind.name == "Secret" else (live, merged)
    return output.yaml_text(output.shown(before)) if before else "", output.yaml_text(output.shown(after or {}))


async def would_be(session: Session, item: Item, live: Obj | None) -> Obj:
    """What the server would make of the object."""
    if session.command["server-side"]:
        return await send(session, item, dry=True)
    if live is None:
        return await session.api.create(item.obj, validate="Warn", dry_run=True)
    try:
        patch = difference(unannotated(item.obj), live)
    except ValueError as error:
        raise Failure(str(error)) from None
    patch = {**patch, "metadata": {**patch.get("metadata", {}), "resourceVersion": live["metadata"]["resourceVersion"]}}
    try:
        return await session.api.patch(item.kind.name, item.namespace, item.name, patch, validate="Warn", dry_run=True)
    except StatusError as error:
        if error.code == 404:
            raise Failure(error.message) from None
        raise


def masked(before: Obj | None, after: Obj) -> tuple[Obj | None, Obj]:
    """A Secret's values are not shown, only whether they differ (upstream: diff.go, Masker)."""
    old, new = (before or {}).get("data") or {}, after.get("data") or {}

    def hidden(data: Obj, other: Obj, note: str) -> Obj:
        return {key: HIDDEN if key not in other or other[key] == value else f"{HIDDEN} ({note})" for key, value in data.items()}

    if before is not None and old:
        before = evolve(before, "data", hidden(old, new, "before"))
    return before, evolve(after, "data", hidden(new, old, "after")) if new else after


def print_difference(session: Session, name: str, before: str, after: str) -> None:
    """One file of the difference, with the names that diff would show."""
    hunks = unified(before, after)
    if not hunks:
        return
    session.code = DIFFERENT
    number = session.terminal.now() * 1_000 % 4_000_000_000
    live, merged = f"/tmp/LIVE-{number}/{name}", f"/tmp/MERGED-{(number + 1_664_525) % 4_000_000_000}/{name}"
    written = written_at(session.terminal.now())
    session.stdout.append(f"diff -u -N {live} {merged}\n--- {live}\t{written}\n+++ {merged}\t{written}\n{hunks}")


def written_at(now_us: int) -> str:
    """`2026-01-01 00:00:05.000000000 +0000`, as diff writes when a file was changed."""
    day, _, time = micro_timestamp(now_us).rstrip("Z").partition("T")
    return f"{day} {time}000 +0000"
