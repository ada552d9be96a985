"""What a Service's EndpointSlices should say, and which of them are made, changed and taken away for it.

Whoever is listed keeps its place; who is new comes last. A slice that is no longer wanted becomes the one that is.
Upstream: staging/src/k8s.io/endpointslice (reconciler.go, utils.go, v1.36.2); recordings 12, 13, 29, 94.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gen.cluster.apiserver.schema_types import type_named
from gen.cluster.controllers.backends import HEADLESS, hostname_in, is_backend, is_headless, port_number, target
from gen.cluster.controllers.go_dump import dumped
from gen.kit.evolve import dig, evolve
from gen.objects import meta, pods

Obj = dict[str, Any]
MOST_ENDPOINTS = 100  # upstream: --max-endpoints-per-slice
MANAGED_BY, MANAGER = "endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"
SERVICE_NAME, ZONE = "kubernetes.io/service-name", "topology.kubernetes.io/zone"


@dataclass(slots=True)
class Plan:
    """Slices to make, to change and to take away."""

    create: list[Obj] = field(default_factory=list)
    update: list[Obj] = field(default_factory=list)
    delete: list[Obj] = field(default_factory=list)


def endpoint(service: Obj, pod: Obj, zone: str) -> Obj:
    """A Pod as an endpoint: ready if it serves and is not leaving, or if the Service wants all that it selects.

    >>> pod = {"metadata": {"name": "a", "namespace": "n", "uid": "u"}, "status": {"podIP": "10.244.1.2"}}
    >>> endpoint({"metadata": {"name": "web"}}, pod, "")["conditions"]
    {'ready': False, 'serving': False, 'terminating': False}
    """
    serving, terminating = pods.is_ready(pod), meta.deleting(pod)
    ready = bool(dig(service, "spec.publishNotReadyAddresses")) or serving and not terminating
    one: Obj = {
        "addresses": [dig(pod, "status.podIP")],
        "conditions": {"ready": ready, "serving": serving, "terminating": terminating},
        "targetRef": target(pod),
    }
    more = {
        "hostname": hostname_in(service, pod),
        "nodeName": pods.node_of(pod),
        "zone": zone,
    }
    return {**one, **{key: value for key, value in more.items() if value}}


def slice_ports(service: Obj, pod: Obj) -> list[Obj]:
    """The ports of the Service as this Pod has them, in the order of their hashes; one that it lacks is left out."""
    found: list[Obj] = []
    for port in dig(service, "spec.ports", []):
        number = port_number(port, pod)
        if number is not None:
            more = {"appProtocol": port["appProtocol"]} if port.get("appProtocol") else {}
            found.append({"name": port.get("name", ""), "port": number, "protocol": port.get("protocol", "TCP"), **more})
    return sorted(found, key=_hash)


def _hash(port: Obj) -> str:
    return hashlib.md5(dumped(port, type_named("discovery/v1.EndpointPort")).encode(), usedforsecurity=False).hexdigest()


def slice_labels(service: Obj) -> dict[str, str]:
    """The Service's labels, and those by which slices are found."""
    own = {key: value for key, value in meta.labels(service).items() if key not in (MANAGED_BY, SERVICE_NAME, HEADLESS)}
    headless = {HEADLESS: ""} if is_headless(service) else {}
    return {**own, **headless, SERVICE_NAME: meta.name(service), MANAGED_BY: MANAGER}


def new_slice(service: Obj, ports: list[Obj], endpoints: list[Obj]) -> Obj:
    """A slice as it is made."""
    owner = {"apiVersion": "v1", "kind": "Service", "name": meta.name(service), "uid": meta.uid(service)}
    metadata = {
        "generateName": f"{meta.name(service)}-",
        "namespace": meta.namespace(service),
        "labels": slice_labels(service),
        "ownerReferences": [{**owner, "controller": True, "blockOwnerDeletion": True}],
    }
    head = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": metadata, "addressType": "IPv4"}
    return {**head, "endpoints": endpoints or None, "ports": ports or None}


class Listed(NamedTuple):
    """A Pod as the slices of a Service list it; those of the same `group` have the same ports."""

    group: str
    ports: list[Obj]
    endpoint: Obj


def listed(service: Obj, pod: Obj, zones: dict[str, str]) -> Listed | None:
    """How a Pod that the Service selects is listed; None if it is not. `zones` are those of the nodes."""
    if not is_backend(pod, also_terminating=True):
        return None
    ports = slice_ports(service, pod)
    return Listed(str(ports), ports, endpoint(service, pod, zones.get(pods.node_of(pod), "")))


def plan(service: Obj, backends: Iterable[Listed], existing: list[Obj]) -> Plan:
    """What must be written so that the slices say what is so. Of a Service without Pods one empty slice remains."""
    wanted: dict[str, tuple[list[Obj], list[Obj]]] = {}
    for one in backends:
        wanted.setdefault(one.group, (one.ports, []))[1].append(one.endpoint)
    found = Plan()
    for key, (ports, endpoints) in wanted.items():
        _fit(found, service, ports, endpoints, [one for one in existing if _ports_of(one) == key])
    found.delete += [one for one in existing if _ports_of(one) not in wanted]
    if len(found.delete) == len(existing) and not found.create:
        _leave_one(found, service)
    return reused(found)


def _ports_of(one: Obj) -> str:
    return str([dict(sorted(port.items(), key=_as_made)) for port in one.get("ports") or []])


def _as_made(item: tuple[str, Any]) -> int:
    return ("name", "port", "protocol", "appProtocol").index(item[0])


def identity(one: Obj) -> tuple[Any, ...]:
    """What makes an endpoint the same one, whatever its conditions are."""
    return tuple(one["addresses"]), (one.get("targetRef") or {}).get("uid"), one.get("hostname")


def _fit(found: Plan, service: Obj, ports: list[Obj], endpoints: list[Obj], slices: list[Obj]) -> None:
    """Among slices of the same ports: change what changed, drop what went, and find room for what is new."""
    left = {identity(one): one for one in endpoints}
    changed: dict[str, Obj] = {}
    for one in slices:
        before = one.get("endpoints") or []
        after = [still for each in before if (still := left.pop(identity(each), None)) is not None]
        if not after:
            found.delete.append(one)
        elif after != before or meta.labels(one) != slice_labels(service):
            changed[meta.name(one)] = evolve(one, "endpoints", after, "metadata.labels", slice_labels(service))
    kept = [one for one in slices if one not in found.delete and meta.name(one) not in changed]
    new = list(left.values())
    for one in sorted(changed.values(), key=lambda one: -len(one["endpoints"])):
        room = MOST_ENDPOINTS - len(one["endpoints"])
        if new and room > 0:
            changed[meta.name(one)] = evolve(one, "endpoints", [*one["endpoints"], *new[:room]])
            new = new[room:]
    while new:
        part, new = new[:MOST_ENDPOINTS], new[MOST_ENDPOINTS:]
        roomy = [one for one in kept if len(one["endpoints"]) + len(part) <= MOST_ENDPOINTS]
        if roomy:
            fullest = max(roomy, key=lambda one: len(one["endpoints"]))
            kept.remove(fullest)
            changed[meta.name(fullest)] = evolve(fullest, "endpoints", [*fullest["endpoints"], *part])
        else:
            found.create.append(new_slice(service, ports, part))
    found.update += changed.values()


def _leave_one(found: Plan, service: Obj) -> None:
    empty = new_slice(service, [], [])
    if len(found.delete) == 1 and _says(found.delete[0]) == _says(empty):
        found.delete.clear()
    else:
        found.create.append(empty)


def _says(one: Obj) -> tuple[Any, ...]:
    return meta.labels(one), one.get("endpoints") or None, one.get("ports") or None


def reused(found: Plan) -> Plan:
    """Where one slice goes and one comes, the one that would go is changed into the one that would come."""
    while found.delete and found.create:
        old, new = found.delete.pop(0), found.create.pop()
        changes = ("endpoints", new["endpoints"], "ports", new["ports"], "metadata.labels", new["metadata"]["labels"])
        found.update.append(evolve(old, *changes))
    return found
