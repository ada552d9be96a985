"""`kubectl api-resources` and `kubectl api-versions`: what the server knows.

Upstream: kubectl/pkg/cmd/apiresources; recording 40.
"""

from __future__ import annotations

from gen.objects.kinds import KINDS
from gen.play.kubectl import output
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.terminal import Session

HEADINGS = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"]


async def api_resources(session: Session) -> None:
    """Every kind: the core group first, then by group and name."""
    command = session.command
    every = (*KINDS, *session.custom)
    found = [kind for kind in every if "namespaced" not in command.given or kind.namespaced == command["namespaced"]]
    if "api-group" in command.given:
        found = [kind for kind in found if kind.group == command["api-group"]]
    found.sort(key=lambda kind: (kind.group, kind.plural))
    if command["output"] == "name":
        session.stdout.extend(f"{kind.resource}\n" for kind in found)
        return
    if command["output"] not in ("", "wide"):
        raise Failure(f"--output {command['output']} is not available")
    yes = {True: "true", False: "false"}
    rows = [[kind.plural, ",".join(kind.short_names), kind.api_version, yes[kind.namespaced], kind.name] for kind in found]
    session.stdout.append(output.table_text(HEADINGS, rows, with_headings=not command["no-headers"]))


async def api_versions(session: Session) -> None:
    """Every group with its version."""
    for version in sorted(dict.fromkeys(kind.api_version for kind in (*KINDS, *session.custom))):
        session.say(version)
