"""From the names that were typed to a run: load the scenario, play it, ask whether it came out as expected."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gen.play.scenario.model import Scenario
    from gen.trace.trace import Trace


class Failed(Exception):
    """What was asked for could not be done though the input was fine; exit code 1."""


def loaded(options: argparse.Namespace) -> Scenario:
    """The scenario that was named; raises BadInput."""
    from gen.play.scenario.load import load

    return load("-" if options.input == ["-"] else [Path(name) for name in options.input])


def played(options: argparse.Namespace, scenario: Scenario) -> Trace:
    """The run of `scenario`, with the seed and the end that were asked for; what it does not simulate is noted. Raises Failed."""
    from gen.play.simulate import StepFailed, simulate

    try:
        trace = simulate(scenario, seed=options.seed, until=options.until)
    except StepFailed as failed:
        raise Failed(f"{scenario.path}:{failed.line}: step {failed.step} failed: {failed.why}") from None
    if scenario.plain:
        refuse(scenario, trace)
    for name in trace.info.get("notSimulated", ()):
        print(f"not simulated: {name}", file=sys.stderr)
    return trace


def refuse(scenario: Scenario, trace: Trace) -> None:
    """Plain manifests that the API server refused are bad input; in a scenario a refusal is part of the story."""
    from gen.play.scenario.manifests import refusal
    from gen.trace.record import Said

    for said in trace.of(Said):
        if said.rc:
            raise refusal(scenario, said)


def verdict(options: argparse.Namespace, scenario: Scenario, trace: Trace) -> int:
    """The exit code of a run: 1 when it was not as the scenario expects. One that `--until` cut short is not judged."""
    from gen.play.expect import unmet

    if options.until is not None:
        return 0
    failures = unmet(scenario, trace)
    for failure in failures:
        print(f"{scenario.path}:{failure.line}: {failure}", file=sys.stderr)
    return 1 if failures else 0
