"""`kubectl apply view-last-applied` and `set-last-applied`: the text that the next apply will compare with.

Upstream: kubectl/pkg/cmd/apply/apply_view_last_applied.go and apply_set_last_applied.go; recording 41.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.objects import meta
from gen.play.kubectl import output
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.manifest_files import items
from gen.play.kubectl.targets import found, targets
from gen.play.kubectl.telling import CLIENT, dry_run, tell
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


async def view_last_applied(session: Session) -> None:
    """Print what was last applied to each object that was named."""
    form = session.command["output"] or "yaml"
    if form not in ("yaml", "json"):
        known = "Flag -o must be set to yaml or json."
        raise Failure(f"Unexpected -o output mode: {form}, the flag 'output' must be one of yaml|json" if form else known)
    texts: list[str] = []
    for one in await found(session, targets(session)):
        text = meta.annotations(one.obj).get(LAST_APPLIED)
        if text is None:
            raise Failure(f"no last-applied-configuration annotation found on resource: {one.name}")
        applied = json.loads(text)
        texts.append(output.yaml_text(applied) if form == "yaml" else output.json_text(applied))
    session.stdout.append("---\n".join(texts) if form == "yaml" else "".join(texts))


async def set_last_applied(session: Session, annotated: Callable[[Obj], Obj]) -> None:
    """Write the text of the files into the annotation, and change nothing else. Raises Failure."""
    if not session.command["filename"]:
        raise Failure("must specify one of -f and -k")
    for item in items(session):
        try:
            live = await session.api.get(item.kind.name, item.namespace, item.name)
        except StatusError as error:
            raise (Failure(error.message) if error.code == 404 else error) from None
        known = LAST_APPLIED in meta.annotations(live)
        if not known and not session.command["create-annotation"]:
            why = "no last-applied-configuration annotation found on resource: "
            raise Failure(f"{why}{item.name}, to create the annotation, run the command with --create-annotation")
        text = meta.annotations(annotated(item.obj))[LAST_APPLIED]
        if meta.annotations(live).get(LAST_APPLIED) == text:
            session.say(f"set-last-applied {item.name}: no changes required.")
            continue
        if dry_run(session) != CLIENT:
            patch = {"metadata": {"annotations": {LAST_APPLIED: text}}}
            kind, dry = item.kind.name, bool(dry_run(session))
            live = await session.api.patch(kind, item.namespace, item.name, patch, how="merge", dry_run=dry)
        tell(session, item.kind, live, "configured")
