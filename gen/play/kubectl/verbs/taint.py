"""`kubectl taint`: marks on a node that keep Pods away which do not tolerate them.

Upstream: kubectl/pkg/cmd/taint/taint.go and utils.go.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


async def taint(session: Session) -> None:
    """Set or take away taints of every node that was named."""
    words = session.command.arguments
    marks = [word for word in words if "=" in word or ":" in word or word.endswith("-")]
    wanted = targets(session, tuple(word for word in words if word not in marks))
    if not marks:
        raise Failure("at least one taint update is required")
    if any(target.kind.name != "Node" for target in wanted):
        raise Failure(f"invalid resource type {wanted[0].kind.plural}, only node(s) is supported")
    needs_name(session, wanted)
    added = [read(mark) for mark in marks if not mark.endswith("-")]
    removed = [read(mark[:-1], removal=True) for mark in marks if mark.endswith("-")]
    for one in await found(session, wanted):
        await taint_one(session, one, added, removed)


def read(text: str, removal: bool = False) -> Obj:
    """`key=value:effect`; the value may be missing, and where a taint is taken away the effect too. Raises Failure.

    >>> read("dedicated=gpu:NoSchedule")
    {'key': 'dedicated', 'value': 'gpu', 'effect': 'NoSchedule'}
    """
    pair, colon, effect = text.partition(":")
    key, _, value = pair.partition("=")
    if not key or ":" in effect or "=" in value or not (colon or removal):
        raise Failure(f"invalid taint spec: {text}")
    if colon and effect not in EFFECTS:
        raise Failure(f"invalid taint effect: {effect}, unsupported taint effect")
    return {name: part for name, part in (("key", key), ("value", value), ("effect", effect)) if part}


async def taint_one(session: Session, one: Found, added: list[Obj], removed: list[Obj]) -> None:
    """Write the taints of one node, the new ones first, and say what came of it. Raises Failure."""
    old: list[Obj] = dig(one.obj, "spec.taints", [])
    again = [new["key"] for new in added if any(same(new, known) for known in old)]
    if again and not session.command["overwrite"]:
        raise Failure(f"node {one.name} already has {','.join(again)} taint(s) with same effect(s) and --overwrite is false")
    for gone in removed:
        if not any(same(gone, known) for known in old):
            raise Failure(f'taint "{":".join(gone[part] for part in ("key", "effect") if part in gone)}" not found')
    kept = [known for known in old if not any(same(change, known) for change in (*added, *removed))]
    await session.api.patch("Node", "", one.name, {"spec": {"taints": [*added, *kept] or None}}, how="merge")
    word = "modified" if session.command["overwrite"] or added and removed else "tainted" if added else "untainted"
    session.say(f"{resource_name(one.kind, one.name)} {word}")


def same(change: Obj, known: Obj) -> bool:
    """Whether a change is about a known taint: key and effect tell; a change without an effect means all effects."""
    return bool(change["key"] == known["key"] and change.get("effect", known["effect"]) == known["effect"])
