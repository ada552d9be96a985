"""From the names that were typed to a run: load the scenario, play it, ask whether it came out as expected."""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gen.play.scenario.model import Scenario
    from gen.trace.trace import Trace


def note(text: str) -> None:
    """Tell something beside the results: on standard error, after what was printed so far."""
    sys.stdout.flush()
    print(text, file=sys.stderr)


class Failed(Exception):
    """What was asked for could not be done though the input was fine; exit code 1."""


def loaded(options: argparse.Namespace) -> Scenario:
    """The scenario that was named; raises BadInput."""
    from gen.play.scenario.load import load

    return load("-" if options.input == ["-"] else [Path(name) for name in options.input])


def played(options: argparse.Namespace, scenario: Scenario) -> Trace:
    """The run of `scenario`, with the seed and the end that were asked for; what it does not simulate is noted. Raises Failed."""
    from gen.play.simulate import RunTooLarge, StepFailed, simulate

    try:
        trace = simulate(scenario, seed=options.seed, until=options.until)
    except StepFailed as failed:
        raise Failed(f"{scenario.path}:{failed.line}: step {failed.step} failed: {failed.why}") from None
    except RunTooLarge as error:
        raise Failed(f"{scenario.path}: {error}\n  Ask for fewer Pods and nodes, or for a shorter time: --until.") from None
    except Exception as error:
        raise Failed(broken(scenario, error)) from error
    if scenario.plain:
        refuse(scenario, trace)
    for text in scenario.notes:
        note(text)
    for name in trace.info.get("notSimulated", ()):
        note(f"not simulated: {name}")
    return trace


def broken(scenario: Scenario, error: Exception) -> str:
    """What to say when the model itself fell over: whatever was asked for, that is never the reader's fault."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"{scenario.path}: the model broke in {place.name} ({Path(place.filename).name}:{place.lineno}): "
        f"{type(error).__name__}: {error}\n"
        "  The fault is the model's: please report it together with this file. PYTHONDEVMODE=1 shows the way to it."
    )


def refuse(scenario: Scenario, trace: Trace) -> None:
    """Plain manifests that the API server refused are bad input; in a scenario a refusal is part of the story."""
    from gen.play.scenario.refusals import refusal
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
        note(f"{scenario.path}:{failure.line}: {failure}")
    return 1 if failures else 0
