"""`kubectl label` and `kubectl annotate`: small marks on an object.

Upstream: kubectl/pkg/cmd/label/label.go, kubectl/pkg/cmd/annotate/annotate.go; recording 40.
"""

from __future__ import annotations

from typing import Any

from gen.objects import meta
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Found, found, needs_name, targets
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
    if not marks:
        raise Failure(f"at least one {field.removesuffix('s')} update is required")
    wanted = targets(session, resources)
    needs_name(session, wanted)
    for one in await found(session, wanted):
        session.say(f"{resource_name(one.kind, one.name)} {await mark_one(session, one, field, marks, words)}")


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


async def mark_one(session: Session, one: Found, field: str, marks: Marks, words: tuple[str, str, str]) -> str:
    """Send the change, if it is one; what came of it. Raises Failure."""
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
        return words[2]
    await session.api.patch(one.kind.name, one.namespace, one.name, {"metadata": {field: changed}}, how="merge")
    return words[1] if all(value is None for value in changed.values()) else words[0]
