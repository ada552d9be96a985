"""`kubectl rollout undo`: the Pod template and the annotations of an earlier revision are written into the Deployment again.

For the controller that is one more change: it finds the old ReplicaSet, which gets the highest revision.
Upstream: kubectl/pkg/cmd/rollout/rollout_undo.go, kubectl/pkg/polymorphichelpers/rollback.go (v1.36.2); recordings 05, 17, 26,
80 and 84.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.objects import meta, workloads
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Found
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.rollout_history import replica_sets_of, revision_of

Obj = dict[str, Any]
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
KEPT = (  # what the Deployment keeps, and does not take over from the ReplicaSet
    LAST_APPLIED,
    "deployment.kubernetes.io/revision",
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
)
WARNING = (
    "resource {plural}/{name} was previously managed with 'kubectl apply'. Rolling back will not update the {annotation} "
    "annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' "
    "with your previous configuration file instead."
)


async def undo(session: Session, one: Found) -> None:
    """Back to the last revision, or to that of `--to-revision`. Raises Failure."""
    if one.kind.name != "Deployment":
        raise Failure(f"no rollbacker has been implemented for {one.kind.name}")
    if LAST_APPLIED in meta.annotations(one.obj):
        session.warn(WARNING.format(plural=one.kind.plural, name=one.name, annotation=LAST_APPLIED))
    revision = session.command["to-revision"]
    if revision < 0:
        raise not_found(revision)
    deployment = await session.api.get(one.kind.name, one.namespace, one.name)
    replica_set = chosen(await replica_sets_of(session, Found(one.kind, deployment)), revision, one.name)
    if (deployment["spec"]).get("paused"):
        resume = f"kubectl rollout resume deployment/{one.name}"
        raise Failure(f"you cannot rollback a paused deployment; resume it first with '{resume}' and try again")
    template = workloads.without_hash(replica_set["spec"]["template"])
    if template == workloads.without_hash(deployment["spec"]["template"]):
        said = f"skipped rollback (current template already matches revision {revision})"
    else:
        said = "rolled back"
        try:
            await session.api.patch(one.kind.name, one.namespace, one.name, patch(deployment, replica_set, template), how="json")
        except StatusError as error:
            raise Failure(f"failed restoring revision {revision}: {error.message}") from None
    session.say(f"{resource_name(one.kind, one.name)} {said}")


def not_found(revision: int) -> Failure:
    """No such revision."""
    return Failure(f"unable to find specified revision {revision} in history")


def chosen(replica_sets: list[Obj], revision: int, name: str) -> Obj:
    """The ReplicaSet of a revision; of 0, the one with the second highest. Raises Failure."""
    numbered = [(number, one) for one in replica_sets if (number := revision_of(one)) is not None]
    if revision:
        found = next((one for number, one in numbered if number == revision), None)
        if found is None:
            raise not_found(revision)
        return found
    latest_first = sorted(numbered, key=lambda pair: -pair[0])
    if len(latest_first) < 2:
        raise Failure(f'no rollout history found for deployment "{name}"')
    return latest_first[1][1]


def patch(deployment: Obj, replica_set: Obj, template: Obj) -> list[Obj]:
    """The JSON patch: another template, and other annotations."""
    annotations = {key: value for key, value in meta.annotations(deployment).items() if key in KEPT}
    annotations |= {key: value for key, value in meta.annotations(replica_set).items() if key not in KEPT}
    return [
        {"op": "replace", "path": "/spec/template", "value": template},
        {"op": "replace", "path": "/metadata/annotations", "value": annotations},
    ]
