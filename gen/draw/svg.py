"""A tiny tree of elements, and its text: escaped, on one line, the same bytes every time. It serves SVG and HTML alike.

An attribute or a text may be a `Track`: then it depends on the step at which the playhead stands. A still picture is the
tree at one step; a picture that moves is the same tree, and `Film` collects what changes in it for the player.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

Attribute = str | int | bool | None
HOLLOW = (  # in HTML these have an end tag even when empty
    "a", "b", "button", "div", "i", "li", "output", "p", "pre", "progress", "select", "span", "td", "textarea", "th", "ul",
)  # fmt: skip
TEXT = "#text"  # how a film names the text inside of an element
SHOWN: dict[int, int] = {  # what no XML may hold: control characters are shown as their pictures
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}, 0x7F: 0x2421,
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
}  # fmt: skip
ON_ONE_LINE = {**SHOWN, 0x0A: 0x20}


@dataclass(frozen=True, slots=True)
class Track:
    """A value that changes with the playhead: `keys` are (step, value) in order of steps, the first one from step 0 on."""

    keys: tuple[tuple[int, Attribute], ...]

    @classmethod
    def of(cls, keys: Iterable[tuple[int, Attribute]]) -> Track:
        """A track of these keys (steps from 0 on, in order): of several at one step the last counts; no value twice in a row."""
        found: list[tuple[int, Attribute]] = []
        for step, value in keys:
            if found and found[-1][0] == step:
                found.pop()
            if not found or found[-1][1] != value:
                found.append((step, value))
        return cls(tuple(found))

    def at(self, step: int) -> Attribute:
        """The value at a step; None before the first key."""
        index = bisect_right(self.keys, step, key=lambda key: key[0])
        return self.keys[index - 1][1] if index else None


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name, its attributes in order, and what it holds."""

    name: str
    attributes: tuple[tuple[str, Attribute | Track], ...]
    children: tuple[Node, ...]

    def __str__(self) -> str:
        return markup(self)


Node = Element | str | Track


@dataclass(slots=True)
class Film:
    """What changes in a tree that was written at `step`: a row for each element that is not always the same.

    A row is a list of tracks, each `[attribute, step, value, step, value, …]`; the elements with the row's number carry
    it as `data-k`: what changes alike, as the same Pod on the wide board and on the phone's, shares a row. TEXT is the name
    of the text inside.
    """

    step: int
    rows: list[list[list[Any]]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)  # of the rows, by their text

    def enter(self, element: Element) -> int | None:
        """Note an element's tracks; its number, or None if it never changes."""
        named = [(name, value) for name, value in element.attributes if isinstance(value, Track)]
        named += [(TEXT, child) for child in element.children if isinstance(child, Track)]
        row: list[list[Any]] = [[name, *_pairs(name, track)] for name, track in named if len(track.keys) > 1]
        if not row:
            return None
        number = self._numbers.setdefault(repr(row), len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return number


def _pairs(name: str, track: Track) -> Iterable[Attribute]:
    for step, value in track.keys:
        value = value.translate(ON_ONE_LINE if name == TEXT else SHOWN) if isinstance(value, str) else value  # as it is written
        yield from (step, None if value is False else value)


def tag(name: str, *children: Node | Iterable[Node] | None, **attributes: Attribute | Track) -> Element:
    """An element. Keyword names lose their final underscore and get hyphens: `class_="x"`, `text_anchor="end"`.

    Children may be lists; None is left out, and so is an attribute that is None or False. True gives an empty one.
    The text is well-formed XML, and HTML too.
    """
    return Element(
        name,
        tuple(
            (key.rstrip("_").replace("_", "-"), value)
            for key, value in attributes.items()
            if value is not None and value is not False
        ),
        tuple(_flat(children)),
    )


def _flat(children: Iterable[Node | Iterable[Node] | None]) -> Iterable[Node]:
    for child in children:
        if isinstance(child, (Element, str, Track)):
            yield child
        elif child is not None:
            yield from child


def markup(node: Node, film: Film | None = None) -> str:
    """The text of a tree, at the film's step; without a film, at the last one."""
    parts: list[str] = []
    _write(node, parts, film)
    return "".join(parts)


def _write(node: Node, parts: list[str], film: Film | None) -> None:
    if isinstance(node, Track):
        node = str(_now(node, film) or "")
    if isinstance(node, str):
        parts.append(escape(node, quote=False).translate(ON_ONE_LINE))
        return
    parts.append(f"<{node.name}")
    for key, track in node.attributes:
        value = _now(track, film) if isinstance(track, Track) else track
        if value is not None and value is not False:
            parts.append(f' {key}="{_attribute("" if value is True else value)}"')
    number = film.enter(node) if film else None
    if number is not None:
        parts.append(f' data-k="{number}"')
    if not node.children:
        parts.append(f"></{node.name}>" if node.name in HOLLOW else "/>")
        return
    parts.append(">")
    for child in node.children:
        _write(child, parts, film)
    parts.append(f"</{node.name}>")


def still(node: Node, step: int) -> Node:
    """The tree as it is at one step, for good."""
    if isinstance(node, Track):
        return str(node.at(step) or "")
    if isinstance(node, str):
        return node
    now = ((name, value.at(step) if isinstance(value, Track) else value) for name, value in node.attributes)
    kept = tuple((name, value) for name, value in now if value is not None and value is not False)
    return Element(node.name, kept, tuple(still(child, step) for child in node.children))


def _now(track: Track, film: Film | None) -> Attribute:
    return track.at(film.step) if film else track.keys[-1][1] if track.keys else None


def _attribute(value: Attribute) -> str:
    if isinstance(value, int):
        return str(value)
    return escape(str(value), quote=True).translate(SHOWN).replace("\n", "&#10;")
