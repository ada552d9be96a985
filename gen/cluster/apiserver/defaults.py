"""What the API server writes where the author wrote nothing.

A rule takes an object and gives it back filled; branches in which nothing is missing are shared, and an object that lacks
nothing is given back itself. Upstream: pkg/apis/core/v1/defaults.go and pkg/apis/apps/v1/defaults.go; what is seen in
every object of the recordings.
"""

from __future__ import annotations

import base64

from gen.cluster.apiserver.defaults_pod import defaulted_pod, defaulted_template
from gen.cluster.apiserver.filling import Rule, each, filled, part
from gen.trace.record import Obj

DEPLOYMENT_SPEC: Obj = {
    "replicas": 1,
    "strategy": {"type": "RollingUpdate"},
    "revisionHistoryLimit": 10,
    "progressDeadlineSeconds": 600,
    "template": {},
}
ROLLING_UPDATE: Obj = {"maxUnavailable": "25%", "maxSurge": "25%"}
REPLICA_SET_SPEC: Obj = {"replicas": 1}
SERVICE_SPEC: Obj = {"sessionAffinity": "None", "type": "ClusterIP"}
SESSION_AFFINITY_TIMEOUT_S = 10800  # upstream: core/v1 DefaultClientIPServiceAffinitySeconds
NAME_LABEL = "kubernetes.io/metadata.name"
EVENT: Obj = {
    "source": {},
    "firstTimestamp": None,
    "lastTimestamp": None,
    "eventTime": None,
    "reportingComponent": "",
    "reportingInstance": "",
}


def defaulted(obj: Obj) -> Obj:
    """The object with every default of its kind written out; itself if nothing was missing.

    >>> defaulted({"apiVersion": "v1", "kind": "Secret"})
    {'apiVersion': 'v1', 'kind': 'Secret', 'type': 'Opaque'}
    """
    rule = RULES.get((obj.get("apiVersion"), obj.get("kind")))
    return obj if rule is None else rule(obj)


def deployment(obj: Obj) -> Obj:
    """One replica, a rolling update by quarters, ten old ReplicaSets, ten minutes."""
    return part(filled(obj, {"spec": {}}), "spec", deployment_spec)


def deployment_spec(spec: Obj) -> Obj:
    """The spec of a Deployment."""
    spec = part(filled(spec, DEPLOYMENT_SPEC), "template", defaulted_template)
    return part(spec, "strategy", strategy)


def strategy(chosen: Obj) -> Obj:
    """How old Pods give way: by rolling update, unless the author wants all of them gone first."""
    chosen = filled(chosen, {"type": "RollingUpdate"})
    if chosen["type"] != "RollingUpdate":
        return chosen
    return part(filled(chosen, {"rollingUpdate": {}}), "rollingUpdate", lambda update: filled(update, ROLLING_UPDATE))


def replica_set(obj: Obj) -> Obj:
    """One replica."""
    return part(filled(obj, {"spec": {}}), "spec", replica_set_spec)


def replica_set_spec(spec: Obj) -> Obj:
    """The spec of a ReplicaSet."""
    return part(filled(spec, REPLICA_SET_SPEC), "template", defaulted_template)


def node(obj: Obj) -> Obj:
    """What the node has is what Pods may use, as long as its kubelet keeps nothing back."""
    capacity = (obj.get("status") or {}).get("capacity")
    return part(obj, "status", lambda status: filled(status, {"allocatable": capacity})) if capacity else obj


def namespace(obj: Obj) -> Obj:
    """Its name as a label, so that selectors can find it."""
    metadata = obj.get("metadata") or {}
    if not metadata.get("name"):
        return obj
    labels = filled(metadata.get("labels") or {}, {NAME_LABEL: metadata["name"]})
    return obj if labels is metadata.get("labels") else {**obj, "metadata": {**metadata, "labels": labels}}


def service(obj: Obj) -> Obj:
    """Reachable from inside the cluster over IPv4, on the port that the Pods listen on. Its addresses are given out elsewhere.

    Upstream decides about the families later, in pkg/registry/core/service/storage/alloc.go; a reader sees no difference.
    """
    return part(filled(obj, {"spec": {}}), "spec", service_spec)


def service_spec(spec: Obj) -> Obj:
    """The spec of a Service."""
    spec = each(filled(spec, SERVICE_SPEC), "ports", service_port)
    if spec["sessionAffinity"] == "ClientIP":
        spec = filled(spec, {"sessionAffinityConfig": {"clientIP": {"timeoutSeconds": SESSION_AFFINITY_TIMEOUT_S}}})
    if spec["type"] in ("NodePort", "LoadBalancer"):
        spec = filled(spec, {"externalTrafficPolicy": "Cluster"})
    if spec["type"] in ("ClusterIP", "NodePort", "LoadBalancer"):
        spec = filled(spec, {"internalTrafficPolicy": "Cluster", "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack"})
    return filled(spec, {"allocateLoadBalancerNodePorts": True}) if spec["type"] == "LoadBalancer" else spec


def service_port(port: Obj) -> Obj:
    """A port of a Service: TCP, and the same number in the Pod."""
    port = filled(port, {"protocol": "TCP"})
    return port if port.get("targetPort") or not port.get("port") else {**port, "targetPort": port["port"]}


def limit_range(obj: Obj) -> Obj:
    """The most is the default, the default is what is requested, and the least is requested where there is no default."""
    return part(filled(obj, {"spec": {}}), "spec", lambda spec: each(spec, "limits", limit_range_item))


def limit_range_item(item: Obj) -> Obj:
    """One limit; only for containers something is filled in."""
    if item.get("type") != "Container":
        return item
    default = {**(item.get("max") or {}), **(item.get("default") or {})}
    request = {**(item.get("min") or {}), **default, **(item.get("defaultRequest") or {})}
    return {**item, **({"default": default} if default else {}), **({"defaultRequest": request} if request else {})}


def secret(obj: Obj) -> Obj:
    """Anything at all, unless the author names a type; what was written as plain text is kept as the rest is, in base64.

    Upstream: pkg/registry/core/secret (strategy.go, dropping stringData after the conversion).
    """
    plain = obj.get("stringData")
    if plain:
        encoded = {key: base64.b64encode(str(value).encode()).decode() for key, value in plain.items()}
        obj = {key: value for key, value in obj.items() if key != "stringData"} | {"data": {**(obj.get("data") or {}), **encoded}}
    return filled(obj, {"type": "Opaque"})


def event(obj: Obj) -> Obj:
    """An Event shows all its times and senders, also those that it does not have."""
    missing = {key: value for key, value in EVENT.items() if key not in obj}
    return {**obj, **missing} if missing else obj


RULES: dict[tuple[object, object], Rule] = {
    ("v1", "Pod"): defaulted_pod,
    ("apps/v1", "ReplicaSet"): replica_set,
    ("apps/v1", "Deployment"): deployment,
    ("v1", "Node"): node,
    ("v1", "Namespace"): namespace,
    ("v1", "Service"): service,
    ("v1", "LimitRange"): limit_range,
    ("v1", "Secret"): secret,
    ("v1", "Event"): event,
}
