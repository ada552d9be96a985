"""The commands that a shell finds in the images that people use in examples: a table, each what it does here."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from gen.cluster.node.process import PLENTY, Exit, Server
from gen.cluster.node.shell import parse
from gen.cluster.node.shell_run import Broken, Shell
from gen.cluster.node.shell_words import NotUnderstood
from gen.kit.duration import timestamp
from gen.kit.loop import MINUTE, SECOND, Future, Micros

Command = Callable[[Shell, list[str]], Awaitable[int]]
UNITS = {"": SECOND, "s": SECOND, "m": MINUTE, "h": 60 * MINUTE, "d": 24 * 60 * MINUTE}
FOR_EVER_US = 10_000 * 24 * 60 * MINUTE
FAILED, MISUSED, TERMINATED = 1, 2, 143
NO_FILE = "No such file or directory"
SIGNALS = {"TERM": "TERM", "SIGTERM": "TERM", "15": "TERM", "INT": "INT", "SIGINT": "INT", "2": "INT", "EXIT": "EXIT", "0": "EXIT"}
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


def duration_us(text: str) -> Micros:
    """What `sleep` is given: `5`, `0.5`, `2m`, `infinity`. Raises NotUnderstood."""
    if text in ("infinity", "inf"):
        return FOR_EVER_US
    found = re.fullmatch(r"(\d+)(?:\.(\d{1,6})\d*)?([smhd]?)", text)
    if found is None:
        raise NotUnderstood(f"sleep {text}")
    whole, part, unit = found.groups()
    return (int(whole) * SECOND + int((part or "").ljust(6, "0"))) * UNITS[unit] // SECOND


async def sleep(shell: Shell, words: list[str]) -> int:
    """Let time pass."""
    if not words:
        shell.say("stderr", "sleep: missing operand\n")
        return FAILED
    await shell.inside.rest(sum(duration_us(word) for word in words))
    return 0


async def echo(shell: Shell, words: list[str]) -> int:
    """Print the words."""
    ending = "\n"
    while words and words[0] in ("-n", "-e", "-ne", "-en"):
        ending = "" if "n" in words[0] else ending
        words = words[1:]
    shell.say("stdout", " ".join(words) + ending)
    return 0


async def printf(shell: Shell, words: list[str]) -> int:
    """Print by a pattern: %s and %d, \\n and \\t."""
    pattern = (words[0] if words else "").replace("\\n", "\n").replace("\\t", "\t")
    rest = iter(words[1:])
    shell.say("stdout", re.sub(r"%[sd]", lambda _: next(rest, ""), pattern).replace("%%", "%"))
    return 0


async def cat(shell: Shell, words: list[str]) -> int:
    """Print files, or what it is given."""
    code = 0
    for path in words or ["-"]:
        if path == "-":
            shell.say("stdout", shell.given)
        elif path in shell.inside.files:
            shell.say("stdout", shell.inside.files[path])
        else:
            shell.say("stderr", f"cat: can't open '{path}': {NO_FILE}\n")
            code = FAILED
    return code


async def touch(shell: Shell, words: list[str]) -> int:
    """Make files that are not there."""
    for path in words:
        if not path.startswith("-"):
            shell.inside.files.setdefault(path, "")
    return 0


async def remove(shell: Shell, words: list[str]) -> int:
    """Remove files; folders with all that is in them."""
    flags = "".join(word for word in words if word.startswith("-"))
    code = 0
    for path in (word for word in words if not word.startswith("-")):
        gone = [name for name in shell.inside.files if name == path or "r" in flags and name.startswith(f"{path.rstrip('/')}/")]
        for name in gone:
            del shell.inside.files[name]
        if not gone and "f" not in flags:
            shell.say("stderr", f"rm: can't remove '{path}': {NO_FILE}\n")
            code = FAILED
    return code


async def listing(shell: Shell, words: list[str]) -> int:
    """List files."""
    code = 0
    for path in [word for word in words if not word.startswith("-")] or ["/"]:
        folder = path.rstrip("/") + "/"
        found = [path] if path in shell.inside.files else []
        found += [name.removeprefix(folder).partition("/")[0] for name in shell.inside.files if name.startswith(folder)]
        if not found and path != "/":
            shell.say("stderr", f"ls: {path}: {NO_FILE}\n")
            code = FAILED
        shell.say("stdout", "".join(f"{name}\n" for name in sorted(dict.fromkeys(found))))
    return code


async def test(shell: Shell, words: list[str]) -> int:
    """Whether something is so: `-f`, `-e`, `-z`, `-n`, `=`, `!=`, `-eq` … Raises NotUnderstood."""
    if words and words[0] == "!":
        return int(not await test(shell, words[1:]))
    files = shell.inside.files
    one = {
        "-f": lambda word: word in files, "-n": bool, "-z": lambda word: not word, "-s": lambda word: bool(files.get(word)),
        "-e": lambda word: word in files or any(name.startswith(word.rstrip("/") + "/") for name in files),
        "-d": lambda word: any(name.startswith(word.rstrip("/") + "/") for name in files) or word in ("/", "/tmp"),
        "-r": lambda word: word in files, "-x": lambda word: word in files, "-w": lambda word: word in files,
    }  # fmt: skip
    if len(words) == 2 and words[0] in one:
        return int(not one[words[0]](words[1]))
    if len(words) == 3 and words[1] in ("=", "=="):
        return int(words[0] != words[2])
    if len(words) == 3 and words[1] == "!=":
        return int(words[0] == words[2])
    if len(words) == 3 and words[1] in ORDER:
        if not all(re.fullmatch(r"-?\d+", word) for word in (words[0], words[2])):
            return MISUSED
        return int(not ORDER[words[1]](int(words[0]), int(words[2])))
    if len(words) < 2:
        return int(not (words and words[0]))
    raise NotUnderstood("test " + " ".join(words))


async def bracket(shell: Shell, words: list[str]) -> int:
    """`[ … ]`."""
    if words[-1:] != ["]"]:
        shell.say("stderr", "sh: [: missing ]\n")
        return MISUSED
    return await test(shell, words[:-1])


async def succeed(shell: Shell, words: list[str]) -> int:
    """Nothing, successfully."""
    return 0


async def fail(shell: Shell, words: list[str]) -> int:
    """Nothing, in vain."""
    return FAILED


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
        if shell.inside.loop.task:
            shell.inside.loop.task.background = True  # whoever waits has nothing to do: its jobs have
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


async def tail(shell: Shell, words: list[str]) -> int:
    """The end of a file. `-f` waits for ever; of /dev/zero there is no end, so it eats memory until it is killed."""
    path = next((word for word in reversed(words) if not word.startswith("-")), "")
    if path == "/dev/zero":
        shell.inside.eat(PLENTY)
    if any(word in ("-f", "-F", "-fn0") for word in words):
        await shell.inside.rest(FOR_EVER_US)
    count = next((int(word.lstrip("-n")) for word in words if re.fullmatch(r"-n?\d+", word)), 10)
    text = shell.given if not path else shell.inside.files.get(path, "")
    shell.say("stdout", "".join(text.splitlines(keepends=True)[-count:]))
    return 0


async def head(shell: Shell, words: list[str]) -> int:
    """The beginning of a file; with `-c`, so many bytes of /dev/zero are memory where they are kept."""
    path = next((word for word in reversed(words) if not word.startswith("-")), "")
    count = next((int(word.lstrip("-n")) for word in words if re.fullmatch(r"-n?\d+", word)), 10)
    text = shell.inside.files.get(path, "") if path in shell.inside.files else shell.given
    shell.say("stdout", "".join(text.splitlines(keepends=True)[:count]))
    return 0


async def date(shell: Shell, words: list[str]) -> int:
    """The virtual time."""
    now = shell.inside.loop.unix_us
    shell.say("stdout", f"{now // SECOND if '+%s' in words else timestamp(now)}\n")
    return 0


async def hostname(shell: Shell, words: list[str]) -> int:
    """The Pod's name."""
    shell.say("stdout", f"{shell.inside.hostname}\n")
    return 0


async def environment(shell: Shell, words: list[str]) -> int:
    """`env`: the variables."""
    shell.say("stdout", "".join(f"{name}={value}\n" for name, value in sorted(shell.variables.items())))
    return 0


async def numbers(shell: Shell, words: list[str]) -> int:
    """`seq`."""
    first, last = (1, int(words[0])) if len(words) == 1 else (int(words[0]), int(words[-1]))
    shell.say("stdout", "".join(f"{number}\n" for number in range(first, last + 1)))
    return 0


async def stress(shell: Shell, words: list[str]) -> int:
    """The memory eater of the Kubernetes documentation: `--vm-bytes 250M` at once, then on and on."""
    for flag, value in zip(words, words[1:], strict=False):
        found = re.fullmatch(r"(\d+)([KMG]?)", value) if flag == "--vm-bytes" else None
        if found:
            shell.inside.eat(int(found[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[found[2]])
    await shell.inside.rest(FOR_EVER_US)
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
    if shell.inside.loop.task:
        shell.inside.loop.task.background = True
    await told
    shell.inside.listening.clear()
    return 0


def server(name: str) -> Command:
    """The command that starts a server."""

    async def run(shell: Shell, words: list[str]) -> int:
        return await serve(shell, name, alone=False)

    return run


ORDER: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda one, other: one == other, "-ne": lambda one, other: one != other, "-lt": lambda one, other: one < other,
    "-gt": lambda one, other: one > other, "-le": lambda one, other: one <= other, "-ge": lambda one, other: one >= other,
}  # fmt: skip
COMMANDS: dict[str, Command] = {
    "sleep": sleep, "echo": echo, "printf": printf, "cat": cat, "touch": touch, "rm": remove, "ls": listing, "test": test,
    "[": bracket, "true": succeed, ":": succeed, "false": fail, "exit": leave, "break": stop_loop, "trap": trap, "wait": wait,
    "exec": replace, "set": options, "export": export, "tail": tail, "head": head, "date": date, "hostname": hostname,
    "env": environment, "printenv": environment, "seq": numbers, "stress": stress, "mkdir": succeed, "cd": succeed,
    "chmod": succeed, "sync": succeed, "sh": shell_again, "bash": shell_again, "ash": shell_again,
    **{name: server(name) for name in SERVERS},
}  # fmt: skip
COMMANDS |= {f"{folder}/{name}": deed for folder in ("/bin", "/usr/bin", "/usr/sbin") for name, deed in COMMANDS.items()}
