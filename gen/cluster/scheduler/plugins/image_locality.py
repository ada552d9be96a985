"""A node that holds the Pod's images already can start it sooner. Images below 23 MB are not worth it.

Upstream: pkg/scheduler/framework/plugins/imagelocality/image_locality.go.
"""

from __future__ import annotations

from collections import Counter

from gen.cluster.scheduler.framework import BEST_SCORE, Score, State
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

NAME = "ImageLocality"
MEBIBYTE = 1024 * 1024
LEAST = 23 * MEBIBYTE  # upstream: minThreshold
MOST = 1000 * MEBIBYTE  # upstream: maxContainerThreshold


def holders(pod: PodInfo, snapshot: Snapshot, feasible: list[NodeInfo]) -> State:
    """On how many nodes each of the Pod's images is, and how many nodes there are."""
    held = Counter(image for image in pod.images for node in snapshot.nodes.values() if image in node.images)
    return held, len(snapshot.nodes)


def held_images(state: State, pod: PodInfo, node: NodeInfo) -> int:
    """Points for the bytes that need not be pulled; an image that few nodes hold counts less, or all Pods would go there."""
    if not node.images or not pod.images:
        return 0
    held, nodes = state
    total: int = sum(node.images[image] * held[image] // nodes for image in pod.images if image in node.images)
    most = MOST * pod.containers
    return BEST_SCORE * (min(max(total, LEAST), most) - LEAST) // (most - LEAST)


SCORE = Score(NAME, 1, held_images, holders)
