"""The shape of every controller: `reconcile(key)` makes the world as the object under `key` wants it.

Level-triggered: a key says only *where* something may be wrong, never what happened. Reconcile reads the world anew, so
nothing is lost if ten changes come as one, or none comes at all and the key is merely looked at again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import Component
from gen.cluster.client.informer import Handler, Notice
from gen.cluster.client.workqueue import FIRST_RETRY_US, Key, WorkQueue
from gen.kit.loop import Context, Micros, Sleep
from gen.objects import meta
from gen.trace.record import Ref

WORK_US = (300, 900)  # one look at the cache and the rules: computing, not waiting


@dataclass(frozen=True, slots=True)
class After:
    """Look at the key again in `delay` microseconds, though nothing failed.

    A `watchdog` only looks whether something got stuck: a run has settled when nothing but such looks are left.
    """

    delay: Micros
    watchdog: bool = False


class Retry(Exception):
    """The key could not be brought in order now; look again after the back-off."""


class Controller(Component, ABC):
    """A work-queue, and workers that take keys from it. A `reconcile` that raises is tried again, later and later.

    After `most_retries` a key is given up, until something happens to it again.
    """

    workers = 5
    most_retries: int | None = None
    first_retry_us = FIRST_RETRY_US

    def start(self) -> None:
        """Register with the informers and let the workers wait for keys."""
        self.queue = WorkQueue(self.process, self.first_retry_us)
        self.register()
        for _ in range(self.workers):
            self.process.spawn(self._work())

    @abstractmethod
    def register(self) -> None:
        """Say what to watch: calls of `self.watch`."""

    @abstractmethod
    async def reconcile(self, key: Key) -> After | None:
        """Make it so. Raise to be called again after a back-off."""

    def watch(self, kind: str, keys: Callable[[Notice], Iterable[Key]]) -> None:
        """Queue the keys that a change of `kind` concerns."""
        self.informers.of(kind).on_change(self._handler(keys))

    def _handler(self, keys: Callable[[Notice], Iterable[Key]]) -> Handler:
        def handle(notice: Notice) -> None:
            for key in keys(notice):
                changed = notice.after or notice.before or {}
                self.queue.add(key, self.seen(notice, Ref(changed["kind"], meta.namespace(changed), meta.name(changed))))

        return handle

    async def _work(self) -> None:
        dice = self.loop.rng(f"work/{self.name}")
        await self.informers.synced()
        while True:
            key, causes = await self.queue.get()
            self.loop.context = Context(self._cause(causes))
            try:
                await Sleep(dice.randint(*WORK_US))
                again = await self.reconcile(key)
            except (StatusError, Retry):
                self._retry(key)
            else:
                self.queue.forget(key)
                if again is not None:
                    self.queue.add_after(key, again.delay, self.context().cause, background=again.watchdog)
            finally:
                self.queue.done(key)

    def _retry(self, key: Key) -> None:
        if self.most_retries is None or self.queue.failures(key) < self.most_retries:
            self.queue.add_rate_limited(key, self.context().cause)
        else:
            self.queue.forget(key)

    def _cause(self, causes: list[int]) -> int | None:
        """Of all that queued a key, the latest that is not this controller's own echo."""
        foreign = [seq for seq in causes if self.trace[self.trace[seq].cause or seq].who != self.name]
        return (foreign or causes)[-1] if causes else None


def itself(notice: Notice) -> Iterable[Key]:
    """The key of the object that changed."""
    changed = notice.after or notice.before or {}
    return [(meta.namespace(changed), meta.name(changed))]


def owner_of_kind(kind: str) -> Callable[[Notice], Iterable[Key]]:
    """The key of the controller (of `kind`) of the object that changed: of the old one and of the new one, if that changed."""

    def keys(notice: Notice) -> Iterable[Key]:
        found: dict[Key, None] = {}
        for obj in (notice.before, notice.after):
            owner = meta.controller_of(obj) if obj else None
            if obj and owner and owner["kind"] == kind:
                found[meta.namespace(obj), owner["name"]] = None
        return found

    return keys
