"""`kubectl set`: one thing of a workload's pod template is changed. Upstream: kubectl/pkg/cmd/set (v1.36.2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.set_env import set_env
from gen.play.kubectl.verbs.set_image import set_image
from gen.play.kubectl.verbs.set_resources import set_resources

PART: dict[str, Callable[[Session], Awaitable[None]]] = {"image": set_image, "resources": set_resources, "env": set_env}


async def set_part(session: Session) -> None:
    """The part that was typed."""
    await PART[session.command.part](session)
