"""A part of a scenario's file, with its place: asked for its type, it answers with the value or with where it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gen.kit.duration import parse_duration
from gen.kit.loop import MINUTE, Micros
from gen.play.reading.bad_input import BadInput, nearest
from gen.play.reading.builder import Path
from gen.play.reading.reader import Document, dotted

LONGEST_TIME: Micros = 24 * 60 * MINUTE  # of one run: heartbeats alone fill the trace of a longer one
NAMES = {
    dict: "a mapping",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}


@dataclass(frozen=True, slots=True)
class Part:
    """The value at `path` of a scenario's document."""

    file: str
    document: Document
    path: Path
    value: Any

    def at(self, key: str | int) -> Part:
        """What stands under a key, or at a place of a list."""
        return Part(self.file, self.document, (*self.path, key), self.value[key])

    def items(self) -> list[Part]:
        """The parts of a list. Raises BadInput if it is none."""
        if not isinstance(self.value, list):
            raise self.mistaken("a list: one `- ` for each")
        return [self.at(index) for index in range(len(self.value))]

    def wrong(self, what: str, todo: str) -> BadInput:
        """A complaint about this part."""
        line, column = self.document.place(self.path)
        return BadInput(self.file, line=line, column=column, field=dotted(self.path), what=what, todo=todo)

    def mistaken(self, wanted: str) -> BadInput:
        """The complaint that this part is of the wrong type."""
        return self.wrong(f"this is {NAMES.get(type(self.value), 'something else')}", f"Write {wanted}.")

    def mapping(self, example: str) -> Part:
        """Itself. Raises BadInput if it is no mapping."""
        if not isinstance(self.value, dict):
            raise self.mistaken(f"a mapping, as in {example}")
        return self

    def only(self, known: Iterable[str]) -> None:
        """Raises BadInput for a key that is none of `known`."""
        keys = list(known)
        for key in self.value:
            if key not in keys:
                todo = nearest(key, keys)
                raise self.at(key).wrong(
                    f"unknown field {key!r}", f"{todo[0].upper()}{todo[1:]}{'' if todo.endswith('?') else '.'}"
                )

    def text(self, todo: str = "Write a text, in quotes if it looks like something else.") -> str:
        """The text. Raises BadInput if it is none."""
        if not isinstance(self.value, str):
            raise self.wrong(f"this is {NAMES.get(type(self.value), 'something else')}, not a text", todo)
        return self.value

    def whole_number(self, least: int, most: int) -> int:
        """The number. Raises BadInput if it is none, or out of bounds."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.mistaken("a whole number")
        if not least <= self.value <= most:
            raise self.wrong(f"{self.value} is out of bounds", f"Write a whole number from {least} to {most}.")
        return self.value

    def moment(self, todo: str = "Write a time such as 24s, 1m30s or 500ms.") -> Micros:
        """The time, in microseconds. Raises BadInput if it is none."""
        try:
            value = parse_duration(self.value) if isinstance(self.value, str) else -1
        except (ValueError, OverflowError):
            value = -1
        if value < 0:
            raise self.wrong(f"{self.value!r} is no time", todo)
        if value > LONGEST_TIME:
            raise self.wrong(f"{self.value} is longer than a day", "Write a time of at most 24h.")
        return value
