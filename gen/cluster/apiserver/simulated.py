"""What of an object is kept and shown but not acted on: the fidelity of the model, as a table.

A field is named only where the author set it to something else than its default; a name stands for the field in Pods and in
the templates of Pods alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.objects.kinds import kind_of
from gen.trace.record import Obj

# Fields nobody acts on, with their defaults: a value that is none of these has no effect here.
POD: dict[str, tuple[Any, ...]] = {
    "ephemeralContainers": ([],),
    "dnsPolicy": ("ClusterFirst",),
    "dnsConfig": ({},),
    "enableServiceLinks": (True,),
    "hostAliases": ([],),
    "hostIPC": (False,),
    "hostNetwork": (False,),
    "hostPID": (False,),
    "hostUsers": (True,),
    "hostname": ("",),
    "hostnameOverride": ("",),
    "imagePullSecrets": ([],),
    "os": ({},),
    "overhead": ({},),
    "priorityClassName": ("",),
    "readinessGates": ([],),
    "resourceClaims": ([],),
    "resources": ({},),
    "runtimeClassName": ("",),
    "schedulerName": ("default-scheduler",),
    "securityContext": ({},),
    "setHostnameAsFQDN": (False,),
    "shareProcessNamespace": (False,),
    "subdomain": ("",),
}
CONTAINER: dict[str, tuple[Any, ...]] = {
    "resizePolicy": ([],),
    "restartPolicyRules": ([],),
    "securityContext": ({},),
    "stdin": (False,),
    "stdinOnce": (False,),
    "tty": (False,),
    "volumeDevices": ([],),
    "workingDir": ("",),
}
VOLUMES = ("configMap", "secret", "emptyDir", "downwardAPI", "projected")  # the sources whose files are there
ROUTED = ("Service", "EndpointSlice", "Endpoints")  # kept with all their rules, but nobody leads a packet by them:
ROUTER = "kube-proxy"
TOKEN_VOLUME = "kube-api-access-"  # what admission adds is not the author's
TEMPLATED = ("Deployment", "ReplicaSet")


def not_simulated(obj: Obj) -> list[str]:
    """What the author asked for and this cluster does not do: kinds, fields such as `Pod.spec.volumes`, and `kube-proxy`.

    >>> not_simulated({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"tty": True}], "hostPID": True}})
    ['Pod.spec.hostPID', 'Pod.spec.containers.tty']
    """
    name, spec = str(obj.get("kind", "")), obj.get("spec") or {}
    kind = kind_of(str(obj.get("apiVersion", "")), name)
    if kind is None or not kind.modelled:
        return [name]
    if name in ROUTED:
        return [ROUTER]
    if name == "Pod":
        return list(dict.fromkeys(_of_pod(spec)))
    if name == "Node" and any(taint.get("effect") == "NoExecute" for taint in spec.get("taints") or []):
        return ["Node.spec.taints.effect NoExecute"]  # nobody is evicted
    if name not in TEMPLATED:
        return []
    return list(dict.fromkeys(_of_pod((spec.get("template") or {}).get("spec") or {})))


def _of_pod(spec: Obj) -> Iterator[str]:
    yield from _set(spec, POD, "Pod.spec.")
    for volume in spec.get("volumes") or []:
        if not str(volume.get("name", "")).startswith(TOKEN_VOLUME):
            yield from (f"Pod.spec.volumes.{source}" for source in volume if source not in ("name", *VOLUMES))
    for container in [*(spec.get("initContainers") or []), *(spec.get("containers") or [])]:
        yield from _set(container, CONTAINER, "Pod.spec.containers.")
        limits = (container.get("resources") or {}).get("limits") or {}
        yield from (f"Pod.spec.containers.resources.limits.{name}" for name in limits if name != "memory")


def _set(obj: Obj, table: dict[str, tuple[Any, ...]], prefix: str) -> Iterator[str]:
    for field, defaults in table.items():
        value = obj.get(field)
        if value is not None and value not in defaults:
            yield prefix + field
