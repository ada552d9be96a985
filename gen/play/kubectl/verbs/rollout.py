"""`kubectl rollout`: how far a new version is, what was before it, and back, hold, go on, anew.

Upstream: kubectl/pkg/cmd/rollout (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, found, targets
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.rollout_changes import pause, restart, resume
from gen.play.kubectl.verbs.rollout_history import history
from gen.play.kubectl.verbs.rollout_status import status
from gen.play.kubectl.verbs.rollout_undo import undo

PART: dict[str, Callable[[Session, Found], Awaitable[None]]] = {
    "status": status,
    "history": history,
    "undo": undo,
    "pause": pause,
    "resume": resume,
    "restart": restart,
}


async def rollout(session: Session) -> None:
    """The part that was typed, for every object that was named, or for all of a kind without a name, one after another."""
    if not session.command.arguments and not session.command["filename"]:
        raise Failure("required resource not specified")
    objects = await found(session, targets(session))
    if not objects and not session.errors:
        session.note(f"No resources found in {session.namespace} namespace.")
    for one in objects:
        await PART[session.command.part](session, one)
