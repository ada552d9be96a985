"""How a drawing follows the playhead: tracks of classes, and where a click on a thing leads."""

from __future__ import annotations

from collections.abc import Iterable

from gen.draw.svg import Attribute, Track
from gen.views.story import Playhead


def track(head: Playhead, keys: Iterable[tuple[int, Attribute]], before: Attribute = None) -> Track:
    """A value that changes with records: `keys` are (record, value) in order; before the first of them it is `before`."""
    last = len(head.steps)
    steps = ((head.step(record), value) for record, value in keys)
    return Track.of([(0, before), *((step, value) for step, value in steps if step < last)])


def only_at(head: Playhead, records: Iterable[int], on: str, off: str | None = None) -> Track:
    """`on` at the steps of these records, `off` at all others."""
    keys: list[tuple[int, Attribute]] = [(0, off)]
    for record in sorted(records):
        step = head.step(record)
        if step < len(head.steps):
            keys += [(step, on), (step + 1, off)]
    return Track.of(keys)


def during(head: Playhead, records: Iterable[int], on: str, off: str | None = None) -> Track:
    """`on` from the first of these records to the second, or to the end; else `off`."""
    keys: list[tuple[int, Attribute]] = list(zip(records, (on, off), strict=False))
    return track(head, keys, off)


def either(first: Track, second: Track) -> Track:
    """The first track's value where it has one, else the second's."""
    steps = sorted({*(step for step, _ in first.keys), *(step for step, _ in second.keys)})
    return Track.of((step, first.at(step) or second.at(step)) for step in steps)


def leads_to(head: Playhead, records: Iterable[int]) -> str | None:
    """The value of `data-steps`: the steps to which clicks on a thing lead, one after the other."""
    steps = dict.fromkeys(step for step in map(head.step, sorted(records)) if step < len(head.steps))
    return ",".join(map(str, steps)) or None
