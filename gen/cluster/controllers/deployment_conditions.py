"""The conditions of a Deployment: how one is made, found, and put in the place of the one before.

Upstream: pkg/controller/deployment/util/deployment_util.go (NewDeploymentCondition, SetDeploymentCondition), v1.36.2.
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import timestamp

Obj = dict[str, Any]


def condition(kind: str, status: str, reason: str, message: str, now_us: int) -> Obj:
    """A condition that begins now."""
    now = timestamp(now_us)
    return {
        "type": kind,
        "status": status,
        "lastUpdateTime": now,
        "lastTransitionTime": now,
        "reason": reason,
        "message": message,
    }


def find(conditions: list[Obj], kind: str) -> Obj | None:
    """The condition of that type."""
    return next((one for one in conditions if one["type"] == kind), None)


def with_condition(conditions: list[Obj], new: Obj) -> list[Obj]:
    """The conditions with `new` at the end.

    Unchanged if it says nothing new; with the old transition time if only its reason is new.
    """
    known = find(conditions, new["type"])
    if known and known["status"] == new["status"] and known["reason"] == new["reason"]:
        return conditions
    if known and known["status"] == new["status"]:
        new = {**new, "lastTransitionTime": known["lastTransitionTime"]}
    return [*without(conditions, new["type"]), new]


def without(conditions: list[Obj], kind: str) -> list[Obj]:
    """The conditions of other types."""
    return [one for one in conditions if one["type"] != kind]
