"""What became of an object on its way through the chain: the trace keeps it, so that pictures can say who added what.

It is kept of what people send, and of what components create for each owner's first object of a kind: the others of that owner
get the same. Everything else goes by without.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from gen.kit.pointers import differing
from gen.trace.record import Obj


@dataclass(slots=True)
class Passage:
    """The object of one call as each stage left it.

    `written` is what stands in the file that the call was made from; `merged` is who merged it into which object before it set
    out.
    """

    written: Obj | None = None
    merged: tuple[str, Obj] | None = None
    passed: list[tuple[str, Obj | None]] = field(default_factory=list)

    def begin(self, obj: Obj | None) -> None:
        """The object sets out, or does so once more."""
        self.passed[:] = [("", self.merged[1]), (self.merged[0], obj)] if self.merged else [("", obj)]

    def made(self, body: Obj | None) -> dict[str, list[str]]:
        """Stage by stage, the places (JSON pointers) at which it changed the object; stages that changed nothing are left out.

        What kubectl added to the file before it sent it stands first, under its name.
        """
        whole = [("", self.written), ("kubectl", body), *self.passed[1:]] if self.written and body else self.passed
        found: dict[str, list[str]] = {}
        for (_, before), (stage, after) in pairwise(whole):
            places = list(differing(before, after))
            if places:
                found.setdefault(stage, []).extend(places)
        return found

    def told(self, body: Obj | None, patch: Any, stored: Obj | None) -> dict[str, Any]:
        """What the trace says of it: what was sent, and what was made of it."""
        return {"sent": self.written or body or patch, "made": self.made(body) if stored else None}
