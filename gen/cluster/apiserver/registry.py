"""What the API server itself writes into an object: name, uid, times, generation, first status; and what nobody may change.

Upstream: apiserver/pkg/registry/rest (create.go, update.go, delete.go) and the strategies under pkg/registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.cluster.apiserver import field_error, status
from gen.cluster.apiserver.filling import each, part
from gen.cluster.apiserver.request import Call, Obj, World
from gen.cluster.apiserver.service_allocation import with_kept
from gen.kit.duration import timestamp
from gen.kit.evolve import REMOVED, dig, evolve
from gen.kit.names import random_suffix
from gen.objects import meta, pods
from gen.objects.custom import DEFINITION, established
from gen.objects.kinds import kind_by_name


@dataclass(frozen=True, slots=True)
class Strategy:
    """How objects of a kind are born and deleted.

    `birth_status(obj)` is their first status; None keeps what was given. `held_by` stands in `spec.finalizers`. A `generation`
    counts changes of `counted` (the fields beside the metadata); where `annotations_count`, of the annotations too, where
    `labels_count`, of the labels.
    """

    birth_status: Callable[[Obj], Obj] | None = None
    held_by: tuple[str, ...] = ()
    generation: bool = False
    graceful: bool = False
    status_writes_annotations: bool = False
    annotations_count: bool = False
    labels_count: bool = False
    counted: tuple[str, ...] = ("spec",)


def born_pod(pod: Obj) -> Obj:
    """A Pod's first status: with scheduling gates it says that it waits. Upstream: pkg/registry/core/pod/strategy.go."""
    status_at_birth = {"phase": "Pending", "qosClass": pods.qos_class(pod)}
    if not pod["spec"].get("schedulingGates"):
        return status_at_birth
    gated = {
        "type": "PodScheduled",
        "status": "False",
        "lastProbeTime": None,
        "lastTransitionTime": pod["metadata"]["creationTimestamp"],
        "reason": "SchedulingGated",
        "message": "Scheduling is blocked due to non-empty scheduling gates",
    }
    return {**status_at_birth, "conditions": [gated]}


STRATEGIES: dict[str, Strategy] = {
    "Pod": Strategy(born_pod, generation=True, graceful=True),
    "ReplicaSet": Strategy(lambda _: {"replicas": 0}, generation=True),
    "Deployment": Strategy(lambda _: {}, generation=True, status_writes_annotations=True, annotations_count=True),
    "Namespace": Strategy(lambda _: {"phase": "Active"}, held_by=("kubernetes",)),
    "Service": Strategy(lambda _: {"loadBalancer": {}}),
    "ResourceQuota": Strategy(lambda _: {}),
    "EndpointSlice": Strategy(generation=True, labels_count=True, counted=("endpoints", "ports")),
    DEFINITION: Strategy(established, generation=True),
}
PLAIN, CUSTOM = Strategy(), Strategy(generation=True)
LONGEST_GRACE_S = 2**63 // 10**9  # what a Go duration holds: 292 years
GENERATED_NAME_LENGTH = 58  # upstream: names/generate.go: 63 less the suffix of five


def strategy(kind: str) -> Strategy:
    """The kind's own strategy, or the plain one; kinds of other makers count generations."""
    return STRATEGIES.get(kind) or (PLAIN if kind_by_name(kind) else CUSTOM)


def prepare(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """The object as it will be stored. Raises StatusError 409 if it was changed since the writer read it."""
    if obj is None:
        return None
    if call.kind == "Pod" and dig(obj, "spec.terminationGracePeriodSeconds", 0) < 0:
        obj = evolve(obj, "spec.terminationGracePeriodSeconds", 1)  # upstream: pkg/registry/core/pod/strategy.go; recording 17
    return prepare_for_create(world, call, obj) if old is None else prepare_for_update(call, obj, old)


def prepare_for_create(world: World, call: Call, obj: Obj) -> Obj:
    """A newborn object: named, numbered, dated, with its first status."""
    metadata = {
        key: value for key, value in obj["metadata"].items() if key not in ("resourceVersion", "managedFields", "selfLink")
    }
    if not metadata.get("name") and metadata.get("generateName"):
        stem = metadata["generateName"][:GENERATED_NAME_LENGTH]
        metadata["name"] = stem + random_suffix(world.loop.rng("apiserver/names"))
    metadata["uid"] = world.next_uid()
    metadata["creationTimestamp"] = timestamp(world.loop.unix_us)
    born = strategy(call.kind)
    if born.generation:
        metadata["generation"] = 1
    obj = {**obj, "metadata": metadata}
    if born.held_by:
        obj = evolve(obj, "spec.finalizers", list(born.held_by))
    return obj if born.birth_status is None else {**obj, "status": born.birth_status(obj)}


def prepare_for_update(call: Call, obj: Obj, old: Obj) -> Obj:
    """What the request may change, on top of what is stored."""
    asked = str(obj["metadata"].get("resourceVersion") or "")
    if asked and not asked.isdecimal():
        why = f'strconv.ParseUint: parsing "{asked}": invalid syntax'
        raise status.invalid(call.kind, call.name, [field_error.invalid("metadata.resourceVersion", asked, why)])
    if asked and int(asked) != meta.resource_version(old):
        raise status.conflict(call.kind, call.name)
    if dig(obj, "metadata.uid") not in (None, "", meta.uid(old)):
        raise status.uid_conflict(call.kind, call.name, meta.uid(obj), meta.uid(old))
    if call.subresource in ("status", "binding"):
        return with_status_of(obj, old, call)
    if call.subresource == "finalize":
        return dict(evolve(old, "spec.finalizers", dig(obj, "spec.finalizers") or REMOVED))
    kept = {key: old["metadata"][key] for key in SERVER_FIELDS if key in old["metadata"]}
    metadata = {**{key: value for key, value in obj["metadata"].items() if key not in SERVER_FIELDS}, **kept}
    obj = {**obj, "metadata": metadata}
    if call.kind == "Service" and not call.subresource:
        obj = with_kept(obj, old)
    kind = strategy(call.kind)
    if kind.birth_status is not None or "status" in old and call.kind != "Event":
        obj = evolve(obj, "status", old.get("status", REMOVED))
    noted = kind.annotations_count and meta.annotations(obj) != meta.annotations(old)
    noted = noted or kind.labels_count and meta.labels(obj) != meta.labels(old)
    if kind.generation and (noted or any(obj.get(field) != old.get(field) for field in kind.counted)):
        obj = evolve(obj, "metadata.generation", old["metadata"].get("generation", 0) + 1)
    return obj


SERVER_FIELDS = (
    "uid",
    "creationTimestamp",
    "generation",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "resourceVersion",
    "managedFields",
)


def with_status_of(obj: Obj, old: Obj, call: Call) -> Obj:
    """A write of a subresource changes the status (a binding: the node's name and labels too) and nothing else."""
    if call.subresource == "binding":
        return obj
    changed = {**old, "status": obj.get("status", {})}
    if strategy(call.kind).status_writes_annotations and meta.annotations(obj) != meta.annotations(old):
        changed = evolve(changed, "metadata.annotations", meta.annotations(obj))
    return part(changed, "status", with_probe_times) if call.kind == "Pod" else changed


def with_probe_times(pod_status: Obj) -> Obj:
    """Every condition of a Pod with its `lastProbeTime`: a patch drops the null, Go's struct brings it back (recording 10)."""
    return each(pod_status, "conditions", lambda one: one if "lastProbeTime" in one else {**one, "lastProbeTime": None})


def assigned(pod: Obj, node: str, now_us: int) -> Obj:
    """The Pod bound to `node` (upstream: pkg/registry/core/pod/storage/storage.go, assignPod). Raises StatusError 409."""
    name = meta.name(pod)
    if meta.deleting(pod):
        raise status.conflict("Pod/binding", name, f"pod {name} is being deleted, cannot be assigned to a host")
    if dig(pod, "spec.nodeName"):
        raise status.conflict("Pod/binding", name, f'pod {name} is already assigned to node "{pod["spec"]["nodeName"]}"')
    scheduled = {"type": "PodScheduled", "status": "True", "lastProbeTime": None, "lastTransitionTime": timestamp(now_us)}
    conditions = [one for one in dig(pod, "status.conditions", []) if one["type"] != "PodScheduled"]
    return evolve(pod, "spec.nodeName", node, "status.conditions", [*conditions, scheduled])


def grace_period(call: Call, obj: Obj) -> int:
    """How many seconds a Pod gets to end: what was asked, else its own; none if no kubelet has it or it has ended.

    Upstream: pkg/registry/core/pod/strategy.go, CheckGracefulDelete.
    """
    wanted = dig(obj, "spec.terminationGracePeriodSeconds", 30) if call.grace_s is None else call.grace_s
    if not dig(obj, "spec.nodeName") or pods.is_terminal(obj):
        return 0
    return min(max(int(wanted), 0), LONGEST_GRACE_S)


def marked_for_deletion(obj: Obj, grace_s: int, now_us: int) -> Obj:
    """The object with its deletion time: it is leaving, and will be removed when the grace period or its finalizers are over."""
    at = timestamp(now_us + grace_s * 1_000_000)
    first = not meta.deleting(obj)
    obj = evolve(obj, "metadata.deletionTimestamp", at)
    if obj["kind"] != "Namespace":  # upstream: pkg/registry/core/namespace/storage marks it by itself; recording 25
        obj = evolve(obj, "metadata.deletionGracePeriodSeconds", grace_s)
    if first and meta.generation(obj):
        obj = evolve(obj, "metadata.generation", meta.generation(obj) + 1)
    return obj
