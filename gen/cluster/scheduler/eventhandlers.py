"""What the scheduler makes of every change it hears of: its snapshot follows, and Pods that wait may hope again.

Upstream: pkg/scheduler/eventhandlers.go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.cluster.client.informer import Informers, Notice
from gen.cluster.scheduler.groups import WORKLOADS
from gen.cluster.scheduler.pod_info import PodInfo, pod_info
from gen.cluster.scheduler.queue import SchedulingQueue
from gen.cluster.scheduler.requeueing import NodeChange, PodChange
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot, deciding
from gen.objects import meta, pods
from gen.trace.record import Ref

Obj = dict[str, Any]
Seen = Callable[[Notice, Ref], int | None]
GROUPING = (*WORKLOADS, "Service")
WATCHED = ("Node", "Pod", "Namespace", *GROUPING)


class EventHandlers:
    """Feeds a snapshot and a queue. `scheduler` is the name by which Pods ask for it; `seen` writes a record."""

    def __init__(self, scheduler: str, snapshot: Snapshot, queue: SchedulingQueue, seen: Seen) -> None:
        self._scheduler, self._snapshot, self._queue, self._seen = scheduler, snapshot, queue, seen

    def register(self, informers: Informers) -> None:
        """Follow Nodes, Pods, and what tells which Pods belong together."""
        informers.of("Node").on_change(self.node_changed)
        informers.of("Pod").on_change(self.pod_changed)
        informers.of("Namespace").on_change(self.namespace_changed)
        for kind in GROUPING:
            informers.of(kind).on_change(self.group_changed)

    def synced(self, informers: Informers) -> bool:
        """Whether all caches have been filled once."""
        return all(informers.of(kind).synced for kind in WATCHED)

    def node_changed(self, notice: Notice) -> None:
        """A Node came, changed or went."""
        if notice.after is None:
            if notice.before is not None:
                self._snapshot.remove_node(meta.name(notice.before))
                self._queue.changed(NodeChange(_bare(notice.before), None), None)
            return
        self._snapshot.put_node(notice.after)
        if deciding(notice.before) != deciding(notice.after):
            cause = self._seen(notice, meta.ref(notice.after))
            self._queue.changed(NodeChange(_bare(notice.before), _bare(notice.after)), cause)

    def pod_changed(self, notice: Notice) -> None:
        """A Pod came, changed or went. One that has ended is as good as gone: it takes no room any more."""
        before, after = (None if pod is None or pods.is_terminal(pod) else pod for pod in (notice.before, notice.after))
        if after is None:
            if before is not None:
                self._pod_gone(notice, before)
        elif after["spec"].get("nodeName"):
            if not _same(before, after):
                self._pod_placed(notice, pod_info(after))
        elif (after["spec"].get("schedulerName") or self._scheduler) == self._scheduler:
            self._pod_waits(notice, before, after)

    def namespace_changed(self, notice: Notice) -> None:
        """A namespace came, changed or went: terms may choose namespaces by label."""
        if notice.after is not None:
            self._snapshot.namespaces[meta.name(notice.after)] = meta.labels(notice.after)
        elif notice.before is not None:
            self._snapshot.namespaces.pop(meta.name(notice.before), None)

    def group_changed(self, notice: Notice) -> None:
        """A workload or a Service came, changed or went."""
        if notice.after is not None:
            self._snapshot.groups.put(notice.after)
        elif notice.before is not None:
            self._snapshot.groups.remove(notice.before)

    def forget(self, pod: PodInfo) -> None:
        """A Pod does not get the node that was given to it: its room is free again."""
        node = self._snapshot.node_of(pod.key)
        if node is not None and self._snapshot.pod(pod.key) is pod:
            self._snapshot.remove_pod(pod.key)
            self._queue.changed(PodChange(pod, None, node), None)

    def _pod_waits(self, notice: Notice, before: Obj | None, after: Obj) -> None:
        """A Pod without a node, unless it was given one already and the news has not come round yet."""
        info = pod_info(after)
        if self._snapshot.node_of(info.key) is None:
            self._queue.update(info, None if _same(before, after) else self._seen(notice, meta.ref(after)))

    def _pod_placed(self, notice: Notice, pod: PodInfo) -> None:
        node = pod.spec["nodeName"]
        self._queue.remove(pod.key)
        before = self._snapshot.pod(pod.key)
        self._snapshot.put_pod(pod, node)
        self._queue.changed(PodChange(before, pod, node), self._cause_of_hope(notice, pod.pod))

    def _pod_gone(self, notice: Notice, pod: Obj) -> None:
        info = self._snapshot.pod((meta.namespace(pod), meta.name(pod)))
        self._queue.remove((meta.namespace(pod), meta.name(pod)))
        if info is not None:
            node = self._snapshot.node_of(info.key) or ""
            self._snapshot.remove_pod(info.key)
            self._queue.changed(PodChange(info, None, node), self._cause_of_hope(notice, pod))

    def _cause_of_hope(self, notice: Notice, pod: Obj) -> int | None:
        return self._seen(notice, meta.ref(pod)) if self._queue.anyone_waits() else None


def _same(before: Obj | None, after: Obj) -> bool:
    """Whether nothing changed that placement depends on."""
    if before is None:
        return False
    return (
        before.get("spec") == after.get("spec")
        and meta.labels(before) == meta.labels(after)
        and meta.deleting(before) == meta.deleting(after)
    )


def _bare(node: Obj | None) -> NodeInfo | None:
    """The facts of a Node without its Pods."""
    if node is None:
        return None
    info = NodeInfo(meta.name(node))
    info.set_node(node)
    return info
