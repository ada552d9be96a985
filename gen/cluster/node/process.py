"""What runs inside a container: its files, its environment, what it prints, on which ports it answers, its memory.

A process ends by itself (`Exit`), is told to (a signal), or is killed because it ate more memory than its limit.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from gen.kit.loop import MINUTE, Future, Loop, Micros

LONG_US = 5 * MINUTE  # who sleeps so long waits to be stopped: no work is left for which a run would have to go on
PLENTY = 64 << 40  # bytes; what eats memory for ever needs no more than this


LONGEST_MESSAGE, LONGEST_LOG, LAST_LINES = 4096, 2048, 80  # upstream: kubecontainer, MaxContainerTerminationMessage…


class Exit(Exception):
    """The process ends with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class OutOfMemory(Exception):
    """The kernel kills the process: it wanted more than its container's limit."""


@dataclass(frozen=True, slots=True)
class Server:
    """What answers on a port. `speaks`: http, grpc, tcp (neither), or any.

    `paths` are answers of HTTP by path; others get `otherwise`.
    """

    speaks: str = "tcp"
    paths: tuple[tuple[str, int], ...] = ()
    otherwise: int = 200
    root: str = ""  # the folder whose files it also serves


@dataclass(slots=True)
class Inside:
    """One container's inside, as long as it runs."""

    loop: Loop
    hostname: str
    files: MutableMapping[str, str] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)
    limit: int = 16 << 30  # bytes of memory: its limit, or all that the machine has
    used: int = 0
    listening: dict[int, Server] = field(default_factory=dict)
    any_port: Server | None = None  # of a program that nobody knows: it answers wherever it is asked
    lines: list[tuple[Micros, str, str]] = field(default_factory=list)  # when (Unix time), stream, text
    heard: list[Future] = field(default_factory=list)  # settled with the next line, or when it has ended
    endless: int = 0  # how many loops it is in that never end
    message_path: str = "/dev/termination-log"
    falls_back: bool = False  # to its log, when it fails without a message
    known_image: Any = None  # what the table of images knows of it
    left_out: Callable[[str], None] = lambda what: None  # told of what is not simulated

    def last_words(self, code: int) -> str:
        """What it leaves as its termination message (upstream: kuberuntime_container.go, getTerminationMessage)."""
        left = self.files.get(self.message_path, "")[:LONGEST_MESSAGE]
        if left or not code or not self.falls_back:
            return left
        return "".join(text for _, _, text in self.lines[-LAST_LINES:])[-LONGEST_LOG:]

    def say(self, stream: str, text: str) -> None:
        """Print; every whole line is one of the log."""
        for line in text.splitlines(keepends=True):
            self.lines.append((self.loop.unix_us, stream, line))
        self.wake()

    def wake(self) -> None:
        """Tell those who follow the log that there is more of it, or its end."""
        for one in self.heard:
            one.settle()
        self.heard.clear()

    def eat(self, size: int) -> None:
        """Take memory. Raises OutOfMemory."""
        self.used += size
        if self.used > self.limit:
            raise OutOfMemory

    def answers(self, port: int) -> Server | None:
        """What listens on a port."""
        return self.listening.get(port) or self.any_port


@dataclass(slots=True)
class Signals:
    """What a process does when it is told to stop. Process 1 ignores a signal for which it has set up nothing (Linux, pid 1)."""

    traps: dict[str, str] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    serving: Future | None = None  # a server that stops when it is told to
    woken: Callable[[], None] | None = None

    def deliver(self, name: str) -> None:
        """The signal has arrived."""
        if self.serving is not None:
            self.serving.settle(name)
        elif self.traps.get(name):
            self.pending.append(self.traps[name])
            if self.woken:
                self.woken()
