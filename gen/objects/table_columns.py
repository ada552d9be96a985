"""What a table of kubectl's is made of: columns, each a heading and how its cell is made.

Ages are counted up to `now_s`, whole seconds of Unix time: there is no clock here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gen.kit.duration import human_age, parse_timestamp
from gen.kit.evolve import dig
from gen.objects import meta, selectors

Obj = dict[str, Any]
Cell = Callable[[Obj, int], Any]
SECOND_US = 1_000_000
NONE = "<none>"


class Column(NamedTuple):
    """One column: its heading, the cell of an object at a moment, and whether only `-o wide` shows it."""

    heading: str
    cell: Cell
    wide: bool = False


def age(obj: Obj, now_s: int) -> str:
    """How long ago the object was made."""
    return since(obj["metadata"].get("creationTimestamp"), now_s, "<unknown>")


def since(time: str | None, now_s: int, none: str) -> str:
    """How long ago that was; `none` if there is no time."""
    return human_age(now_s - parse_timestamp(time) // SECOND_US) if time else none


def value(path: str, default: Any = NONE) -> Cell:
    """What is at a path."""
    return lambda obj, now_s: dig(obj, path, default)


def count(path: str) -> Cell:
    """The number at a path, 0 if there is none."""
    return value(path, 0)


def containers(field: str, template: str = "spec.template.spec.containers") -> Cell:
    """A field of every container of a template."""
    return lambda obj, now_s: ",".join(one[field] for one in dig(obj, template, []))


def selector(path: str = "spec.selector") -> Cell:
    """The selector at a path, as text."""
    return lambda obj, now_s: selectors.format_selector(dig(obj, path))


def pairs(path: str) -> Cell:
    """Keys and values, as `key=value,key=value`."""
    return lambda obj, now_s: ",".join(f"{key}={one}" for key, one in sorted(dig(obj, path, {}).items())) or NONE


NAME = Column("NAME", lambda obj, now_s: meta.name(obj))
AGE = Column("AGE", age)
CONTAINERS = (
    Column("CONTAINERS", containers("name"), wide=True),
    Column("IMAGES", containers("image"), wide=True),
)
OF_TEMPLATE = (*CONTAINERS, Column("SELECTOR", selector(), wide=True))
