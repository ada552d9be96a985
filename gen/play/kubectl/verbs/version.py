"""`kubectl version`, `kubectl get --raw` and `kubectl top`: what the server tells of itself, and what it cannot tell.

Upstream: kubectl/pkg/cmd/version/version.go, kubectl/pkg/rawhttp/raw.go, kubectl/pkg/cmd/top; recording 40.
"""

from __future__ import annotations

import json

from gen.play.kubectl.failures import Failure
from gen.play.kubectl.terminal import Session

VERSION, KUSTOMIZE = "v1.36.2", "v5.8.1"
SERVER = {
    "major": "1",
    "minor": "36",
    "emulationMajor": "1",
    "emulationMinor": "36",
    "minCompatibilityMajor": "1",
    "minCompatibilityMinor": "35",
    "gitVersion": VERSION,
}
HEALTH = ("/healthz", "/livez", "/readyz")


async def version(session: Session) -> None:
    """Both are of the version that the model follows."""
    session.say(f"Client Version: {VERSION}")
    session.say(f"Kustomize Version: {KUSTOMIZE}")
    if not session.command["client"]:
        session.say(f"Server Version: {VERSION}")


def raw(session: Session) -> None:
    """The answer to a path, as it is: the version, without what a build of Kubernetes adds, and health. Raises Failure."""
    path = session.command["raw"]
    if path not in ("/version", *HEALTH):
        raise Failure(f"this kubectl gets {', '.join(('/version', *HEALTH))} raw, and not {path}")
    session.stdout.append("ok" if path in HEALTH else json.dumps(SERVER, indent=2))


async def top(session: Session) -> None:
    """Nobody measures in this cluster, as in a real one without metrics-server. Raises Failure."""
    raise Failure("Metrics API not available")
