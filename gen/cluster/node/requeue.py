"""When a Pod whose sync has failed is synced again.

Upstream: pkg/kubelet/pod_workers.go (completeWork), pkg/kubelet/util/queue; the queue is looked at once a second
(kubelet.go, syncLoop), v1.36.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gen.cluster.node.latency import until_next
from gen.kit.loop import SECOND, Micros

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

TRY_AGAIN_US = 10 * SECOND  # upstream: kubelet.go, backOffPeriod
RESYNC_US = 60 * SECOND  # upstream: v1beta1/defaults.go, syncFrequency
LOOK_US = SECOND


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sync came to: whether something was started or ended, whether something failed, and when that may be tried again."""

    changed: bool = False
    failed: bool = False
    until: Micros | None = None


def wait_after(outcome: Outcome, now: Micros) -> Micros:
    """How long a Pod is left alone at least: until its back-off is over, but no longer than a minute; else ten seconds."""
    if outcome.until is None:
        return TRY_AGAIN_US
    return min(max(0, outcome.until - now), RESYNC_US)


def retry_after(kubelet: Kubelet, outcome: Outcome) -> Micros:
    """The same with up to half as much on top, and then the next look into the queue."""
    wait = wait_after(outcome, kubelet.loop.now)
    wait += kubelet.loop.rng(f"requeue/{kubelet.node}").randint(0, wait // 2)
    return wait + until_next(kubelet.loop.now + wait, LOOK_US, kubelet.queue_offset)
