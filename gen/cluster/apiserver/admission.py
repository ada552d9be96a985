"""Admission: what the cluster adds to an object, and what it refuses, before it is stored.

Two rounds, as in the real server: mutating plugins may change the object; after validation, validating plugins may only
refuse. The plugins are lists of plain functions, in the order in which the real server runs them
(upstream: pkg/kubeapiserver/options/plugins.go).
"""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.apiserver import status
from gen.cluster.apiserver.limit_ranger import limit_ranger, within_limits
from gen.cluster.apiserver.request import Call, Obj, World
from gen.kit.evolve import dig, evolve
from gen.kit.names import random_suffix
from gen.objects import meta

Plugin = Callable[[World, Call, Obj, Obj | None], Obj]

TOLERATION_S = 300  # upstream: plugin/pkg/admission/defaulttolerationseconds/admission.go
TOKEN_EXPIRES_S = 3607  # upstream: plugin/pkg/admission/serviceaccount/admission.go: an hour and seven seconds
TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount"
PRIORITIES = {"": 0, "system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000}  # born with the cluster
TOPOLOGY_LABELS = ("topology.kubernetes.io/zone", "topology.kubernetes.io/region")
IMMORTAL = ("default", "kube-system", "kube-public")
NOT_READY_TAINT = {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}


def mutate(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Ask every mutating plugin in turn."""
    if obj is None:
        return None
    for plugin in MUTATING:
        obj = plugin(world, call, obj, old)
        if call.passage:
            call.passage.passed.append((called(plugin), obj))
    return obj


def called(plugin: Plugin) -> str:
    """A plugin's name, as the real server's flags have it.

    >>> called(limit_ranger)
    'LimitRanger'
    """
    return plugin.__name__.title().replace("_", "")


def admit(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Ask every validating plugin. Raises StatusError 403 where one refuses."""
    for plugin in VALIDATING:
        plugin(world, call, obj or {}, old)
    return obj


def namespace_lifecycle(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """Nothing is created in a namespace that is not there, or that is going away; the first namespaces stay for ever.

    Raises StatusError 404 or 403. Upstream: apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go.
    """
    if call.kind == "Namespace" and call.verb == "delete" and call.name in IMMORTAL:
        raise status.forbidden("Namespace", call.name, "this namespace may not be deleted")
    if call.verb != "create" or not call.namespace or call.subresource:
        return obj
    namespace = world.find("Namespace", "", call.namespace)
    if namespace is None:
        raise status.not_found("Namespace", call.namespace)
    if meta.deleting(namespace):
        raise status.terminating(call.kind, call.name or meta.name(obj), call.namespace)
    return obj


def service_account(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """Every Pod runs as a ServiceAccount, `default` if it names none, and finds its token in a volume.

    Raises StatusError 403 for one that does not exist. Upstream: plugin/pkg/admission/serviceaccount/admission.go.
    """
    if call.kind != "Pod" or call.verb != "create" or call.subresource:
        return obj
    name = dig(obj, "spec.serviceAccountName") or "default"
    account = world.find("ServiceAccount", call.namespace, name)
    if account is None:
        why = f'error looking up service account {call.namespace}/{name}: serviceaccount "{name}" not found'
        raise status.forbidden("Pod", call.name or dig(obj, "metadata.generateName", ""), why)
    obj = evolve(obj, "spec.serviceAccountName", name, "spec.serviceAccount", name)
    wanted = dig(obj, "spec.automountServiceAccountToken", account.get("automountServiceAccountToken", True))
    return with_token(obj, "kube-api-access-" + random_suffix(world.loop.rng("apiserver/volumes"))) if wanted else obj


def with_token(pod: Obj, volume: str) -> Obj:
    """The Pod with the projected volume of its token, mounted into every container that has nothing there."""
    mount = {"name": volume, "readOnly": True, "mountPath": TOKEN_PATH}

    def mounted(container: Obj) -> Obj:
        mounts = container.get("volumeMounts") or []
        if any(known.get("mountPath") == TOKEN_PATH for known in mounts):
            return container
        return {**container, "volumeMounts": [*mounts, mount]}

    for field in ("containers", "initContainers"):
        if dig(pod, f"spec.{field}"):
            pod = evolve(pod, f"spec.{field}", [mounted(container) for container in pod["spec"][field]])
    return evolve(pod, "spec.volumes", [*dig(pod, "spec.volumes", []), {"name": volume, "projected": TOKEN_SOURCES}])


TOKEN_SOURCES: Obj = {
    "defaultMode": 420,
    "sources": [
        {"serviceAccountToken": {"expirationSeconds": TOKEN_EXPIRES_S, "path": "token"}},
        {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
        {"downwardAPI": {"items": [{"path": "namespace", "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}]}},
    ],
}


def priority(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """The number behind the Pod's priority class. Raises StatusError 403 for a class that does not exist.

    Upstream: plugin/pkg/admission/priority/admission.go.
    """
    if call.kind != "Pod" or call.verb != "create" or call.subresource:
        return obj
    name = dig(obj, "spec.priorityClassName", "")
    stored = world.find("PriorityClass", "", name) if name and name not in PRIORITIES else None
    if stored is None and name not in PRIORITIES:
        raise status.forbidden("Pod", call.name, f"no PriorityClass with name {name} was found")
    value = stored.get("value", 0) if stored else PRIORITIES[name]
    policy = dig(obj, "spec.preemptionPolicy") or (stored or {}).get("preemptionPolicy") or "PreemptLowerPriority"
    return evolve(obj, "spec.priority", value, "spec.preemptionPolicy", policy)


def default_toleration_seconds(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """A Pod stays 300 s on a node that is not ready or unreachable, unless it says otherwise; an update cannot take that away.

    Upstream: plugin/pkg/admission/defaulttolerationseconds/admission.go; recording 17.
    """
    if call.kind != "Pod" or call.verb == "delete" or call.subresource:
        return obj
    before = tolerations = dig(obj, "spec.tolerations", [])
    for key in ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"):
        known = any(
            one.get("key", key) == key
            and one.get("effect", "NoExecute") == "NoExecute"
            and (one.get("key") or one.get("operator") == "Exists")
            for one in tolerations
        )
        if not known:
            tolerations = [
                *tolerations,
                {"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": TOLERATION_S},
            ]
    return obj if tolerations is before else evolve(obj, "spec.tolerations", tolerations)


def taint_nodes_by_condition(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """A new Node takes no Pods until it was seen ready (upstream: plugin/pkg/admission/nodetaint/admission.go)."""
    if call.kind != "Node" or call.verb != "create":
        return obj
    taints = dig(obj, "spec.taints", [])
    if any(taint.get("key") == NOT_READY_TAINT["key"] for taint in taints):
        return obj
    return evolve(obj, "spec.taints", [*taints, NOT_READY_TAINT])


def pod_topology_labels(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """A Pod that is bound gets the zone and region labels of its node (beta, on since 1.35; recording 01)."""
    if call.kind != "Pod" or call.subresource != "binding":
        return obj
    node = world.find("Node", "", dig(obj, "spec.nodeName", ""))
    for label in TOPOLOGY_LABELS:
        if node and label in meta.labels(node):
            obj = evolve(obj, ("metadata", "labels", label), meta.labels(node)[label])
    return obj


MUTATING: tuple[Plugin, ...] = (
    namespace_lifecycle,
    limit_ranger,
    taint_nodes_by_condition,
    service_account,
    priority,
    default_toleration_seconds,
    pod_topology_labels,
)
VALIDATING: tuple[Plugin, ...] = (namespace_lifecycle, within_limits)
