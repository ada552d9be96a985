"""How controllers create and delete Pods: in batches that grow while all goes well, each deed told as an Event.

Upstream: pkg/controller/controller_utils.go (RealPodControl), pkg/controller/replicaset/replica_set.go (slowStartBatch).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.status import StatusError, namespace_terminating
from gen.cluster.client.component import Component
from gen.cluster.controllers.ownership import owner_reference
from gen.kit.loop import Async, Gather
from gen.objects import meta

Obj = dict[str, Any]
FIRST_BATCH = 1  # upstream: SlowStartInitialBatchSize


def batches(count: int) -> list[int]:
    """The sizes of the batches in which `count` Pods are created: 1, 2, 4, 8, … and what is left.

    >>> batches(30)
    [1, 2, 4, 8, 15]
    """
    sizes: list[int] = []
    size = FIRST_BATCH
    while count > 0:
        sizes.append(min(size, count))
        count -= sizes[-1]
        size *= 2
    return sizes


async def slow_start(count: int, deed: Callable[[], Async]) -> tuple[int, Exception | None]:
    """Do `deed` `count` times, batch after batch, and stop after the first batch in which one failed.

    So a quota that is used up, or a bad template, costs a few refused calls and not hundreds. Returns how many succeeded,
    and the first failure.
    """
    done = 0
    for size in batches(count):
        results = await Gather([deed() for _ in range(size)])
        failures = [result for result in results if isinstance(result, Exception)]
        done += size - len(failures)
        if failures:
            return done, failures[0]
    return done, None


def pod_from_template(template: Obj, owner: Obj) -> Obj:
    """The Pod that `owner` asks the API server for; the server gives it its name."""
    metadata = template.get("metadata") or {}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            **{key: metadata[key] for key in ("labels", "annotations", "finalizers") if metadata.get(key)},
            "generateName": generate_name(meta.name(owner)),
            "namespace": meta.namespace(owner),
            "ownerReferences": [owner_reference(owner)],
        },
        "spec": template["spec"],
    }


def generate_name(owner: str) -> str:
    """The stem of the Pods' names: the owner's name and a dash, if that makes a valid name."""
    return f"{owner}-" if len(owner) < 253 else owner


class PodControl:
    """Creates and deletes Pods on behalf of `component`, and says so in Events about the owner."""

    def __init__(self, component: Component, wrote: Callable[[Obj, Obj], None]) -> None:
        self._component, self._api, self._wrote = component, component.api, wrote

    async def create(self, owner: Obj, template: Obj) -> Obj:
        """One Pod more. Raises StatusError, after the Event FailedCreate."""
        try:
            pod = await self._api.create(pod_from_template(template, owner))
        except StatusError as error:
            if not namespace_terminating(error):  # upstream: nothing that is tried there can succeed, and nobody needs to know
                self._component.recorder.event(owner, "Warning", "FailedCreate", f"Error creating: {error.message}")
            raise
        self._wrote(owner, pod)
        self._component.recorder.event(owner, "Normal", "SuccessfulCreate", f"Created pod: {meta.name(pod)}")
        return pod

    async def delete(self, owner: Obj, pod: Obj) -> None:
        """One Pod less. Raises StatusError, after the Event FailedDelete; a Pod that is gone already is no failure."""
        try:
            gone = await self._api.delete("Pod", meta.namespace(pod), meta.name(pod), uid=meta.uid(pod))
        except StatusError as error:
            if error.code == 404:
                return
            self._component.recorder.event(owner, "Warning", "FailedDelete", f"Error deleting: {error.message}")
            raise
        self._wrote(owner, gone)
        self._component.recorder.event(owner, "Normal", "SuccessfulDelete", f"Deleted pod: {meta.name(pod)}")


async def all_of(deeds: list[Async]) -> Exception | None:
    """Do all at once; the first failure, if there was one."""
    results = await Gather(deeds)
    return next((result for result in results if isinstance(result, Exception)), None)
