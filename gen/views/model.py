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
class Timeline(Part):
    """Lanes of components and objects on virtual time.

    `arcs` are all links of causes; `chains` has, for each of the `records` that a reader can step to, the arcs that led
    there (as places in `arcs`).
    """

    start: Micros
    end: Micros
    groups: tuple[Group, ...]
    breaks: tuple[Break, ...] = ()
    records: tuple[int, ...] = ()
    arcs: tuple[Arc, ...] = ()
    chains: tuple[tuple[int, ...], ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Part):
    """From record `record` on, a thing on the board looked so. `state` is one of `states.STATES`, or "" once it is gone."""

    record: int
    state: str
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay(Part):
    """A Pod in one place: the `place`th of its `node` (from 0), or of the tray where `node` is "". The last turn ends it."""

    pod: str  # pod/NAMESPACE/NAME
    label: str
    title: str
    node: str
    place: int
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Part):
    """What record `record` is on the board: `source` calls the API server, is told by it (`watch`), or does its own work.

    `kind` is call, refused (a call in vain), watch, decided, typed, work or fault; `revision` is etcd's after a call that
    wrote; `pod` is touched.
    """

    record: int
    kind: str
    source: str  # the key of a component or a kubelet
    revision: int = 0
    pod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Part):
    """A node: how many places its Pods need over the whole run."""

    name: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Part):
    """Who is there, who speaks with the API server, and where each Pod is, over a whole run.

    `controllers` are component names from top to bottom, `others` is how many more acted and share one box.
    `outages` are turns of components and kubelets that do not run or hear nothing, by key.
    """

    controllers: tuple[str, ...]
    others: tuple[str, ...]
    nodes: tuple[Site, ...]
    tray: int
    stays: tuple[Stay, ...]
    acts: tuple[Act, ...]
    revision: int  # etcd's at virtual time 0
    outages: tuple[tuple[str, tuple[Turn, ...]], ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        return tuple(act.record for act in self.acts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Part):
    """One line of a ladder, at record `record`: a call, a watch delivery, or a deed of one participant alone.

    `source` and `target` are participants; a deed has no target. `revision` is etcd's after a call that wrote, else 0.
    """

    at: Micros
    record: int
    kind: str  # call, refused, store, watch, typed, said, decided, work, fault, mended
    source: str
    target: str
    text: Text
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Part):
    """A ladder: participants side by side, each with its full name, and lines from top to bottom.

    A break lies between two lines. `rest` is the record of the first line that is not drawn any more, 0 if all are.
    """

    participants: tuple[tuple[str, Text], ...]
    lines: tuple[Line, ...]
    breaks: tuple[Break, ...] = ()
    rest: int = 0
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        return tuple(line.record for line in self.lines)


Picture = Board | Timeline | Sequence | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Part):
    """One step of a reader: record `record` at `at`, and its sentence."""

    at: Micros
    record: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Part):
    """A run as a figure tells it: its views, and the steps through all of them. `pods` and `records` say how big it was."""

    pictures: tuple[Picture, ...]
    steps: tuple[Step, ...]
    pods: int
    records: int
    not_simulated: tuple[str, ...] = ()
