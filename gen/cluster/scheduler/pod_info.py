"""What the scheduler needs to know of a Pod, worked out once.

Upstream: pkg/scheduler/framework/types.go, PodInfo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gen.cluster.scheduler.pod_affinity import PodAffinity, pod_affinity
from gen.kit.evolve import dig, evolve
from gen.objects import meta, pods

Obj = dict[str, Any]
Key = tuple[str, str]  # (namespace, name)
Port = tuple[str, str, int]  # (protocol, address, port)

CONTAINERS = ("initContainers", "containers")
EVERY_ADDRESS = "0.0.0.0"
# A container that requests nothing still uses something: for the scores it counts as this much.
ASSUMED_REQUESTS = {"cpu": "100m", "memory": "200Mi"}  # upstream: pkg/scheduler/util/pod_resources.go
DECIDING_FIELDS = ("nodeName", "nodeSelector", "affinity", "tolerations")  # of spec: what placement rules of one node look at


@dataclass(frozen=True, slots=True)
class PodInfo:
    """A Pod and what placement depends on.

    `requests` are in base units (thousandths of a core, bytes, pieces), `assumed` are cpu and memory as the scores count
    them. Two Pods of the same `shape` get the same answers from every plugin that looks at one node alone.
    """

    pod: Obj
    key: Key
    labels: dict[str, str]
    deleting: bool
    priority: int
    requests: dict[str, int]
    assumed: tuple[int, int]
    ports: tuple[Port, ...]
    images: tuple[str, ...]
    containers: int
    affinity: PodAffinity
    shape: str

    @property
    def namespace(self) -> str:
        """The namespace of the Pod."""
        return self.key[0]

    @property
    def spec(self) -> Obj:
        """The spec of the Pod."""
        spec: Obj = self.pod.get("spec") or {}
        return spec


def pod_info(pod: Obj) -> PodInfo:
    """Work out what placement depends on."""
    spec = pod.get("spec") or {}
    requests, ports, images = requested(pod), host_ports(pod), image_names(pod)
    assumed = requested(with_assumed_requests(pod))
    shape = repr((requests, assumed, ports, images, [spec.get(field) for field in DECIDING_FIELDS]))
    return PodInfo(
        pod=pod,
        key=(meta.namespace(pod), meta.name(pod)),
        labels=meta.labels(pod),
        deleting=meta.deleting(pod),
        priority=spec.get("priority") or 0,
        requests=requests,
        assumed=(assumed.get("cpu", 0), assumed.get("memory", 0)),
        ports=ports,
        images=images,
        containers=sum(len(spec.get(field) or []) for field in CONTAINERS),
        affinity=pod_affinity(pod),
        shape=shape,
    )


def requested(pod: Obj) -> dict[str, int]:
    """What the Pod asks of its node: for itself as a whole (`spec.resources`) where it says so, else for its containers."""
    total, whole = pods.requests(pod), dig(pod, "spec.resources.requests")
    if not whole:
        return total
    overhead = dig(pod, "spec.overhead", {})
    parts = {name: [text, overhead.get(name, "0")] for name, text in whole.items()}
    return {**total, **{name: sum(pods.in_base_units(name, part) for part in parts[name]) for name in parts}}


def with_assumed_requests(pod: Obj) -> Obj:
    """The Pod as if every container that says nothing about cpu or memory asked for a little of it.

    What the Pod requests as a whole (`spec.resources`) stands for its containers.
    """
    whole = dig(pod, "spec.resources.requests", {})
    assumed = {name: amount for name, amount in ASSUMED_REQUESTS.items() if name not in whole}
    for field in CONTAINERS:
        containers = dig(pod, f"spec.{field}")
        if containers:
            filled = [evolve(one, "resources.requests", {**assumed, **dig(one, "resources.requests", {})}) for one in containers]
            pod = evolve(pod, f"spec.{field}", filled)
    return pod


def host_ports(pod: Obj) -> tuple[Port, ...]:
    """The ports of the node itself that the Pod's containers and sidecars take."""
    containers = [*pods.sidecars(pod.get("spec") or {}), *dig(pod, "spec.containers", [])]
    wanted = [port for one in containers for port in one.get("ports") or []]
    taken = [port for port in wanted if port.get("hostPort")]
    return tuple((port.get("protocol") or "TCP", port.get("hostIP") or EVERY_ADDRESS, port["hostPort"]) for port in taken)


def image_names(pod: Obj) -> tuple[str, ...]:
    """The images of all containers, and those that are mounted as volumes."""
    containers = [*dig(pod, "spec.initContainers", []), *dig(pod, "spec.containers", [])]
    mounted = [volume["image"].get("reference", "") for volume in dig(pod, "spec.volumes", []) if volume.get("image")]
    return tuple(with_tag(name) for name in [*(one.get("image", "") for one in containers), *mounted])


def with_tag(image: str) -> str:
    """The image's name with its tag, `latest` if it names none.

    >>> with_tag("registry:5000/nginx")
    'registry:5000/nginx:latest'
    """
    return image if image.rfind(":") > image.rfind("/") else f"{image}:latest"
