"""A timeline: lanes of components and objects on virtual time."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text


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
