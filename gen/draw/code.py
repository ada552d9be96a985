"""Python as a page shows it: an element a line, coloured by what the standard library's own reader of Python finds.

What waits (`async`, `await`) is told from the other keywords: those are the only places where virtual time may pass.
"""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gen.draw.svg import Element, Node, tag

WAITING = ("async", "await")
NAMING = ("def", "class")
OPENS = {getattr(token, name, None) for name in ("FSTRING_START", "TSTRING_START")} - {None}  # newer Pythons read these in parts
CLOSES = {getattr(token, name, None) for name in ("FSTRING_END", "TSTRING_END")} - {None}


class Stretch(NamedTuple):
    """Characters of one class, from one (row, column) to another; rows count from 1."""

    kind: str
    start: tuple[int, int]
    end: tuple[int, int]


@cache
def lines(text: str) -> tuple[Element, ...]:
    """A piece of Python, line by line."""
    stretches = list(coloured(text))
    return tuple(tag("span", pieces(row, line, stretches), class_="kim-line") for row, line in enumerate(text.splitlines(), 1))


def is_deed(text: str) -> bool:
    """Whether a function may wait for the world: an `async def`. A plain `def` is a rule."""
    return any(line.startswith("async def ") for line in text.splitlines())


def coloured(text: str) -> Iterator[Stretch]:
    """What is not plain, in order."""
    before, depth, start = "", 0, (0, 0)
    for found in tokenize.generate_tokens(io.StringIO(text).readline):
        if found.type in OPENS:
            start, depth = (start if depth else found.start), depth + 1
        elif found.type in CLOSES:
            depth -= 1
            if not depth:
                yield Stretch("string", start, found.end)
        elif not depth:
            kind = kind_of(found, before)
            if kind:
                yield Stretch(kind, found.start, found.end)
            before = found.string


def kind_of(found: tokenize.TokenInfo, before: str) -> str:
    """The class of a token; "" for what is left plain."""
    if found.type == token.STRING:
        return "string"
    if found.type == token.COMMENT:
        return "comment"
    if found.type != token.NAME:
        return ""
    if found.string in WAITING:
        return "waiting"
    if keyword.iskeyword(found.string):
        return "keyword"
    return "name" if before in NAMING else ""


def pieces(row: int, line: str, stretches: list[Stretch]) -> Iterator[Node]:
    """One line, cut where its colour changes."""
    at = 0
    for kind, start, end in stretches:
        if start[0] <= row <= end[0]:
            first = start[1] if row == start[0] else 0
            last = end[1] if row == end[0] else len(line)
            if first > at:
                yield line[at:first]
            if last > first:
                yield tag("span", line[first:last], class_=CLASSES[kind])
            at = last
    if line[at:]:
        yield line[at:]


CLASSES = {
    **{kind: f"kim-py-{kind}" for kind in ("keyword", "string", "comment", "name")},
    "waiting": "kim-py-keyword kim-py-waiting",
}
