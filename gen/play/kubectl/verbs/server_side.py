"""`kubectl apply --server-side`: the file goes to the server as it is, and the server merges it.

An object that was applied on the client's side before changes hands: what that manager had becomes kubectl's own, and the
annotation gets a manager for itself. Upstream: kubectl/pkg/cmd/apply/apply.go (applyOneObject, migrateToSSAIfNecessary),
client-go/util/csaupgrade/upgrade.go; recording 41.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.field_sets import Path, fields_v1, paths_of
from gen.cluster.apiserver.status import StatusError
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.manifest_files import Item, validation
from gen.play.kubectl.telling import CLIENT, SERVER, dry_run, tell
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
OWN, OF_ANNOTATION = "kubectl", "kubectl-last-applied"
ANNOTATION: Path = ("f:metadata", "f:annotations", "f:kubectl.kubernetes.io/last-applied-configuration")
WHAT_TO_DO = """
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the `--force-conflicts` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts"""


def check_flags(session: Session) -> None:
    """Raises Failure for flags that do not go together (upstream: ApplyOptions.Validate)."""
    command = session.command
    if command["force-conflicts"] and not command["server-side"]:
        raise Failure("--force-conflicts only works with --server-side")
    if dry_run(session) == CLIENT and command["server-side"]:
        why = "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)"
        raise Failure(why)


async def apply_server_side(session: Session, item: Item) -> None:
    """Send one object. Raises Failure for conflicts, StatusError for other refusals."""
    dry = dry_run(session) == SERVER
    applied = await send(session, item, dry)
    if not dry and (session.command["field-manager"] or OWN) == OWN:
        told = migrated(applied["metadata"].get("managedFields") or [])
        if told is not None:
            replaced = [{"op": "replace", "path": "/metadata/managedFields", "value": told}]
            await session.api.patch(item.kind.name, item.namespace, item.name, replaced, how="json")
            applied = await send(session, item, dry)
    tell(session, item.kind, applied, "serverside-applied")


async def send(session: Session, item: Item, dry: bool) -> Obj:
    """Apply one object. Raises Failure for conflicts, StatusError for other refusals."""
    force = session.command["force-conflicts"]
    validate = validation(session) if "validate" in session.command.flags else "Warn"
    try:
        return await session.api.apply(item.obj, force=force, validate=validate, dry_run=dry, written=item.written)
    except StatusError as error:
        if error.reason == "Conflict":
            raise Failure(error.message + WHAT_TO_DO) from None
        raise
    finally:
        session.warn(*session.api.warnings)


def migrated(told: list[Obj]) -> list[Obj] | None:
    """The managed fields after the move from client-side apply; None if nobody has the annotation by an update.

    >>> migrated([]) is None
    True
    """
    before = [one for one in told if one["operation"] == "Update" and ANNOTATION in paths_of(one["fieldsV1"])]
    if not before:
        return None
    paths = dict.fromkeys(path for one in before for path in paths_of(one["fieldsV1"]))
    own = next((one for one in told if (one["operation"], one["manager"]) == ("Apply", OWN)), None)
    paths.update(paths_of(own["fieldsV1"]) if own else {})
    paths.pop(ANNOTATION, None)
    pattern = {"apiVersion": before[0]["apiVersion"], "fieldsType": "FieldsV1", "operation": "Apply"}
    merged = {**pattern, "fieldsV1": fields_v1(paths), "manager": OWN, **({"time": own["time"]} if own and "time" in own else {})}
    annotation = {**pattern, "fieldsV1": fields_v1({ANNOTATION: None}), "manager": OF_ANNOTATION}
    gone = (*map(id, before), id(own), *(id(one) for one in told if one["manager"] == OF_ANNOTATION))
    return [annotation, merged, *(one for one in told if id(one) not in gone)]
