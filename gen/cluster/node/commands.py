"""The commands that a shell finds in the images that people use in examples: a table, each what it does here."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from gen.cluster.node import tools
from gen.cluster.node.process import Exit, Server
from gen.cluster.node.shell import parse
from gen.cluster.node.shell_run import Broken, Shell
from gen.kit.loop import Future

Command = Callable[[Shell, list[str]], Awaitable[int]]
SIGNALS = {
    "TERM": "TERM",
    "SIGTERM": "TERM",
    "15": "TERM",
    "INT": "INT",
    "SIGINT": "INT",
    "2": "INT",
    "EXIT": "EXIT",
    "0": "EXIT",
}
SIGNALS |= {"QUIT": "QUIT", "SIGQUIT": "QUIT", "3": "QUIT", "HUP": "HUP", "SIGHUP": "HUP", "1": "HUP"}

# Servers by the name of their program: where they listen, and what they answer.
SERVERS: dict[str, dict[int, Server]] = {
    "nginx": {80: Server("http", (("/", 200),), 404, "/usr/share/nginx/html")},
    "httpd-foreground": {80: Server("http", (("/", 200),), 404, "/usr/local/apache2/htdocs")},
    "redis-server": {6379: Server("tcp")},
    "postgres": {5432: Server("tcp")},
    "mysqld": {3306: Server("tcp")},
    "mongod": {27017: Server("tcp")},
    "memcached": {11211: Server("tcp")},
    "pause": {},
}


async def succeed(shell: Shell, words: list[str]) -> int:
    """Nothing, successfully."""
    return 0


async def fail(shell: Shell, words: list[str]) -> int:
    """Nothing, in vain."""
    return 1


async def leave(shell: Shell, words: list[str]) -> int:
    """`exit`."""
    raise Exit(int(words[0]) & 255 if words and words[0].isdigit() else shell.code)


async def stop_loop(shell: Shell, words: list[str]) -> int:
    """`break`."""
    raise Broken


async def trap(shell: Shell, words: list[str]) -> int:
    """What is to be done when a signal comes."""
    for name in words[1:]:
        if words[0] == "-":
            shell.signals.traps.pop(SIGNALS.get(name, name), None)
        else:
            shell.signals.traps[SIGNALS.get(name, name)] = words[0]
    return 0


async def wait(shell: Shell, words: list[str]) -> int:
    """Until the jobs in the background have ended, or a signal comes that is trapped."""
    while not shell.signals.pending and any(not job.done for job in shell.jobs):
        woken = Future()
        shell.signals.woken = woken.settle
        for job in shell.jobs:
            shell.spawn(_tell(job, woken))
        shell.idle()  # whoever waits has nothing to do: its jobs have
        await woken
    return 0


async def _tell(job: Future, woken: Future) -> None:
    await job
    woken.settle()


async def replace(shell: Shell, words: list[str]) -> int:
    """`exec`: the shell becomes the command."""
    command = COMMANDS.get(words[0]) if words else succeed
    if command is None:
        shell.say("stderr", f"sh: exec: {words[0]}: not found\n")
        raise Exit(127)
    shell.signals.traps.clear()
    if words and words[0] in SERVERS:
        raise Exit(await serve(shell, words[0], alone=True))
    raise Exit(await command(shell, words[1:]))


async def options(shell: Shell, words: list[str]) -> int:
    """`set`: only `-e` changes anything here."""
    shell.stops_on_error = shell.stops_on_error or any(re.fullmatch(r"-\w*e\w*", word) for word in words)
    return 0


async def export(shell: Shell, words: list[str]) -> int:
    """`export NAME=value`."""
    for word in words:
        name, sign, value = word.partition("=")
        if sign:
            shell.variables[name] = value
    return 0


async def shell_again(shell: Shell, words: list[str]) -> int:
    """`sh -c '…'` within a script."""
    if len(words) < 2 or words[0] not in ("-c", "-ec", "-ce"):
        return 0
    try:
        return await shell.apart().run(parse(words[1]))
    except Exit as ended:
        return ended.code


async def serve(shell: Shell, name: str, alone: bool) -> int:
    """Listen until told to stop; a server that the shell has not become never hears that."""
    told = Future()
    shell.inside.listening.update(SERVERS[name])
    if alone:
        shell.signals.serving = told
    shell.idle()
    await told
    shell.inside.listening.clear()
    return 0


def server(name: str) -> Command:
    """The command that starts a server."""

    async def run(shell: Shell, words: list[str]) -> int:
        return await serve(shell, name, alone=False)

    return run


COMMANDS: dict[str, Command] = {
    "sleep": tools.sleep, "echo": tools.echo, "printf": tools.printf, "cat": tools.cat, "touch": tools.touch,
    "rm": tools.remove, "ls": tools.listing, "test": tools.test, "[": tools.bracket, "[[": tools.bracket,
    "tail": tools.tail, "head": tools.head,
    "date": tools.date, "hostname": tools.hostname, "env": tools.environment, "printenv": tools.environment,
    "seq": tools.numbers, "stress": tools.stress, "true": succeed, ":": succeed, "false": fail, "exit": leave,
    "break": stop_loop, "trap": trap, "wait": wait, "exec": replace, "set": options, "export": export, "mkdir": succeed,
    "cd": succeed, "chmod": succeed, "sync": succeed, "sh": shell_again, "bash": shell_again, "ash": shell_again,
    **{name: server(name) for name in SERVERS},
}  # fmt: skip
COMMANDS |= {f"{folder}/{name}": deed for folder in ("/bin", "/usr/bin", "/usr/sbin") for name, deed in COMMANDS.items()}
