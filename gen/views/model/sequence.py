"""A ladder: who called whom, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text
from gen.views.model.timeline import Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Part):
    """One line of a ladder, at record `record`: a call, a watch delivery, or a deed of one participant alone.

    `source` and `target` are participants; a deed has no target. `revision` is etcd's after a call that wrote, else 0.
    """

    at: Micros
    record: int
    kind: str  # call, refused, store, watch, typed, said, decided, work, fault, mended
    source: str
    target: str
    text: Text
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Part):
    """A ladder: participants side by side, each with its full name, and lines from top to bottom.

    A break lies between two lines. `rest` is the record of the first line that is not drawn any more, 0 if all are.
    """

    participants: tuple[tuple[str, Text], ...]
    lines: tuple[Line, ...]
    breaks: tuple[Break, ...] = ()
    rest: int = 0
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        return tuple(line.record for line in self.lines)
