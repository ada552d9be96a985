"""The bounds of a rollout: how many Pods there may be while it runs, and how many must be available.

Upstream: pkg/controller/deployment/util/deployment_util.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig

Obj = dict[str, Any]


def max_surge(deployment: Obj) -> int:
    """How many Pods there may be above the wanted number while a rolling update runs."""
    return fenceposts(deployment)[0]


def is_rolling(deployment: Obj) -> bool:
    """Whether new Pods replace old ones step by step, and not all at once."""
    return bool(dig(deployment, "spec.strategy.type") == "RollingUpdate")


def max_unavailable(deployment: Obj) -> int:
    """How many of the wanted Pods may be unavailable while a rolling update runs, never more than there are."""
    replicas = deployment["spec"]["replicas"]
    if not is_rolling(deployment) or replicas == 0:
        return 0
    return min(fenceposts(deployment)[1], int(replicas))


def min_available(deployment: Obj) -> int:
    """How many Pods must be available while a rolling update runs; none must while old Pods make room for new ones."""
    return int(deployment["spec"]["replicas"]) - max_unavailable(deployment) if is_rolling(deployment) else 0


def fenceposts(deployment: Obj) -> tuple[int, int]:
    """(maxSurge, maxUnavailable) as whole Pods: a surge rounds up, unavailability down, and both at once are never nothing."""
    replicas, rolling = deployment["spec"]["replicas"], dig(deployment, "spec.strategy.rollingUpdate", {})
    surge = resolved(rolling.get("maxSurge", 0), replicas, up=True)
    unavailable = resolved(rolling.get("maxUnavailable", 0), replicas, up=False)
    return surge, 1 if surge == 0 and unavailable == 0 else unavailable


def resolved(value: int | str, total: int, *, up: bool) -> int:
    """A number, or a percentage of `total`, as a whole number.

    >>> resolved("25%", 10, up=True), resolved("25%", 10, up=False)
    (3, 2)
    """
    if isinstance(value, int):
        return value
    share = int(value.rstrip("%")) * total
    return -(-share // 100) if up else share // 100


def allowed_total(deployment: Obj) -> int:
    """The number of Pods that a rolling update may have at most."""
    return int(deployment["spec"]["replicas"]) + (max_surge(deployment) if is_rolling(deployment) else 0)
