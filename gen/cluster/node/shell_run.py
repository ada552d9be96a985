"""A shell script, run on virtual time: only what sleeps takes any.

Source of the rules: POSIX, Shell Command Language, 2.9 (commands), 2.11 (signals: a trap waits for the command in front of it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.cluster.node.process import LONG_US, Exit, Inside, OutOfMemory, Signals
from gen.cluster.node.shell import Apart, Branch, Chain, Each, List, Loop, Pipe, Simple, Tree, parse
from gen.cluster.node.shell_sum import calculated
from gen.cluster.node.shell_words import Part, Word
from gen.kit.loop import Async, Future, Micros, Sleep

TURN_US = 1_000  # a loop that does nothing still takes time
NOT_FOUND = 127
Spawn = Callable[[Async], Any]


class Shell:
    """One shell: where its output goes, what it was given to read, its variables, its background jobs."""

    def __init__(self, inside: Inside, signals: Signals, spawn: Spawn, arguments: tuple[str, ...] = ()) -> None:
        self.inside, self.signals, self.spawn, self.arguments = inside, signals, spawn, arguments
        self.variables, self.code, self.given = dict(inside.env), 0, ""
        self.printed: dict[str, list[str] | None] = {"stdout": None, "stderr": None}  # None: into the log
        self.jobs: list[Future] = []
        self.stops_on_error = self.waited_for = False
        self.beyond: Callable[[str], str] = lambda name: "missing"  # what becomes of a command that is none of ours

    def apart(self) -> Shell:
        """A process of its own, beginning as this one is."""
        child = Shell(self.inside, self.signals, self.spawn, self.arguments)
        child.variables, child.given, child.printed = dict(self.variables), self.given, dict(self.printed)
        child.beyond, child.waited_for = self.beyond, self.waited_for
        return child

    async def rest(self, duration: Micros) -> None:
        """Sleep. A run does not go on for the sake of who sleeps very long or loops for ever, unless somebody waits for it."""
        if duration >= LONG_US or self.inside.endless:
            self.idle()
        await Sleep(duration)

    def idle(self) -> None:
        """From now on this process has nothing more to do for which a run would have to go on."""
        if self.inside.loop.task and not self.waited_for:
            self.inside.loop.task.background = True

    def say(self, stream: str, text: str) -> None:
        """Print, wherever this stream now goes."""
        kept = self.printed[stream]
        if kept is None:
            self.inside.say(stream, text)
        else:
            kept.append(text)

    async def run(self, tree: Tree) -> int:
        """Run it; its exit code. Raises Exit where the script says so."""
        self.code = await RUNS[type(tree)](self, tree)
        while self.signals.pending:
            await self.run(parse(self.signals.pending.pop(0)))
        return self.code

    async def run_to_the_end(self, tree: Tree) -> int:
        """Run it, and then what is trapped for its end; its exit code."""
        try:
            code = await self.run(tree)
        except Exit as ended:
            code = self.code = ended.code
        last = self.signals.traps.pop("EXIT", "")
        if last:
            try:
                await self.run(parse(last))
            except Exit as ended:
                return ended.code
        return code

    async def words(self, words: tuple[Word, ...]) -> list[str]:
        """What the words stand for; what is not quoted is split at its blanks."""
        found: list[str] = []
        for word in words:
            pieces = [(part, await self.value(part)) for part in word]
            if all(part.quoted or part.kind == "text" for part, _ in pieces):
                found.append("".join(text for _, text in pieces))
            else:
                found.extend("".join(text for _, text in pieces).split())
        return found

    async def text(self, word: Word) -> str:
        """What one word stands for, not split."""
        return "".join([await self.value(part) for part in word])

    async def value(self, part: Part) -> str:
        """What a piece of a word stands for."""
        if part.kind == "text":
            return part.text
        if part.kind == "sum":
            return str(calculated(part.text, self.variables))
        if part.kind == "command":
            return (await self.output(parse(part.text))).rstrip("\n")
        special = {"?": str(self.code), "$": "1", "#": str(len(self.arguments)), "0": "sh", "!": "2"}
        special |= {"@": " ".join(self.arguments), "*": " ".join(self.arguments)}
        special |= {str(number): text for number, text in enumerate(self.arguments, 1)}
        found = special.get(part.text, self.variables.get(part.text, ""))
        return found or part.other

    async def output(self, tree: Tree, given: str = "") -> str:
        """What a part of the script prints, run in a process of its own."""
        child = self.apart()
        kept: list[str] = []
        child.printed["stdout"], child.given = kept, given
        try:
            self.code = await child.run(tree)
        except Exit as ended:
            self.code = ended.code
        return "".join(kept)


async def run_simple(shell: Shell, simple: Simple) -> int:
    """One command: its words, its redirections, and then what it does."""
    from gen.cluster.node.commands import COMMANDS

    for name, value in simple.settings:
        shell.variables[name] = await shell.text(value)
    words = await shell.words(simple.words)
    before, given = dict(shell.printed), shell.given
    targets: list[tuple[int, str, list[str]]] = []
    for stream, mode, word in simple.into:
        if mode == "&":
            both = ("stderr", "stdout") if stream == 2 else ("stdout", "stderr")
            shell.printed[both[0]] = shell.printed[both[1]]
            continue
        path = await shell.text(word)
        if stream == 0:
            shell.given = shell.inside.files.get(path, "")
            continue
        kept: list[str] = []
        for name in {1: ("stdout",), 2: ("stderr",), 3: ("stdout", "stderr")}[stream]:
            shell.printed[name] = kept
        targets.append((stream, mode + path, kept))
    try:
        if not words:
            return 0
        command = COMMANDS.get(words[0])
        if command is None:
            return await not_ours(shell, words[0])
        return await command(shell, words[1:])
    finally:
        shell.printed, shell.given = before, given
        for _, target, kept in targets:
            write(shell, target, "".join(kept))


async def not_ours(shell: Shell, name: str) -> int:
    """A command that nobody here plays: it is not there, or does nothing, or goes on until the container is stopped."""
    kind = shell.beyond(name)
    if kind == "missing":
        shell.say("stderr", f"sh: {name}: not found\n")
        return NOT_FOUND
    shell.inside.left_out(f"command {name}")
    if kind == "lasting" and shell.printed["stdout"] is None:
        shell.idle()
        await Future()
    return 0


def write(shell: Shell, target: str, text: str) -> None:
    """Write to a file: `to` anew, `add` at its end. The standard streams of process 1 are the container's log."""
    add, path = target.startswith("add"), target.removeprefix("add").removeprefix("to")
    if path == "/dev/null":
        return
    if path in ("/dev/stdout", "/proc/1/fd/1", "/dev/stderr", "/proc/1/fd/2"):
        shell.inside.say("stderr" if path[-1] in "r2" else "stdout", text)
        return
    shell.inside.files[path] = (shell.inside.files.get(path, "") if add else "") + text


async def run_pipe(shell: Shell, pipe: Pipe) -> int:
    """Each command reads what the one before it has printed."""
    given = shell.given
    for part in pipe.parts[:-1]:
        given = await shell.output(part, given)
    before, shell.given = shell.given, given
    try:
        code = await shell.run(pipe.parts[-1])
    finally:
        shell.given = before
    return int(not code) if pipe.negated else code


async def run_chain(shell: Shell, chain: Chain) -> int:
    """Each of them if the one before wants it so."""
    code = await shell.run(chain.first)
    for sign, tree in chain.rest:
        if (code == 0) == (sign == "&&"):
            code = await shell.run(tree)
    return code


async def run_list(shell: Shell, whole: List) -> int:
    """One after the other, whatever comes of it (unless `set -e`)."""
    code = 0
    for part in whole.parts:
        code = await shell.run(part)
        if code and shell.stops_on_error and not isinstance(part, Chain | Branch | Loop):
            raise Exit(code)
    return code


async def run_loop(shell: Shell, loop: Loop) -> int:
    """`while true` never ends, so nobody needs to wait for it."""
    code, endless = 0, ends_never(loop)
    shell.inside.endless += endless
    try:
        while (await shell.run(loop.condition) == 0) == loop.wanted:
            begun = shell.inside.loop.now
            code = await shell.run(loop.body)
            if shell.inside.loop.now == begun:
                await shell.rest(TURN_US)
    except Broken:
        pass
    finally:
        shell.inside.endless -= endless
    return code


def ends_never(loop: Loop) -> bool:
    """Whether it goes on until it is stopped: `while true`, `while :`, `until false`, without a way out in its body."""
    condition = loop.condition.parts[0] if isinstance(loop.condition, List) and len(loop.condition.parts) == 1 else None
    word = condition.words[0][0].text if isinstance(condition, Simple) and condition.words and condition.words[0] else ""
    return word in ("true", ":", "/bin/true") if loop.wanted else word in ("false", "/bin/false")


class Broken(Exception):
    """`break`."""


async def run_branch(shell: Shell, branch: Branch) -> int:
    """The first way whose condition succeeds."""
    for condition, body in branch.ways:
        if await shell.run(condition) == 0:
            return await shell.run(body)
    return await shell.run(branch.otherwise) if branch.otherwise else 0


async def run_each(shell: Shell, each: Each) -> int:
    """The body once for each word."""
    code = 0
    try:
        for word in await shell.words(each.words):
            shell.variables[each.name] = word
            code = await shell.run(each.body)
    except Broken:
        pass
    return code


async def run_apart(shell: Shell, apart: Apart) -> int:
    """In a process of its own, perhaps beside the rest."""
    child = shell.apart()
    if not apart.beside:
        try:
            return await child.run(apart.body)
        except Exit as ended:
            return ended.code
    done = Future()
    shell.jobs.append(done)
    shell.spawn(_job(child, apart.body, done))
    return 0


async def _job(child: Shell, tree: Tree, done: Future) -> None:
    child.signals = Signals()
    try:
        done.settle(await child.run(tree))
    except Exit as ended:
        done.settle(ended.code)
    except OutOfMemory:
        done.settle(NOT_FOUND + 10)


RUNS: dict[type, Callable[[Shell, Any], Any]] = {
    Simple: run_simple, Pipe: run_pipe, Chain: run_chain, List: run_list, Loop: run_loop, Branch: run_branch, Each: run_each,
    Apart: run_apart,
}  # fmt: skip
