"""The scheduler at work: watch for Pods without a node, decide, bind, and say why where there is no node.

One Pod is decided at a time. Its binding goes on by itself: the next Pod is decided while the API server still writes the
last one's node, and to the scheduler that node is taken already. Upstream: pkg/scheduler/schedule_one.go and
eventhandlers.go.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.client.component import Component
from gen.cluster.client.informer import Informers
from gen.cluster.scheduler import message
from gen.cluster.scheduler.cycle import Placement, schedule
from gen.cluster.scheduler.eventhandlers import EventHandlers
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.profile import DEFAULT
from gen.cluster.scheduler.queue import SchedulingQueue, Waiting
from gen.cluster.scheduler.snapshot import Snapshot
from gen.cluster.scheduler.verdicts import Memory
from gen.kit.duration import timestamp
from gen.kit.loop import MILLISECOND, SECOND, Context, Micros, Sleep
from gen.objects import meta, pods

Obj = dict[str, Any]
HOST = "control-plane"  # the machine that the scheduler runs on: a part of its name in Events
CYCLE_US = (400, 1_200)  # one decision: computing, not waiting
SYNC_US = 100 * MILLISECOND  # how often it looks whether its caches are filled


def unschedulable_condition(pod: Obj, reason: str, text: str, now_us: Micros) -> Obj:
    """The condition that tells everybody why the Pod has no node. It keeps its time as long as its status stays the same."""
    known = pods.condition(pod, "PodScheduled")
    since = known["lastTransitionTime"] if known and known["status"] == "False" else timestamp(now_us // SECOND * SECOND)
    return {
        "type": "PodScheduled",
        "observedGeneration": meta.generation(pod),
        "status": "False",
        "lastProbeTime": None,
        "lastTransitionTime": since,
        "reason": reason,
        "message": text,
    }


class Scheduler(Component):
    """The default scheduler: Pods that ask for another by `schedulerName` are none of its business."""

    def __init__(self, api: Api, informers: Informers) -> None:
        super().__init__(api, informers)
        self.snapshot, self.memory = Snapshot(), Memory(DEFAULT)
        self.queue = SchedulingQueue(self.process)
        self.handlers = EventHandlers(self.name, self.snapshot, self.queue, self.seen)
        self._start = 0  # where in the order of nodes the next search begins

    def start(self) -> None:
        """Watch the cluster and begin to decide."""
        self.handlers.register(self.informers)
        self.process.spawn(self._run())

    async def _run(self) -> None:
        dice = self.loop.rng("work/default-scheduler")
        while not self.handlers.synced(self.informers):
            await Sleep(SYNC_US)
        while True:
            waiting = await self.queue.pop()
            self.loop.context = Context(waiting.cause)
            await Sleep(dice.randint(*CYCLE_US))
            self._schedule_one(waiting)

    def _schedule_one(self, waiting: Waiting) -> None:
        """Decide about one Pod; what follows from it is left to tasks of its own."""
        pod = waiting.info
        if pod.deleting or not self.queue.room_of(pod.key):
            self.queue.remove(pod.key)
            return
        placement = schedule(pod, self.snapshot, DEFAULT, self.memory, self._start)
        self._start = (self._start + placement.asked) % max(1, len(self.snapshot.nodes))
        self.decided(meta.ref(pod.pod), by=schedule, **placement.told())
        if placement.node is None:
            self._give_up(waiting, placement)
        else:
            self.snapshot.put_pod(pod, placement.node)
            self.process.spawn(self._bind(waiting, pod, placement.node))

    async def _bind(self, waiting: Waiting, pod: PodInfo, node: str) -> None:
        """Tell the API server. If it refuses, the node is free again and the Pod comes back later."""
        try:
            await self.api.bind(pod.namespace, pod.key[1], node)
        except StatusError as error:
            self._not_bound(waiting, pod, error)
            return
        self.queue.remove(pod.key)
        text = f"Successfully assigned {pod.namespace}/{pod.key[1]} to {node}"
        self._say(pod.pod, "Normal", "Scheduled", "Binding", text)

    def _not_bound(self, waiting: Waiting, pod: PodInfo, error: StatusError) -> None:
        self.handlers.forget(pod)
        self.queue.give_back(waiting, ())
        text = f'binding rejected: running Bind plugin "DefaultBinder": {error.message}'
        self._say(pod.pod, "Warning", "FailedScheduling", "Scheduling", text)
        self.process.spawn(self._report(pod.pod, "SchedulerError", text))

    def _give_up(self, waiting: Waiting, placement: Placement) -> None:
        """No node for now: say so in an Event and in the Pod's condition, and let it wait for what may help."""
        pod = waiting.info.pod
        self.queue.give_back(waiting, placement.plugins, hopeless=True)
        self._say(pod, "Warning", "FailedScheduling", "Scheduling", message.note(placement.message))
        self.process.spawn(self._report(pod, "Unschedulable", placement.message))

    async def _report(self, pod: Obj, reason: str, text: str) -> None:
        """Write the condition, unless it stands there already."""
        condition = unschedulable_condition(pod, reason, text, self.loop.unix_us)
        if pods.condition(pod, "PodScheduled") == condition:
            return
        try:
            patch = {"status": {"conditions": [condition]}}
            await self.api.patch("Pod", meta.namespace(pod), meta.name(pod), patch, subresource="status")
        except StatusError:
            return  # the Pod is gone, or will be tried again anyway

    def _say(self, pod: Obj, kind: str, reason: str, action: str, text: str) -> None:
        self.recorder.event_in_series(pod, kind, reason, action, text, instance=f"{self.name}-{HOST}")
