"""Changing the Pod template of a workload, or a Pod itself: what the parts of `kubectl set` share.

A workload's Pods are left to its controller: a Deployment replaces them, a ReplicaSet uses the template for new ones only.
Upstream: kubectl/pkg/cmd/set/helper.go, kubectl/pkg/polymorphichelpers/updatepodspec.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import dig, evolve
from gen.kit.strategic import three_way
from gen.objects.workloads import POD_SPEC
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.targets import Found
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]


async def change_spec(session: Session, one: Found, what: str, change: Callable[[Obj], Obj]) -> bool:
    """Send what `change` makes another of in the spec of the Pods, if anything; whether something was sent and taken.

    `what` is the word for it: `image`, `env`, `resources`. A failure is an error of the session.
    """
    path = POD_SPEC.get(one.kind.name)
    if path is None:
        why = f"the object is not a pod or does not have a pod template: *{one.kind.version}.{one.kind.name}"
        session.errors.append(Failure(f"error: {one.kind.plural}/{one.name} {why}"))
        return False
    keys = schema.merge_keys(one.obj["apiVersion"], one.obj["kind"])
    patch = three_way(one.obj, evolve(one.obj, path, change(dig(one.obj, path))), one.obj, keys)
    if not patch:
        return False
    try:
        await session.api.patch(one.kind.name, one.namespace, one.name, patch)
    except StatusError as error:
        session.errors.append(Failure(f"failed to patch {what} update to pod template: {error.message}"))
        return False
    finally:
        session.warn(*session.api.warnings)
    return True


def say_updated(session: Session, one: Found, what: str) -> None:
    """`deployment.apps/web image updated`."""
    session.say(f"{resource_name(one.kind, one.name)} {what} updated")


def chosen_containers(containers: list[Obj], pattern: str) -> list[str]:
    """The names of the containers that `-c` means; `*` stands for any letters.

    >>> chosen_containers([{"name": "web"}, {"name": "web-log"}, {"name": "proxy"}], "web*")
    ['web', 'web-log']
    """
    return [one["name"] for one in containers if fnmatchcase(one["name"], pattern.replace("[", "[[]").replace("?", "[?]"))]


def check_selection(session: Session) -> None:
    """Raises Failure if the objects are chosen in two ways at once."""
    if session.command["all"] and session.command["selector"]:
        raise Failure("cannot set --all and --selector at the same time")
