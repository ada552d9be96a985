"""The namespace controller: a namespace that is deleted is emptied first, and only then goes.

Nothing happens for five seconds, so that every API server has heard that nothing may be created there any more. Then the
Pods go; when they are gone, everything else; what is held by a finalizer keeps the namespace, and its conditions say so.
Upstream: pkg/controller/namespace (namespace_controller.go, deletion/namespaced_resources_deleter.go), v1.36.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.kit.duration import parse_timestamp, timestamp
from gen.kit.evolve import REMOVED, dig, evolve
from gen.kit.loop import SECOND
from gen.objects import meta, pods
from gen.objects.custom import DEFINITION, custom_kinds
from gen.objects.kinds import KINDS, Kind

Obj = dict[str, Any]
GRACE = 5 * SECOND  # upstream: namespaceDeletionGracePeriod
ESTIMATE_S = 15  # upstream: finalizerEstimateSeconds
REVIEWS = ("authentication.k8s.io", "authorization.k8s.io")  # asked, never kept
CONDITIONS = (  # type, and reason and message while all is well
    ("NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered"),
    ("NamespaceDeletionGroupVersionParsingFailure", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
    ("NamespaceDeletionContentFailure", "ContentDeleted",
     "All content successfully deleted, may be waiting on finalization"),
    ("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"),
    ("NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
)  # fmt: skip


class Left(NamedTuple):
    """What is left of one kind: how many, and how many of them each finalizer holds."""

    kind: Kind
    number: int
    held: dict[str, int]


def left_of(kind: Kind, objects: list[Obj]) -> Left:
    """What is left of one kind."""
    held: dict[str, int] = {}
    for obj in objects:
        for finalizer in obj["metadata"].get("finalizers") or []:
            held[finalizer] = held.get(finalizer, 0) + 1
    return Left(kind, len(objects), held)


def conditions(known: list[Obj], left: list[Left], now_us: int) -> list[Obj]:
    """The five conditions of a namespace that is going; one keeps its time while its status does not change."""
    found: list[Obj] = []
    for name, reason, message in CONDITIONS:
        status = "True" if remaining(name, left) else "False"
        reason, message = remaining(name, left) or (reason, message)
        before = next((one for one in known if one["type"] == name), None)
        since = before["lastTransitionTime"] if before and before["status"] == status else timestamp(now_us)
        found.append({"type": name, "status": status, "lastTransitionTime": since, "reason": reason, "message": message})
    return found


def remaining(name: str, left: list[Left]) -> tuple[str, str] | None:
    """Reason and message of a condition about what is left; None where there is nothing to say."""
    if name == "NamespaceContentRemaining" and left:
        told = sorted(f"{one.kind.plural}.{one.kind.group} has {one.number} resource instances" for one in left)
        return "SomeResourcesRemain", f"Some resources are remaining: {', '.join(told)}"
    held: dict[str, int] = {}
    for one in left:
        for finalizer, count in one.held.items():
            held[finalizer] = held.get(finalizer, 0) + count
    if name == "NamespaceFinalizersRemaining" and held:
        told = sorted(f"{finalizer} in {count} resource instances" for finalizer, count in held.items())
        return "SomeFinalizersRemain", f"Some content in the namespace has finalizers remaining: {', '.join(told)}"
    return None


def pods_estimate_s(found: list[Obj], deleted_s: int) -> int:
    """For how many seconds Pods may take to end, counted from now.

    Upstream: estimateGracefulTerminationForPods.
    """
    running = [one for one in found if not pods.is_terminal(one)]
    longest = max((dig(one, "spec.terminationGracePeriodSeconds", 0) for one in running), default=0)
    return max(0, longest - deleted_s) or (1 if found else 0)


class NamespaceController(Controller):
    """Keys of namespaces that are being deleted."""

    workers = 10  # upstream: concurrent-namespace-syncs

    def register(self) -> None:
        """Watch namespaces."""
        self.namespaces = self.informers.of("Namespace")
        self.namespaces.on_change(self._notice)

    def _notice(self, notice: Notice) -> None:
        """Whatever happens to a namespace that is going, it is looked at five seconds later."""
        namespace = notice.after
        if namespace is not None and meta.deleting(namespace):
            self.queue.add_after(("", meta.name(namespace)), GRACE, self.seen(notice, meta.ref(namespace)))

    async def reconcile(self, key: Key) -> After | None:
        """One look at a namespace: empty it, say what is left, let it go when nothing is."""
        namespace = self.namespaces.get("", key[1])
        if namespace is None or not meta.deleting(namespace) or not dig(namespace, "spec.finalizers"):
            return None
        try:
            left, estimate_s = await self._empty(key[1], self._deleted_s(namespace))
            told = await self._report(key[1], left)
            if not estimate_s:
                self.obey(remaining)
                await self.api.update(evolve(told, "spec.finalizers", REMOVED), subresource="finalize")
        except StatusError as error:
            if error.code != 404:
                raise
            return None
        return After((estimate_s // 2 + 1) * SECOND) if estimate_s else None

    async def _empty(self, namespace: str, deleted_s: int) -> tuple[list[Left], int]:
        """Delete Pods first, and the rest when they are gone; what is left, and how many seconds it may take."""
        pod_kind = next(kind for kind in KINDS if kind.name == "Pod")
        found = await self._delete_all(pod_kind, namespace)
        if found:
            return [], max(1, pods_estimate_s(found, deleted_s))
        left: list[Left] = []
        definitions, _ = await self.api.list(DEFINITION)
        for kind in contents(definitions):
            if objects := await self._delete_all(kind, namespace):
                left.append(left_of(kind, objects))
        return left, ESTIMATE_S if left else 0

    async def _delete_all(self, kind: Kind, namespace: str) -> list[Obj]:
        """Delete every object of a kind; those that are still there."""
        found, _ = await self.api.list(kind.name, namespace)
        if not found:
            return []
        self.obey(contents)
        for obj in found:
            if not meta.deleting(obj):
                try:
                    await self.api.delete(kind.name, namespace, meta.name(obj), propagation="Background")
                except StatusError as error:
                    if error.code != 404:
                        raise
        return (await self.api.list(kind.name, namespace))[0]

    async def _report(self, name: str, left: list[Left]) -> Obj:
        """Write the conditions, if they say something new; the namespace as it is then."""
        namespace = await self.api.get("Namespace", "", name)
        known = dig(namespace, "status.conditions", [])
        told = conditions(known, left, self.loop.unix_us)
        if told == known:
            return namespace
        self.decided(meta.ref(namespace), by=conditions, left=sum(one.number for one in left))
        return await self.api.update(evolve(namespace, "status.conditions", told), subresource="status")

    def _deleted_s(self, namespace: Obj) -> int:
        return (self.loop.unix_us - parse_timestamp(namespace["metadata"]["deletionTimestamp"])) // SECOND


def contents(definitions: Iterable[Obj] = ()) -> Iterable[Kind]:
    """The kinds whose objects stand in a namespace, in the order in which they are deleted; those of custom kinds last."""
    every = (*KINDS, *custom_kinds(definitions))
    return [kind for kind in every if kind.namespaced and kind.name != "Pod" and kind.group not in REVIEWS]
