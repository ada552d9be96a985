"""A terminal: the lines that were typed, and what they printed."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Part):
    """What a line that goes on printed with record `record`: lines of its standard output and of its standard error."""

    record: int
    printed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Part):
    """A line that was typed with record `record`, and what stood below it from record `said` on (None: it never came back).

    `printed` and `errors` are the lines of its standard output and of its standard error. One that has `pieces` goes on, in
    a terminal of its own: they came before that, one by one.
    """

    at: Micros
    record: int
    line: str
    said: int | None = None
    rc: int = 0
    printed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal(Part):
    """All that was typed in a run, in order."""

    entries: tuple[Entry, ...]
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        typed = [entry.record for entry in self.entries]
        pieces = [piece.record for entry in self.entries for piece in entry.pieces]
        return tuple(sorted([*typed, *pieces, *(entry.said for entry in self.entries if entry.said is not None)]))
