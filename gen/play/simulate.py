"""From a scenario to a trace: its steps are played on a stage, and all that happens is kept."""

from __future__ import annotations

from gen.cluster import faults
from gen.kit.loop import MINUTE, SECOND, Micros, Sleep
from gen.play.scenario.model import Scenario, Step
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage, collector_off
from gen.trace.trace import Trace

LONGEST_US = 10 * MINUTE  # a run that never settles ends then
RECORDS_LIMIT = 250_000  # some seven thousand Pods: half a minute and 600 MB


class StepFailed(Exception):
    """A step could not be played. `step` is its number, from 1; `trace` is the run as far as it came."""

    def __init__(self, step: int, line: int, why: str, trace: Trace) -> None:
        super().__init__(why)
        self.step, self.line, self.why, self.trace = step, line, why, trace


class RunTooLarge(Exception):
    """More happens than a trace can hold."""


class Player:
    """Plays the steps of a scenario, one after the other, each when its time has come. `at` is the number of those done."""

    def __init__(self, stage: Stage, steps: tuple[Step, ...]) -> None:
        self.stage, self.steps, self.at = stage, steps, 0
        self.why_stopped = ""

    async def play(self) -> None:
        """All steps; stops at the first that cannot be played."""
        for step in self.steps:
            try:
                await self._play(step)
            except faults.CannotHappen as error:
                self.why_stopped = str(error)
                return
            self.at += 1

    async def _play(self, step: Step) -> None:
        if step.after is not None:
            await self.stage.wait(step.after)
        if step.at_us is not None and step.at_us > self.stage.loop.now:
            await Sleep(step.at_us - self.stage.loop.now)
        if step.run is not None:
            await self.stage.type(step.run)
        if step.fault is not None:
            self.stage.fault(step.fault)

    def failure(self) -> StepFailed | None:
        """Why the steps were not played to the end; None if they were."""
        if self.at == len(self.steps):
            return None
        step = self.steps[self.at]
        waiting = f"its condition never came true: {step.after}" if step.after else "it never ended"
        return StepFailed(self.at + 1, step.line, self.why_stopped or waiting, self.stage.finish())


def play_out(stage: Stage, ends: Micros, most_records: int, *, settled: bool) -> None:
    """Let time pass up to `ends`, or until all has settled. Raises RunTooLarge."""
    with collector_off():
        over = False
        while not over:
            until = min(ends, stage.loop.now + SECOND)
            over = stage.play(until, settled=settled) and settled or until >= ends
            if len(stage.trace) > most_records:
                raise RunTooLarge(f"more than {most_records:,} things happened within {stage.loop.now / SECOND:.1f} s")


def simulate(
    scenario: Scenario, *, seed: int | str | None = None, until: Micros | None = None, most_records: int = RECORDS_LIMIT
) -> Trace:
    """Play a scenario and return its trace. Raises StepFailed, and RunTooLarge beyond `most_records`.

    `seed` and `until` (microseconds) stand in for the scenario's own. A run that is cut off by a time is not blamed for the
    steps that it did not come to.
    """
    nodes = scenario.cluster.get("nodes", 3)
    stage = Stage(
        default_nodes(nodes) if isinstance(nodes, int) else list(nodes),
        seed=scenario.seed if seed is None else seed,
        images=tuple(scenario.cluster.get("images", ())),
        programs=scenario.cluster.get("programs"),
        info={"title": scenario.title},
        assumed=scenario.assumed,
    )
    stage.files = dict(scenario.files)
    player = Player(stage, scenario.steps)
    stage.do(player.play())
    ends = until if until is not None else scenario.until if isinstance(scenario.until, int) else None
    play_out(stage, LONGEST_US if ends is None else ends, most_records, settled=ends is None)
    failure = player.failure()
    if failure and (ends is None or player.why_stopped):
        raise failure
    return stage.finish()
