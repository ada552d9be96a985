"""Addresses and ports of Services: given out once, kept over changes, taken back when the Service no longer needs them.

Upstream: pkg/registry/core/service/storage (alloc.go, storage.go: patchAllocatedValues) and strategy.go
(dropTypeDependentFields), pkg/registry/core/service/ipallocator and portallocator (v1.36.2); recordings 13, 17 and 41.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any

from gen.cluster.apiserver import field_error, status
from gen.cluster.apiserver.field_error import FieldError
from gen.cluster.apiserver.request import Call, Obj, World
from gen.kit.evolve import REMOVED, dig, evolve
from gen.objects import meta

RANGE = ip_network("10.96.0.0/12")  # kubeadm's default for --service-cluster-ip-range
RESERVED = ("10.96.0.1", "10.96.0.10")  # the API server's own Service, and the cluster's DNS
PORTS = (30_000, 32_767)  # upstream: --service-node-port-range
UNSET_IN_DRY_RUN = "10.96.0.0"  # what a dry run shows for an address that it does not take
HEADLESS = "None"
WITH_ADDRESS, WITH_PORTS = ("ClusterIP", "NodePort", "LoadBalancer"), ("NodePort", "LoadBalancer")


def allocate(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """The Service with what it needs. Raises StatusError 422 for an address or a port that it cannot have."""
    if obj is None or call.kind != "Service" or call.subresource or call.verb == "delete":
        return obj
    errors = [*changed_address(obj, old)]
    if not errors:
        obj, errors = _with_address(world, call, obj, old)
    if not errors:
        obj, errors = _with_ports(world, obj, old)
    if errors:
        raise status.invalid("Service", meta.name(obj), errors)
    return obj


def with_kept(obj: Obj, old: Obj) -> Obj:
    """What the Service had and did not say again; what belongs to its former type goes."""
    spec, before = obj.get("spec") or {}, old.get("spec") or {}
    kind, former = spec.get("type"), before.get("type")
    if kind in WITH_ADDRESS and former in WITH_ADDRESS and not spec.get("clusterIP") and not spec.get("clusterIPs"):
        spec = {**spec, **{field: before[field] for field in ("clusterIP", "clusterIPs") if field in before}}
    if kind == "ExternalName" and former != kind and spec.get("clusterIP") == before.get("clusterIP"):
        drop = ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")
        spec = {field: value for field, value in spec.items() if field not in drop}
    if kind in WITH_PORTS and former in WITH_PORTS:
        spec = {**spec, "ports": [_with_former_port(port, before.get("ports") or []) for port in spec.get("ports") or []]}
    if kind not in WITH_PORTS and former in WITH_PORTS:
        spec = {**spec, "ports": [{key: value for key, value in port.items() if key != "nodePort"} for port in spec["ports"]]}
        spec = {key: value for key, value in spec.items() if key not in ("externalTrafficPolicy", "healthCheckNodePort")}
    return {**obj, "spec": spec}


def _with_former_port(port: Obj, before: list[Obj]) -> Obj:
    same = [one for one in before if (one.get("port"), one.get("protocol")) == (port.get("port"), port.get("protocol"))]
    if port.get("nodePort") or not same or not same[0].get("nodePort"):
        return port
    return {**port, "nodePort": same[0]["nodePort"]}


def changed_address(obj: Obj, old: Obj | None) -> list[FieldError]:
    """An address that was given once cannot be another one."""
    new, before = addresses(obj), addresses(old or {})
    same_type = dig(obj, "spec.type") != "ExternalName" and dig(old or {}, "spec.type") != "ExternalName"
    if old is None or not before or not same_type or new[:1] == before[:1]:
        return []
    return [field_error.invalid("spec.clusterIPs[0]", new, "may not change once set")]


def addresses(obj: Obj) -> list[str]:
    """The addresses of a Service: where only one of the two fields was changed, that one counts."""
    one = dig(obj, "spec.clusterIP")
    several = list(dig(obj, "spec.clusterIPs", []))
    return [one, *several[1:]] if one else several


def _with_address(world: World, call: Call, obj: Obj, old: Obj | None) -> tuple[Obj, list[FieldError]]:
    if dig(obj, "spec.type") not in WITH_ADDRESS:
        return obj, []
    asked = addresses(obj)
    if asked and old is not None and asked[:1] == addresses(old)[:1] or asked[:1] == [HEADLESS]:
        return evolve(obj, "spec.clusterIP", asked[0], "spec.clusterIPs", asked), []
    taken = [*RESERVED, *(address for one in world.stored("Service") for address in addresses(one))]
    if not asked:
        free = UNSET_IN_DRY_RUN if call.dry_run else _free_address(world, taken)
        return evolve(obj, "spec.clusterIP", free, "spec.clusterIPs", [free]), []
    why = ""
    if ip_address(asked[0]) not in RANGE:
        why = f"failed to allocate IP {asked[0]}: the provided network does not match the current range"
    elif asked[0] in taken:
        why = f"failed to allocate IP {asked[0]}: provided IP is already allocated"
    errors = [field_error.invalid("spec.clusterIPs", asked, why)] if why else []
    return evolve(obj, "spec.clusterIP", asked[0], "spec.clusterIPs", asked), errors


def _free_address(world: World, taken: list[str]) -> str:
    """One out of the upper part of the range, which is where addresses are taken from that nobody asked for by name."""
    dice = world.loop.rng("apiserver/cluster-ips")
    while True:
        address = str(RANGE[dice.randint(256, RANGE.num_addresses - 2)])
        if address not in taken:
            return address


def _with_ports(world: World, obj: Obj, old: Obj | None) -> tuple[Obj, list[FieldError]]:
    if not needs_ports(obj):
        return obj, []
    own = [port.get("nodePort") for port in dig(old or {}, "spec.ports", [])]
    taken = [port.get("nodePort") for one in world.stored("Service") for port in dig(one, "spec.ports", [])]
    ports: list[Obj] = []
    errors: list[FieldError] = []
    for place, port in enumerate(dig(obj, "spec.ports", [])):
        asked = port.get("nodePort") or 0
        if asked and asked not in own:
            errors += [field_error.invalid(f"spec.ports[{place}].nodePort", asked, why) for why in _refused(asked, taken)]
        given = asked or _free_port(world, taken)
        taken.append(given)
        ports.append({**port, "nodePort": given})
    return evolve(obj, "spec.ports", ports if ports else REMOVED), errors


def needs_ports(obj: Obj) -> bool:
    """Whether the Service is to be reached at a port of every node.

    >>> needs_ports({"spec": {"type": "NodePort"}})
    True
    """
    kind = dig(obj, "spec.type")
    return kind == "NodePort" or kind == "LoadBalancer" and dig(obj, "spec.allocateLoadBalancerNodePorts", True) is not False


def _refused(port: int, taken: list[Any]) -> list[str]:
    if not PORTS[0] <= port <= PORTS[1]:
        return [f"provided port is not in the valid range. The range of valid ports is {PORTS[0]}-{PORTS[1]}"]
    return ["provided port is already allocated"] if port in taken else []


def _free_port(world: World, taken: list[Any]) -> int:
    """Upstream keeps the lowest 86 ports for those who ask by number (portallocator, calculatePortRange)."""
    dice = world.loop.rng("apiserver/node-ports")
    while True:
        port = dice.randint(PORTS[0] + 86, PORTS[1])
        if port not in taken:
            return port
