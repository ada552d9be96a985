"""Runs: a scenario is played once, however many figures, languages and builds show it.

Played runs are kept as the lines of their traces, each under a name that its scenario, the files that it names and the engine
make. So an edit plays what it touches, and a changed engine plays everything anew.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from gen.play.expect import unmet
from gen.play.scenario.load import load
from gen.play.scenario.model import Scenario
from gen.play.scenario.refusals import refusal
from gen.play.simulate import simulate
from gen.play.stage import collector_off
from gen.site.shelf import BESIDE, Shelf, content_of
from gen.trace.record import Said
from gen.trace.trace import Trace

RUNS = Shelf(BESIDE / "runs", most=400)  # some 20 KB each
GEN = Path(__file__).parents[1]
ENGINE = ("kit", "objects", "trace", "cluster", "play")  # the floors on which a run depends


class Unmet(Exception):
    """A run did not do what its scenario expects of it."""


def run_of(file: Path) -> Trace:
    """The trace of the scenario in `file`, played when its content is new. Raises BadInput, StepFailed and Unmet."""
    return _checked(file, hashlib.sha256(file.read_bytes()).hexdigest())


def name_of(file: Path) -> str:
    """The name under which the run of the scenario in `file` is kept: another one for whatever may play otherwise."""
    return _read(file, hashlib.sha256(file.read_bytes()).hexdigest())[1]


@cache
def _checked(file: Path, digest: str) -> Trace:
    scenario, name = _read(file, digest)
    trace = played(scenario, name)
    if scenario.plain:  # in a scenario a refusal is part of the story; where there are only manifests it is bad input
        for said in trace.of(Said):
            if said.rc:
                raise refusal(scenario, said)
    failures = unmet(scenario, trace)
    if failures:
        raise Unmet("; ".join(f"line {failure.line}: {failure}" for failure in failures))
    return trace


@cache
def _read(file: Path, digest: str) -> tuple[Scenario, str]:
    scenario = load(file)
    whole = json.dumps([engine(), digest, scenario.files], sort_keys=True)
    return scenario, hashlib.sha256(whole.encode()).hexdigest()[:32]


@cache
def engine() -> str:
    """Changes with any file that a run could depend on."""
    return content_of(*(GEN / floor for floor in ENGINE))


def played(scenario: Scenario, name: str) -> Trace:
    """The run that is kept under a name; where there is none, or one that cannot be read, it is played and kept."""
    kept = RUNS.take(name)
    trace = restored(kept) if kept is not None else None
    if trace is None:
        trace = simulate(scenario)
        RUNS.keep(name, text_of(trace))
    return trace


def text_of(trace: Trace) -> str:
    """A run as it is kept."""
    return "\n".join(trace.to_lines(as_made=True))


def restored(text: str) -> Trace | None:
    """The run that a text tells; None for a text that tells none."""
    try:
        with collector_off():
            return Trace.from_lines(text.split("\n"))
    except (KeyError, TypeError, ValueError):
        return None
