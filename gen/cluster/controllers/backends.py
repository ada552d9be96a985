"""Which Pods stand behind a Service: the rules that the controllers of Endpoints and of EndpointSlices share.

Upstream: staging/src/k8s.io/endpointslice (util/controller_utils.go, trigger_time_tracker.go, v1.36.2); recordings 12, 13, 29.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.kit.evolve import dig
from gen.kit.remembered import Remembered
from gen.objects import meta, pods

Obj = dict[str, Any]
HEADLESS = "service.kubernetes.io/headless"
TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time"
NO_SERVICE = "ExternalName"


def has_backends(service: Obj) -> bool:
    """Whether Pods are looked for at all: not without a selector, nor for a name outside of the cluster."""
    return bool(dig(service, "spec.selector")) and dig(service, "spec.type") != NO_SERVICE


def selects(service: Obj, labels: dict[str, str]) -> bool:
    """Whether a Pod with these labels stands behind the Service."""
    return has_backends(service) and dig(service, "spec.selector", {}).items() <= labels.items()


def is_backend(pod: Obj, also_terminating: bool) -> bool:
    """Whether a selected Pod is listed: it has an address and has not ended; one that is leaving only if that is wanted."""
    if pods.is_terminal(pod) or not dig(pod, "status.podIP"):
        return False
    return also_terminating or not meta.deleting(pod)


def hostname_in(service: Obj, pod: Obj) -> str:
    """The name that the Pod has in the Service's domain: its hostname, if its subdomain is the Service."""
    spec = pod.get("spec") or {}
    return str(spec["hostname"]) if spec.get("hostname") and spec.get("subdomain") == meta.name(service) else ""


def port_number(port: Obj, pod: Obj) -> int | None:
    """The port of a Pod that a port of a Service leads to; None if it goes by a name that no container gives to a port."""
    wanted: Any = port.get("targetPort") or port["port"]
    protocol = port.get("protocol", "TCP")
    if not isinstance(wanted, str):
        return int(wanted)
    spec = pod.get("spec") or {}
    for container in [*(spec.get("containers") or []), *pods.sidecars(spec)]:
        for one in container.get("ports") or []:
            if one.get("name") == wanted and one.get("protocol", "TCP") == protocol:
                return int(one["containerPort"])
    return None


def target(pod: Obj) -> Obj:
    """The reference to the Pod behind an address."""
    return {"kind": "Pod", "namespace": meta.namespace(pod), "name": meta.name(pod), "uid": meta.uid(pod)}


def is_headless(service: Obj) -> bool:
    """Whether the Service has no address of its own."""
    return bool(dig(service, "spec.clusterIP") == "None")


def aspects(pod: Obj) -> tuple[Any, ...]:
    """What of a Pod shows in a list of endpoints."""
    status, spec = pod.get("status") or {}, pod.get("spec") or {}
    place = status.get("podIP"), spec.get("nodeName"), spec.get("hostname"), spec.get("subdomain")
    return (*place, pods.is_ready(pod), meta.deleting(pod), pods.is_terminal(pod))


def services_concerned(services: Iterable[Obj], before: Obj | None, after: Obj | None) -> list[Key]:
    """The Services that must be looked at after a Pod changed.

    If only its labels changed, those that it joins or leaves. Upstream: GetServicesToUpdateOnPodChange.
    """
    keys: list[Key] = []
    same = before is not None and after is not None and aspects(before) == aspects(after)
    for service in services:
        was = before is not None and selects(service, meta.labels(before))
        now = after is not None and selects(service, meta.labels(after))
        if was != now or was and not same:
            keys.append((meta.namespace(service), meta.name(service)))
    return keys


def of_pod(services: Iterable[Obj], notice: Notice) -> list[Key]:
    """`services_concerned` by a notice."""
    return services_concerned(services, notice.before, notice.after)


class Behind(NamedTuple):
    """A Pod behind a Service: when its readiness last changed, and how it is `listed` (None where it is not)."""

    pod: Obj
    since: str
    listed: Any


class Backends:
    """The Pods behind every Service, each listed as `rule(service, pod, *more)` says.

    Of the same version of a Pod the rule is asked once, until the Service or what it was asked with changes.
    """

    def __init__(self, rule: Callable[..., Any]) -> None:
        self._rule = rule
        self._known: dict[Key, tuple[tuple[Any, ...], Remembered[Behind | None]]] = {}

    def of(self, service: Obj, found: Iterable[Obj], *more: Any) -> list[Behind]:
        """Those of the Pods that stand behind the Service."""
        key, asked = (meta.namespace(service), meta.name(service)), (service, *more)
        if key not in self._known or self._known[key][0] != asked:
            self._known[key] = asked, Remembered(lambda pod: self._behind(service, pod, *more))
        behind = self._known[key][1].of
        return [one for pod in found if (one := behind(pod)) is not None]

    def forget(self, key: Key) -> None:
        """The Service is gone."""
        self._known.pop(key, None)

    def _behind(self, service: Obj, pod: Obj, *more: Any) -> Behind | None:
        selected = selects(service, meta.labels(pod))
        return Behind(pod, ready_since(pod), self._rule(service, pod, *more)) if selected else None


class TriggerTimes:
    """What last made endpoints change, by Service: the earliest of the changes that were not seen at the look before.

    A Pod changes when its readiness does, a Service when it is made; what leaves leaves no time.
    """

    def __init__(self) -> None:
        self._seen: dict[Key, tuple[str, dict[int, Behind]]] = {}

    def next(self, service: Obj, behind: Iterable[Behind]) -> str:
        """The time to note with the endpoints as they are now; "" if nothing has a time that is new."""
        key = meta.namespace(service), meta.name(service)
        made_before, before = self._seen.get(key, ("", {}))
        made, now = str(service["metadata"]["creationTimestamp"]), {id(one.pod): one for one in behind}
        self._seen[key] = (made, now)
        old = {meta.name(one.pod): one.since for version, one in before.items() if version not in now}
        new = [one for version, one in now.items() if version not in before]
        fresh = [one.since for one in new if one.since > old.get(meta.name(one.pod), "")]
        return min([*fresh, *([made] if made > made_before else [])], default="")

    def forget(self, key: Key) -> None:
        """The Service is gone."""
        self._seen.pop(key, None)


def ready_since(pod: Obj) -> str:
    """When the Pod's readiness last changed; "" before it has any."""
    return str((pods.condition(pod, "Ready") or {}).get("lastTransitionTime") or "")


def annotated(annotations: dict[str, str], time: str) -> dict[str, str]:
    """The annotations with the time of what made the endpoints change, or without one where nothing has a new time."""
    others = {key: value for key, value in annotations.items() if key != TRIGGER_TIME}
    return {**others, TRIGGER_TIME: time} if time else others
