"""What a picture says, before anybody draws it: no pixels, no language.

Every part is frozen, compares by value and turns into JSON. Times are microseconds of virtual time. What is to be read by
people is a `Text`: a key of `gen/draw/words` and what belongs into it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Union

Micros = int
Value = Union[str, int, "Text"]


class Part:
    """What all parts of a view share: they turn into JSON."""

    __slots__ = ()

    def to_json(self) -> Any:
        """Plain dicts, lists, strings and numbers; parts that are empty are left out."""
        return plain(self)


def plain(value: Any) -> Any:
    """`value` as JSON knows it: a part as a dict of what it says, a tuple as a list."""
    if isinstance(value, Text):
        return [value.key, dict(plain(value.params))] if value.params else [value.key]
    if is_dataclass(value):
        pairs = ((field.name, plain(getattr(value, field.name))) for field in fields(value))
        return {name: child for name, child in pairs if child not in (None, "", []) and child is not False}
    return [plain(child) for child in value] if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True, init=False)
class Text(Part):
    """A sentence or a word in no language: `Text("pod.bound", pod="web-1", node="node-2")`. A param may be a Text itself."""

    key: str
    params: tuple[tuple[str, Value], ...]

    def __init__(self, key: str, /, **params: Value) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "params", tuple(sorted(params.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Part):
    """A stretch of one state on a lane. `word` is the API's own (ContainerCreating); `record` the seq that began it.

    `ends` is False where the state goes on after the picture's end.
    """

    start: Micros
    end: Micros
    state: str  # pending, starting, running, ready, terminating, failed, backoff, succeeded, stopped
    word: str
    record: int
    ends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Part):
    """A deed on a lane. `deed` is typed, write, fault or mended; `label` is what stands beside the mark where there is room."""

    at: Micros
    deed: str
    record: int
    text: Text
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(Part):
    """One row: a component, a node or an object. `label` is short; `title` the full name, for whoever asks."""

    key: str  # component/NAME, node/NAME or pod/NAMESPACE/NAME
    label: Text
    title: str
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Part):
    """Lanes that belong together; the heading is None for the components, which need none."""

    heading: Text | None
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Part):
    """A stretch of time that the picture leaves out, because nothing changes in it; `quiet` if nothing happened at all."""

    start: Micros
    end: Micros
    quiet: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc(Part):
    """One link of the chain of causes: what happened on lane `source` led to what happened on lane `target`."""

    source: str
    source_at: Micros
    target: str
    target_at: Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Part):
    """The moment that a reader looks at, and the last thing that had happened by then: record `record` at `since`."""

    at: Micros
    since: Micros
    record: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Part):
    """Lanes of components and objects on virtual time."""

    start: Micros
    end: Micros
    groups: tuple[Group, ...]
    breaks: tuple[Break, ...] = ()
    moment: Moment | None = None
    arcs: tuple[Arc, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All lanes from top to bottom."""
        return tuple(lane for group in self.groups for lane in group.lanes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Part):
    """A column of a table: its heading as the command prints it, and whether its cells are a `name`, a `time` or `text`."""

    key: str
    heading: str
    shape: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Part):
    """A row of a table. `when` is past, now or future, seen from the moment; past everywhere if no moment was chosen."""

    at: Micros
    record: int
    cells: tuple[str, ...]
    when: str = "past"
    tone: str = ""  # warning, or nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Part):
    """Rows under columns; `caption` says what they are."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    moment: Moment | None = None
    notes: tuple[Text, ...] = ()
