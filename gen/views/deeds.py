"""What a write did to an object: the name of the deed, and what belongs into its sentence.

A table of rules, asked in order; the first that recognises the write names it. The last one recognises everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gen.kit.evolve import dig
from gen.objects import meta
from gen.objects.events import count
from gen.trace.record import Obj, Ref, Write
from gen.views.model import Text, Value
from gen.views.states import state_of


class Deed(NamedTuple):
    """`name` is the second half of the keys `did.NAME` (who did what) and `fact.NAME` (what then was so)."""

    name: str
    params: dict[str, Value]


Rule = Callable[[Obj, Obj], "Deed | None"]


def deed(write: Write) -> Deed:
    """What the write did."""
    if write.after is None:
        return Deed("removed", {})
    if write.before is None:
        return born(write.after)
    for rule in RULES.get(write.ref.kind, ()):
        found = rule(write.before, write.after)
        if found:
            return found
    return marked(write.before, write.after) or changed(write.before, write.after)


def born(after: Obj) -> Deed:
    """A new object; an Event says what its writer reports."""
    return reported(after) if after.get("kind") == "Event" else Deed("created", {})


def reported(event: Obj) -> Deed:
    """An Event: reason, message, and which object it is about."""
    about = event.get("involvedObject") or event.get("regarding") or {}
    subject = thing(Ref(about.get("kind", ""), about.get("namespace", ""), about.get("name", "")))
    return Deed(
        "event", {"reason": event.get("reason", ""), "message": event.get("message") or event.get("note", ""), "about": subject}
    )


def marked(before: Obj, after: Obj) -> Deed | None:
    """The object got its deletion time."""
    if meta.deleting(after) and not meta.deleting(before):
        return Deed("marked", {"grace": dig(after, "metadata.deletionGracePeriodSeconds", 0)})
    return None


def bound(before: Obj, after: Obj) -> Deed | None:
    """A Pod got its node."""
    node = dig(after, "spec.nodeName")
    return Deed("bound", {"node": node}) if node and not dig(before, "spec.nodeName") else None


def another_state(before: Obj, after: Obj) -> Deed | None:
    """A Pod went to another state."""
    (old, old_word), (new, new_word) = state_of(before), state_of(after)
    if (old, old_word) == (new, new_word):
        return None
    key = "turned" if new in ("ready", "running") else "turned_word"
    return Deed(key, {"state": Text(f"state.{new}"), "word": new_word})


def adopted(before: Obj, after: Obj) -> Deed | None:
    """An object that nobody controlled got an owner that does."""
    owner = meta.controller_of(after)
    return Deed("adopted", {"owner": owner_named(after, owner)}) if owner and not meta.controller_of(before) else None


def released(before: Obj, after: Obj) -> Deed | None:
    """The owner that controlled an object does so no longer."""
    owner = meta.controller_of(before)
    return Deed("released", {"owner": owner_named(before, owner)}) if owner and not meta.controller_of(after) else None


def labelled(before: Obj, after: Obj) -> Deed | None:
    """Labels were set or taken away (`run-`, as kubectl writes it), and nothing was done to the rest."""
    old, new = meta.labels(before), meta.labels(after)
    if old == new or any(before.get(part) != after.get(part) for part in ("spec", "status")):
        return None
    given = [f"{key}={value}" for key, value in sorted(new.items()) if old.get(key) != value]
    return Deed("labelled", {"labels": ", ".join([*given, *(f"{key}-" for key in sorted(old.keys() - new.keys()))])})


def scaled(before: Obj, after: Obj) -> Deed | None:
    """The wanted number of replicas changed."""
    old, new = dig(before, "spec.replicas"), dig(after, "spec.replicas")
    return Deed("scaled", {"before": old, "after": new}) if old is not None and new is not None and old != new else None


def counted(before: Obj, after: Obj) -> Deed | None:
    """The counts in the status changed."""
    if before.get("status") == after.get("status"):
        return None
    return Deed("counted", {"ready": dig(after, "status.readyReplicas", 0), "wanted": dig(after, "spec.replicas", 0)})


def node_turned(before: Obj, after: Obj) -> Deed | None:
    """A Node became Ready, or ceased to be."""
    old, new = _ready(before), _ready(after)
    return Deed("node_ready", {"status": new}) if old != new else None


def _ready(node: Obj) -> str:
    conditions: list[Any] = dig(node, "status.conditions", [])
    return next((str(one["status"]) for one in conditions if one["type"] == "Ready"), "Unknown")


def said_again(before: Obj, after: Obj) -> Deed | None:
    """An Event was counted once more."""
    return Deed("event_again", {**reported(after).params, "count": count(after)}) if count(after) > count(before) else None


def renewed(before: Obj, after: Obj) -> Deed | None:
    """A Lease was renewed."""
    return Deed("renewed", {})


def changed(before: Obj, after: Obj) -> Deed:
    """Whatever else: which parts of the object are not as they were."""
    parts = [part for part in PARTS if before.get(part) != after.get(part)]
    if len(parts) == 1 and parts[0] == "status":
        return Deed("status", {})
    return Deed("changed", {"parts": ", ".join(parts or ["metadata"])})


PARTS = ("spec", "status", "data", "endpoints", "subsets")  # of an object, beside its metadata
RULES: dict[str, tuple[Rule, ...]] = {
    "Pod": (marked, bound, another_state, adopted, released, labelled),
    "Deployment": (marked, scaled, counted),
    "ReplicaSet": (marked, scaled, counted, adopted, released),
    "Node": (node_turned,),
    "Event": (said_again,),
    "Lease": (renewed,),
}


def owner_named(obj: Obj, owner: Obj) -> Text:
    """The owner that a reference names, which lives in the object's own namespace."""
    return thing(Ref(owner["kind"], meta.namespace(obj), owner["name"]))


def thing(ref: Ref) -> Text:
    """An object as sentences name it: its kind and its name."""
    return (
        Text("thing", kind=Text(f"kind/{ref.kind}"), name=ref.name) if ref.name else Text("things", kind=Text(f"kind/{ref.kind}"))
    )
