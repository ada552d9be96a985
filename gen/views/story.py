"""A run as a figure tells it: one or more views, and the steps that lead through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gen.trace.query import histories
from gen.trace.record import Micros, Ref
from gen.trace.trace import Trace
from gen.views.model import Picture, Step, Story, Text
from gen.views.registry import VIEWS
from gen.views.sentences import sentence


def story(trace: Trace, views: Sequence[str], focus: Ref | None = None) -> Story:
    """Fold a trace into these views; a reader steps to every record that one of them shows. KeyError for an unknown view."""
    pictures = each_note_once(tuple(VIEWS[name](trace, focus=focus) for name in views))
    shown = sorted(dict.fromkeys(seq for picture in pictures for seq in picture.records))
    pods = sum(writes[-1].at >= 0 or writes[-1].after is not None for writes in histories(trace, "Pod").values())
    return Story(
        pictures=pictures,
        steps=tuple(Step(at=trace[seq].at, record=seq, text=sentence(trace, trace[seq])) for seq in shown),
        pods=pods, records=sum(record.at >= 0 for record in trace),
        not_simulated=tuple(trace.info.get("notSimulated", ())),
    )  # fmt: skip


def each_note_once(pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """The pictures, less the notes that one before them has already."""
    told: dict[Text, None] = {}
    found = []
    for picture in pictures:
        found.append(replace(picture, notes=tuple(note for note in picture.notes if note not in told)))
        told |= dict.fromkeys(picture.notes)
    return tuple(found)


class Playhead:
    """Where on the way through a story's steps each record lies, and at which step a reader begins (`start`).

    `at` is the moment asked for; None is the end of the run.
    """

    def __init__(self, steps: Sequence[Step], at: Micros | None = None) -> None:
        self.steps = tuple(steps)
        self._records = [step.record for step in steps]
        past = len(steps) if at is None else bisect_right(steps, at, key=lambda step: step.at)
        self.start = max(past - 1, 0)

    def step(self, record: int) -> int:
        """The step from which on the deed of a record is seen; the number of all steps if that never comes."""
        return bisect_left(self._records, record)
