"""Whom a change of a Pod concerns among the ReplicaSets, and which expectation it fulfils."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gen.cluster.client.controller import owner_of_kind
from gen.cluster.client.informer import Handler, Informer, Notice
from gen.cluster.client.workqueue import Key
from gen.cluster.controllers.expectations import Expectations
from gen.objects import meta, selectors

owner_keys = owner_of_kind("ReplicaSet")


def keys_of_pod(replica_sets: Informer) -> Callable[[Notice], Iterable[Key]]:
    """The key of the owner; for an orphan the keys of all ReplicaSets of its namespace that would match it."""

    def keys(notice: Notice) -> Iterable[Key]:
        found = list(owner_keys(notice))
        pod = notice.after
        if found or pod is None or meta.controller_of(pod):
            return found
        candidates = replica_sets.all(meta.namespace(pod))
        return [
            (meta.namespace(one), meta.name(one))
            for one in candidates
            if selectors.matches(one["spec"]["selector"], meta.labels(pod))
        ]

    return keys


def fulfilling(expectations: Expectations) -> Handler:
    """A handler that notes in `expectations` what has arrived in the cache."""

    def handle(notice: Notice) -> None:
        pod = notice.after or notice.before or {}
        owner = meta.controller_of(pod)
        if owner is None or owner["kind"] != "ReplicaSet":
            return
        key = (meta.namespace(pod), owner["name"])
        if notice.after is None or meta.deleting(pod):
            expectations.deletion_seen(key, meta.uid(pod))
        elif notice.before is None:
            expectations.creation_seen(key)

    return handle
