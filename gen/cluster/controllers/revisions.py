"""The ReplicaSets of a Deployment: one a pod template, named by the template's hash, numbered by revision.

Upstream: pkg/controller/deployment/util/deployment_util.go and sync.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.cluster.controllers.ownership import owner_reference
from gen.cluster.controllers.template_hash import pod_template_hash
from gen.kit.evolve import dig, evolve
from gen.objects import meta
from gen.objects.rollouts import allowed_total
from gen.objects.workloads import HASH_LABEL

Obj = dict[str, Any]
REVISION = "deployment.kubernetes.io/revision"
REVISION_HISTORY = "deployment.kubernetes.io/revision-history"
DESIRED = "deployment.kubernetes.io/desired-replicas"
MAXIMUM = "deployment.kubernetes.io/max-replicas"
LONGEST_HISTORY = 2000  # upstream: maxRevHistoryLengthInChars
ROLLBACK = "deprecated.deployment.rollback.to"
NOT_COPIED = (
    "kubectl.kubernetes.io/last-applied-configuration",
    REVISION,
    REVISION_HISTORY,
    DESIRED,
    MAXIMUM,
    ROLLBACK,
)


def revision_of(obj: Obj) -> int:
    """The revision number in an object's annotation, 0 without one."""
    text = meta.annotations(obj).get(REVISION, "0")
    return int(text) if text.isdigit() else 0


def next_revision(old: list[Obj]) -> str:
    """One more than the highest among the old ReplicaSets."""
    return str(max(map(revision_of, old), default=0) + 1)


def with_size(replica_set: Obj, replicas: int, deployment: Obj) -> Obj:
    """The ReplicaSet at its new size, with the Deployment's size noted in its annotations."""
    return dict(
        evolve(
            replica_set,
            "spec.replicas", replicas,
            ("metadata", "annotations", DESIRED), str(deployment["spec"]["replicas"]),
            ("metadata", "annotations", MAXIMUM), str(allowed_total(deployment)),
        )
    )  # fmt: skip


def with_annotations(replica_set: Obj, deployment: Obj, revision: str) -> Obj:
    """The Deployment's own annotations on the ReplicaSet, and its revision if that has risen."""
    copied = {key: value for key, value in meta.annotations(deployment).items() if key not in NOT_COPIED}
    annotations = {**meta.annotations(replica_set), **copied}
    before = annotations.get(REVISION)
    if before is None or revision_of(replica_set) < int(revision):
        annotations[REVISION] = revision
        if before:
            annotations[REVISION_HISTORY] = with_former(annotations.get(REVISION_HISTORY, ""), before)
    return dict(evolve(replica_set, "metadata.annotations", annotations))


def with_former(history: str, revision: str) -> str:
    """The revisions that a ReplicaSet once had, and one more; the first ones are dropped where the text grows too long.

    >>> with_former("1,3", "6")
    '1,3,6'
    """
    former = [one for one in history.split(",") if one]
    while former and len(",".join([*former, revision])) > LONGEST_HISTORY:
        former = former[1:]
    return ",".join([*former, revision])


def new_replica_set(deployment: Obj, revision: str, replicas: int) -> Obj:
    """The ReplicaSet for the Deployment's present template, as it is sent to the API server."""
    template = deployment["spec"]["template"]
    number = pod_template_hash(template, dig(deployment, "status.collisionCount"))
    labels = {**dig(template, "metadata.labels", {}), HASH_LABEL: number}
    replica_set: Obj = {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {
            "name": f"{meta.name(deployment)}-{number}",
            "namespace": meta.namespace(deployment),
            "labels": labels,
            "ownerReferences": [owner_reference(deployment)],
        },
        "spec": {
            "replicas": replicas,
            **({"minReadySeconds": deployment["spec"]["minReadySeconds"]} if dig(deployment, "spec.minReadySeconds") else {}),
            "selector": evolve(deployment["spec"]["selector"], ("matchLabels", HASH_LABEL), number),
            "template": evolve(template, "metadata.labels", labels),
        },
    }
    return with_size(with_annotations(replica_set, deployment, revision), replicas, deployment)
