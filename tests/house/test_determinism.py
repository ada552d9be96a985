"""The same scenario gives the same trace, whatever the order of Python's sets and the weather."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCENARIOS = sorted((Path(__file__).parents[2] / "docs/scenarios").glob("*.yaml"))
DIGESTS = """
import sys
from pathlib import Path
from gen.play.scenario.load import load
from gen.play.simulate import simulate
for name in sys.argv[1:]:
    print(Path(name).stem, simulate(load(Path(name))).digest())
"""


def digests(hash_seed: str, zone: str) -> str:
    """The digest of every scenario's trace, from a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS, *map(str, SCENARIOS)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def first() -> str:
    return digests("0", "UTC")


@pytest.mark.parametrize(("hash_seed", "zone"), [("1", "Asia/Seoul"), ("4242", "America/New_York")])
def test_equal_digests_under_other_hash_seeds_and_time_zones(first, hash_seed, zone):
    assert SCENARIOS
    assert digests(hash_seed, zone) == first
