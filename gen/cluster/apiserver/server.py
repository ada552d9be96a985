"""The API server itself: requests in, the chain, etcd, answers out.

Whatever may take time is a coroutine: between reading an object and writing it back others may write, and the store
refuses the loser.
"""

from __future__ import annotations

from gen.cluster.apiserver import status
from gen.cluster.apiserver.changes import create, delete, update
from gen.cluster.apiserver.connect import SUBRESOURCES, KubeletServer, connect
from gen.cluster.apiserver.field_managers import FieldManagers
from gen.cluster.apiserver.pipeline import ACCESS, Stage
from gen.cluster.apiserver.request import Call, Obj
from gen.cluster.apiserver.reviews import ACCESS_REVIEWS, answered
from gen.cluster.apiserver.selection import selects
from gen.cluster.apiserver.status import StatusError
from gen.cluster.apiserver.watchcache import Stream, WatchCache
from gen.cluster.etcd.mvcc import Store
from gen.kit.loop import Loop, Sleep
from gen.kit.names import uid
from gen.objects import meta
from gen.trace.record import Denied, Request
from gen.trace.trace import Trace

HANDLING_US = (150, 500)  # decoding, the chain, encoding


def stamped(obj: Obj, revision: int) -> Obj:
    """The object with the revision under which etcd keeps it."""
    return {**obj, "metadata": {**obj["metadata"], "resourceVersion": str(revision)}}


class Server:
    """One kube-apiserver in front of one store."""

    def __init__(self, loop: Loop, trace: Trace) -> None:
        self.loop, self.trace = loop, trace
        self.store = Store(stamped)
        self.cache = WatchCache(loop, self.store)
        self.kubelets: dict[str, KubeletServer] = {}  # who answers on which node
        self.managers = FieldManagers()
        self.owners: set[tuple[str, str]] = set()  # kinds and owners of which one object was followed on its way
        self._uids = 0

    def find(self, kind: str, namespace: str, name: str) -> Obj | None:
        """The stored object, or None."""
        return self.store.get((kind, namespace, name))

    def stored(self, kind: str, namespace: str = "") -> list[Obj]:
        """The stored objects of a kind, in a namespace or in all."""
        return self.store.list((kind, namespace) if namespace else (kind,))

    def next_uid(self) -> str:
        """A new unique id."""
        self._uids += 1
        return uid(str(self.loop.seed), self._uids)

    async def serve(self, call: Call, request: Request) -> Obj:
        """Answer one request about one object. Raises StatusError."""
        await Sleep(self.loop.rng("apiserver").randint(*HANDLING_US))
        self.pass_through(ACCESS, call, call.body, None)
        if call.subresource in SUBRESOURCES:
            return await connect(self, call)
        if call.verb == "get":
            answer = self.existing(call)
        elif call.kind in ACCESS_REVIEWS:
            answer = answered(self, call)
        elif call.verb == "create" and call.subresource != "binding":
            answer = await create(self, call, request)
        elif call.verb == "delete":
            answer = await delete(self, call, request)
        else:
            answer = await update(self, call, request)
        return self.managers.told((call.kind, call.namespace, call.name), answer) if call.managed else answer

    async def list(self, call: Call) -> tuple[list[Obj], int]:
        """The objects of a kind, in a namespace or in all, and the revision at which they were read. Raises StatusError."""
        await Sleep(self.loop.rng("apiserver").randint(*HANDLING_US))
        self.pass_through(ACCESS, call, None, None)
        wanted = selects(call.kind, *call.selectors)
        found = self.store.list((call.kind, call.namespace) if call.namespace else (call.kind,))
        found = [obj for obj in found if wanted(obj)]
        if call.managed:
            found = [self.managers.told((call.kind, meta.namespace(obj), meta.name(obj)), obj) for obj in found]
        return found, self.store.revision

    def watch(self, call: Call, since: int) -> Stream:
        """The changes of a kind after revision `since`. Raises StatusError."""
        self.pass_through(ACCESS, call, None, None)
        return self.cache.watch(call.kind, call.namespace, since, *call.selectors, client=call.who)

    def pass_through(self, stages: tuple[Stage, ...], call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
        """Through the stages in turn; a refusal becomes a record that names its stage."""
        if call.passage:
            call.passage.begin(obj)
        for stage in stages:
            try:
                obj = stage.deed(self, call, obj, old)
                if call.passage:
                    call.passage.passed.append((stage.name, obj))
            except StatusError as error:
                self.trace.add(
                    Denied, at=self.loop.now, cause=self.loop.context.cause,
                    who="kube-apiserver", process="kube-apiserver",
                    by=f"{stage.deed.__module__}.{stage.deed.__name__}", ref=call.ref, stage=stage.name,
                    code=error.code, reason=error.reason, message=error.message,
                )  # fmt: skip
                raise
        return obj

    def existing(self, call: Call) -> Obj:
        """The object that the call names. Raises StatusError 404."""
        found = self.find(call.kind, call.namespace, call.name)
        if found is None:
            raise status.not_found(call.kind, call.name)
        return found
