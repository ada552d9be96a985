"""`kubectl rollout status`: watching a Deployment until all of it is new.

It prints a line for every change that it sees. Upstream: kubectl/pkg/cmd/rollout/rollout_status.go and
kubectl/pkg/polymorphichelpers/rollout_status.go; recordings 01, 02, 05 and 40.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta
from gen.play.kubectl.changes import PATIENCE_US, Changes, TimedOut, patience
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
REVISION = "deployment.kubernetes.io/revision"
NOT_PLAYED = ("StatefulSet", "DaemonSet")
TIMED_OUT = "ProgressDeadlineExceeded"


def check_played(one: Found) -> None:
    """Raises Failure for a rollout that kubectl could tell of, and nobody makes here."""
    if one.kind.name in NOT_PLAYED:
        raise Failure(f"this kubectl tells of a Deployment's rollout only: nobody acts on a {one.kind.name} in this cluster")


async def status(session: Session, one: Found) -> None:
    """How far the rollout of one object is."""
    check_played(one)
    if one.kind.name != "Deployment":
        raise Failure(f"no status viewer has been implemented for {one.kind.name}")
    await follow(session, one)


async def follow(session: Session, one: Found) -> None:
    """Print how far the rollout is, change by change, until it is complete. Raises Failure."""
    wanted = f"metadata.name={one.name}"
    listed, revision = await session.api.list(one.kind.name, one.namespace, fields=wanted)
    if any(told(session, deployment) for deployment in listed):
        return
    patience_us = patience(session.command["timeout"]) if "timeout" in session.command.given else PATIENCE_US
    async with Changes(session, session.api.watch(one.kind.name, one.namespace, revision, fields=wanted), patience_us) as changes:
        try:
            while True:
                change = await changes.next()
                if change.type == "DELETED":
                    raise Failure("object has been deleted")
                if told(session, change.obj):
                    return
        except TimedOut:
            raise Failure("timed out waiting for the condition") from None


def told(session: Session, deployment: Obj) -> bool:
    """Print where the rollout stands; whether there is nothing more to wait for."""
    line, done = progress(deployment, session.command["revision"])
    session.say(line)
    return done or not session.command["watch"]


def progress(deployment: Obj, revision: int = 0) -> tuple[str, bool]:
    """Where a rollout stands, and whether it is done. Raises Failure if it was given up."""
    name, status = meta.name(deployment), deployment.get("status") or {}
    running = int(meta.annotations(deployment).get(REVISION, 0))
    if revision > 0 and revision != running:
        raise Failure(f"desired revision ({revision}) is different from the running revision ({running})")
    if meta.generation(deployment) > status.get("observedGeneration", 0):
        return "Waiting for deployment spec update to be observed...", False
    if any(one["type"] == "Progressing" and one.get("reason") == TIMED_OUT for one in status.get("conditions") or ()):
        raise Failure(f'deployment "{name}" exceeded its progress deadline')
    total, updated, available = (int(status.get(field, 0)) for field in ("replicas", "updatedReplicas", "availableReplicas"))
    wanted = int(dig(deployment, "spec.replicas", 1))
    waiting = f'Waiting for deployment "{name}" rollout to finish:'
    if updated < wanted:
        return f"{waiting} {updated} out of {wanted} new replicas have been updated...", False
    if total > updated:
        return f"{waiting} {total - updated} old replicas are pending termination...", False
    if available < updated:
        return f"{waiting} {available} of {updated} updated replicas are available...", False
    return f'deployment "{name}" successfully rolled out', True
