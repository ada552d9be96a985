"""YAML as kubectl reads it: with limits, and with the place of every value.

The parser's events are walked one by one and the values built from them, so that nothing recurses: a text nested too
deeply, aliases that multiply, and files that are too large end in a message, on every machine in the same one.
A file is cut into documents at its `---` lines first, and each is read by itself, as kubectl does
(upstream: apimachinery/pkg/util/yaml/decoder.go), so that the documents before a broken one can be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from gen.play.yaml_problems import Unreadable, diagnosis
from gen.play.yaml_scalars import CORE, key_text, resolve

DEPTH_LIMIT = 100  # an object of Kubernetes is some thirty levels deep at most
NODES_LIMIT = 500_000  # values in one document, those that aliases repeat included
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SEPARATOR = re.compile(r"---\s*(#.*)?")
SURROGATE = re.compile("[\ud800-\udfff]")
MERGE = "<<"

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file: its value, where each part of it stands, and the keys that were written twice."""

    value: Any
    places: dict[Path, Place]
    repeated: tuple[Path, ...] = ()

    def place(self, path: Path) -> Place:
        """Where the part at `path` stands, or the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def documents(text: str) -> Iterator[Document]:
    """The documents of a text, one after another; empty ones are left out. Raises Unreadable at the first broken one."""
    for first_line, part in split(text):
        try:
            document = _Builder(first_line).read(part)
        except yaml.YAMLError as error:
            raise _moved(diagnosis(part, error), first_line) from None
        except Unreadable as error:
            raise _moved(error, first_line) from None
        if document is not None and document.value is not None:
            yield document


def split(text: str) -> Iterator[tuple[int, str]]:
    """Each document's text, with the number of lines before it."""
    start, kept = 0, list[str]()
    for number, line in enumerate(text.removesuffix("\n").split("\n")):
        if line.startswith("---") and SEPARATOR.fullmatch(line):
            if kept:
                yield start, "".join(kept)
            start, kept = number + 1, []
        else:
            kept.append(line + "\n")
    if kept:
        yield start, "".join(kept)


def _moved(error: Unreadable, lines: int) -> Unreadable:
    """The complaint with the line in the file; what it says stays, since kubectl counts lines from the document's first."""
    error.line += lines
    return error


def dotted(path: Path) -> str:
    """A path as messages write it: `steps[2].run`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


NO_KEY: Any = object()


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    value: Any
    path: Path
    anchor: str | None
    size: int = 1
    key: Any = NO_KEY
    merged: list[Any] = field(default_factory=list)


class _Builder:
    """Builds one document's value from the parser's events."""

    def __init__(self, lines_before: int) -> None:
        self.lines_before = lines_before
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Any, int] | None] = {}
        self.places: dict[Path, Place] = {}
        self.repeated: list[Path] = []
        self.size = 0
        self.result: Any = None

    def read(self, text: str) -> Document | None:
        """Walk the events of one document. Raises Unreadable or yaml.YAMLError."""
        ended = False
        for event in yaml.parse(text, Loader=PARSER):
            if isinstance(event, yaml.DocumentStartEvent) and ended:
                raise Unreadable(event.start_mark.line + 1, 1, "did not find expected <document start>", event.start_mark.line)
            ended = ended or isinstance(event, yaml.DocumentEndEvent)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end(event)
        return Document(self.result, self.places, tuple(self.repeated)) if ended else None

    def _scalar(self, event: Any) -> None:
        if SURROGATE.search(event.value):
            raise self._wrong(event, "found invalid Unicode character escape code")
        value = resolve(event.value, event.tag, plain=event.implicit[0])
        self._anchor(event.anchor, value, 1)
        self._add(value, 1, event)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise self._wrong(event, f"unknown anchor '{event.anchor}' referenced")
        found = self.anchors[event.anchor]
        if found is None:
            raise self._wrong(event, f"anchor '{event.anchor}' value contains itself")
        self._add(found[0], found[1], event)

    def _begin(self, event: Any) -> None:
        if len(self.open) >= DEPTH_LIMIT:
            raise self._wrong(event, f"exceeded max depth of {DEPTH_LIMIT}")
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._mark(event)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.open.append(_Open(value, self._path(), event.anchor))

    def _end(self, event: Any) -> None:
        closed = self.open.pop()
        value = closed.value
        for merged in closed.merged:
            value = {**merged, **value}
        self._anchor(closed.anchor, value, closed.size)
        self._add(value, closed.size, event, counted=closed.size - 1)

    def _path(self) -> Path:
        """Where the next value belongs."""
        if not self.open:
            return ()
        parent = self.open[-1]
        if isinstance(parent.value, list):
            return (*parent.path, len(parent.value))
        return parent.path if parent.key is NO_KEY else (*parent.path, parent.key)

    def _anchor(self, name: str | None, value: Any, size: int) -> None:
        if name:
            self.anchors[name] = (value, size)

    def _add(self, value: Any, size: int, event: Any, counted: int = 0) -> None:
        """Put a finished value where it belongs: into the list, as a key, as a key's value, or as the whole."""
        self.size += size - counted
        if self.size > NODES_LIMIT:
            raise self._wrong(
                event,
                "document contains excessive aliasing" if self.anchors else f"document holds more than {NODES_LIMIT} values",
            )
        if not self.open:
            self.result = value
            return
        parent = self.open[-1]
        parent.size += size
        if isinstance(parent.value, list):
            self._mark(event)
            parent.value.append(value)
        elif parent.key is NO_KEY:
            self._begin_pair(parent, value, event)
        else:
            self._end_pair(parent, value, event)

    def _begin_pair(self, parent: _Open, key: Any, event: Any) -> None:
        text = key_text(key)
        if text is None:
            raise self._wrong(event, "invalid map key")
        merges = (
            isinstance(event, yaml.ScalarEvent) and text == MERGE and event.implicit[0] and event.tag in (None, f"{CORE}merge")
        )
        parent.key = MERGE_KEY if merges else text
        if not merges and text in parent.value:
            self.repeated.append((*parent.path, text))
        if not merges:
            self._mark(event)

    def _end_pair(self, parent: _Open, value: Any, event: Any) -> None:
        key, parent.key = parent.key, NO_KEY
        if key is not MERGE_KEY:
            parent.value[key] = value
            return
        merged = value if isinstance(value, list) else [value]
        if not all(isinstance(one, dict) for one in merged):
            raise self._wrong(event, "map merge requires map or sequence of maps as the value")
        parent.merged.extend(merged)

    def _mark(self, event: Any) -> None:
        """Remember where the value begins (of a pair: where its key stands)."""
        place = (event.start_mark.line + 1 + self.lines_before, event.start_mark.column + 1)
        self.places.setdefault(self._path(), place)

    @staticmethod
    def _wrong(event: Any, problem: str) -> Unreadable:
        return Unreadable(event.start_mark.line + 1, event.start_mark.column + 1, problem)


MERGE_KEY: Any = object()
