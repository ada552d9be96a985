"""`kubectl apply`: what the file says, what it said the last time, and what the cluster has, merged into one patch.

The last applied text is kept in an annotation of the object itself: a field that was in it and is no longer in the file is
taken away, a field that somebody else set stays. With `--server-side` the server merges (`server_side.py`).
Upstream: kubectl/pkg/cmd/apply (apply.go, patcher.go) and kubectl/pkg/util/apply.go; recording 41.
"""

from __future__ import annotations

import json
from typing import Any

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.field_error import go_text
from gen.cluster.apiserver.status import StatusError
from gen.kit import patch
from gen.kit.evolve import REMOVED, evolve
from gen.kit.go_json import go_json
from gen.kit.strategic import NoMergeKey
from gen.objects import meta, selectors
from gen.play.kubectl import names
from gen.play.kubectl.failures import Failure, usage, with_source
from gen.play.kubectl.manifest_files import Item, items, validation
from gen.play.kubectl.targets import asked_selectors
from gen.play.kubectl.telling import CLIENT, SERVER, dry_run, tell, tell_together
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.last_applied import set_last_applied, view_last_applied
from gen.play.kubectl.verbs.prune import check_prune, prune
from gen.play.kubectl.verbs.server_side import apply_server_side, check_flags

Obj = dict[str, Any]
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
ANNOTATION = ("metadata", "annotations", LAST_APPLIED)
MISSING = (
    f"resource {{}} is missing the {LAST_APPLIED} annotation which is required by kubectl apply. "
    "kubectl apply should only be used on resources created declaratively by either kubectl create --save-config "
    "or kubectl apply. The missing annotation will be patched automatically."
)
TRIES = 5  # upstream: patcher.go maxPatchRetry


async def apply(session: Session) -> None:
    """Every object of the named files, one after another; one that fails does not stop the others."""
    if session.command.part == "view-last-applied":
        await view_last_applied(session)
    elif session.command.part == "set-last-applied":
        await set_last_applied(session, annotated)
    else:
        await apply_files(session)


async def apply_files(session: Session) -> None:
    """Apply the objects; then, with `--prune`, delete what was applied once and is in no file any more."""
    if session.command.arguments:
        raise usage("apply", f"Unexpected args: [{' '.join(session.command.arguments)}]")
    if not session.command["filename"]:
        raise Failure("must specify one of -f and -k")
    check_flags(session)
    check_prune(session)
    wanted = chosen(session, items(session))
    if not wanted and not session.errors:
        raise Failure("no objects passed to apply")
    session.together = []
    for item in wanted:
        try:
            await (apply_server_side if session.command["server-side"] else apply_one)(session, item)
        except (Failure, StatusError) as error:
            session.errors.append(error)
    if not session.errors:
        tell_together(session)
        if session.command["prune"]:
            await prune(session, wanted)


def chosen(session: Session, found: list[Item]) -> list[Item]:
    """The objects of the files whose labels the selector takes."""
    wanted = selectors.label_selector(asked_selectors(session)[0])
    return [item for item in found if selectors.matches(wanted, meta.labels(item.obj))]


async def apply_one(session: Session, item: Item) -> None:
    """Create the object, or patch the one that is there."""
    live = await current(session, item)
    await (create_one(session, item) if live is None else patch_one(session, item, live))


async def current(session: Session, item: Item) -> Obj | None:
    """The object as it is in the cluster, or None. Raises Failure, StatusError."""
    if not item.name:
        raise nameless(item)
    try:
        return await session.api.get(item.kind.name, item.namespace, item.name)
    except StatusError as error:
        if error.code != 404:
            raise with_source(f"{retrieving(item)}", item.source, error) from None
    return None


def nameless(item: Item) -> Failure:
    """What kubectl says of an object without a name."""
    generated = item.obj["metadata"].get("generateName")
    if generated:
        return Failure(f"from {generated}: cannot use generate name with apply")
    return Failure(f'error when {retrieving(item)} "{item.source}": resource name may not be empty')


def retrieving(item: Item) -> str:
    """What apply was doing when it asked for the object."""
    return f"retrieving current configuration of:\n{names.described(item.kind, item.namespace, item.name)}\nfrom server for:"


async def create_one(session: Session, item: Item) -> None:
    """The object is new."""
    created = item.obj
    try:
        if dry_run(session) != CLIENT:
            dry = dry_run(session) == SERVER
            body, how = annotated(item.obj), validation(session)
            created = await session.api.create(body, validate=how, dry_run=dry, written=item.written)
    except StatusError as error:
        raise with_source("creating", item.source, error) from None
    finally:
        session.warn(*session.api.warnings)
    tell(session, item.kind, created, "created")


async def patch_one(session: Session, item: Item, live: Obj) -> None:
    """The object is there: send the difference, if there is one."""
    if LAST_APPLIED not in meta.annotations(live):
        session.warn(MISSING.format(names.plural_called(item.kind, item.name)))
    if dry_run(session) == CLIENT:
        tell(session, item.kind, item.obj, "configured")
        return
    for attempt in range(1, TRIES + 1):
        wanted = needed_patch(session, item, live)
        if not wanted:
            tell(session, item.kind, live, "unchanged")
            return
        try:
            after = await session.api.patch(
                item.kind.name, item.namespace, item.name, wanted, validate=validation(session), dry_run=bool(dry_run(session)),
                written=item.written,
            )  # fmt: skip
            break
        except StatusError as error:
            if error.reason != "Conflict" or attempt == TRIES:
                raise with_source(applying(item, go_json(wanted)), item.source, error) from None
            live = await session.api.get(item.kind.name, item.namespace, item.name)
        finally:
            session.warn(*session.api.warnings)
    tell(session, item.kind, after, "configured")


def needed_patch(session: Session, item: Item, live: Obj) -> Obj:
    """The difference. Raises Failure where a list's item lacks the key by which it is merged."""
    try:
        return difference(annotated(item.obj), live)
    except ValueError as error:
        for spec in ("v3 spec", "spec"):
            session.note(f"warning: error calculating patch from openapi {spec}: {error}")
        last, new = meta.annotations(live).get(LAST_APPLIED, ""), go_json(annotated(item.obj))
        parts = f"original:\n{last}\nmodified:\n{new}\n\ncurrent:\n{go_json(live)}\n\nfor: {error}"
        why = Failure(f'error when patching "{item.source}": creating patch with:\n{parts}')
        raise with_source(applying(item, ""), item.source, why) from None


def applying(item: Item, patch_text: str) -> str:
    """What apply was doing when the patch failed."""
    return f"applying patch:\n{patch_text}\nto:\n{names.described(item.kind, item.namespace, item.name)}\nfor:"


def difference(obj: Obj, live: Obj) -> Obj:
    """The patch that makes the live object what is wanted, and no more than that.

    Raises ValueError for a list's item without the key by which it is merged, and for a last text that is no object.
    """
    last = json.loads(meta.annotations(live).get(LAST_APPLIED) or "{}")
    if not isinstance(last, dict):
        raise ValueError(f"json: cannot unmarshal the annotation {LAST_APPLIED} into an object")
    keys = schema.merge_keys(obj["apiVersion"], obj["kind"])
    try:
        patch.strategic_merge({}, obj, keys)  # fails for an item without its key, before anything is compared
        wanted: Obj = patch.three_way(last, obj, live, keys)
    except NoMergeKey as error:
        raise ValueError(f"map: {go_text(error.item)} does not contain declared merge key: {error.key}") from None
    return wanted


def unannotated(obj: Obj) -> Obj:
    """The object with annotations, and without the text that it may have had there before."""
    bare: Obj = evolve(evolve(obj, "metadata.annotations", obj["metadata"].get("annotations") or {}), ANNOTATION, REMOVED)
    return bare


def annotated(obj: Obj) -> Obj:
    """The object with its own text in the annotation."""
    bare = unannotated(obj)
    annotated_obj: Obj = evolve(bare, ANNOTATION, go_json(bare) + "\n")
    return annotated_obj
