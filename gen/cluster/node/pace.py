"""When a probe looks: every period, however long a look takes; and at once where it is asked to.

Upstream: pkg/kubelet/prober/worker.go (run: probeTicker, manualTriggerCh), v1.36.2.
"""

from __future__ import annotations

from gen.kit.loop import Future, Loop, Micros


class Pace:
    """The ticks of one probe. While it looks, one tick and one wish are kept for later."""

    def __init__(self, loop: Loop, period: Micros) -> None:
        self.loop, self.period = loop, period
        self._due: Micros = 0
        self._asked = False
        self._tick: Future | None = None

    def ask(self) -> None:
        """Look at once, or as soon as the look is over that is being taken; the next period begins then."""
        self._asked = True
        if self._tick:
            self._tick.settle()

    async def begin(self, wait: Micros, *, background: bool) -> None:
        """Until the first look. Nobody shortens this wait."""
        await self._until(Future(), self.loop.now + wait, background)
        self._due = self.loop.now + self.period

    async def next(self, *, background: bool) -> None:
        """Until the next look."""
        if not self._asked:
            self._tick = Future()
            await self._until(self._tick, self._due, background)
            self._tick = None
        while self._due <= self.loop.now:
            self._due += self.period
        if self._asked:
            self._asked, self._due = False, self.loop.now + self.period

    async def _until(self, tick: Future, time: Micros, background: bool) -> None:
        timer = self.loop.after(max(time - self.loop.now, 0), tick.settle, background=background)
        try:
            await tick
        finally:
            timer.cancel()
