"""`kubectl patch`: a change of a few fields, sent as it was typed.

Upstream: kubectl/pkg/cmd/patch/patch.go; recordings 29, 40 and 41.
"""

from __future__ import annotations

import json
import posixpath
from typing import Any

from gen.cluster.apiserver import schema
from gen.kit.patch import json_patch, merge_patch, strategic_merge
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.telling import CLIENT, dry_run, tell
from gen.play.kubectl.terminal import Session
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import documents

TYPES = ("json", "merge", "strategic")


async def patch(session: Session) -> None:
    """Send the patch to every object that was named."""
    how = session.command["type"]
    if how not in TYPES:
        raise Failure(f"--type must be one of [{' '.join(TYPES)}], not {json.dumps(how)}")
    body = read(text_of(session))
    wanted = targets(session)
    needs_name(session, wanted)
    for one in await found(session, wanted):
        after = await patched(session, one, body, how)
        session.warn(*session.api.warnings)
        tell(session, one.kind, after, f"patched{' (no change)' if after == one.obj else ''}")


def text_of(session: Session) -> str:
    """The patch as it was typed, or as it stands in a file. Raises Failure."""
    text, file = session.command["patch"], session.command["patch-file"]
    if text and file:
        raise Failure("cannot specify --patch and --patch-file together")
    if not text and not file:
        raise Failure("must specify --patch or --patch-file containing the contents of the patch")
    if not file:
        return str(text)
    files = {posixpath.normpath(name): inside for name, inside in session.terminal.files.items()}
    if posixpath.normpath(file) not in files:
        raise Failure(f"unable to read patch file: open {file}: no such file or directory")
    return files[posixpath.normpath(file)]


async def patched(session: Session, one: Found, body: Any, how: str) -> dict[str, Any]:
    """The object with the patch, from the server, or with `--dry-run=client` worked out here."""
    mode = dry_run(session)
    if mode != CLIENT:
        more = {"how": how, "subresource": session.command["subresource"], "validate": "Warn"}
        return await session.api.patch(one.kind.name, one.namespace, one.name, body, dry_run=bool(mode), **more)
    if how == "json":
        changed: dict[str, Any] = json_patch(one.obj, body)
    elif how == "merge":
        changed = merge_patch(one.obj, body)
    else:
        changed = strategic_merge(one.obj, body, schema.merge_keys(one.obj["apiVersion"], one.obj["kind"]))
    return changed


def read(text: str) -> Any:
    """The patch, as JSON or as YAML. Raises Failure."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        found = [document.value for document in documents(text)]
    except Unreadable as error:
        raise Failure(f"unable to parse {json.dumps(text)}: {error}") from None
    if len(found) != 1 or not isinstance(found[0], dict | list):
        raise Failure(f"unable to parse {json.dumps(text)}: json: cannot unmarshal into a patch")
    return found[0]
