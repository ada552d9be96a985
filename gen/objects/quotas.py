"""What an object counts for in a ResourceQuota, and what a quota has to say about it: plain rules over objects.

Upstream: pkg/quota/v1/evaluator/core (pods.go, services.go, persistent_volume_claims.go),
apiserver/pkg/quota/v1 (resources.go) and pkg/quota/v1/generic (v1.36.2); recordings 25 and 90.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from gen.kit import quantity
from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.objects.kinds import KINDS, Kind, kind_by_name

Obj = dict[str, Any]
Usage = dict[str, str]  # amounts by the names that a quota uses
Items = tuple[tuple[str, str], ...]
COUNTED = {  # kinds that have a name of their own beside `count/…`
    "Pod": "pods", "Service": "services", "ConfigMap": "configmaps", "Secret": "secrets", "ResourceQuota": "resourcequotas",
    "PersistentVolumeClaim": "persistentvolumeclaims", "ReplicationController": "replicationcontrollers",
}  # fmt: skip
COMPUTE = ("cpu", "memory", "ephemeral-storage")
REQUIRED = ("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory")  # each container must say them
TERMINATING, BEST_EFFORT = "Terminating", "BestEffort"


def count_name(kind: Kind) -> str:
    """`count/deployments.apps`: how a quota counts objects of a kind."""
    return f"count/{kind.resource}"


def usage(obj: Obj) -> Usage:
    """All that the object counts for.

    >>> usage({"kind": "ConfigMap"})
    {'count/configmaps': '1', 'configmaps': '1'}
    """
    kind = kind_by_name(obj["kind"])
    found = {count_name(kind): "1"} if kind else {}
    if obj["kind"] == "Pod":
        return {**found, **pod_usage(obj)} if not pods.is_terminal(obj) else found
    if obj["kind"] in COUNTED:
        found[COUNTED[obj["kind"]]] = "1"
    if obj["kind"] == "Service":
        found |= service_usage(obj)
    if obj["kind"] == "PersistentVolumeClaim":
        found["requests.storage"] = dig(obj, "spec.resources.requests.storage", "0")
    return found


def pod_usage(pod: Obj) -> Usage:
    """A Pod, and what its containers ask for: together, or what the greediest init container asks for if that is more."""
    found = {"pods": "1"}
    for field, prefix in (("requests", "requests."), ("limits", "limits.")):
        for name, amount in pod_amounts(pod, field).items():
            found[prefix + name] = amount
            if field == "requests" and name in COMPUTE:
                found[name] = amount
    return found


def pod_amounts(pod: Obj, field: str) -> Usage:
    """What a Pod requests, or is limited to, in sum (upstream: component-helpers/resource, PodRequests and PodLimits)."""
    total: Usage = {}
    for container in dig(pod, "spec.containers", []):
        total = summed(total, dig(container, f"resources.{field}", {}))
    for container in dig(pod, "spec.initContainers", []):
        asked = dig(container, f"resources.{field}", {})
        if pods.is_sidecar(container):
            total = summed(total, asked)
        else:
            total = {**total, **{name: one for name, one in asked.items() if quantity.compare(one, total.get(name, "0")) > 0}}
    overhead = dig(pod, "spec.overhead", {})
    return summed(total, overhead) if overhead and (field == "requests" or total) else total


def service_usage(service: Obj) -> Usage:
    """A Service of a load balancer counts as one, and every port at the nodes."""
    ports = [port for port in dig(service, "spec.ports", []) if port.get("nodePort")]
    kind, given = dig(service, "spec.type"), dig(service, "spec.allocateLoadBalancerNodePorts", True) is not False
    at_nodes = len(dig(service, "spec.ports", [])) if kind == "NodePort" or kind == "LoadBalancer" and given else len(ports)
    return {
        "services.nodeports": str(at_nodes if kind in ("NodePort", "LoadBalancer") else 0),
        "services.loadbalancers": "1" if kind == "LoadBalancer" else "0",
    }


def summed(one: Usage, other: Usage) -> Usage:
    """Two usages together.

    >>> summed({"cpu": "500m"}, {"cpu": "1", "pods": "1"})
    {'cpu': '1500m', 'pods': '1'}
    """
    return {name: quantity.added(one.get(name, "0"), other.get(name, "0")) for name in {**one, **other}}


def lessened(one: Usage, other: Usage) -> Usage:
    """The first usage less the second, but never below nothing."""
    found: Usage = {}
    for name, amount in one.items():
        left, right = quantity.amount(amount), quantity.amount(other.get(name, "0"))
        found[name] = str(quantity.Amount(max(0, left.nano - right.nano), left.style))
    return found


def restricted(names: Iterable[str], obj: Obj) -> list[str]:
    """Which of a quota's names can be about the object's kind at all."""
    possible = usage(obj)
    if obj["kind"] == "Pod":
        return [name for name in names if name in possible or name == "pods" or _of_pods(name)]
    return [name for name in names if name in possible]


def _of_pods(name: str) -> bool:
    return name in COMPUTE or name.startswith(("requests.", "limits.")) and name != "requests.storage" and ".storage" not in name


def in_scope(quota: Obj, obj: Obj) -> bool:
    """Whether the quota is about such an object; scopes speak of Pods only.

    Upstream: pods.go, podMatchesScopeFunc.
    """
    scopes = _scopes(quota)
    return not scopes or _in_scopes(scopes, obj)


def _scopes(quota: Obj) -> list[Obj]:
    scopes = [{"scopeName": scope, "operator": "Exists"} for scope in dig(quota, "spec.scopes", [])]
    return [*scopes, *dig(quota, "spec.scopeSelector.matchExpressions", [])]


def _in_scopes(scopes: list[Obj], obj: Obj) -> bool:
    return obj["kind"] == "Pod" and all(_scope_matches(scope, obj) for scope in scopes)


def _scope_matches(scope: Obj, pod: Obj) -> bool:
    name = scope["scopeName"]
    if name.endswith(TERMINATING):
        ends: bool = dig(pod, "spec.activeDeadlineSeconds") is not None
        return ends is (name == TERMINATING)
    if name.endswith(BEST_EFFORT):
        best_effort: bool = pods.qos_class(pod) == BEST_EFFORT
        return best_effort is (name == BEST_EFFORT)
    if name == "PriorityClass":
        given, values = dig(pod, "spec.priorityClassName", ""), scope.get("values") or []
        operator = scope.get("operator", "Exists")
        return {
            "Exists": bool(given), "DoesNotExist": not given, "In": given in values, "NotIn": given not in values,
        }.get(operator, False)  # fmt: skip
    return False


def unspecified(names: Iterable[str], pod: Obj) -> str:
    """What the containers of a Pod fail to say though the quota limits it; "" if nothing.

    >>> unspecified(["limits.cpu"], {"spec": {"containers": [{"name": "web"}]}})
    'must specify limits.cpu for: web'
    """
    containers = [*dig(pod, "spec.containers", []), *dig(pod, "spec.initContainers", [])]
    told: list[str] = []
    for name in sorted(name for name in names if name in REQUIRED):
        field, _, resource = name.rpartition(".")
        silent = [one["name"] for one in containers if resource not in dig(one, f"resources.{field or 'requests'}", {})]
        if silent:
            told.append(f"{name} for: {','.join(sorted(silent))}")
    return f"must specify {'; '.join(told)}" if told else ""


def exceeded(quota: Obj, more: Usage) -> str:
    """What would be too much if so much came on top; "" if nothing."""
    hard, used = dig(quota, "status.hard", {}), dig(quota, "status.used", {})
    after = summed(used, more)
    over = sorted(name for name in more if name in hard and quantity.compare(after[name], hard[name]) > 0)
    if not over:
        return ""
    asked, had, limits = (",".join(f"{name}={of.get(name, '0')}" for name in over) for of in (more, used, hard))
    return f"exceeded quota: {meta.name(quota)}, requested: {asked}, used: {had}, limited: {limits}"


def items_used(obj: Obj) -> Items:
    """Its usage, in a form in which objects that count for the same can be counted."""
    return tuple(usage(obj).items())


def used_of(quota: Obj, found: list[Obj], items_of: Callable[[Obj], Items] = items_used) -> Usage:
    """What the objects of the namespace use of what the quota limits; `items_of` may remember what each counts for."""
    scopes = _scopes(quota)
    alike = Counter(map(items_of, [obj for obj in found if _in_scopes(scopes, obj)] if scopes else found))
    usages = [(dict(items), times) for items, times in alike.items()]
    return {
        name: quantity.total((used[name], times) for used, times in usages if name in used)
        for name in dig(quota, "spec.hard", {})
    }


def kinds_counted(quota: Obj) -> list[str]:
    """The kinds whose objects the quota limits."""
    kinds: dict[str, None] = {}
    for name in dig(quota, "spec.hard", {}):
        own = next((kind for kind, word in COUNTED.items() if word == name or name.startswith(f"{word}.")), None)
        if name.startswith("count/"):
            resource = name.removeprefix("count/")
            own = next((kind.name for kind in KINDS if kind.resource == resource), None)
        elif "storage" in name and name != "requests.ephemeral-storage" and name != "limits.ephemeral-storage":
            own = own or ("PersistentVolumeClaim" if name not in COMPUTE else "Pod")
        elif _of_pods(name):
            own = "Pod"
        if own:
            kinds[own] = None
    return list(kinds)
