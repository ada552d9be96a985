"""The Roles and bindings that `kubectl create` writes from what was typed.

Upstream: kubectl/pkg/cmd/create/create_role.go, create_clusterrole.go, create_rolebinding.go, create_clusterrolebinding.go.
"""

from __future__ import annotations

from typing import Any

from gen.play.kubectl.failures import Failure
from gen.play.kubectl.generators import only_name, placed
from gen.play.kubectl.targets import known
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
GROUP = "rbac.authorization.k8s.io"
VERBS = (
    "*", "get", "delete", "list", "create", "update", "patch", "watch", "proxy", "deletecollection", "use", "bind", "escalate",
    "impersonate",
)  # fmt: skip


def role(session: Session) -> Obj:
    """The Role of `kubectl create role NAME --verb=get,list --resource=pods`. Raises Failure."""
    return named(session, "Role", placed(session, only_name(session)), {"rules": rules(session)})


def cluster_role(session: Session) -> Obj:
    """The ClusterRole of `kubectl create clusterrole NAME --verb=get --resource=nodes`. Raises Failure."""
    return named(session, "ClusterRole", {"name": only_name(session)}, {"rules": rules(session)})


def role_binding(session: Session) -> Obj:
    """The RoleBinding of `kubectl create rolebinding NAME --role=ROLE --user=USER`. Raises Failure."""
    of_cluster, of_namespace = session.command["clusterrole"], session.command["role"]
    if bool(of_cluster) == bool(of_namespace):
        raise Failure("exactly one of clusterrole or role must be specified")
    kind, name = ("ClusterRole", of_cluster) if of_cluster else ("Role", of_namespace)
    return named(session, "RoleBinding", placed(session, only_name(session)), bound(session, kind, name))


def cluster_role_binding(session: Session) -> Obj:
    """The ClusterRoleBinding of `kubectl create clusterrolebinding NAME --clusterrole=ROLE --group=GROUP`. Raises Failure."""
    if not session.command["clusterrole"]:
        raise Failure('required flag(s) "clusterrole" not set')
    about = bound(session, "ClusterRole", session.command["clusterrole"])
    return named(session, "ClusterRoleBinding", {"name": only_name(session)}, about)


def named(session: Session, kind: str, metadata: Obj, about: Obj) -> Obj:
    """An object of the group of Roles."""
    return {"apiVersion": f"{GROUP}/v1", "kind": kind, "metadata": metadata, **about}


def rules(session: Session) -> list[Obj]:
    """What the role allows: a rule for each group of the resources. Raises Failure."""
    verbs = list(dict.fromkeys(session.command["verb"]))
    if not verbs:
        raise Failure("at least one verb must be specified")
    if not session.command["resource"]:
        raise Failure("at least one resource must be specified")
    session.warn(*(f"'{verb}' is not a standard resource verb" for verb in verbs if verb not in VERBS))
    groups: dict[str, list[str]] = {}
    for typed in session.command["resource"]:
        word, slash, part = typed.partition("/")
        group, plural = ("*", "*") if word == "*" else ((kind := known(session, word)).group, kind.plural)
        groups.setdefault(group, []).append(plural + slash + part)
    names = {"resourceNames": list(session.command["resource-name"])} if session.command["resource-name"] else {}
    return [
        {"apiGroups": [group], **names, "resources": list(dict.fromkeys(resources)), "verbs": verbs}
        for group, resources in sorted(groups.items())
    ]


def bound(session: Session, kind: str, name: str) -> Obj:
    """Which role a binding gives, and to whom. Raises Failure."""
    subjects: list[Obj] = [
        {"apiGroup": GROUP, "kind": what, "name": who} for what in ("User", "Group") for who in session.command[what.lower()]
    ]
    for account in session.command["serviceaccount"]:
        namespace, _, who = account.partition(":")
        if not namespace or not who or ":" in who:
            raise Failure("serviceaccount must be <namespace>:<name>")
        subjects.append({"kind": "ServiceAccount", "name": who, "namespace": namespace})
    return {"roleRef": {"apiGroup": GROUP, "kind": kind, "name": name}, **({"subjects": subjects} if subjects else {})}
