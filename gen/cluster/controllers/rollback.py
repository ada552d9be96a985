"""A rollback that the controller itself does, because an annotation asks for it.

It is the way of old clients (extensions/v1beta1). `kubectl rollout undo` writes the old template into the Deployment instead,
and the controller sees nothing but one more change.

Upstream: pkg/controller/deployment/rollback.go, util/deployment_util.go (LastRevision), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.deployment_look import Look
from gen.cluster.controllers.revisions import NOT_COPIED, ROLLBACK, revision_of
from gen.kit.evolve import REMOVED, evolve
from gen.objects import meta, workloads

Obj = dict[str, Any]


def asked_revision(deployment: Obj) -> int | None:
    """The revision that the annotation asks for, 0 for the one before the present; None where it asks for nothing sensible."""
    text = meta.annotations(deployment).get(ROLLBACK, "")
    return int(text) if text.isascii() and text.isdigit() else None


def last_revision(replica_sets: list[Obj]) -> int:
    """The second highest revision, 0 where there is none."""
    return sorted([0, 0, *map(revision_of, replica_sets)])[-2]


def chosen(replica_sets: list[Obj], revision: int) -> tuple[Obj | None, str]:
    """The ReplicaSet of that revision (0: of the last one), or None and the reason why there is none."""
    wanted = revision or last_revision(replica_sets)
    if not wanted:
        return None, "Unable to find last revision."
    found = next((one for one in replica_sets if revision_of(one) == wanted), None)
    return found, "" if found else "Unable to find the revision to rollback to."


def rolled_back(deployment: Obj, replica_set: Obj) -> Obj:
    """The Deployment with the template and the annotations of an old ReplicaSet; what the controller notes for itself stays."""
    annotations = {key: value for key, value in meta.annotations(deployment).items() if key in NOT_COPIED}
    annotations |= {key: value for key, value in meta.annotations(replica_set).items() if key not in NOT_COPIED}
    template = workloads.without_hash(replica_set["spec"]["template"])
    return dict(evolve(deployment, "spec.template", template, "metadata.annotations", annotations))


def without_request(deployment: Obj) -> Obj:
    """The Deployment that no longer asks for a rollback."""
    return dict(evolve(deployment, ("metadata", "annotations", ROLLBACK), REMOVED))


async def roll_back(look: Look) -> None:
    """Take up the template that the annotation asks for, say what came of it, and take the annotation away."""
    newest, old = await look.newest_and_old(create=True)
    deployment, name = look.deployment, meta.name(look.deployment)
    found, failure = chosen([*old, *([newest] if newest else [])], asked_revision(deployment) or 0)
    changed = without_request(deployment)
    if found is None:
        said = ("Warning", "DeploymentRollbackRevisionNotFound", failure)
    elif found is newest:
        same = f'The rollback revision contains the same template as current deployment "{name}"'
        said = ("Warning", "DeploymentRollbackTemplateUnchanged", same)
    else:
        changed = without_request(rolled_back(deployment, found))
        said = ("Normal", "DeploymentRollback", f'Rolled back deployment "{name}" to revision {revision_of(found)}')
    look.controller.obey(chosen)
    await look.controller.api.update(changed)
    look.hand.say(*said)
