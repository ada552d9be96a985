"""A scenario: what is to be played, on which cluster, and what is expected of it.

    from gen.play.scenario import load
    load(Path("docs/scenarios/first-journey.yaml"))

Where a scenario is expected, plain manifests are welcome too: they are applied in order, at time 0, to three nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gen.kit.loop import Micros
from gen.play.conditions import Condition
from gen.play.expect import Expectation

SETTLED = "settled"
Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a line to type (`run`) or a fault; not before `at_us`, and not before `after` holds.

    `line` and `column` say where the scenario's file has it.
    """

    at_us: Micros | None = None
    after: Condition | None = None
    run: str | None = None
    fault: Obj | None = None
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that a run needs. `files` are what its lines may name, by the names that they use.

    `cluster` holds `nodes` (a number, or Node manifests) and perhaps `images` (what every node already has). `until` is
    "settled" (nothing left to do but heartbeats and probes) or a time. `plain` says that there were only manifests: one
    that the API server refuses is bad input then.
    """

    title: dict[str, str]
    steps: tuple[Step, ...]
    seed: int = 0
    cluster: Obj = field(default_factory=lambda: {"nodes": 3})
    files: dict[str, str] = field(default_factory=dict)
    until: str | Micros = SETTLED
    expect: tuple[Expectation, ...] = ()
    path: str = ""
    plain: bool = False


def load(source: Path | str | Sequence[Path | str]) -> Scenario:
    """A scenario from its file; or from manifests: a file, a folder, several, or `-` for standard input. Raises BadInput."""
    from gen.play.manifests import is_scenario, plain
    from gen.play.scenario_file import from_text
    from gen.play.text_files import STANDARD_INPUT, read_file, read_standard_input

    names = [source] if isinstance(source, Path | str) else list(source)
    if [str(name) for name in names] == [STANDARD_INPUT]:
        text = read_standard_input()
        return from_text(text, STANDARD_INPUT) if is_scenario(text) else plain([STANDARD_INPUT], {STANDARD_INPUT: text})
    paths = [Path(name) for name in names]
    if len(paths) == 1 and not paths[0].is_dir():
        text = read_file(paths[0])
        if is_scenario(text):
            return from_text(text, str(paths[0]), beside=paths[0].parent)
    return plain([str(path) for path in paths], {})
