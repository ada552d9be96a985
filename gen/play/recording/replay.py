"""Playing what was recorded from a real cluster on ours: the same nodes, the same lines, the same pauses.

A recording's pace is kept, not its clock: a step begins when the one before has ended and the recorded gap has passed, and
a step that waited for something waits for it here too. What comes out is a run in the recording's own format, for
`gen.play.measure` to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gen.cluster.apiserver.request import ANONYMOUS, User
from gen.cluster.client.api import Api
from gen.cluster.faults import CannotHappen
from gen.kit.loop import SECOND, Micros, Sleep
from gen.play import conditions
from gen.play.kubectl import goes_on
from gen.play.reading.bad_input import BadInput
from gen.play.recording import rest
from gen.play.recording.bodies import translated
from gen.play.recording.rows import Row, changes, seconds
from gen.play.recording.script import (
    ADMINISTRATOR,
    Beyond,
    Line,
    Note,
    Request,
    Script,
    Step,
    Trouble,
    Unplayable,
    Wait,
    load,
    resolve,
)
from gen.play.recording.write import write
from gen.play.stage import Stage, collector_off
from gen.trace.record import Said
from gen.trace.trace import Trace

LONGEST_WAIT: Micros = 600 * SECOND  # a condition that has not come true by then never will

Tell = Callable[[str], object]


def unheard(line: str) -> None:
    """Nobody wants to know."""


def replay(recording: Path, into: Path, tell: Tell = unheard) -> bool:
    """Play the recording, write the run into folder `into`: was every step played? `tell` hears of those that were not."""
    script = load(recording)
    trace, steps, unplayed = play(script)
    write(trace, into, steps=steps, files=script.files)
    for line in unplayed:
        tell(f"{script.name}: {line}")
    return not unplayed


def replay_all(recordings: Path, into: Path, only: Sequence[str] = (), tell: Tell = unheard) -> dict[str, bool]:
    """Replay every recording in folder `recordings`, each into a folder of its own: was every step of it played?

    `only` names the beginnings of the recordings wanted.
    """
    found = sorted(file.parent for file in recordings.glob("*/steps.yaml") if file.parent.name.startswith(tuple(only) or ""))
    if not found:
        raise BadInput(str(recordings), what="no such recordings here", todo="Name a folder of recordings.")
    return {recording.name: replay(recording, into / recording.name, tell) for recording in found}


def play(script: Script) -> tuple[Trace, list[Row], list[str]]:
    """The run of a script: its trace, its steps as they were played, and a line about each that could not be."""
    stage = Stage(
        script.nodes,
        seed=script.seed,
        epoch_us=round(script.start_epoch * SECOND),
        hollow=script.kubelet == "fake",
        held=script.images.held,
        programs={**script.images.programs, **script.programs},
        info={"namespace": script.namespace, "kubelet": script.kubelet},
    )
    stage.files = script.files
    player = Player(stage, script)
    stage.do(player.play_all())
    try:
        with collector_off():
            while not player.done:
                stage.loop.step()
        stage.play(stage.loop.now + script.tail_us, settled=True)
    except Exception as error:  # a recording may ask for what breaks a part of ours: what was played until then is worth reading
        player.unplayed.append(f"the cluster broke at {seconds(stage.loop.now)} s: {type(error).__name__}: {error}")
    return stage.finish(), player.played, player.unplayed


@dataclass
class Player:
    """Plays the steps of a script in turn, and writes down what came of each."""

    stage: Stage
    script: Script
    played: list[Row] = field(default_factory=list)
    unplayed: list[str] = field(default_factory=list)
    done: bool = False

    async def play_all(self) -> None:
        """Every step, each no earlier than its gap to the one before allows."""
        await self._make_namespaces()
        began, recorded = 0, 0
        for number, step in enumerate(self.script.steps, 1):
            began, recorded = await self._begin(began + step.at - recorded), step.at
            try:
                row = await self._play(step)
            except Unplayable as why:
                self.unplayed.append(f"step {number} at {seconds(step.at)} s could not be played: {why}")
                continue
            if isinstance(step.deed, Wait):
                began = self.stage.loop.now
            note = {"note": step.row["note"]} if "note" in step.row else {}
            self.played.append({"t": seconds(began), **row, **note})
        self.done = True

    async def _make_namespaces(self) -> None:
        for name in (self.script.namespace, *self.script.others):
            if self.stage.get("Namespace", "", name) is None:
                await self.stage.api.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})

    async def _begin(self, at: Micros) -> Micros:
        """Wait until `at`, if that is still to come; the time at which the step begins."""
        await Sleep(max(0, at - self.stage.loop.now))
        return self.stage.loop.now

    async def _play(self, step: Step) -> Row:
        deed = step.deed
        if isinstance(deed, Line):
            return await self._type(self._concrete(deed.text))
        if isinstance(deed, Request):
            return await self._request(deed, step.at)
        if isinstance(deed, Wait):
            return await self._wait(deed)
        if isinstance(deed, Trouble):
            return self._trouble(deed)
        if isinstance(deed, Beyond):
            raise Unplayable(f"{deed.what} are not simulated")
        assert isinstance(deed, Note)
        return {}

    async def _type(self, line: str) -> Row:
        if goes_on(line):  # what it prints until the end is no answer yet
            await self.stage.type(line)
            return {"cmd": line}
        return _printed(await self.stage.kubectl(line))

    def _concrete(self, text: str) -> str:
        """`text` with this run's names."""
        return resolve(text, lambda: list(changes(self.stage.trace)), self.script.namespace)

    async def _request(self, deed: Request, at: Micros) -> Row:
        line = self._concrete(deed.line)
        method, _, path = line.partition(" ")
        body = translated(deed.body, self.script.versions, at, self.script.namespace, self.stage.get)
        reply = await rest.call(self._api(deed.user), method, path, body)
        request = {} if deed.body is None else {"request": deed.body}
        return {"api": line, **request, "status": reply.code, "response": reply.body}

    def _api(self, user: str | None) -> Api:
        """Access to the API as `user`; as nobody without one."""
        if user == ADMINISTRATOR:
            return self.stage.api
        return self.stage.cluster.administrator("kubectl", User(user) if user else ANONYMOUS)

    async def _wait(self, deed: Wait) -> Row:
        try:
            condition = conditions.parse(deed.condition, self.script.namespace)
        except BadInput as error:
            raise Unplayable(error.what) from None
        if not await self.stage.wait(condition, self.stage.loop.now + LONGEST_WAIT):
            raise Unplayable(f"{deed.condition!r} did not come true within {LONGEST_WAIT // SECOND} s")
        return {}

    def _trouble(self, deed: Trouble) -> Row:
        if "fault" not in deed.deed:
            raise Unplayable(f"{', '.join(deed.deed)} is not simulated")
        try:
            self.stage.fault(deed.deed["fault"])
        except CannotHappen as why:
            raise Unplayable(str(why)) from None
        return {}


def _printed(said: Said) -> Row:
    row: dict[str, Any] = {"cmd": said.line, "rc": said.rc, "stdout": said.stdout}
    return {**row, "stderr": said.stderr} if said.stderr else row
