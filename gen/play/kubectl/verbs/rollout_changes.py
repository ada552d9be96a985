"""`kubectl rollout pause`, `resume` and `restart`: a small change of the spec each, and the controller does the rest.

A restart is a new version that differs in nothing but an annotation of the Pod template, which holds the time.
Upstream: kubectl/pkg/cmd/rollout/rollout_{pause,resume,restart}.go, kubectl/pkg/polymorphichelpers/object{pauser,resumer,
restarter}.go (v1.36.2); recordings 26, 40 and 84.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.duration import timestamp
from gen.kit.evolve import dig
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Found
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
RESTARTED_AT = "kubectl.kubernetes.io/restartedAt"
RESTARTABLE = ("Deployment", "DaemonSet", "StatefulSet")
TOO_SOON = "if restart has already been triggered within the past second, please wait before attempting to trigger another"


async def pause(session: Session, one: Found) -> None:
    """Hold the rollouts of a Deployment: no new ReplicaSet and no step of a rollout until it is resumed."""
    why = "is already paused" if dig(one.obj, "spec.paused") else ""
    await _change(session, one, {"paused": True}, "paused", why if one.kind.name == "Deployment" else "pausing is not supported")


async def resume(session: Session, one: Found) -> None:
    """Let a Deployment go on."""
    why = "" if dig(one.obj, "spec.paused") else "is not paused"
    await _change(
        session, one, {"paused": None}, "resumed", why if one.kind.name == "Deployment" else "resuming is not supported"
    )


async def restart(session: Session, one: Found) -> None:
    """Replace all Pods of a workload, in the way in which it is updated."""
    why = "" if one.kind.name in RESTARTABLE else "restarting is not supported"
    if one.kind.name == "Deployment" and dig(one.obj, "spec.paused"):
        why = "can't restart paused deployment (run rollout resume first)"
    now = timestamp(session.now_s * 1_000_000)
    if not why and (dig(one.obj, "spec.template.metadata.annotations", {})).get(RESTARTED_AT) == now:
        session.errors.append(Failure(f"error: failed to create patch for {one.name}: {TOO_SOON}"))
        return
    await _change(session, one, {"template": {"metadata": {"annotations": {RESTARTED_AT: now}}}}, "restarted", why)


async def _change(session: Session, one: Found, spec: Obj, said: str, why_not: str) -> None:
    """Patch the spec, unless there is a reason not to; a failure does not stop the others."""
    if why_not:
        resource = f"{one.kind.plural}.{one.kind.group}" if one.kind.group else one.kind.plural
        session.errors.append(Failure(f'error: {resource} "{one.name}" {why_not}'))
        return
    try:
        await session.api.patch(one.kind.name, one.namespace, one.name, {"spec": spec})
    except StatusError as error:
        session.errors.append(Failure(f"failed to patch: {error.message}"))
        return
    finally:
        session.warn(*session.api.warnings)
    session.say(f"{resource_name(one.kind, one.name)} {said}")
