"""Pods under their owners: the groups of a timeline."""

from __future__ import annotations

from dataclasses import replace

from gen.kit.evolve import dig
from gen.trace.query import histories
from gen.trace.record import Ref
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.labels import label
from gen.views.model import Group, Lane, Text

REVISION = "deployment.kubernetes.io/revision"


def grouped(trace: Trace, scope: Scope, lanes: dict[Ref, Lane]) -> tuple[Group, ...]:
    """The Pods' lanes by owner, in the order in which the owners' first Pods appeared."""
    owners: dict[Ref | None, list[tuple[Ref, Lane]]] = {}
    for ref, lane in lanes.items():
        owners.setdefault(scope.owner(ref), []).append((ref, lane))
    newest = newest_revisions(trace, scope)
    return tuple(
        Group(
            heading=heading(owner, scope, newest, alone=len(owners) == 1),
            lanes=tuple(
                replace(lane, label=Text("name", name=label(ref.name, owner.name if owner else ""))) for ref, lane in members
            ),
        )
        for owner, members in owners.items()
    )


def heading(owner: Ref | None, scope: Scope, newest: dict[Ref, list[Ref]], *, alone: bool) -> Text:
    """What stands over a group: its owner with its full name, old or new where a Deployment has several."""
    if owner is None:
        return Text("group.pods" if alone else "group.other_pods")
    siblings = newest.get(scope.owner(owner) or owner, [])
    age = "" if len(siblings) < 2 else "_new" if siblings[-1] == owner else "_old"
    return Text(f"group.owner{age}", kind=Text(f"kind/{owner.kind}"), name=owner.name)


def newest_revisions(trace: Trace, scope: Scope) -> dict[Ref, list[Ref]]:
    """The ReplicaSets of each Deployment, by revision: the newest last."""
    found: dict[Ref, list[tuple[int, Ref]]] = {}
    for ref, writes in histories(trace, "ReplicaSet").items():
        parent = scope.owner(ref)
        if parent:
            last = next((write.after for write in reversed(writes) if write.after), None)
            found.setdefault(parent, []).append((int(dig(last, "metadata.annotations", {}).get(REVISION, 0)), ref))
    return {parent: [ref for _, ref in sorted(pairs)] for parent, pairs in found.items()}
