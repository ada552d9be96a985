"""The EndpointSlice controller: which Pods a Service leads to, and in what state each is.

Upstream: pkg/controller/endpointslice (endpointslice_controller.go) and staging/src/k8s.io/endpointslice (reconciler.go,
endpointslice_tracker.go, v1.36.2); recordings 12, 13, 29, 94. Left out: IPv6, hints for near zones, the mirroring of
Endpoints that somebody wrote by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller, Retry, itself
from gen.cluster.client.first import when_there
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers.backends import Backends, TriggerTimes, annotated, has_backends, of_pod
from gen.cluster.controllers.slicing import MANAGED_BY, MANAGER, SERVICE_NAME, ZONE, Plan, listed, plan
from gen.kit.evolve import evolve
from gen.kit.loop import SECOND, Context
from gen.objects import meta

Obj = dict[str, Any]
WATCHED = ("Service", "EndpointSlice", "Node", "Pod")


class Expected:
    """How far each slice of a Service must have come in the cache, as the answers to the controller's own writes told."""

    def __init__(self) -> None:
        self._generations: dict[Key, dict[str, int]] = {}

    def wrote(self, key: Key, one: Obj) -> None:
        """The server answered with this slice."""
        self._generations.setdefault(key, {})[meta.name(one)] = meta.generation(one)

    def deleted(self, key: Key, name: str) -> None:
        """The slice was taken away."""
        self._generations.get(key, {}).pop(name, None)

    def forget(self, key: Key) -> None:
        """The Service is gone."""
        self._generations.pop(key, None)

    def stale(self, key: Key, slices: list[Obj]) -> bool:
        """Whether the cache is behind what was written."""
        known = {meta.name(one): meta.generation(one) for one in slices}
        return any(known.get(name, 0) < least for name, least in self._generations.get(key, {}).items())

    def is_news(self, key: Key, before: Obj | None, after: Obj | None) -> bool:
        """Whether somebody else changed the slice or took it away."""
        expected = self._generations.get(key, {}).get(meta.name(after or before or {}))
        if after is None:
            return expected is not None
        return before is not None and meta.generation(after) > (expected or 0)


class EndpointSliceController(Controller):
    """Keys of Services; woken by them, by Pods that join, leave or change, and by slices that others change."""

    first_retry_us = SECOND  # upstream: defaultSyncBackOff
    most_retries = 15

    def register(self) -> None:
        """Begin with the first Service."""
        self.expected, self.times, self.backends = Expected(), TriggerTimes(), Backends(listed)
        when_there(self, "Service", self._begin)

    def _begin(self, why: Context | None) -> None:
        self.services, self.slices, self.nodes, self.pods = (self.informers.of(kind, context=why) for kind in WATCHED)
        self.watch("Service", itself)
        self.watch("Pod", self._services_of_pod)
        self.watch("EndpointSlice", self._service_of_slice)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a Service."""
        for informer in (self.services, self.slices, self.nodes, self.pods):
            if not informer.synced:
                await informer.listed
        service = self.services.get(*key)
        if service is None:
            self.expected.forget(key)
            self.times.forget(key)
            self.backends.forget(key)
            return None
        if not has_backends(service):
            return None
        slices = [one for one in self.slices.all(key[0]) if of_service(one) == key[1] and not meta.deleting(one)]
        if self.expected.stale(key, slices):
            raise Retry
        zones = {meta.name(node): meta.labels(node).get(ZONE, "") for node in self.nodes.all()}
        behind = self.backends.of(service, self.pods.all(key[0]), zones)
        time = self.times.next(service, behind)
        await self._write(service, plan(service, [one.listed for one in behind if one.listed], slices), time)
        return None

    async def _write(self, service: Obj, found: Plan, time: str) -> None:
        key = meta.namespace(service), meta.name(service)
        if found.create or found.update or found.delete:
            ready, endpoints = counted(found)
            self.decided(meta.ref(service), by=plan, endpoints=endpoints, ready=ready)
        for one in found.create if not meta.deleting(service) else []:
            await self._create(key, evolve(one, "metadata.annotations", annotated({}, time)))
        for one in found.update:
            noted = evolve(one, "metadata.annotations", annotated(meta.annotations(one), time))
            self.expected.wrote(key, await self.api.update(noted))
        for one in found.delete:
            await self.api.delete("EndpointSlice", key[0], meta.name(one))
            self.expected.deleted(key, meta.name(one))

    async def _create(self, key: Key, one: Obj) -> None:
        try:
            self.expected.wrote(key, await self.api.create(one))
        except StatusError as error:
            if error.reason != "Forbidden":  # the namespace is going away
                raise

    def _services_of_pod(self, notice: Notice) -> Iterable[Key]:
        return of_pod(self.services.all(meta.namespace(notice.after or notice.before or {})), notice)

    def _service_of_slice(self, notice: Notice) -> Iterable[Key]:
        one = notice.after or notice.before or {}
        name = of_service(one)
        key = (meta.namespace(one), name)
        if not name or not self.expected.is_news(key, notice.before, notice.after):
            return []
        if notice.after is None:
            self.expected.deleted(key, meta.name(one))
        return [key]


def of_service(one: Obj) -> str:
    """The Service that a slice belongs to; "" if it is not this controller's."""
    labels = meta.labels(one)
    return labels.get(SERVICE_NAME, "") if labels.get(MANAGED_BY) == MANAGER else ""


def counted(found: Plan) -> tuple[int, int]:
    """How many of the endpoints in the slices that are written are ready, and how many there are."""
    endpoints = [each for one in (*found.create, *found.update) for each in one.get("endpoints") or []]
    return sum(bool(one["conditions"]["ready"]) for one in endpoints), len(endpoints)
