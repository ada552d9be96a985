"""The Endpoints controller: the older form of the same list, which v1.36 still writes beside the EndpointSlices.

Upstream: pkg/controller/endpoint/endpoints_controller.go and pkg/api/v1/endpoints/util.go (v1.36.2); recordings 12, 13, 29.
Left out: the cut at a thousand addresses.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller, itself
from gen.cluster.client.first import when_there
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers.backends import (
    HEADLESS,
    Backends,
    TriggerTimes,
    annotated,
    has_backends,
    hostname_in,
    is_backend,
    is_headless,
    of_pod,
    port_number,
    target,
)  # fmt: skip
from gen.kit.evolve import REMOVED, dig, evolve
from gen.kit.loop import Context
from gen.objects import meta, pods

Obj = dict[str, Any]
MANAGED_BY, MANAGER = "endpoints.kubernetes.io/managed-by", "endpoint-controller"
WATCHED = ("Service", "Endpoints", "Pod")


class Listed(NamedTuple):
    """A Pod as the Endpoints of a Service list it, on one of two sides; those of the same `group` have the same ports."""

    group: str
    ports: list[Obj]
    side: str
    address: Obj


def listed(service: Obj, pod: Obj) -> Listed | None:
    """How a Pod that the Service selects is listed; None if it is not."""
    every = bool(dig(service, "spec.publishNotReadyAddresses"))
    ports = ports_of(service, pod)
    if not is_backend(pod, also_terminating=every) or not ports and dig(service, "spec.ports"):
        return None
    side = "addresses" if every or pods.is_ready(pod) else "notReadyAddresses"
    return Listed(str(ports), ports, side, address(service, pod))


def subsets(backends: Iterable[Listed]) -> list[Obj]:
    """The addresses by the ports that they share, those that are ready and those that are not, in the order of their texts.

    Upstream: syncService, addEndpointSubset and RepackSubsets.
    """
    groups: dict[str, tuple[list[Obj], dict[str, list[Obj]]]] = {}
    for one in backends:
        _, sides = groups.setdefault(one.group, (one.ports, {"addresses": [], "notReadyAddresses": []}))
        sides[one.side].append(one.address)
    found: list[Obj] = []
    for ports, sides in groups.values():
        in_order = {side: sorted(ones, key=itemgetter("ip")) for side, ones in sides.items() if ones}
        found.append({**in_order, **({"ports": ports} if ports else {})})
    return found


def ports_of(service: Obj, pod: Obj) -> list[Obj]:
    """The ports of the Service as this Pod has them; one that it lacks is left out."""
    found: list[Obj] = []
    for port in dig(service, "spec.ports", []):
        number = port_number(port, pod)
        if number is not None:
            named = {key: port[key] for key in ("name", "appProtocol") if port.get(key)}
            found.append({**named, "port": number, "protocol": port.get("protocol", "TCP")})
    return found


def address(service: Obj, pod: Obj) -> Obj:
    """A Pod as an address."""
    more = {"hostname": hostname_in(service, pod), "nodeName": dig(pod, "spec.nodeName")}
    return {"ip": dig(pod, "status.podIP"), **{key: value for key, value in more.items() if value}, "targetRef": target(pod)}


def endpoints_labels(service: Obj) -> dict[str, str]:
    """The Service's labels, whether it is headless, and who writes the object."""
    own = {key: value for key, value in meta.labels(service).items() if key != HEADLESS}
    return {**own, **({HEADLESS: ""} if is_headless(service) else {}), MANAGED_BY: MANAGER}


def desired(service: Obj, backends: Iterable[Listed], current: Obj | None) -> Obj | None:
    """The Endpoints of a Service as they should be written; None if they say already what is so."""
    wanted, labels = subsets(backends), endpoints_labels(service)
    if current is not None and (current.get("subsets") or []) == wanted and meta.labels(current) == labels:
        return None
    place = {"name": meta.name(service), "namespace": meta.namespace(service)}
    base = current or {"apiVersion": "v1", "kind": "Endpoints", "metadata": place}
    return evolve(base, "metadata.labels", labels, "subsets", wanted or REMOVED)


class EndpointsController(Controller):
    """Keys of Services; woken by them, by Pods that join, leave or change, and by Endpoints that are gone."""

    most_retries = 15

    def register(self) -> None:
        """Begin with the first Service."""
        self.times, self.backends = TriggerTimes(), Backends(listed)
        when_there(self, "Service", self._begin)

    def _begin(self, why: Context | None) -> None:
        self.services, self.endpoints, self.pods = (self.informers.of(kind, context=why) for kind in WATCHED)
        self.watch("Service", itself)
        self.watch("Pod", self._services_of_pod)
        self.watch("Endpoints", gone)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a Service."""
        for informer in (self.services, self.endpoints, self.pods):
            if not informer.synced:
                await informer.listed
        service, current = self.services.get(*key), self.endpoints.get(*key)
        if service is None:
            self.times.forget(key)
            self.backends.forget(key)
            await self._delete(key)
        elif has_backends(service):
            behind = self.backends.of(service, self.pods.all(key[0]))
            time = self.times.next(service, behind)
            wanted = desired(service, [one.listed for one in behind if one.listed], current)
            if wanted is not None:
                ready = sum(len(one.get("addresses") or []) for one in wanted.get("subsets") or [])
                self.decided(meta.ref(service), by=subsets, ready=ready)
                await self._write(evolve(wanted, "metadata.annotations", annotated(meta.annotations(wanted), time) or REMOVED))
        return None

    async def _write(self, wanted: Obj) -> None:
        try:
            await (self.api.update(wanted) if meta.uid(wanted) else self.api.create(wanted))
        except StatusError as error:
            if error.reason != "Forbidden":  # the namespace is going away
                raise

    async def _delete(self, key: Key) -> None:
        """Endpoints have no owner: this controller takes them away itself, whether it has heard of them or not."""
        self.obey(has_backends)
        try:
            await self.api.delete("Endpoints", key[0], key[1])
        except StatusError as error:
            if error.code != 404:
                raise

    def _services_of_pod(self, notice: Notice) -> Iterable[Key]:
        return of_pod(self.services.all(meta.namespace(notice.after or notice.before or {})), notice)


def gone(notice: Notice) -> Iterable[Key]:
    """The key of Endpoints that were taken away."""
    return itself(notice) if notice.after is None else []
