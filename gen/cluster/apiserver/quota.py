"""The last plugin of admission, ResourceQuota: what a new object uses is taken from the quotas before it is stored.

The usage stands in the quota's own status and is written first; whoever loses the race for that write checks again. So two
objects can never share the last free place. Upstream: apiserver/pkg/admission/plugin/resourcequota (controller.go).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gen.cluster.apiserver import status
from gen.cluster.apiserver.request import Call, Obj
from gen.cluster.etcd import latency
from gen.cluster.etcd.mvcc import Conflict
from gen.kit import quantity
from gen.kit.evolve import dig, evolve
from gen.kit.loop import Sleep
from gen.objects import meta, quotas
from gen.trace.record import Request

if TYPE_CHECKING:
    from gen.cluster.apiserver.changes import Record
    from gen.cluster.apiserver.server import Server

COUNTED_LATER = ("Service", "PersistentVolumeClaim")  # an update of these may need more
WHO = "kube-apiserver"


async def charge(server: Server, call: Call, request: Request, obj: Obj, old: Obj | None, record: Record) -> None:
    """Take what the object uses from every quota of its namespace. Raises StatusError 403 where one has not enough."""
    if not call.namespace or call.subresource or old is not None and call.kind not in COUNTED_LATER:
        return
    charged: list[str] = []
    while True:
        quotas_left = [one for one in server.stored("ResourceQuota", call.namespace) if meta.name(one) not in charged]
        needed = [(quota, taken(call, quota, obj, old)) for quota in quotas_left]
        try:
            for quota, more in needed:
                if more and not call.dry_run:
                    await _write(server, call, request, quota, more, record)
                    charged.append(meta.name(quota))
        except Conflict:
            continue
        return


def taken(call: Call, quota: Obj, obj: Obj, old: Obj | None) -> quotas.Usage:
    """What the object takes of the quota. Raises StatusError 403 if that is too much, or cannot be known."""
    hard = dig(quota, "status.hard", {})
    names = quotas.restricted(hard, obj)
    if not names or not quotas.in_scope(quota, obj):
        return {}
    silent = quotas.unspecified(names, obj) if call.kind == "Pod" else ""
    if silent:
        raise status.forbidden(call.kind, meta.name(obj), f"failed quota: {meta.name(quota)}: {silent}")
    before = quotas.usage(old) if old is not None else {}
    wanted = quotas.lessened(quotas.usage(obj), before)
    more = {name: wanted[name] for name in names if name in wanted and quantity.amount(wanted[name]).nano}
    why = quotas.exceeded(quota, more)
    if why:
        raise status.forbidden(call.kind, meta.name(obj), why)
    return more


async def _write(server: Server, call: Call, request: Request, quota: Obj, more: quotas.Usage, record: Record) -> None:
    """The quota with what is used now. Raises Conflict if somebody else was faster."""
    used = dig(quota, "status.used", {})
    after = evolve(quota, "status.used", {**used, **quotas.summed({name: used.get(name, "0") for name in more}, more)})
    key = ("ResourceQuota", call.namespace, meta.name(quota))
    own = replace(call, verb="update", kind=key[0], name=key[2], subresource="status")
    own = replace(own, who=WHO, process=WHO, typed=False, manager="")
    await Sleep(latency.commit(server.loop.rng("etcd")))
    change = server.store.put(key, after, meta.resource_version(quota), record(server, key, own, request))
    server.managers.wrote(own, key, change.before, change.after or after, server.loop.unix_us)
