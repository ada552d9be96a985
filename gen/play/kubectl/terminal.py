"""Where a line is typed, and what one line has at hand while it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from gen.kit.loop import Micros
from gen.kit.process import Process
from gen.objects.kinds import Kind
from gen.play.kubectl.parse import Command

Obj = dict[str, Any]


class Watch(Protocol):
    """A stream of changes."""

    async def next(self) -> Any:
        """The next change: `.type`, `.obj`, `.revision`."""

    def close(self, cause: int) -> None:
        """The server sends no more: behind what it sent, `next` raises WatchClosed."""

    def stop(self) -> None:
        """No more of them."""


class Api(Protocol):
    """What kubectl needs of the API: `gen.cluster.client.api.Api` has it."""

    warnings: list[str]
    process: Process

    def managing_as(self, manager: str) -> Api:
        """The same, under another name as manager of fields."""

    def acting_as(self, user: Any) -> Api:
        """The same, for another user."""

    async def get(self, kind: str, namespace: str, name: str, managed: bool = False) -> Obj:
        """One object; `managed`: with who manages its fields."""

    async def list(
        self, kind: str, namespace: str = "", labels: str = "", fields: str = "", *, managed: bool = False
    ) -> tuple[list[Obj], int]:
        """The objects of a kind, and the revision at which they were read."""

    def watch(self, kind: str, namespace: str = "", since: int = 0, labels: str = "", fields: str = "") -> Watch:
        """The changes after a revision."""

    async def create(self, obj: Obj, validate: str = "Ignore", dry_run: bool = False, written: Obj | None = None) -> Obj:
        """A new object; `written`: what it was made from."""

    async def update(self, obj: Obj, subresource: str = "", validate: str = "Ignore", dry_run: bool = False) -> Obj:
        """An object in the place of another."""

    async def apply(
        self, obj: Obj, force: bool = False, validate: str = "Ignore", dry_run: bool = False, written: Obj | None = None
    ) -> Obj:
        """An object merged into another by the server."""

    async def patch(
        self,
        kind: str,
        namespace: str,
        name: str,
        patch: Any,
        how: str = "strategic",
        subresource: str = "",
        validate: str = "Ignore",
        dry_run: bool = False,
        written: Obj | None = None,
    ) -> Obj:
        """A changed object."""

    async def delete(
        self,
        kind: str,
        namespace: str,
        name: str,
        grace: int | None = None,
        propagation: str = "Background",
        uid: str = "",
        dry_run: bool = False,
    ) -> Obj:
        """An object that goes."""

    async def connect(self, subresource: str, namespace: str, name: str, body: Obj) -> Obj:
        """What a Pod's kubelet answers."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal: its connection to a cluster, the files in its folder, its clock (microseconds of Unix time), its namespace.

    `custom` tells which kinds the server knows beside Kubernetes' own. `show` takes what a line that goes on has printed so
    far (to standard output and standard error), and the record of the change that it tells of.
    """

    api: Api
    files: dict[str, str]
    now: Callable[[], int]
    namespace: str
    sleep: Callable[[Micros], Awaitable[Any]]
    custom: Callable[[], tuple[Kind, ...]] = tuple
    show: Callable[[str, str, int | None], None] | None = None


@dataclass(slots=True)
class Session:
    """One line on its way: what was typed, and what it has printed so far.

    `code` is the return code of a line that did what it should, `failed` that of one that did not. `together` gathers
    objects that are to be printed as one list, where a verb does that.
    """

    command: Command
    terminal: Terminal
    stdout: list[str] = field(default_factory=list)
    stderr: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    warned: dict[str, None] = field(default_factory=dict)
    together: list[Obj] | None = None
    code: int = 0  # of a command that kubectl ran elsewhere, too
    failed: int = 1

    @property
    def api(self) -> Api:
        """The connection to the cluster."""
        return self.terminal.api

    @property
    def namespace(self) -> str:
        """The namespace that was typed, or the terminal's own."""
        return str(self.command["namespace"] or self.terminal.namespace)

    @property
    def custom(self) -> tuple[Kind, ...]:
        """The kinds that the server knows beside Kubernetes' own."""
        return self.terminal.custom()

    @property
    def now_s(self) -> int:
        """The time, in whole seconds of Unix time."""
        return self.terminal.now() // 1_000_000

    def say(self, line: str) -> None:
        """Print a line of results."""
        self.stdout.append(f"{line}\n")

    def note(self, line: str) -> None:
        """Print a line beside the results."""
        self.stderr.append(f"{line}\n")

    def show(self, record: int | None = None) -> None:
        """Bring what was printed to the terminal before the line comes back; `record` is of the change that it tells of."""
        if self.terminal.show:
            self.terminal.show("".join(self.stdout), "".join(self.stderr), record)
            self.stdout.clear()
            self.stderr.clear()

    def warn(self, *warnings: str) -> None:
        """Print warnings, each once."""
        for warning in warnings:
            if warning not in self.warned:
                self.warned[warning] = None
                self.note(f"Warning: {warning}")
