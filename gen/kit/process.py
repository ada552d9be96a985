"""What runs together and dies together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any

from gen.kit.loop import Async, Context, Future, Loop, Micros, Task, Timer


class Process:
    """Tasks and timers that live in one operating-system process. `stop()` closes them all, in mid-deed or not.

    A closed coroutine runs its `finally` blocks, so what it held (a `Lock`, a watch) is free afterwards. `origin` is what
    the process itself was caused by, for tasks that no other task starts.
    """

    def __init__(self, loop: Loop, name: str, origin: Context | None = None) -> None:
        self.loop, self.name, self.alive, self.origin = loop, name, True, origin
        self.tasks: dict[Task, None] = {}
        self._at_stop: list[Callable[[], Any]] = []

    def spawn(self, coroutine: Async, *, background: bool = False, context: Context | None = None) -> Task:
        """Start a coroutine now (it runs up to its first wait at the next turn of the loop)."""
        inherited = context or (self.loop.task.context if self.loop.task else self.origin)
        fresh = Context(inherited.cause, inherited.by) if inherited else Context()
        task = Task(self, coroutine, background, fresh)
        if not self.alive:
            coroutine.close()
            return task
        self.tasks[task] = None
        self.loop.after(0, task.resume, background=background)
        return task

    def after(self, delay: Micros, step: Callable[..., Any], *args: Any, background: bool | None = None) -> Timer:
        """As `Loop.after`, but only if the process still lives by then."""
        return self.loop.after(delay, self._if_alive, step, args, background=background)

    def _if_alive(self, step: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if self.alive:
            step(*args)

    def at_stop(self, deed: Callable[[], Any]) -> None:
        """What must happen when the process stops (a watch closed, a connection dropped)."""
        self._at_stop.append(deed)

    def end(self, task: Task) -> None:
        """Close one task in mid-deed, and what it has gathered."""
        for child in task.children:
            self.end(child)
        if task in self.tasks:
            del self.tasks[task]
            task.coroutine.close()

    def stop(self) -> None:
        """Everything of this process ends here. Stopping twice does nothing."""
        self.alive = False
        for task in list(self.tasks):
            self.end(task)
        for deed in self._at_stop:
            deed()
        self._at_stop.clear()


class Lock:
    """One holder at a time, in order of asking: `async with lock:`. A holder that is closed frees it."""

    def __init__(self) -> None:
        self.held = False
        self._queue: deque[Future] = deque()

    async def __aenter__(self) -> None:
        if not self.held:
            self.held = True
            return
        turn = Future()
        self._queue.append(turn)
        try:
            await turn
        except BaseException:
            self._abandon(turn)
            raise

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pass_on()

    def _abandon(self, turn: Future) -> None:
        """Whoever waited was closed: leave the queue, or hand on the turn that came too late."""
        if turn in self._queue:
            self._queue.remove(turn)
        elif turn.done:
            self._pass_on()

    def _pass_on(self) -> None:
        if self._queue:
            self._queue.popleft().settle()
        else:
            self.held = False
