"""Runs: a scenario is played once, however many figures, languages and builds show it.

Played runs are kept beside the project as the lines of their traces, each under a name that its scenario, the files that it
names and the engine make. So an edit plays what it touches, and a changed engine plays everything anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from gen.play.expect import unmet
from gen.play.scenario.load import load
from gen.play.scenario.manifests import refusal
from gen.play.scenario.model import Scenario
from gen.play.simulate import simulate
from gen.play.stage import collector_off
from gen.site.packages import CACHE
from gen.trace.record import Said
from gen.trace.trace import Trace

RUNS = CACHE.parent / "runs"
KEPT_AT_MOST = 400  # runs, those used last; some 20 KB each
ENGINE = Path(__file__).parents[1]
FLOORS = ("kit", "objects", "trace", "cluster", "play")  # what a run depends on
DAMAGED = (EOFError, KeyError, OSError, TypeError, ValueError, zlib.error)  # what reading may come to


class Unmet(Exception):
    """A run did not do what its scenario expects of it."""


def run_of(file: Path) -> Trace:
    """The trace of the scenario in `file`, played when its content is new. Raises BadInput, StepFailed and Unmet."""
    return _checked(file, hashlib.sha256(file.read_bytes()).hexdigest())


@cache
def _checked(file: Path, digest: str) -> Trace:
    scenario = load(file)
    trace = played(scenario, key(digest, scenario))
    if scenario.plain:  # in a scenario a refusal is part of the story; where there are only manifests it is bad input
        for said in trace.of(Said):
            if said.rc:
                raise refusal(scenario, said)
    failures = unmet(scenario, trace)
    if failures:
        raise Unmet("; ".join(f"line {failure.line}: {failure}" for failure in failures))
    return trace


def key(digest: str, scenario: Scenario) -> str:
    """What a run is kept under. `digest` is that of the scenario's own file."""
    whole = json.dumps([engine(), digest, scenario.files], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


@cache
def engine() -> str:
    """Changes with any file that a run could depend on."""
    total = hashlib.sha256()
    for floor in FLOORS:
        for file in sorted((ENGINE / floor).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                content = file.read_bytes()
                total.update(f"{file.relative_to(ENGINE).as_posix()} {len(content)}\n".encode() + content)
    return total.hexdigest()


def played(scenario: Scenario, name: str) -> Trace:
    """The run that is kept under a name; where there is none, or one that cannot be read, it is played and kept."""
    file = RUNS / f"{name}.jsonl.gz"
    try:
        trace = restored(file)
    except DAMAGED:
        trace = simulate(scenario)
        with suppress(OSError):  # what cannot be kept is played again next time
            keep(trace, file)
    return trace


def restored(file: Path) -> Trace:
    """The run that a file holds. Raises one of DAMAGED."""
    lines = gzip.decompress(file.read_bytes()).decode().split("\n")
    with collector_off():
        trace = Trace.from_lines(lines)
    with suppress(OSError):
        os.utime(file)  # it was used now
    return trace


def keep(trace: Trace, file: Path) -> None:
    """Write a run, whole or not at all, and let those go that were not used for long."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = gzip.compress("\n".join(trace.to_lines(as_made=True)).encode(), mtime=0)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".partial", delete=False) as partial:
        partial.write(content)
    os.replace(partial.name, file)
    for old in sorted(file.parent.iterdir(), key=used_at, reverse=True)[KEPT_AT_MOST:]:
        old.unlink(missing_ok=True)


def used_at(file: Path) -> float:
    """When a kept run was used last; one that another build let go meanwhile, never."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0
