"""RBAC: what Roles and ClusterRoles allow to those who are bound to them.

Rules only ever add up: there is no rule that forbids. Upstream: plugin/pkg/auth/authorizer/rbac/rbac.go and
pkg/registry/rbac/validation/rule.go (v1.36.2); recordings 17 and 64.
"""

from __future__ import annotations

from collections.abc import Iterator

from gen.cluster.apiserver.request import Call, Obj, User, World
from gen.objects import meta
from gen.objects.kinds import kind_by_name

ALL = "*"
READ = ["get", "list", "watch"]
CHANGE = ["create", "update", "patch", "delete", "deletecollection"]
# The roles that every cluster has for people, in short: upstream lists their resources one by one.
BUILT_IN: dict[str, list[Obj]] = {
    "cluster-admin": [{"apiGroups": [ALL], "resources": [ALL], "verbs": [ALL]}],
    "admin": [{"apiGroups": ["", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io"],
               "resources": [ALL], "verbs": READ + CHANGE}],
    "edit": [{"apiGroups": ["", "apps", "batch", "autoscaling", "policy", "networking.k8s.io"], "resources": [ALL],
              "verbs": READ + CHANGE}],
    "view": [{"apiGroups": ["apps", "batch", "autoscaling", "policy", "networking.k8s.io", "discovery.k8s.io"],
              "resources": [ALL], "verbs": READ},
             {"apiGroups": [""], "verbs": READ, "resources": [
                 "pods", "pods/log", "pods/status", "services", "services/status", "endpoints", "configmaps", "events",
                 "persistentvolumeclaims", "replicationcontrollers", "serviceaccounts", "namespaces", "limitranges",
                 "resourcequotas", "bindings"]}],
}  # fmt: skip
ASKED_BY_ALL = ("SelfSubjectAccessReview", "SelfSubjectRulesReview")  # upstream: ClusterRole system:basic-user
NOBODY = "system:anonymous"


def bound(world: World, call: Call) -> bool:
    """Whether some role that the user is bound to allows the call."""
    if call.kind in ASKED_BY_ALL and call.user.name != NOBODY:
        return True
    return any(allows(rule, call) for rule in rules_for(world, call.user, call.namespace))


def rules_for(world: World, user: User, namespace: str) -> Iterator[Obj]:
    """The rules of every role that the user is bound to, in the whole cluster or in the namespace."""
    for binding in world.stored("ClusterRoleBinding"):
        if any(is_meant(subject, user, "") for subject in binding.get("subjects") or []):
            yield from rules_of(world, binding["roleRef"], "")
    for binding in world.stored("RoleBinding", namespace) if namespace else []:
        if any(is_meant(subject, user, meta.namespace(binding)) for subject in binding.get("subjects") or []):
            yield from rules_of(world, binding["roleRef"], namespace)


def is_meant(subject: Obj, user: User, namespace: str) -> bool:
    """Whether a subject of a binding is the user, a group of theirs, or the ServiceAccount as which they come."""
    kind, name = subject.get("kind"), subject.get("name", "")
    if kind == "ServiceAccount":
        return user.name == f"system:serviceaccount:{subject.get('namespace') or namespace}:{name}"
    return name in user.groups if kind == "Group" else kind == "User" and user.name == name


def rules_of(world: World, reference: Obj, namespace: str) -> list[Obj]:
    """The rules of the role that a binding names; none of one that does not exist."""
    kind, name = reference.get("kind", ""), reference.get("name", "")
    found = world.find(kind, namespace if kind == "Role" else "", name)
    if found is None:
        return BUILT_IN.get(name, []) if kind == "ClusterRole" else []
    return list(found.get("rules") or [])


def allows(rule: Obj, call: Call) -> bool:
    """Whether one rule covers the call: its verb, its group, its resource, and the name if the rule has names."""
    kind = kind_by_name(call.kind)
    group, plural = (kind.group, kind.plural) if kind else ("", call.kind.lower())
    resource = f"{plural}/{call.subresource}" if call.subresource else plural
    names = rule.get("resourceNames") or []
    known = "" if call.verb == "create" and not call.subresource else call.name  # a new object's name is not known yet
    return (
        any(verb in (ALL, call.verb) for verb in rule.get("verbs") or [])
        and any(one in (ALL, group) for one in rule.get("apiGroups") or [])
        and any(covers(one, resource, call.subresource) for one in rule.get("resources") or [])
        and (not names or known in names)
    )


def covers(pattern: str, resource: str, subresource: str) -> bool:
    """`pods` is not `pods/log`; `*` is everything, and `*/scale` that subresource of anything.

    >>> covers("pods", "pods/log", "log"), covers("*/scale", "deployments/scale", "scale")
    (False, True)
    """
    return pattern in (ALL, resource) or bool(subresource) and pattern == f"*/{subresource}"
