"""The bounds of a rollout. The percentages are those of the API reference's examples."""

from __future__ import annotations

from typing import Any

import pytest

from gen.kit.evolve import frozen
from gen.objects import rollouts


def deployment(replicas: int, surge: int | str = "25%", unavailable: int | str = "25%", kind: str = "RollingUpdate") -> Any:
    strategy = {"type": kind, "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}
    return frozen({"spec": {"replicas": replicas, "strategy": strategy}})


@pytest.mark.parametrize(
    ("replicas", "surge", "unavailable", "fenceposts"),
    [
        (3, "25%", "25%", (1, 0)),
        (4, "25%", "25%", (1, 1)),
        (10, "25%", "25%", (3, 2)),
        (10, 0, "1%", (0, 1)),  # both nothing: one may be unavailable, or nothing would ever move
        (5, "100%", 0, (5, 0)),
    ],
)
def test_a_surge_rounds_up_and_unavailability_down(replicas, surge, unavailable, fenceposts):
    assert rollouts.fenceposts(deployment(replicas, surge, unavailable)) == fenceposts


@pytest.mark.parametrize(
    ("kind", "replicas", "unavailable", "total"), [("RollingUpdate", 4, 1, 5), ("Recreate", 4, 0, 4), ("RollingUpdate", 0, 0, 0)]
)
def test_only_a_rolling_update_may_lack_or_exceed(kind, replicas, unavailable, total):
    assert rollouts.max_unavailable(deployment(replicas, kind=kind)) == unavailable
    assert rollouts.allowed_total(deployment(replicas, kind=kind)) == total
    assert rollouts.min_available(deployment(replicas, kind=kind)) == (replicas - unavailable if kind == "RollingUpdate" else 0)
