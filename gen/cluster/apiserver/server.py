"""The API server itself: requests in, the chain, etcd, answers out.

Every method that may take time is a coroutine: between reading an object and writing it back others may write, and the
store refuses the loser.
"""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.apiserver import registry, status
from gen.cluster.apiserver.patching import patched
from gen.cluster.apiserver.pipeline import ACCESS, CHANGE, Stage
from gen.cluster.apiserver.request import Call, Obj
from gen.cluster.apiserver.selection import selects
from gen.cluster.apiserver.status import StatusError
from gen.cluster.apiserver.watchcache import Stream, WatchCache
from gen.cluster.etcd import latency
from gen.cluster.etcd.mvcc import Conflict, Key, Store
from gen.kit.evolve import REMOVED, dig, evolve
from gen.kit.loop import Loop, Sleep
from gen.kit.names import uid
from gen.objects import meta
from gen.trace.record import Denied, Ref, Request, Write
from gen.trace.trace import Trace

HANDLING_US = (150, 500)  # decoding, the chain, encoding
Change = Callable[[Obj], Obj]
PROPAGATION_FINALIZERS = {"Foreground": "foregroundDeletion", "Orphan": "orphan"}


def stamped(obj: Obj, revision: int) -> Obj:
    """The object with the revision under which etcd keeps it."""
    return {**obj, "metadata": {**obj["metadata"], "resourceVersion": str(revision)}}


class Server:
    """One kube-apiserver in front of one store."""

    def __init__(self, loop: Loop, trace: Trace) -> None:
        self.loop, self.trace = loop, trace
        self.store = Store(stamped)
        self.cache = WatchCache(loop, self.store)
        self.not_simulated: dict[str, None] = {}
        self._uids = 0

    def find(self, kind: str, namespace: str, name: str) -> Obj | None:
        """The stored object, or None."""
        return self.store.get((kind, namespace, name))

    def next_uid(self) -> str:
        """A new unique id."""
        self._uids += 1
        return uid(str(self.loop.seed), self._uids)

    async def serve(self, call: Call, request: Request) -> Obj:
        """Answer one request about one object. Raises StatusError."""
        await Sleep(self.loop.rng("apiserver").randint(*HANDLING_US))
        self._pass(ACCESS, call, call.body, None)
        if call.verb == "get":
            return self._existing(call)
        if call.verb == "create" and call.subresource != "binding":
            return await self._create(call, request)
        if call.verb == "delete":
            return await self._delete(call, request)
        return await self._update(call, request)

    async def list(self, call: Call) -> tuple[list[Obj], int]:
        """The objects of a kind, in a namespace or in all, and the revision at which they were read. Raises StatusError."""
        await Sleep(self.loop.rng("apiserver").randint(*HANDLING_US))
        self._pass(ACCESS, call, None, None)
        wanted = selects(call.kind, *call.selectors)
        found = self.store.list((call.kind, call.namespace) if call.namespace else (call.kind,))
        return [obj for obj in found if wanted(obj)], self.store.revision

    def watch(self, call: Call, since: int) -> Stream:
        """The changes of a kind after revision `since`. Raises StatusError."""
        self._pass(ACCESS, call, None, None)
        return self.cache.watch(call.kind, call.namespace, since, *call.selectors, client=call.who)

    def _pass(self, stages: tuple[Stage, ...], call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
        """Through the stages in turn; a refusal becomes a record that names its stage."""
        for stage in stages:
            try:
                obj = stage.deed(self, call, obj, old)
            except StatusError as error:
                task = self.loop.task
                self.trace.add(
                    Denied, at=self.loop.now, cause=task.context.cause if task else None,
                    who="kube-apiserver", process="kube-apiserver",
                    by=f"{stage.deed.__module__}.{stage.deed.__name__}", ref=call.ref, stage=stage.name,
                    code=error.code, reason=error.reason, message=error.message,
                )  # fmt: skip
                raise
        return obj

    def _existing(self, call: Call) -> Obj:
        found = self.find(call.kind, call.namespace, call.name)
        if found is None:
            raise status.not_found(call.kind, call.name)
        return found

    async def _create(self, call: Call, request: Request) -> Obj:
        obj = self._pass(CHANGE, call, call.body, None) or {}
        key = (call.kind, call.namespace, meta.name(obj))
        if self.store.modified(key):
            raise status.already_exists(call.kind, meta.name(obj))
        try:
            return await self._put(key, obj, 0, call, request)
        except Conflict as lost:
            raise status.already_exists(call.kind, meta.name(obj)) from lost

    async def _update(self, call: Call, request: Request) -> Obj:
        """Read, change, write back; where somebody else was faster, once more from the beginning."""
        change = changer(call, self.loop)
        while True:
            old = self._existing(call)
            obj = self._pass(CHANGE, call, change(old), old) or {}
            if obj == old:
                return old
            key = (call.kind, call.namespace, call.name)
            try:
                if meta.deleting(obj) and may_go(call.kind, obj):
                    return await self._remove(key, meta.resource_version(old), call, request)
                return await self._put(key, obj, meta.resource_version(old), call, request)
            except Conflict:
                continue

    async def _delete(self, call: Call, request: Request) -> Obj:
        """At once, or only marked: Pods get their grace period, and finalizers keep an object until they are gone."""
        while True:
            old = self._existing(call)
            self._pass(CHANGE[-1:], call, old, old)
            if call.uid and call.uid != meta.uid(old):
                raise status.uid_conflict(call.kind, call.name, call.uid, meta.uid(old))
            try:
                return await self._mark_or_remove(call, request, old)
            except Conflict:
                continue

    async def _mark_or_remove(self, call: Call, request: Request, old: Obj) -> Obj:
        key, revision = (call.kind, call.namespace, call.name), meta.resource_version(old)
        graceful = registry.strategy(call.kind).graceful
        grace_s = registry.grace_period(call, old) if graceful else 0
        marked = with_propagation(call, old)
        if meta.deleting(old) and grace_s >= (old["metadata"].get("deletionGracePeriodSeconds") or 0) > 0:
            return old
        if not graceful and may_go(call.kind, marked):
            return await self._remove(key, revision, call, request)
        if not graceful and meta.deleting(old) and marked == old:
            return old
        marked = registry.marked_for_deletion(marked, grace_s, self.loop.unix_us)
        if call.kind == "Namespace":
            marked = evolve(marked, "status.phase", "Terminating")
        stored = old if marked == old else await self._put(key, marked, revision, call, request)
        if may_go(call.kind, stored):
            return await self._remove(key, meta.resource_version(stored), call, request)
        return stored

    async def _put(self, key: Key, obj: Obj, expect: int, call: Call, request: Request) -> Obj:
        await Sleep(latency.commit(self.loop.rng("etcd")))
        change = self.store.put(key, obj, expect, self._recorder(key, call, request))
        return change.after or obj

    async def _remove(self, key: Key, expect: int, call: Call, request: Request) -> Obj:
        await Sleep(latency.commit(self.loop.rng("etcd")))
        change = self.store.delete(key, expect, self._recorder(key, call, request))
        return change.before or {}

    def _recorder(self, key: Key, call: Call, request: Request) -> Callable[[int, Obj | None, Obj | None], int]:
        def record(revision: int, before: Obj | None, after: Obj | None) -> int:
            context = self.loop.task.context if self.loop.task else None
            written = self.trace.add(
                Write, at=self.loop.now, cause=request.seq, who=call.who, process=call.process,
                by=context.by if context else "", ref=Ref(*key), revision=revision, before=before, after=after,
            )  # fmt: skip
            if context:
                context.cause = written.seq
            return written.seq

        return record


def may_go(kind: str, obj: Obj) -> bool:
    """Whether nothing holds a deleted object any more: no finalizer, and for a Pod no grace period."""
    if obj["metadata"].get("finalizers") or dig(obj, "spec.finalizers"):
        return False
    return not registry.strategy(kind).graceful or obj["metadata"].get("deletionGracePeriodSeconds") == 0


def with_propagation(call: Call, obj: Obj) -> Obj:
    """The finalizer that makes the garbage collector come first: dependents before owner, or dependents let go."""
    finalizer = PROPAGATION_FINALIZERS.get(call.propagation)
    known = obj["metadata"].get("finalizers") or []
    if finalizer is None or finalizer in known:
        return obj
    return evolve(obj, "metadata.finalizers", [*known, finalizer])


def changer(call: Call, loop: Loop) -> Change:
    """How an update makes the new object out of the stored one: a whole body, a patch, a binding or a scale."""
    if call.subresource == "binding":
        return lambda old: registry.assigned(old, dig(call.body, "target.name", ""), loop.unix_us)
    if call.subresource == "scale":
        wanted = dig(call.body if call.verb == "update" else call.patch, "spec.replicas")
        return lambda old: evolve(old, "spec.replicas", wanted, "metadata.resourceVersion", REMOVED)
    if call.verb == "patch":
        return lambda old: patched(old, call)
    return lambda old: call.body or {}
