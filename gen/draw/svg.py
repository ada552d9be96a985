"""A tiny tree of elements, and its text: escaped, on one line, the same bytes every time. It serves SVG and HTML alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

Attribute = str | int | bool | None
HOLLOW = ("a", "div", "i", "p", "span", "td", "th", "ul")  # in HTML these have an end tag even when they are empty


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name, its attributes in order, and what it holds."""

    name: str
    attributes: tuple[tuple[str, Attribute], ...]
    children: tuple[Node, ...]

    def __str__(self) -> str:
        return markup(self)


Node = Element | str


def tag(name: str, *children: Node | Iterable[Node] | None, **attributes: Attribute) -> Element:
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
        if isinstance(child, (Element, str)):
            yield child
        elif child is not None:
            yield from child


def markup(node: Node) -> str:
    """The text of a tree."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Node, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(escape(node, quote=False).replace("\n", " "))
        return
    parts.append(f"<{node.name}")
    for key, value in node.attributes:
        parts.append(f' {key}="{_attribute("" if value is True else value)}"')
    if not node.children:
        parts.append(f"></{node.name}>" if node.name in HOLLOW else "/>")
        return
    parts.append(">")
    for child in node.children:
        _write(child, parts)
    parts.append(f"</{node.name}>")


def _attribute(value: Attribute) -> str:
    return escape(str(value), quote=True).replace("\n", "&#10;")
