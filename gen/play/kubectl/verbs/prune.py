"""`kubectl apply --prune`: what was applied once, and is in none of the files any more, is deleted.

Upstream: kubectl/pkg/cmd/apply/prune.go and kubectl/pkg/util/prune/prune.go.
"""

from __future__ import annotations

from gen.cluster.apiserver.status import StatusError
from gen.objects import meta
from gen.objects.kinds import kind_by_name
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.manifest_files import Item
from gen.play.kubectl.targets import asked_selectors
from gen.play.kubectl.telling import CLIENT, dry_run, tell
from gen.play.kubectl.terminal import Session

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
NAMESPACED = (
    "ConfigMap", "Endpoints", "PersistentVolumeClaim", "Pod", "ReplicationController", "Secret", "Service", "Job", "CronJob",
    "Ingress", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet",
)  # fmt: skip
CLUSTER = ("Namespace", "PersistentVolume")


def check_prune(session: Session) -> None:
    """Raises Failure if nobody says which objects may go (upstream: ApplyOptions.Validate)."""
    if session.command["prune"] and not session.command["selector"] and not session.command["all"]:
        raise Failure(
            "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. "
            "If you did not mean to prune all resources, specify a label selector"
        )
    if session.command["selector"] and session.command["all"]:
        raise Failure("cannot set --all and --selector at the same time")


async def prune(session: Session, applied: list[Item]) -> None:
    """Delete what is left over, in the namespaces of what was applied."""
    namespaces = list(dict.fromkeys(item.namespace for item in applied if item.namespace))
    kept = dict.fromkeys((item.kind.name, item.namespace, item.name) for item in applied)
    for namespace in namespaces:
        for name in NAMESPACED:
            await prune_kind(session, name, namespace, kept)
    for name in CLUSTER:
        await prune_kind(session, name, "", kept)


async def prune_kind(session: Session, name: str, namespace: str, kept: dict[tuple[str, str, str], None]) -> None:
    """Delete what is left over of one kind."""
    kind = kind_by_name(name)
    assert kind is not None
    labels, _ = asked_selectors(session)
    for obj in (await session.api.list(name, namespace, labels))[0]:
        place = (name, meta.namespace(obj), meta.name(obj))
        if LAST_APPLIED not in meta.annotations(obj) or place in kept or meta.deleting(obj):
            continue
        try:
            if dry_run(session) != CLIENT:
                await session.api.delete(*place, dry_run=bool(dry_run(session)))
        except StatusError as error:
            if error.code != 404:
                raise
            continue
        tell(session, kind, obj, "pruned")
