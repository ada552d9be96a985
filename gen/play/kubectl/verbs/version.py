"""`kubectl version`: which kubectl, and which cluster.

Upstream: kubectl/pkg/cmd/version/version.go; recording 40.
"""

from __future__ import annotations

from gen.play.kubectl.terminal import Session

VERSION, KUSTOMIZE = "v1.36.2", "v5.8.1"


async def version(session: Session) -> None:
    """Both are of the version that the model follows."""
    session.say(f"Client Version: {VERSION}")
    session.say(f"Kustomize Version: {KUSTOMIZE}")
    if not session.command["client"]:
        session.say(f"Server Version: {VERSION}")
