"""`kubectl patch`: a change of a few fields, sent as it was typed.

Upstream: kubectl/pkg/cmd/patch/patch.go; recordings 29, 40 and 41.
"""

from __future__ import annotations

import json
from typing import Any

from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import found, needs_name, targets
from gen.play.kubectl.terminal import Session

TYPES = ("json", "merge", "strategic")


async def patch(session: Session) -> None:
    """Send the patch to every object that was named."""
    how, text = session.command["type"], session.command["patch"]
    if how not in TYPES:
        raise Failure(f"--type must be one of [{' '.join(TYPES)}], not {json.dumps(how)}")
    if not text:
        raise Failure("must specify --patch or --patch-file containing the contents of the patch")
    body = read(text)
    wanted = targets(session)
    needs_name(session, wanted)
    for one in await found(session, wanted):
        after = await session.api.patch(one.kind.name, one.namespace, one.name, body, how=how, validate="Warn")
        session.warn(*session.api.warnings)
        session.say(f"{resource_name(one.kind, one.name)} patched{' (no change)' if after == one.obj else ''}")


def read(text: str) -> Any:
    """The patch. Raises Failure: the real kubectl takes YAML too, this one only JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise Failure(f'unable to parse "{text}": {error}') from None
