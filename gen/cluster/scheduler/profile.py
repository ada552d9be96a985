"""The rules that the default scheduler follows, in the order in which it asks them.

Upstream: pkg/scheduler/apis/config/v1/default_plugins.go. What is not in the lists is not simulated: the volume plugins
(VolumeRestrictions, NodeVolumeLimits, VolumeBinding, VolumeZone), DynamicResources, and choosing victims for preemption.
"""

from __future__ import annotations

from gen.cluster.scheduler.framework import Profile
from gen.cluster.scheduler.plugins import (
    balanced_allocation,
    image_locality,
    inter_pod_affinity,
    node_affinity,
    node_name,
    node_ports,
    node_resources_fit,
    node_unschedulable,
    taint_toleration,
    topology_spread,
)

DEFAULT = Profile(
    filters=(
        node_unschedulable.FILTER,
        node_name.FILTER,
        taint_toleration.FILTER,
        node_affinity.FILTER,
        node_ports.FILTER,
        node_resources_fit.FILTER,
        topology_spread.FILTER,
        inter_pod_affinity.FILTER,
    ),
    scores=(
        taint_toleration.SCORE,
        node_affinity.SCORE,
        node_resources_fit.SCORE,
        topology_spread.SCORE,
        inter_pod_affinity.SCORE,
        balanced_allocation.SCORE,
        image_locality.SCORE,
    ),
)
