"""When a Pod's worker goes on: what it waits for between two syncs, and what nobody interrupts.

A sync believes only what the runtime has been asked since the sync before. Whoever changes something has it asked at once;
else it is asked once a second. So the sync or the end that comes after a sync that changed nothing waits for up to a second.
Upstream: pkg/kubelet/pod_workers.go (podWorkerLoop, GetNewerThan), pleg/generic.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gen.cluster.node import latency
from gen.cluster.node.podvoice import PodVoice
from gen.cluster.node.requeue import Outcome, retry_after
from gen.kit.loop import Future, Micros, Sleep

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]


class PodPace(PodVoice):
    """Paces the work for one Pod. `deed` is what the runtime is doing for it, `unread` whether there is news."""

    def __init__(self, kubelet: Kubelet, pod: Obj) -> None:
        super().__init__(kubelet, pod)
        self.deed: Future | None = None
        self.unread = False
        self._news: Future | None = None
        self._seen_at: Micros = self.loop.now

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """What is done with the runtime meanwhile is done to its end, though the Pod be deleted (recording 41)."""
        self.deed = deed = Future()
        try:
            yield
        finally:
            self.deed = None
            deed.settle()

    def synced(self, outcome: Outcome) -> None:
        """A sync has come to this."""
        now = self.loop.now
        noticed = latency.draw(self.kubelet.dice, latency.STARTED_NOTICED)
        self._seen_at = now + noticed if outcome.changed else self.kubelet.relist_after(now)

    async def see(self) -> None:
        """Until the runtime has been asked again since the last sync."""
        if self._seen_at > self.loop.now:
            await Sleep(self._seen_at - self.loop.now)

    async def hear(self, outcome: Outcome) -> None:
        """Until something happens to the Pod, or it is time to try again."""
        if self.unread:
            return
        news = self._news = Future()
        timer = None
        if outcome.failed:
            timer = self.loop.after(retry_after(self.kubelet, outcome), news.settle)
        try:
            cause = await news
        finally:
            self._news = None
            if timer:
                timer.cancel()
        if cause is not None:
            self.kubelet.context().cause = cause

    def wake(self, cause: int | None = None) -> None:
        """Something has happened: look at the Pod again."""
        self.unread = True
        if self._news:
            self._news.settle(cause)
