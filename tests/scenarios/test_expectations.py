"""Every scenario of the pages does what it says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.play.expect import unmet
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.record import Fault, Typed

SCENARIOS = sorted((Path(__file__).parents[2] / "docs/scenarios").glob("*.yaml"))


@pytest.mark.parametrize("file", SCENARIOS, ids=[file.stem for file in SCENARIOS])
def test_what_it_expects_comes_true(file):
    scenario = load(file)
    assert scenario.expect, "it expects nothing, so nobody would notice if it went wrong"
    assert not [str(failure) for failure in unmet(scenario, simulate(scenario))]


@pytest.mark.parametrize("file", SCENARIOS, ids=[file.stem for file in SCENARIOS])
def test_everything_in_it_has_a_cause(file):
    """Only a person, a fault or the boot begins something."""
    trace = simulate(load(file))
    rootless = [record for record in trace if record.at > 0 and record.cause is None and not isinstance(record, Typed | Fault)]
    assert not rootless[:5]
