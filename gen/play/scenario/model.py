"""A scenario: what is to be played, on which cluster, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gen.kit.loop import Micros
from gen.objects.kinds import Kind
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

    `cluster` holds `nodes` (a number, or Node manifests) and perhaps `images` (what every node already
    has) and `programs` (what images do). `until` is
    "settled" (nothing left to do but heartbeats and probes) or a time. `plain` says that there were only manifests: one
    that the API server refuses is bad input then. `assumed` are kinds of other makers that the cluster is taken to know,
    `notes` what a reader should hear about the manifests before all else.
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
    assumed: tuple[Kind, ...] = ()
    notes: tuple[str, ...] = ()
