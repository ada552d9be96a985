"""The virtual clock, and the driver of coroutines on it.

A discrete-event simulation: one heap of timers ordered by `(time, order)`. Nothing here reads a real clock and nothing is
random but the named dice, so the same program gives the same run, always.

Time is an integer count of microseconds (`Micros`) since virtual time 0; it is negative while a cluster boots.
"""

from __future__ import annotations

import heapq
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gen.kit.process import Process

Micros = int
Async = Coroutine[Any, Any, Any]

MILLISECOND: Micros = 1_000
SECOND: Micros = 1_000_000
MINUTE: Micros = 60 * SECOND


class Timer:
    """A step that runs at `at`, unless it is cancelled before."""

    __slots__ = ("args", "at", "background", "loop", "step")

    def __init__(self, loop: Loop, at: Micros, step: Callable[..., Any], args: tuple[Any, ...], background: bool) -> None:
        self.loop, self.at, self.step, self.args, self.background = loop, at, step, args, background

    def cancel(self) -> None:
        """The step will not run. Cancelling twice, or after it ran, does nothing."""
        if self.step is not _nothing:
            self.step, self.args = _nothing, ()
            self.loop.foreground -= not self.background


def _nothing() -> None:
    """What a cancelled timer does."""


class Effect(ABC):
    """What a coroutine may await: it gives itself to the driver, which starts it and resumes the task with its result."""

    __slots__ = ()

    @abstractmethod
    def begin(self, task: Task) -> None:
        """Start; when it is done, let `task` resume with the result."""

    def __await__(self) -> Generator[Effect, Any, Any]:
        return (yield self)


class Sleep(Effect):
    """Let `delay` microseconds of virtual time pass."""

    __slots__ = ("delay",)

    def __init__(self, delay: Micros) -> None:
        self.delay = delay

    def begin(self, task: Task) -> None:
        """Resume when the time has passed."""
        task.loop.after(self.delay, task.resume, background=task.background)


class Future(Effect):
    """A result that somebody will set later; any number of tasks may wait for it."""

    __slots__ = ("done", "error", "result", "waiting")

    def __init__(self) -> None:
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None
        self.waiting: list[Task] = []

    def begin(self, task: Task) -> None:
        """Resume with the result, at once or when it is set."""
        if self.done:
            task.loop.after(0, task.resume, self.result, self.error, background=task.background)
        else:
            self.waiting.append(task)

    def settle(self, result: Any = None, error: BaseException | None = None) -> None:
        """Give the result (or the error) to all who wait. Only the first call counts."""
        if self.done:
            return
        self.done, self.result, self.error = True, result, error
        for task in self.waiting:
            task.loop.after(0, task.resume, result, error, background=task.background)
        self.waiting.clear()


class Gather(Effect):
    """Run several coroutines side by side; the result is the list of their results, an exception standing as itself."""

    __slots__ = ("coroutines",)

    def __init__(self, coroutines: Sequence[Async]) -> None:
        self.coroutines = coroutines

    def begin(self, task: Task) -> None:
        """Start all of them; resume when the last has finished."""
        results: list[Any] = [None] * len(self.coroutines)
        left = len(self.coroutines)

        def finished(index: int, result: Any) -> None:
            nonlocal left
            results[index] = result
            left -= 1
            if not left:
                task.loop.after(0, task.resume, results, background=task.background)

        if not left:
            task.loop.after(0, task.resume, results, background=task.background)
        for index, coroutine in enumerate(self.coroutines):
            child = task.process.spawn(_report(coroutine, index, finished), background=task.background, context=task.context)
            task.children.append(child)


async def _report(coroutine: Async, index: int, finished: Callable[[int, Any], None]) -> None:
    try:
        result = await coroutine
    except Exception as error:
        result = error
    finished(index, result)


class Dice(random.Random):
    """A stream of chance. A run throws them some hundred thousand times, nearly always for a whole number."""

    def randint(self, a: int, b: int) -> int:
        """From `a` to `b`, and what Python's own gives, by a shorter way. Raises ValueError where `b` is less than `a`."""
        span = b - a + 1
        if span < 1:
            raise ValueError(f"nothing from {a} to {b}")
        bits = span.bit_length()
        found = self.getrandbits(bits)
        while found >= span:
            found = self.getrandbits(bits)
        return a + found


class Context:
    """What the work at hand came from: the record that caused it, and the function that decided it (a dotted name)."""

    __slots__ = ("by", "cause")

    def __init__(self, cause: int | None = None, by: str = "") -> None:
        self.cause, self.by = cause, by


class Task:
    """One running coroutine of a process. Its `children` are what it has gathered: they end with it."""

    __slots__ = ("background", "children", "context", "coroutine", "loop", "process")

    def __init__(self, process: Process, coroutine: Async, background: bool, context: Context) -> None:
        self.loop, self.process, self.coroutine = process.loop, process, coroutine
        self.background, self.context = background, context
        self.children: list[Task] = []

    def resume(self, value: Any = None, error: BaseException | None = None) -> None:
        """Run the coroutine up to its next `await` that takes time. A stopped one stays stopped."""
        if self not in self.process.tasks:
            return
        before, self.loop.task = self.loop.task, self
        self.children.clear()
        try:
            effect = self.coroutine.send(value) if error is None else self.coroutine.throw(error)
            effect.begin(self)
        except StopIteration:
            self.process.tasks.pop(self, None)
        finally:
            self.loop.task = before


class Loop:
    """The clock of one simulation.

    `seed` names the dice: `loop.rng("kubelet/node-1")` is one stream, independent of all others, equal in every run.
    `foreground` counts the timers that are more than heartbeats and probes: at zero the simulation has settled.
    `epoch_us` is the calendar's time at virtual time 0, in microseconds of Unix time.
    """

    def __init__(self, seed: int | str = 0, start: Micros = 0, epoch_us: int = 0) -> None:
        self.seed, self.now, self.epoch_us, self.foreground = seed, start, epoch_us, 0
        self.task: Task | None = None
        self._heap: list[tuple[Micros, int, Timer]] = []
        self._order = 0
        self._dice: dict[str, Dice] = {}

    @property
    def unix_us(self) -> int:
        """What a wall clock in the simulation shows, in microseconds of Unix time."""
        return self.epoch_us + self.now

    @property
    def context(self) -> Context:
        """What the running task was caused by; an empty context outside of tasks."""
        return self.task.context if self.task else Context()

    @context.setter
    def context(self, context: Context) -> None:
        if self.task:
            self.task.context = context

    def rng(self, name: str) -> Dice:
        """The named dice."""
        if name not in self._dice:
            self._dice[name] = Dice(f"{self.seed}/{name}")
        return self._dice[name]

    def after(self, delay: Micros, step: Callable[..., Any], *args: Any, background: bool | None = None) -> Timer:
        """Call `step(*args)` in `delay` microseconds. Background (by default: what the running task is) never delays settling."""
        if background is None:
            background = self.task is not None and self.task.background
        timer = Timer(self, self.now + delay if delay > 0 else self.now, step, args, background)
        self._order += 1
        self.foreground += not background
        heapq.heappush(self._heap, (timer.at, self._order, timer))
        return timer

    def run(self, until: Micros, *, settled: bool = False) -> bool:
        """Play up to and including `until`; with `settled`, stop as soon as only background timers are left.

        Returns whether only background timers were left. The clock stands at `until`, or at the moment of settling.
        """
        while self._heap and self._heap[0][0] <= until:
            if settled and not self.foreground:
                return True
            self.step()
        if not (settled and not self.foreground):
            self.now = max(self.now, until)
        return not self.foreground

    def step(self) -> None:
        """Run the next timer."""
        at, _, timer = heapq.heappop(self._heap)
        if timer.step is _nothing:
            return
        self.now = at
        step, args, timer.step, timer.args = timer.step, timer.args, _nothing, ()
        self.foreground -= not timer.background
        step(*args)
