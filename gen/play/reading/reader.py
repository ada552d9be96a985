"""YAML as kubectl reads it: with limits, and with the place of every value.

The parser's events are walked one by one and the values built from them, so that nothing recurses: a text nested too
deeply, aliases that multiply, and files that are too large end in a message, on every machine in the same one.
A file is cut into documents at its `---` lines first, and each is read by itself, as kubectl does
(upstream: apimachinery/pkg/util/yaml/decoder.go), so that the documents before a broken one can be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from gen.play.reading.builder import Builder, Path, Place
from gen.play.reading.problems import NO_CHARACTER, Unreadable, diagnosis

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SEPARATOR = re.compile(r"---\s*(#.*)?")


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
            document = read(part, first_line)
        except (yaml.YAMLError, *NO_CHARACTER) as error:
            raise _moved(diagnosis(part, error), first_line) from None
        except Unreadable as error:
            raise _moved(error, first_line) from None
        if document is not None and document.value is not None:
            yield document


def read(text: str, lines_before: int) -> Document | None:
    """The one document of a text, None if it is empty. Raises Unreadable, yaml.YAMLError, or one of NO_CHARACTER."""
    builder, ended = Builder(lines_before), False
    for event in yaml.parse(text, Loader=PARSER):
        if isinstance(event, yaml.DocumentStartEvent) and ended:
            line = event.start_mark.line if event.start_mark else 0
            raise Unreadable(line + 1, 1, "did not find expected <document start>", line)
        ended = ended or isinstance(event, yaml.DocumentEndEvent)
        builder.take(event)
    return Document(builder.result, builder.places, tuple(builder.repeated)) if ended else None


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
