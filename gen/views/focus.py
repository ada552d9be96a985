"""Which objects a picture is about."""

from __future__ import annotations

from gen.objects import meta
from gen.trace.record import Obj, Ref, Write
from gen.trace.trace import Trace

SILENT_KINDS = ("Event", "Lease")  # heartbeats and hearsay: never a deed of their own in a picture


class Scope:
    """The objects in view: all of them, or the focus and everything that it owns, directly or not.

    `owner(ref)` is the controller of an object, as last written.
    """

    def __init__(self, trace: Trace, focus: Ref | None = None) -> None:
        self.focus = focus
        self._owners: dict[Ref, Ref] = {}
        for write in trace.of(Write):
            owner = meta.controller_of(write.after) if write.after and write.ref.kind != "Event" else None
            if owner:
                self._owners[write.ref] = Ref(owner["kind"], write.ref.namespace, owner["name"])

    def owner(self, ref: Ref) -> Ref | None:
        """The controller of an object, or None."""
        return self._owners.get(ref)

    def holds(self, ref: Ref) -> bool:
        """Whether the object is in view."""
        if self.focus is None:
            return True
        seen: list[Ref] = []
        one: Ref | None = ref
        while one is not None and one != self.focus and one not in seen:  # owners may go round in a circle: nobody forbids it
            seen.append(one)
            one = self._owners.get(one)
        return one == self.focus

    def holds_event(self, event: Obj) -> bool:
        """Whether an Event is about an object in view."""
        about = event.get("involvedObject") or event.get("regarding") or {}
        return self.holds(Ref(about.get("kind", ""), about.get("namespace", ""), about.get("name", "")))
