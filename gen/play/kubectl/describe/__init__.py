"""What `kubectl describe` tells: a function for each kind, which gives lines with tabs that `elastic.aligned` makes columns of.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2).
"""

from __future__ import annotations

from gen.play.kubectl.describe.backends import BACKENDS
from gen.play.kubectl.describe.cluster import SURROUNDINGS
from gen.play.kubectl.describe.deployments import DEPLOYMENTS
from gen.play.kubectl.describe.lines import Describer
from gen.play.kubectl.describe.plainly import describe_plainly
from gen.play.kubectl.describe.pods import describe_pod
from gen.play.kubectl.describe.policies import POLICIES
from gen.play.kubectl.describe.roles import ROLES
from gen.play.kubectl.describe.routes import ROUTES
from gen.play.kubectl.describe.storage import STORAGE
from gen.play.kubectl.describe.workloads import WORKLOADS

DESCRIBERS: dict[str, Describer] = {
    "Pod": describe_pod,
    **DEPLOYMENTS, **SURROUNDINGS, **BACKENDS, **POLICIES, **ROLES, **ROUTES, **STORAGE, **WORKLOADS,
}  # fmt: skip
NOT_TOLD = (  # kinds of which upstream tells more than their fields, and we nothing yet
    "CertificateSigningRequest", "CSINode", "IPAddress", "ReplicationController", "ServiceCIDR", "VolumeAttributesClass",
)  # fmt: skip
WITHOUT_EVENTS = ("ResourceQuota", "LimitRange", "Namespace", "Secret", "NetworkPolicy", *ROLES)

__all__ = ["DESCRIBERS", "NOT_TOLD", "WITHOUT_EVENTS", "describe_plainly"]
