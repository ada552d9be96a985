"""The Pods that wait for a node: which is next, which must wait a while, and which wait for something to change.

* active: to be tried now, the highest priority first, then the longest wait;
* backing off: tried lately without success; they go on when nobody active is left, or when their time has come;
* after an error: as before, but they wait to the end;
* unschedulable: trying again would be in vain until the cluster changes.

Upstream: pkg/scheduler/backend/queue (scheduling_queue.go, backoff_queue.go).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

from gen.cluster.scheduler.pod_info import Key, PodInfo
from gen.cluster.scheduler.requeueing import Change, OwnChange, worth_another_try
from gen.kit.loop import SECOND, Future, Micros
from gen.kit.process import Process

FIRST_BACKOFF_US, LONGEST_BACKOFF_US = 1 * SECOND, 10 * SECOND  # upstream: apis/config/v1/defaults.go
WINDOW_US = 1 * SECOND  # upstream: backoffQOrderingWindowDuration: back-offs end with a whole second of the clock
LONGEST_WAIT_US = 300 * SECOND  # upstream: DefaultPodMaxInUnschedulablePodsDuration

ACTIVE, BACKING_OFF, AFTER_ERROR = "active", "backing off", "after an error"
UNSCHEDULABLE, IN_FLIGHT, GATED = "unschedulable", "in flight", "gated"


@dataclass(slots=True, eq=False)
class Waiting:
    """A Pod in the queue. `since` is when it came, or was last tried; `plugins` are those that rejected it then."""

    info: PodInfo
    since: Micros
    order: int
    room: str = ""
    rejections: int = 0
    errors: int = 0
    plugins: tuple[str, ...] = ()
    cause: int | None = None  # the record that made it worth a try
    missed: list[tuple[Change, int | None]] = field(default_factory=list)  # what changed while it was being tried

    @property
    def ready_at(self) -> Micros:
        """When its back-off is over: that ends with a whole second of the clock."""
        tries = self.errors or self.rejections
        wait = min(FIRST_BACKOFF_US << min(tries - 1, 10), LONGEST_BACKOFF_US) if tries else 0
        return ((self.since + wait) // WINDOW_US + 1) * WINDOW_US if wait else self.since


# Where there is an order: who goes first has the lowest value. No two Pods have the same.
URGENCY: dict[str, Callable[[Waiting], tuple[int, ...]]] = {
    ACTIVE: lambda waiting: (-waiting.info.priority, waiting.since, waiting.order),
    BACKING_OFF: lambda waiting: (waiting.ready_at, -waiting.info.priority, waiting.order),
    AFTER_ERROR: lambda waiting: (waiting.ready_at, -waiting.info.priority, waiting.order),
}


class WaitingRooms:
    """Who waits where, and who is next."""

    def __init__(self) -> None:
        self.rooms: dict[str, dict[Key, Waiting]] = {room: {} for room in (*URGENCY, UNSCHEDULABLE, IN_FLIGHT, GATED)}
        self._heaps: dict[str, list[tuple[tuple[int, ...], Waiting]]] = {room: [] for room in URGENCY}

    def move(self, waiting: Waiting, room: str) -> None:
        """Let a Pod wait in `room` from now on; "" for nowhere."""
        if waiting.room:
            self.rooms[waiting.room].pop(waiting.info.key, None)
        waiting.room = room
        if room:
            self.rooms[room][waiting.info.key] = waiting
        if room in URGENCY:
            heapq.heappush(self._heaps[room], (URGENCY[room](waiting), waiting))

    def next(self, now_us: Micros) -> Waiting | None:
        """The first of those active; without any, of those that back off. After an error a back-off lasts to its end."""
        for room in (BACKING_OFF, AFTER_ERROR):
            while (waiting := self._first(room)) and waiting.ready_at <= now_us:
                self.move(self._take(room), ACTIVE)
        room = ACTIVE if self._first(ACTIVE) else BACKING_OFF
        return self._take(room) if self._first(room) else None

    def _first(self, room: str) -> Waiting | None:
        """The head of a heap, without those who are gone meanwhile."""
        heap = self._heaps[room]
        while heap and not heap[0][1].room:
            heapq.heappop(heap)
        return heap[0][1] if heap else None

    def _take(self, room: str) -> Waiting:
        return heapq.heappop(self._heaps[room])[1]


class SchedulingQueue:
    """The waiting Pods of one scheduler. Times are those of the wall clock in the simulation."""

    def __init__(self, process: Process) -> None:
        self._process, self._loop = process, process.loop
        self._pods: dict[Key, Waiting] = {}
        self._waiting = WaitingRooms()
        self._order = 0
        self._turn: Future | None = None

    def room_of(self, key: Key) -> str | None:
        """Where a Pod waits; None if it does not."""
        waiting = self._pods.get(key)
        return waiting.room if waiting else None

    def anyone_waits(self) -> bool:
        """Whether there is somebody for whom a change may be news."""
        return bool(self._waiting.rooms[UNSCHEDULABLE])

    def add(self, info: PodInfo, cause: int | None) -> None:
        """A Pod without a node has come. With a scheduling gate it waits until that is taken away."""
        self._order += 1
        waiting = self._pods[info.key] = Waiting(info, self._loop.unix_us, self._order)
        self._move(waiting, GATED if info.spec.get("schedulingGates") else ACTIVE, cause)

    def update(self, info: PodInfo, cause: int | None) -> None:
        """A waiting Pod was changed: perhaps it can be placed now."""
        waiting = self._pods.get(info.key)
        if waiting is None:
            self.add(info, cause)
            return
        before, waiting.info = waiting.info, info
        if waiting.room == GATED and not info.spec.get("schedulingGates"):
            self._move(waiting, ACTIVE, cause)
        elif before.shape != info.shape or before.labels != info.labels:
            self._consider(waiting, OwnChange(before, info), cause)

    def remove(self, key: Key) -> None:
        """The Pod has its node, or is gone."""
        waiting = self._pods.pop(key, None)
        if waiting is not None:
            self._waiting.move(waiting, "")

    def changed(self, change: Change, cause: int | None) -> None:
        """Something in the cluster changed: whom does it give hope? Pods being tried now will ask themselves afterwards."""
        for room in (UNSCHEDULABLE, IN_FLIGHT):
            for waiting in list(self._waiting.rooms[room].values()):
                self._consider(waiting, change, cause)

    async def pop(self) -> Waiting:
        """The next Pod to try; waits for one."""
        while (found := self._waiting.next(self._loop.unix_us)) is None:
            self._turn = Future()
            await self._turn
        self._waiting.move(found, IN_FLIGHT)
        return found

    def give_back(self, waiting: Waiting, plugins: tuple[str, ...], *, hopeless: bool = False) -> None:
        """The try failed. `plugins` rejected the Pod; none means that something else went wrong, and time alone may help.

        `hopeless`: nobody expects it to, so the simulation need not wait for it to settle.
        """
        if self._pods.get(waiting.info.key) is not waiting:
            return
        waiting.since, waiting.plugins = self._loop.unix_us, plugins
        missed, waiting.missed = waiting.missed, []
        if plugins:
            waiting.rejections, waiting.errors = waiting.rejections + 1, 0
            self._move(waiting, UNSCHEDULABLE)
            self._process.after(LONGEST_WAIT_US, self._tired_of_waiting, waiting, waiting.since, background=True)
            for change, cause in missed:
                self._consider(waiting, change, cause)
        else:
            waiting.errors += 1
            self._move(waiting, AFTER_ERROR)
            self._process.after(waiting.ready_at - waiting.since, self._wake, background=hopeless)

    def _consider(self, waiting: Waiting, change: Change, cause: int | None) -> None:
        if waiting.room == IN_FLIGHT:
            waiting.missed.append((change, cause))
        elif waiting.room == UNSCHEDULABLE and worth_another_try(waiting.info, waiting.plugins, change):
            self._move(waiting, BACKING_OFF, cause)

    def _tired_of_waiting(self, waiting: Waiting, since: Micros) -> None:
        """Nothing that helps was heard of for long: try all the same, something may have been missed."""
        if waiting.room == UNSCHEDULABLE and waiting.since == since:
            self._move(waiting, BACKING_OFF)

    def _move(self, waiting: Waiting, room: str, cause: int | None = None) -> None:
        self._waiting.move(waiting, room)
        if cause is not None:
            waiting.cause = cause
        if room in (ACTIVE, BACKING_OFF):
            self._wake()

    def _wake(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.settle()
