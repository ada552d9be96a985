"""How ownership grows and shrinks: the line of owners of each object after every write, and where that puts it in a tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from gen.objects import meta
from gen.trace.record import Obj, Ref, Write
from gen.views.focus import Scope
from gen.views.model import Turn
from gen.views.replicas import replicas_of
from gen.views.states import state_of

Path = tuple[Ref, ...]  # an object behind its owners, the outermost first


@dataclass(slots=True)
class Growth:
    """The places that objects had so far, each with its turns and the records about it; `held` is what there is now.

    A place is kept when its object leaves it, and taken again when it comes back.
    """

    scope: Scope
    held: dict[Ref, Obj] = field(default_factory=dict)
    owners: dict[Ref, Ref | None] = field(default_factory=dict)
    where: dict[Ref, Path] = field(default_factory=dict)
    turns: dict[Path, list[Turn]] = field(default_factory=dict)
    touched: dict[Path, list[int]] = field(default_factory=dict)

    def take(self, write: Write) -> bool:
        """What the write makes of the tree; whether a reader should hear of it."""
        ref, before = write.ref, self.where.get(write.ref)
        if write.after is None:
            self.held.pop(ref, None)
            self._move(ref, None, write.seq)
            return before is not None
        self.held[ref] = write.after
        passed_on = ref in self.owners and self.owners[ref] != owner_of(write)
        self.owners[ref] = owner_of(write)
        self._settle(ref, write.seq)
        if passed_on:
            self._settle_owned(ref, write.seq)
        path = self.where.get(ref)
        told = path is not None and (path != before or self._has_turned(path, write) or is_told(write))
        if told and path is not None:
            self.touched.setdefault(path, []).append(write.seq)
        return told or before is not None and path is None

    def _settle_owned(self, owner: Ref, record: int) -> None:
        """What an object owns goes with it."""
        for ref, path in list(self.where.items()):
            if owner in path and ref != owner:
                self._settle(ref, record)

    def _settle(self, ref: Ref, record: int) -> None:
        """Put an object where its owners are, and note how it looks."""
        path = self.place(ref)
        self._move(ref, path, record)
        if path is not None:
            self._turn(path, Turn(record=record, **look(self.held[ref])))

    def _move(self, ref: Ref, path: Path | None, record: int) -> None:
        before = self.where.get(ref)
        if before is not None and before != path:
            self._turn(before, Turn(record=record, state=""))
            del self.where[ref]
        if path is not None:
            self.where[ref] = path

    def _turn(self, path: Path, turn: Turn) -> None:
        turns = self.turns.setdefault(path, [])
        if not turns or (turns[-1].state, turns[-1].word) != (turn.state, turn.word):
            turns.append(turn)

    def _has_turned(self, path: Path, write: Write) -> bool:
        return self.turns[path][-1].record == write.seq

    def place(self, ref: Ref) -> Path | None:
        """Where an object belongs: below the focus, or among what is in view; None if it is another owner's business."""
        line, one = [ref], self.owners.get(ref)
        while one is not None and one in self.owners and one not in line:  # nobody forbids that owners go round in a circle
            line.append(one)
            one = self.owners[one]
        if self.scope.focus in line:
            line = line[: line.index(self.scope.focus) + 1]
        return tuple(reversed(line)) if self.scope.holds(line[-1]) else None


def owner_of(write: Write) -> Ref | None:
    """The controller of what was written."""
    owner = meta.controller_of(write.after) if write.after else None
    return Ref(owner["kind"], write.ref.namespace, owner["name"]) if owner else None


def look(obj: Obj) -> dict[str, str]:
    """The state of an object, and its word."""
    state, word = state_of(obj) if obj["kind"] == "Pod" else replicas_of(obj)
    return {"state": state, "word": word}


def is_told(write: Write) -> bool:
    """Whether a write changed what somebody wants of the object, or who it belongs to: not only its status."""
    before, after = write.before or {}, write.after or {}
    return before.get("spec") != after.get("spec") or meta.labels(before) != meta.labels(after)
