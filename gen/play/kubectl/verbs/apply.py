"""`kubectl apply`: what the file says, what it said the last time, and what the cluster has, merged into one patch.

The last applied text is kept in an annotation of the object itself: a field that was in it and is no longer in the file is
taken away, a field that somebody else set stays. Upstream: kubectl/pkg/cmd/apply (apply.go, patcher.go) and
kubectl/pkg/util/apply.go; recording 41.
"""

from __future__ import annotations

import json
from typing import Any

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.status import StatusError
from gen.kit import patch
from gen.kit.evolve import REMOVED, evolve
from gen.kit.go_json import go_json
from gen.objects import meta
from gen.play.kubectl import names
from gen.play.kubectl.failures import Failure, with_source
from gen.play.kubectl.manifest_files import Item, items, validation
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.terminal import Session

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
    if session.command.arguments:
        raise Failure(f"Unexpected args: [{' '.join(session.command.arguments)}]")
    if not session.command["filename"]:
        raise Failure("must specify one of -f and -k")
    found = items(session)
    if not found and not session.errors:
        raise Failure("no objects passed to apply")
    for item in found:
        try:
            await apply_one(session, item)
        except (Failure, StatusError) as error:
            session.errors.append(error)


async def apply_one(session: Session, item: Item) -> None:
    """Create the object, or patch the one that is there."""
    if not item.name:
        raise nameless(item)
    try:
        live = await session.api.get(item.kind.name, item.namespace, item.name)
    except StatusError as error:
        if error.code != 404:
            raise with_source(f"{retrieving(item)}", item.source, error) from None
        await create_one(session, item)
        return
    await patch_one(session, item, live)


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
    try:
        await session.api.create(annotated(item.obj), validate=validation(session))
    except StatusError as error:
        raise with_source("creating", item.source, error) from None
    finally:
        session.warn(*session.api.warnings)
    session.say(f"{resource_name(item.kind, item.name)} created")


async def patch_one(session: Session, item: Item, live: Obj) -> None:
    """The object is there: send the difference, if there is one."""
    if LAST_APPLIED not in meta.annotations(live):
        session.warn(MISSING.format(names.plural_called(item.kind, item.name)))
    for attempt in range(1, TRIES + 1):
        wanted = needed_patch(session, item, live)
        if not wanted:
            session.say(f"{resource_name(item.kind, item.name)} unchanged")
            return
        try:
            await session.api.patch(
                item.kind.name, item.namespace, item.name, wanted, how="strategic", validate=validation(session)
            )
            break
        except StatusError as error:
            if error.reason != "Conflict" or attempt == TRIES:
                raise with_source(applying(item, go_json(wanted)), item.source, error) from None
            live = await session.api.get(item.kind.name, item.namespace, item.name)
        finally:
            session.warn(*session.api.warnings)
    session.say(f"{resource_name(item.kind, item.name)} configured")


def needed_patch(session: Session, item: Item, live: Obj) -> Obj:
    """The difference. Raises Failure where a list's item lacks the key by which it is merged."""
    try:
        return difference(item.obj, live)
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
    """The patch that makes the live object what the file says, and no more than that.

    Raises ValueError for a list's item without the key by which it is merged, and for a last text that is no object.
    """
    last = json.loads(meta.annotations(live).get(LAST_APPLIED) or "{}")
    if not isinstance(last, dict):
        raise ValueError(f"json: cannot unmarshal the annotation {LAST_APPLIED} into an object")
    keys = schema.merge_keys(obj["apiVersion"], obj["kind"])
    patch.strategic_merge({}, obj, keys)  # fails for an item without its key, before anything is compared
    wanted: Obj = patch.three_way(last, annotated(obj), live, keys)
    return wanted


def annotated(obj: Obj) -> Obj:
    """The object with its own text in the annotation; a text that it may have had there before is not part of that."""
    bare = evolve(evolve(obj, "metadata.annotations", obj["metadata"].get("annotations") or {}), ANNOTATION, REMOVED)
    annotated_obj: Obj = evolve(bare, ANNOTATION, go_json(bare) + "\n")
    return annotated_obj

