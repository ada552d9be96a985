"""Values out of a YAML parser's events, one by one, without recursion and within limits.

A text that nests too deeply, or whose aliases multiply, is refused at the event that goes too far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from gen.play.reading.problems import Unreadable
from gen.play.reading.scalars import CORE, key_text, resolve, unsupported

DEPTH_LIMIT = 100  # an object of Kubernetes is some thirty levels deep at most
NODES_LIMIT = 500_000  # values in one document, those that aliases repeat included
SURROGATE = re.compile("[\ud800-\udfff]")
MERGE = "<<"
NO_KEY: Any = object()
MERGE_KEY: Any = object()

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1


def wrong(event: Any, problem: str) -> Unreadable:
    """The complaint about what begins at an event."""
    return Unreadable(event.start_mark.line + 1, event.start_mark.column + 1, problem)


@dataclass(slots=True)
class Open:
    """A list or mapping whose end has not come yet. `key` is a key whose value has not come yet."""

    value: Any
    path: Path
    anchor: str | None
    size: int = 1
    key: Any = NO_KEY
    merged: list[Any] = field(default_factory=list)

    def next_path(self) -> Path:
        """Where the next value belongs."""
        if isinstance(self.value, list):
            return (*self.path, len(self.value))
        return self.path if self.key in (NO_KEY, MERGE_KEY) else (*self.path, self.key)

    def begin_pair(self, key: Any, event: Any) -> None:
        """A key has come. Raises Unreadable for one that JSON cannot have."""
        text = key_text(key)
        if text is None:
            raise wrong(event, "invalid map key")
        plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0] and event.tag in (None, f"{CORE}merge")
        self.key = MERGE_KEY if plain and text == MERGE else text

    def end_pair(self, value: Any, event: Any) -> None:
        """A key's value has come; that of `<<` is merged into the mapping at its end."""
        key, self.key = self.key, NO_KEY
        if key is not MERGE_KEY:
            self.value[key] = value
            return
        merged = value if isinstance(value, list) else [value]
        if not all(isinstance(one, dict) for one in merged):
            raise wrong(event, "map merge requires map or sequence of maps as the value")
        self.merged.extend(merged)

    def closed(self) -> Any:
        """The whole value: what it says itself wins over what is merged into it, and there the first wins."""
        value = self.value
        for merged in self.merged:
            value = {**merged, **value}
        return value


class Builder:
    """Builds the value of one document, and notes where each part stands and which keys came twice."""

    def __init__(self, lines_before: int) -> None:
        self.lines_before = lines_before
        self.result: Any = None
        self.places: dict[Path, Place] = {}
        self.repeated: list[Path] = []
        self._open: list[Open] = []
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._size = 0

    def take(self, event: Any) -> None:
        """One event more. Raises Unreadable."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)

    def _scalar(self, event: Any) -> None:
        if SURROGATE.search(event.value):
            raise wrong(event, "found invalid Unicode character escape code")
        value = resolve(event.value, event.tag, plain=event.implicit[0])
        if unsupported(value):
            raise wrong(event, f"json: unsupported value: {unsupported(value)}")
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._count(1, event)
        self._add(value, 1, event)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise wrong(event, f"unknown anchor '{event.anchor}' referenced")
        found = self._anchors[event.anchor]
        if found is None:
            raise wrong(event, f"anchor '{event.anchor}' value contains itself")
        self._count(found[1], event)
        self._add(*found, event)

    def _begin(self, event: Any) -> None:
        if len(self._open) >= DEPTH_LIMIT:
            raise wrong(event, f"exceeded max depth of {DEPTH_LIMIT}")
        self._count(1, event)
        self._mark(event)
        if event.anchor:
            self._anchors[event.anchor] = None
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(Open(value, self._open[-1].next_path() if self._open else (), event.anchor))

    def _end(self, event: Any) -> None:
        ended = self._open.pop()
        value = ended.closed()
        if ended.anchor:
            self._anchors[ended.anchor] = (value, ended.size)
        self._add(value, ended.size, event)

    def _count(self, size: int, event: Any) -> None:
        self._size += size
        if self._size > NODES_LIMIT:
            many = f"document holds more than {NODES_LIMIT} values"
            raise wrong(event, "document contains excessive aliasing" if self._anchors else many)

    def _add(self, value: Any, size: int, event: Any) -> None:
        """Put a finished value where it belongs: into the list, as a key, as a key's value, or as the whole."""
        if not self._open:
            self.result = value
            return
        parent = self._open[-1]
        parent.size += size
        if isinstance(parent.value, list):
            self._mark(event)
            parent.value.append(value)
        elif parent.key is not NO_KEY:
            parent.end_pair(value, event)
        else:
            parent.begin_pair(value, event)
            if parent.key in parent.value:
                self.repeated.append(parent.next_path())
            self._mark(event)

    def _mark(self, event: Any) -> None:
        """Remember where a value begins; of a pair, where its key stands."""
        path = self._open[-1].next_path() if self._open else ()
        self.places.setdefault(path, (event.start_mark.line + 1 + self.lines_before, event.start_mark.column + 1))
