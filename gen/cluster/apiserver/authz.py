"""May they do that? The second link of the chain.

The roles that the components are born with, and the administrator's. Upstream: `plugin/pkg/auth/authorizer/rbac/bootstrappolicy`
(controller_policy.go, policy.go) and the node authorizer. What Roles and ClusterRoles allow is asked in `rbac.py`.
"""

from __future__ import annotations

from gen.cluster.apiserver import status
from gen.cluster.apiserver.rbac import bound
from gen.cluster.apiserver.request import Call, Obj, User, World

READ = frozenset({"get", "list", "watch"})
WRITE = frozenset({"create", "update", "patch", "delete"})
EVENTS = ("Event", frozenset({"create", "update", "patch"}))

# Of every system user: the kinds (or kind/subresource) it may touch, and how. Everyone authenticated as a component may read.
ROLES: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "system:kube-scheduler": (
        ("Pod/binding", WRITE),
        ("Pod/status", WRITE),
        ("Pod", frozenset({"delete"})),
        ("Lease", WRITE),
        EVENTS,
    ),
    "system:kube-controller-manager": (("Lease", WRITE), EVENTS),
    "system:serviceaccount:kube-system:deployment-controller": (
        ("Deployment", WRITE),
        ("Deployment/status", WRITE),
        ("ReplicaSet", WRITE),
        EVENTS,
    ),
    "system:serviceaccount:kube-system:replicaset-controller": (
        ("ReplicaSet", WRITE),
        ("ReplicaSet/status", WRITE),
        ("Pod", WRITE),
        EVENTS,
    ),
    "system:serviceaccount:kube-system:generic-garbage-collector": (("*", WRITE),),
    "system:serviceaccount:kube-system:namespace-controller": (
        ("*", frozenset({"delete"})),
        ("Namespace/finalize", WRITE),
        ("Namespace/status", WRITE),
    ),
    "system:serviceaccount:kube-system:resourcequota-controller": (("ResourceQuota/status", WRITE), EVENTS),
    "system:serviceaccount:kube-system:endpointslice-controller": (("EndpointSlice", WRITE), EVENTS),
    "system:serviceaccount:kube-system:endpoint-controller": (("Endpoints", WRITE), EVENTS),
    "system:serviceaccount:kube-system:service-account-controller": (("ServiceAccount", WRITE), EVENTS),
    "system:serviceaccount:kube-system:root-ca-cert-publisher": (("ConfigMap", WRITE), EVENTS),
    "system:serviceaccount:kube-system:node-controller": (
        ("Node", WRITE),
        ("Node/status", WRITE),
        ("Pod/status", WRITE),
        ("Pod", WRITE),
        EVENTS,
    ),
}
NODE_ROLE = (("Node", WRITE), ("Node/status", WRITE), ("Pod", WRITE), ("Pod/status", WRITE), ("Lease", WRITE), EVENTS)
ADMINISTRATORS = "system:masters"
NODES = "system:nodes"


def authorize(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Let pass what the user's roles allow. Raises StatusError 403."""
    if not allowed(call.user, call.verb, call.kind, call.subresource) and not bound(world, call):
        raise status.not_allowed(call.user.name, call.verb, call.kind, call.namespace, call.name, call.subresource)
    return obj


def allowed(user: User, verb: str, kind: str, subresource: str = "") -> bool:
    """Whether `user` may do `verb` on `kind` (or on its subresource)."""
    if ADMINISTRATORS in user.groups:
        return True
    roles = NODE_ROLE if NODES in user.groups else ROLES.get(user.name)
    if roles is None:
        return False
    target = f"{kind}/{subresource}" if subresource else kind
    return verb in READ or any(verb in verbs and pattern in ("*", target) for pattern, verbs in roles)
