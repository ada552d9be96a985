"""How objects are created, changed and deleted: read, pass the chain, write back, and begin again where somebody was faster.

Upstream: apiserver/pkg/registry/generic/registry/store.go (Create, GuaranteedUpdate, Delete), v1.36.2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from gen.cluster.apiserver import registry, status
from gen.cluster.apiserver.field_managers import APPLY, managed_fields_in, manager_of, state_of, without_managed_fields
from gen.cluster.apiserver.passage import Passage
from gen.cluster.apiserver.patching import patched
from gen.cluster.apiserver.pipeline import CHANGE
from gen.cluster.apiserver.quota import charge
from gen.cluster.apiserver.request import Call, Obj
from gen.cluster.apiserver.server_side_apply import applied
from gen.cluster.etcd import latency
from gen.cluster.etcd.mvcc import Conflict, Key
from gen.kit.evolve import REMOVED, dig, evolve
from gen.kit.loop import Sleep
from gen.objects import meta
from gen.trace.record import Ref, Request, Write

if TYPE_CHECKING:
    from gen.cluster.apiserver.server import Server

Record = Callable[["Server", Key, Call, Request], Callable[[int, Obj | None, Obj | None], int]]
PROPAGATION_FINALIZERS = {"Foreground": "foregroundDeletion", "Orphan": "orphan"}


async def create(server: Server, call: Call, request: Request) -> Obj:
    """A new object, through the chain into the store. Raises StatusError."""
    call = followed(server, call)
    obj = server.pass_through(CHANGE, call, call.body, None) or {}
    key = (call.kind, call.namespace, meta.name(obj))
    try:
        if server.store.modified(key):
            raise Conflict(key)
        await charge(server, call, request, obj, None, recorder)
        return await put(server, key, obj, 0, call, request)
    except Conflict as lost:
        there = server.find(*key)
        raise status.already_exists(call.kind, meta.name(obj), deleting=there is not None and meta.deleting(there)) from lost


def followed(server: Server, call: Call) -> Call:
    """The call; the first one that creates an object of its kind for an owner is followed on its way, for the trace."""
    owner = meta.controller_of(call.body or {})
    if call.passage or owner is None or (call.kind, owner["uid"]) in server.owners:
        return call
    server.owners.add((call.kind, owner["uid"]))
    return replace(call, passage=Passage())


async def update(server: Server, call: Call, request: Request) -> Obj:
    """Read, change, pass the chain, write back; what comes out as it was is not written. Raises StatusError.

    A change that lets a deleted object go is answered with what was asked for (upstream: store.go, deleteWithoutFinalizers).
    """
    if call.how == "apply":
        return await apply(server, call, request)
    told = managed_fields_in(call.patch)
    if told is not None:
        call = replace(call, patch=without_managed_fields(call.patch))
    change, key = changer(call, server.loop.unix_us), (call.kind, call.namespace, call.name)
    while True:
        old = server.existing(call)
        obj = server.pass_through(CHANGE, call, change(old), old) or {}
        if told is not None and not call.dry_run:
            server.managers.settle(key, state_of(told))
        if obj == old:
            return old
        try:
            if meta.deleting(obj) and may_go(call.kind, obj):
                await remove(server, key, meta.resource_version(old), call, request)
                return obj
            await charge(server, call, request, obj, old, recorder)
            return await put(server, key, obj, meta.resource_version(old), call, request)
        except Conflict:
            continue


async def apply(server: Server, call: Call, request: Request) -> Obj:
    """Merge what is applied into what is there, or create it; who manages its fields is written down. Raises StatusError."""
    key = (call.kind, call.namespace, call.name)
    while True:
        old = server.find(*key)
        wanted = applied(call, old, server.managers.state(key) if old else {}, server.loop.unix_us)
        if call.passage:
            call.passage.merged = (f"{APPLY} {manager_of(call, wanted.obj, APPLY).name}", old) if old else None
        obj = server.pass_through(CHANGE, call if old else replace(call, verb="create"), wanted.obj, old) or {}
        if obj == old and wanted.state == server.managers.state(key):
            return obj
        try:
            await charge(server, call, request, obj, old, recorder)
            obj = await put(server, key, obj, meta.resource_version(old) if old else 0, call, request)
        except Conflict:
            continue
        if not call.dry_run:
            server.managers.settle(key, wanted.state)
        return obj


async def delete(server: Server, call: Call, request: Request) -> Obj:
    """At once, or only marked: Pods get their grace period, and finalizers hold an object. Raises StatusError."""
    while True:
        old = server.existing(call)
        server.pass_through(CHANGE[-1:], call, old, old)
        if call.uid and call.uid != meta.uid(old):
            raise status.uid_conflict(call.kind, call.name, call.uid, meta.uid(old))
        try:
            return await mark_or_remove(server, call, request, old)
        except Conflict:
            continue


async def mark_or_remove(server: Server, call: Call, request: Request, old: Obj) -> Obj:
    """One attempt to delete. Raises Conflict if the object changed meanwhile."""
    key, revision = (call.kind, call.namespace, call.name), meta.resource_version(old)
    graceful = registry.strategy(call.kind).graceful
    grace_s = registry.grace_period(call, old) if graceful else 0
    held = with_propagation(call, old)
    if meta.deleting(old) and grace_s >= (old["metadata"].get("deletionGracePeriodSeconds") or 0) > 0:
        return old
    if not graceful and may_go(call.kind, held):
        return await remove(server, key, revision, call, request)
    if not graceful and meta.deleting(old) and held == old:
        return old
    marked = registry.marked_for_deletion(held, grace_s, server.loop.unix_us)
    if call.kind == "Namespace":
        marked = evolve(marked, "status.phase", "Terminating")
    stored = old if marked == old else await put(server, key, marked, revision, call, request)
    if may_go(call.kind, stored):
        return await remove(server, key, meta.resource_version(stored), call, request)
    return stored


async def put(server: Server, key: Key, obj: Obj, expect: int, call: Call, request: Request) -> Obj:
    """Let etcd store it, if the key was last changed at `expect`. Raises Conflict."""
    if call.dry_run:
        return (
            obj
            if expect
            else {**obj, "metadata": {name: of for name, of in obj["metadata"].items() if name != "resourceVersion"}}
        )
    await Sleep(latency.commit(server.loop.rng("etcd")))
    change = server.store.put(key, obj, expect, recorder(server, key, call, request))
    server.managers.wrote(call, key, change.before, change.after or obj, server.loop.unix_us)
    return change.after or obj


async def remove(server: Server, key: Key, expect: int, call: Call, request: Request) -> Obj:
    """Let etcd remove it, if it was last changed at `expect`; returns what it was. Raises Conflict."""
    if call.dry_run:
        return server.find(*key) or {}
    await Sleep(latency.commit(server.loop.rng("etcd")))
    change = server.store.delete(key, expect, recorder(server, key, call, request))
    server.managers.forget(key)
    return change.before or {}


def recorder(server: Server, key: Key, call: Call, request: Request) -> Callable[[int, Obj | None, Obj | None], int]:
    """Makes the Write record of a change. What a component does next was caused by it; a person's next deed, by their line."""

    def record(revision: int, before: Obj | None, after: Obj | None) -> int:
        context = server.loop.task.context if server.loop.task else None
        written = server.trace.add(
            Write, at=server.loop.now, cause=request.seq, who=call.who, process=call.process,
            by=context.by if context else "", ref=Ref(*key), revision=revision, before=before, after=after,
            **(call.passage.told(call.body, call.patch, after) if call.passage else {}),
        )  # fmt: skip
        if context and call.typed:
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


def changer(call: Call, now_us: int) -> Callable[[Obj], Obj]:
    """How an update makes the new object out of the stored one: a whole body, a patch, a binding or a scale."""
    if call.subresource == "binding":
        return lambda old: registry.assigned(old, dig(call.body, "target.name", ""), now_us)
    if call.subresource == "scale":
        wanted = dig(call.body if call.verb == "update" else call.patch, "spec.replicas")
        return lambda old: evolve(old, "spec.replicas", wanted, "metadata.resourceVersion", REMOVED)
    if call.verb == "patch":
        return lambda old: patched(old, call)
    return lambda old: call.body or {}
