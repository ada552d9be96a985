"""Watching until something is so, or patience ends: what the blocking verbs share; and watching on and on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.watchcache import WatchClosed
from gen.kit.duration import parse_duration
from gen.kit.loop import Future, Micros, Timer
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.terminal import Session, Watch

PATIENCE_US: Micros = 7 * 24 * 3600 * 1_000_000  # upstream: delete.go: 168 hours where no timeout was asked for


class TimedOut(Exception):
    """Patience ended before the change came."""


class Changes:
    """The changes of one watch, one by one, up to a deadline: `async with Changes(…) as changes: await changes.next()`."""

    def __init__(self, session: Session, watch: Watch, patience_us: Micros) -> None:
        self._process, self._watch, self._patience_us = session.api.process, watch, patience_us
        self._arrived: deque[Any] = deque()
        self._ended = False
        self._waiting: Future | None = None
        self._timer: Timer | None = None

    async def __aenter__(self) -> Changes:
        self._timer = self._process.after(self._patience_us, self._end)
        self._reader = self._process.spawn(self._read(), background=True)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()
        self._process.end(self._reader)
        self._watch.stop()

    async def _read(self) -> None:
        while True:
            self._arrived.append(await self._watch.next())
            self._wake()

    def _end(self) -> None:
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            waiting.settle()

    async def next(self) -> Any:
        """The next change. Raises TimedOut."""
        while not self._arrived:
            if self._ended:
                raise TimedOut
            self._waiting = Future()
            await self._waiting
        return self._arrived.popleft()


async def watch_object(
    session: Session, kind: str, namespace: str, name: str, revision: int, patience_us: Micros, done: Callable[[Any], bool]
) -> None:
    """Watch one object from a revision on until `done(change)`. Raises TimedOut."""
    stream = session.api.watch(kind, namespace, revision, fields=f"metadata.name={name}")
    async with Changes(session, stream, patience_us) as changes:
        while not done(await changes.next()):
            pass


def patience(text: str) -> Micros:
    """A --timeout; zero and less mean as long as it takes. Raises Failure."""
    try:
        sign = -1 if text.startswith("-") else 1
        value = sign * (0 if text.lstrip("-") == "0" else parse_duration(text.lstrip("-")))
    except (ValueError, OverflowError):
        raise Failure(f'invalid argument "{text}" for "--timeout" flag: time: invalid duration "{text}"') from None
    return value if value > 0 else PATIENCE_US


async def on_and_on(session: Session, watch: Watch, told: Callable[[Any], str]) -> None:
    """Show what is `told` of each change, until the server or --request-timeout ends the watch. It keeps nobody waiting."""
    limit = request_timeout(session.command["request-timeout"])
    if limit:
        session.api.process.after(limit, watch.close, 0, background=True)
    try:
        while True:
            change = await watch.next()
            text = told(change)
            if text:
                session.stdout.append(text)
                session.show(change.record)
    except WatchClosed:
        return
    finally:
        watch.stop()


def request_timeout(text: str) -> Micros:
    """A --request-timeout; 0 is none. Raises Failure. Upstream: client-go/tools/clientcmd/overrides.go (ParseTimeout)."""
    try:
        return int(text) * 1_000_000 if text.isdecimal() else parse_duration(text)
    except (ValueError, OverflowError):
        raise Failure(
            "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding "
            "time unit (e.g. 1s | 2m | 3h)"
        ) from None
