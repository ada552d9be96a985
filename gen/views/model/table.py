"""A table: rows under columns, with all that each row said in turn."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Part):
    """A column of a table: its heading as the command prints it, and whether its cells are a `name`, a `time` or `text`."""

    key: str
    heading: str
    shape: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting(Part):
    """What a row said from record `record` on."""

    at: Micros
    record: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Part):
    """A row of a table, with all that it said in turn."""

    sightings: tuple[Sighting, ...]
    tone: str = ""  # warning, or nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Part):
    """Rows under columns, in the order in which they first appeared; `caption` says what they are."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        return tuple(sorted(sighting.record for row in self.rows for sighting in row.sightings))
