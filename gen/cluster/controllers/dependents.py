"""Who depends on whom: the graph that the garbage collector keeps in its head, by the uid of owners.

Upstream: pkg/controller/garbagecollector/graph_builder.go and graph.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gen.cluster.client.component import Component
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.cluster.etcd.mvcc import Change
from gen.kit.loop import Context
from gen.objects import meta
from gen.objects.kinds import kind_of

Obj = dict[str, Any]
COLLECTED = ("ReplicaSet", "Pod", "Deployment")  # kinds that own, or are owned, in nearly every cluster: watched from the start
IGNORED = ("Event", "Lease")  # upstream: DefaultIgnoredResources has Events; the Lease of a Node that went stays here
ORPHAN, FOREGROUND = "orphan", "foregroundDeletion"


def key_of(obj: Obj) -> Key:
    """(kind, namespace, name)."""
    return obj["kind"], meta.namespace(obj), meta.name(obj)


def finalizers(obj: Obj) -> list[str]:
    """What holds the object."""
    return list(obj["metadata"].get("finalizers") or [])


def waits_for_dependents(obj: Obj) -> bool:
    """Whether an object is being deleted in the foreground: its dependents go first."""
    return meta.deleting(obj) and FOREGROUND in finalizers(obj)


def lets_go_of_dependents(obj: Obj) -> bool:
    """Whether an object is being deleted, and its dependents shall stay."""
    return meta.deleting(obj) and ORPHAN in finalizers(obj)


def blocks(dependent: Obj, uid: str) -> bool:
    """Whether an owner with this uid, deleted in the foreground, must wait for the dependent.

    >>> blocks({"metadata": {"ownerReferences": [{"uid": "u1", "blockOwnerDeletion": True}]}}, "u1")
    True
    """
    return any(one["uid"] == uid and one.get("blockOwnerDeletion") for one in meta.owner_references(dependent))


def invalid_owner(obj: Obj, reference: Obj) -> str:
    """How an Event names an owner that stands in another namespace than its dependent.

    Upstream: graph.go, objectReference.String.
    """
    kind = f"{reference.get('apiVersion', '')}/{reference.get('kind', '')}"
    return f"[{kind}, namespace: {meta.namespace(obj)}, name: {reference.get('name', '')}, uid: {reference['uid']}]"


class Graph:
    """Keys of dependents by the uid of their owner, and the key of every object that was heard of by its uid."""

    def __init__(self) -> None:
        self._dependents: dict[str, dict[Key, None]] = {}
        self._heard_of: dict[str, Key] = {}

    def note(self, notice: Notice, key: Key) -> None:
        """An object is new, changed or gone."""
        for owner in meta.owner_references(notice.before or {}):
            self._dependents.get(owner["uid"], {}).pop(key, None)
        for owner in meta.owner_references(notice.after or {}):
            self._dependents.setdefault(owner["uid"], {})[key] = None
        if notice.after is None:
            self._heard_of.pop(meta.uid(notice.before or {}), None)
        else:
            self._heard_of[meta.uid(notice.after)] = key

    def dependents(self, uid: str) -> list[Key]:
        """The keys of what names `uid` as an owner."""
        return list(self._dependents.get(uid, ()))

    def misplaced(self, obj: Obj) -> list[Obj]:
        """The owner references that name an object of another namespace: those owners do not count."""
        found = [(one, self._heard_of.get(one["uid"])) for one in meta.owner_references(obj)]
        return [one for one, key in found if key is not None and key[1] and key[1] != meta.namespace(obj)]


class GraphBuilder:
    """Fills the graph from what the informers tell, and says whom a change concerns.

    `watch(kind, keys)` queues the keys of a change for the garbage collector, `component`.
    """

    def __init__(self, component: Component, watch: Callable[[str, Callable[[Notice], Iterable[Key]]], None]) -> None:
        self._component, self._watch, self._informers = component, watch, component.informers
        self._graph, self._watched = Graph(), dict.fromkeys((*COLLECTED, *IGNORED))

    def start(self) -> None:
        """Watch what owns or is owned.

        Upstream watches every kind that there is. Here the watch of a rarer kind begins when the first of its objects
        owns, is owned or waits for its dependents: until then it would tell the collector nothing.
        """
        for kind in COLLECTED:
            self._watch(kind, self._concerned)
        store = self._component.api.server.store
        listeners: list[Callable[[Change], None]] = store.on_change
        listeners.append(self._first_of_its_kind)
        self._component.process.at_stop(lambda: listeners.remove(self._first_of_its_kind))
        for obj in store.list():
            self._watch_what_it_concerns(obj, None)

    def known(self, key: Key) -> Obj | None:
        """The object as last heard of."""
        watched = key[0] in self._watched and key[0] not in IGNORED
        return self._informers.known(key[0]).get(key[1], key[2]) if watched else None

    def dependents_of(self, obj: Obj) -> list[Obj]:
        """The objects that name this one as an owner."""
        found = map(self.known, self._graph.dependents(meta.uid(obj)))
        return [one for one in found if one is not None]

    def _first_of_its_kind(self, change: Change) -> None:
        if change.after is not None:
            self._watch_what_it_concerns(change.after, Context(change.record))

    def _watch_what_it_concerns(self, obj: Obj, why: Context | None) -> None:
        if obj["kind"] in IGNORED:
            return
        owners = meta.owner_references(obj)
        if not owners and not (meta.deleting(obj) and finalizers(obj)):
            return
        known = [one["kind"] for one in owners if kind_of(one.get("apiVersion", ""), one.get("kind", ""))]
        for kind in dict.fromkeys((*known, obj["kind"])):
            if kind not in self._watched:
                self._watched[kind] = None
                self._informers.of(kind, context=why)
                self._watch(kind, self._concerned)

    def _concerned(self, notice: Notice) -> Iterable[Key]:
        """Who must be looked at: the dependents of what is gone, what is being deleted, its owners when a dependent goes."""
        obj = notice.after or notice.before or {}
        key = key_of(obj)
        self._graph.note(notice, key)
        owners = [(owner_key(one, key[1]), one["uid"]) for one in meta.owner_references(notice.before or obj)]
        known = [(owner, self.known(owner), uid) for owner, uid in owners]
        waiting = [owner for owner, found, _ in known if found is not None and meta.deleting(found)]
        if notice.after is None:
            return [*self._graph.dependents(meta.uid(obj)), *waiting]
        released = meta.owner_references(notice.before or obj) != meta.owner_references(obj)
        unowned = notice.before is None or released
        if unowned and meta.owner_references(obj):
            self._complain(obj)
        held = lets_go_of_dependents(obj) or waits_for_dependents(obj)
        owner_unheard_of = any(found is None or meta.uid(found) != uid for _, found, uid in known)
        looked_at = [key] if held or (unowned and owner_unheard_of) else []
        return [*looked_at, *(waiting if released else ())]

    def _complain(self, obj: Obj) -> None:
        """An owner of another namespace does not count, and somebody should know (upstream: reportInvalidNamespaceOwnerRef)."""
        for reference in self._graph.misplaced(obj):
            told = f'ownerRef {invalid_owner(obj, reference)} does not exist in namespace "{meta.namespace(obj)}"'
            self._component.recorder.event(obj, "Warning", "OwnerRefInvalidNamespace", told)


def owner_key(reference: Obj, namespace: str) -> Key:
    """Where the owner of a dependent in `namespace` stands: beside it, or in no namespace."""
    kind = kind_of(str(reference.get("apiVersion", "")), str(reference.get("kind", "")))
    return reference["kind"], "" if kind is not None and not kind.namespaced else namespace, reference["name"]
