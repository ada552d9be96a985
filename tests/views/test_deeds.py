from __future__ import annotations

from gen.kit.evolve import REMOVED, evolve
from gen.trace.record import Ref, Write
from gen.views.deeds import deed, thing

OWNER = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "1", "controller": True}
ORPHAN = {
    "kind": "Pod",
    "metadata": {"name": "one", "namespace": "default", "labels": {"app": "web", "tier": "front"}},
    "spec": {},
    "status": {},
}
OWNED = evolve(ORPHAN, "metadata.ownerReferences", [OWNER])


def done(before, after):
    pod = Ref("Pod", "default", "one")
    write = Write(seq=1, at=0, cause=None, who="kubectl", process="", ref=pod, revision=1, before=before, after=after)
    return deed(write)


def test_a_pod_gets_an_owner_and_loses_it():
    owner = {"owner": thing(Ref("ReplicaSet", "default", "web"))}
    assert done(ORPHAN, OWNED) == ("adopted", owner)
    assert done(OWNED, ORPHAN) == ("released", owner)


def test_labels_are_told_as_kubectl_takes_them():
    debugged = evolve(evolve(ORPHAN, "metadata.labels.app", "debug"), "metadata.labels.tier", REMOVED)
    assert done(ORPHAN, debugged) == ("labelled", {"labels": "app=debug, tier-"})


def test_a_node_s_labels_come_with_the_binding():
    bound = evolve(evolve(ORPHAN, "spec.nodeName", "node-1"), "metadata.labels.zone", "a")
    assert done(ORPHAN, bound) == ("bound", {"node": "node-1"})
