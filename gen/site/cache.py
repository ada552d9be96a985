"""Runs of one build: a scenario is played once, however many figures and languages show it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from gen.play.expect import unmet
from gen.play.scenario.load import load
from gen.play.scenario.manifests import refusal
from gen.play.simulate import simulate
from gen.trace.record import Said
from gen.trace.trace import Trace


class Unmet(Exception):
    """A run did not do what its scenario expects of it."""


def run_of(file: Path) -> Trace:
    """The trace of the scenario in `file`, played when its content is new. Raises BadInput, StepFailed and Unmet."""
    return _played(file, hashlib.sha256(file.read_bytes()).hexdigest())


@cache
def _played(file: Path, digest: str) -> Trace:
    scenario = load(file)
    trace = simulate(scenario)
    if scenario.plain:  # in a scenario a refusal is part of the story; where there are only manifests it is bad input
        for said in trace.of(Said):
            if said.rc:
                raise refusal(scenario, said)
    failures = unmet(scenario, trace)
    if failures:
        raise Unmet("; ".join(f"line {failure.line}: {failure}" for failure in failures))
    return trace
