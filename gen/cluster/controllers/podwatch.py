"""Which expectation of a ReplicaSet a change of a Pod fulfils."""

from __future__ import annotations

from gen.cluster.client.informer import Handler, Informer, Notice
from gen.cluster.controllers.expectations import Expectations
from gen.objects import meta


def fulfilling(expectations: Expectations, replica_sets: Informer) -> Handler:
    """A handler that notes in `expectations` what has arrived in the cache.

    Another ReplicaSet of the same name expects nothing of the Pods of the one before.
    """

    def handle(notice: Notice) -> None:
        pod = notice.after or notice.before or {}
        owner = meta.controller_of(pod)
        if owner is None or owner["kind"] != "ReplicaSet":
            return
        key = (meta.namespace(pod), owner["name"])
        replica_set = replica_sets.get(*key)
        if replica_set is None or meta.uid(replica_set) != owner["uid"]:
            return
        if notice.after is None or meta.deleting(pod):
            expectations.deletion_seen(key, meta.uid(pod))
        elif notice.before is None:
            expectations.creation_seen(key)

    return handle
