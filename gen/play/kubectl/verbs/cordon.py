"""`kubectl cordon` and `kubectl uncordon`: whether a node takes new Pods. Upstream: kubectl/pkg/drain/cordon.go."""

from __future__ import annotations

from gen.kit.evolve import dig
from gen.objects.kinds import kind_named
from gen.play.kubectl.failures import usage
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Target, found
from gen.play.kubectl.terminal import Session


async def cordon(session: Session) -> None:
    """No new Pods there."""
    await mark(session, True, "cordoned")


async def uncordon(session: Session) -> None:
    """New Pods are welcome again."""
    await mark(session, False, "uncordoned")


async def mark(session: Session, unschedulable: bool, word: str) -> None:
    """Set `spec.unschedulable` of every node that was named."""
    node = kind_named("node")
    asked = [name.removeprefix("node/").removeprefix("nodes/") for name in session.command.arguments]
    if node is None or not asked and not session.command["selector"]:
        raise usage(session.command.verb, f"USAGE: {session.command.verb} NODE [flags]")
    for one in await found(session, [Target(node, "", name) for name in asked or [""]]):
        already = bool(dig(one.obj, "spec.unschedulable", False)) == unschedulable
        if not already:
            await session.api.patch("Node", "", one.name, {"spec": {"unschedulable": unschedulable or None}}, how="merge")
        session.say(f"{resource_name(node, one.name)} {'already ' if already else ''}{word}")
