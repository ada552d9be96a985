"""The ten figures of a run, and the table of many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from gen.play.measure.events import counts, events, order, times
from gen.play.measure.evidence import Evidence, read
from gen.play.measure.histories import numbers, states, steps
from gen.play.measure.objects import final, places
from gen.play.measure.said import said
from gen.play.reading.bad_input import BadInput

Row = dict[str, float | None]  # a figure by its name; None where the recording holds nothing to compare

FIGURES: dict[str, Callable[[Evidence, Evidence], float | None]] = {
    "events": events,
    "counts": counts,
    "order": order,
    "times": times,
    "steps": steps,
    "states": states,
    "numbers": numbers,
    "places": places,
    "final": final,
    "said": said,
}


def compare(recording: Path, run: Path) -> Row:
    """The ten figures of the run in folder `run` against the recording in folder `recording`."""
    recorded, played = read(recording), read(run)
    return {name: figure(recorded, played) for name, figure in FIGURES.items()}


def compare_all(recordings: Path, runs: Path, only: Sequence[str] = (), without: Sequence[str] = ()) -> dict[str, Row]:
    """The figures of every scenario in folder `recordings`, by name; a run that folder `runs` lacks has 0 in all of them.

    `only` names the beginnings of the scenarios wanted ("01-"), `without` figures to leave out ("31-:times").
    """
    found = sorted(file.parent for file in recordings.glob("*/events.json") if file.parent.name.startswith(tuple(only) or ""))
    if not found:
        raise BadInput(str(recordings), what="no such recordings here", todo="Name a folder of recordings.")
    left_out = [_exception(pair) for pair in without]
    return {recording.name: _row(recording, runs / recording.name, left_out) for recording in found}


def _exception(pair: str) -> tuple[str, str]:
    scenario, _, figure = pair.partition(":")
    if figure not in FIGURES:
        todo = f"Write SCENARIO:FIGURE with one of {', '.join(FIGURES)}."
        raise BadInput("--without", what=f"{pair!r} names no figure", todo=todo)
    return scenario, figure


def _row(recording: Path, run: Path, left_out: list[tuple[str, str]]) -> Row:
    row = compare(recording, run) if (run / "events.json").exists() else _nothing(compare(recording, recording))
    dropped = [figure for scenario, figure in left_out if recording.name.startswith(scenario)]
    return {figure: None if figure in dropped else value for figure, value in row.items()}


def _nothing(row: Row) -> Row:
    return {figure: None if value is None else 0.0 for figure, value in row.items()}


def means(rows: Mapping[str, Row]) -> Row:
    """The mean of each figure over the scenarios that have it."""
    values = {figure: [value for row in rows.values() if (value := row[figure]) is not None] for figure in FIGURES}
    return {figure: fmean(found) if found else None for figure, found in values.items()}


def table(rows: Mapping[str, Row]) -> str:
    """The figures as text: a line a scenario, and their mean."""
    everything = {**rows, "mean": means(rows)}
    width = max(map(len, everything))
    head = " ".join([" " * width, *(f"{figure:>6}" for figure in FIGURES)])
    lines = [" ".join([f"{name:{width}}", *map(_cell, row.values())]) for name, row in everything.items()]
    return "\n".join([head, *lines, ""])


def _cell(value: float | None) -> str:
    return "     -" if value is None else f"{value:6.3f}"
