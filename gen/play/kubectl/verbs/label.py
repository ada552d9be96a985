"""`kubectl label` and `kubectl annotate`: small marks on an object.

Upstream: kubectl/pkg/cmd/label/label.go, kubectl/pkg/cmd/annotate/annotate.go; recording 40.
"""

from __future__ import annotations

import json
from typing import Any

from gen.cluster.apiserver.validation_names import label_value
from gen.kit.patch import merge_patch
from gen.objects import meta
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.telling import CLIENT, dry_run, tell
from gen.play.kubectl.terminal import Session

Marks = dict[str, str | None]
CHANGE_CAUSE = "kubernetes.io/change-cause"  # may always be overwritten (annotate.go; recording 26)


async def label(session: Session) -> None:
    """Set or take away labels."""
    await mark(session, "labels", ("labeled", "unlabeled", "not labeled"))


async def annotate(session: Session) -> None:
    """Set or take away annotations."""
    await mark(session, "annotations", ("annotated", "annotated", "annotated"))


async def mark(session: Session, field: str, words: tuple[str, str, str]) -> None:
    """Change one field of the metadata of every object that was named; `words` say: set, taken away, nothing to do."""
    resources, marks = separated(session.command.arguments)
    if field == "labels":
        check_labels(marks)
    if not marks and not session.command["list"]:
        raise Failure(f"at least one {field.removesuffix('s')} update is required")
    wanted = targets(session, resources)
    if not session.command["list"]:
        needs_name(session, wanted)
    objects = await found(session, wanted)
    for one in objects:
        if session.command["list"] and not marks:
            list_marks(session, one, field, several=len(objects) > 1)
            continue
        after, what = await mark_one(session, one, field, marks, words)
        tell(session, one.kind, after, what)


def list_marks(session: Session, one: Found, field: str, several: bool) -> None:
    """The labels or annotations of one object, one a line."""
    if several:
        session.say(f"Listing {field} for {one.kind.name}.{one.kind.group}/{one.name}:")
    present: dict[str, Any] = meta.labels(one.obj) if field == "labels" else meta.annotations(one.obj)
    for key, value in sorted(present.items()):
        session.say(f"{' ' if several else ''}{key}={value}")


def separated(arguments: tuple[str, ...]) -> tuple[tuple[str, ...], Marks]:
    """The resources, and the marks: `key=value` sets one, `key-` takes it away."""
    marks: Marks = {}
    resources: list[str] = []
    for word in arguments:
        if "=" in word:
            key, _, value = word.partition("=")
            marks[key] = value
        elif word.endswith("-") and len(word) > 1:
            marks[word[:-1]] = None
        else:
            resources.append(word)
    return tuple(resources), marks


def check_labels(marks: Marks) -> None:
    """Raises Failure for a label that kubectl does not send: of two values, or of one that no label can have."""
    for key, value in marks.items():
        if value is not None and "=" in value:
            raise Failure(f"invalid label spec: {key}={value}")
        wrong = label_value(value or "")
        if wrong:
            raise Failure(f"invalid label value: {json.dumps(f'{key}={value}')}: {';'.join(wrong)}")


async def mark_one(
    session: Session, one: Found, field: str, marks: Marks, words: tuple[str, str, str]
) -> tuple[dict[str, Any], str]:
    """Send the change, if it is one; the object after it, and what came of it. Raises Failure."""
    present: dict[str, Any] = meta.labels(one.obj) if field == "labels" else meta.annotations(one.obj)
    for key, value in marks.items():
        free = session.command["overwrite"] or (field == "annotations" and key == CHANGE_CAUSE)
        if value is not None and present.get(key, value) != value and not free:
            raise Failure(f"'{key}' already has a value ({present[key]}), and --overwrite is false")
    changed = {key: value for key, value in marks.items() if present.get(key) != value}
    for key, value in marks.items():
        if value is None and key not in present:
            session.say(f'{field.removesuffix("s")} "{key}" not found.')
    if not changed:
        return one.obj, words[2]
    patch: dict[str, Any] = {"metadata": {field: changed}}
    if session.command["resource-version"]:
        patch["metadata"]["resourceVersion"] = session.command["resource-version"]
    after = merge_patch(one.obj, patch)
    if dry_run(session) != CLIENT:
        place, dry = (one.kind.name, one.namespace, one.name), bool(dry_run(session))
        after = await session.api.patch(*place, patch, how="merge", dry_run=dry)
    return after, words[1] if all(value is None for value in changed.values()) else words[0]
