"""The ResourceQuota controller: how much of each quota is used, counted anew.

Admission adds what a new object takes; this controller writes what the objects really add up to, and sees what became free.
It does not tell anybody: a ReplicaSet that was refused finds out at its next attempt.
Upstream: pkg/controller/resourcequota/resource_quota_controller.go and resource_quota_monitor.go (v1.36.2); recordings 25, 90.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.cluster.client.controller import After, Controller
from gen.cluster.client.first import when_there
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.kit.evolve import dig, evolve
from gen.kit.loop import Context
from gen.kit.remembered import Remembered
from gen.objects import meta, pods, quotas

Obj = dict[str, Any]


def status_of(quota: Obj, used: quotas.Usage) -> Obj:
    """What the quota's status should be: its limits as they are known now, and how much of them is used."""
    return {"hard": dig(quota, "spec.hard", {}), "used": used}


def set_free(notice: Notice) -> bool:
    """Whether a change gives something back: an object is gone, or a Pod has ended."""
    if notice.after is None:
        return True
    before = notice.before
    ended = notice.after["kind"] == "Pod" and pods.is_terminal(notice.after)
    if notice.after["kind"] == "Service" and before is not None:
        return quotas.usage(before) != quotas.usage(notice.after)
    return ended and before is not None and not pods.is_terminal(before)


class ResourceQuotaController(Controller):
    """Keys of ResourceQuotas; woken by their own changes and by what is set free in their namespace."""

    def register(self) -> None:
        """Begin with the first quota; watch what the quotas count."""
        self._counted: dict[str, None] = {}
        self._usages = Remembered(quotas.items_used)
        when_there(self, "ResourceQuota", self._begin)

    def _begin(self, why: Context | None) -> None:
        self.quotas = self.informers.of("ResourceQuota", context=why)
        self.watch("ResourceQuota", changed_limits)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a quota: count, and write what has changed."""
        quota = self.quotas.get(*key)
        if quota is None:
            return None
        found: list[Obj] = []
        for kind in quotas.kinds_counted(quota):
            informer = self.informers.of(kind, context=self.context())
            if not informer.synced:
                await informer.listed
            if kind not in self._counted:
                self._counted[kind] = None
                self.watch(kind, self._wake)
            found += informer.all(key[0])
        status = status_of(quota, quotas.used_of(quota, found, self._usages.of))
        if status != quota.get("status"):
            self.decided(meta.ref(quota), by=status_of, used=", ".join(f"{name}={used}" for name, used in status["used"].items()))
            await self.api.update(evolve(quota, "status", status), subresource="status")
        return None

    def _wake(self, notice: Notice) -> Iterable[Key]:
        if not set_free(notice):
            return []
        obj = notice.after or notice.before or {}
        counted = [one for one in self.quotas.all(meta.namespace(obj)) if obj["kind"] in quotas.kinds_counted(one)]
        return [(meta.namespace(one), meta.name(one)) for one in counted]


def changed_limits(notice: Notice) -> Iterable[Key]:
    """A quota that is new, or has other limits."""
    quota = notice.after
    if quota is None or notice.before is not None and dig(notice.before, "spec.hard") == dig(quota, "spec.hard"):
        return []
    return [(meta.namespace(quota), meta.name(quota))]
