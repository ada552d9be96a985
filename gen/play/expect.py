"""What a scenario expects of its run, checked on the trace alone.

`always` holds from the moment at which it first came true until the end; `by` has come true by then; `rc` is what a line
gave back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gen.kit.duration import go_duration
from gen.kit.loop import Micros
from gen.play.conditions import Condition
from gen.trace.record import Said, Typed, Write
from gen.trace.trace import Trace

if TYPE_CHECKING:
    from gen.play.scenario.model import Scenario, Step

Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Always:
    """Once true, never again false."""

    condition: Condition
    line: int = 0


@dataclass(frozen=True, slots=True)
class By:
    """True at some moment up to `at_us`."""

    at_us: Micros
    condition: Condition
    line: int = 0


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """What the line of step number `step` (from 1) gives back."""

    rc: int
    step: int
    line: int = 0


Expectation = Always | By | ReturnCode


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that was not met: which, and what happened instead."""

    line: int
    what: str

    def __str__(self) -> str:
        return self.what


class Objects:
    """The cluster as the trace has it up to one record: what a condition asks."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[tuple[str, str], Obj]] = {}

    def apply(self, write: Write) -> None:
        """One more change."""
        kind = self._kinds.setdefault(write.ref.kind, {})
        place = (write.ref.namespace, write.ref.name)
        if write.after is None:
            kind.pop(place, None)
        else:
            kind[place] = write.after

    def get(self, kind: str, namespace: str, name: str) -> Obj | None:
        """One object, or None."""
        return self._kinds.get(kind, {}).get((namespace, name))

    def list(self, kind: str, namespace: str) -> list[Obj]:
        """The objects of a kind in a namespace."""
        return [obj for place, obj in self._kinds.get(kind, {}).items() if place[0] == namespace]


def unmet(scenario: Scenario, trace: Trace) -> list[Failure]:
    """The expectations of the scenario that its run did not meet, in the order in which they are written."""
    found = (failure(expectation, scenario.steps, trace) for expectation in scenario.expect)
    return [one for one in found if one is not None]


def failure(expectation: Expectation, steps: Sequence[Step], trace: Trace) -> Failure | None:
    """Why the expectation was not met; None if it was."""
    if isinstance(expectation, ReturnCode):
        what = wrong_return_code(expectation, steps, trace)
    elif isinstance(expectation, By):
        what = too_late(expectation, trace)
    else:
        what = broken(expectation, trace)
    return Failure(expectation.line, what) if what else None


def answers(condition: Condition, trace: Trace) -> Iterator[tuple[Write, bool]]:
    """Whether the condition held after each write that could have changed the answer."""
    objects = Objects()
    for write in trace.of(Write):
        objects.apply(write)
        if write.ref.kind == condition.kind:
            yield write, condition.holds(objects)


def too_late(expected: By, trace: Trace) -> str | None:
    """What to say if the condition had not come true in time."""
    first = next((write.at for write, held in answers(expected.condition, trace) if held), None)
    if first is not None and first <= expected.at_us or first is None and expected.condition.holds(Objects()):
        return None
    when = "never came true" if first is None else f"came true at {go_duration(first)}"
    return f"expected by {go_duration(expected.at_us)}: {expected.condition}; it {when}"


def broken(expected: Always, trace: Trace) -> str | None:
    """What to say if the condition never came true, or ceased to be."""
    came_true = expected.condition.holds(Objects())
    for write, held in answers(expected.condition, trace):
        if came_true and not held:
            return f"expected always: {expected.condition}; false at {go_duration(write.at)} (#{write.seq})"
        came_true = came_true or held
    return None if came_true else f"expected always: {expected.condition}; it never came true"


def wrong_return_code(expected: ReturnCode, steps: Sequence[Step], trace: Trace) -> str | None:
    """What to say if the line gave back something else."""
    lines = [number for number, step in enumerate(steps, 1) if step.run is not None]
    typed = list(trace.of(Typed))
    place = lines.index(expected.step)
    said = {said.cause: said for said in trace.of(Said)}.get(typed[place].seq) if place < len(typed) else None
    if said is None:
        return f"expected rc {expected.rc} of step {expected.step}; it did not come back"
    if said.rc == expected.rc:
        return None
    return f"expected rc {expected.rc} of step {expected.step}; it gave {said.rc}: {(said.stderr or said.stdout).strip()}"
