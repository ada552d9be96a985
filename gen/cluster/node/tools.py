"""The small tools that a script finds in nearly every image: files, texts, tests, time, memory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from gen.cluster.node.process import PLENTY
from gen.cluster.node.shell_run import Shell
from gen.cluster.node.shell_words import NotUnderstood
from gen.kit.duration import timestamp
from gen.kit.loop import MINUTE, SECOND, Micros

UNITS = {"": SECOND, "s": SECOND, "m": MINUTE, "h": 60 * MINUTE, "d": 24 * 60 * MINUTE}
FOR_EVER_US = 10_000 * 24 * 60 * MINUTE
FAILED, MISUSED = 1, 2
NO_FILE = "No such file or directory"


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
    await shell.rest(sum(duration_us(word) for word in words))
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
    one: dict[str, Callable[[str], bool]] = {
        "-f": lambda word: word in files, "-n": lambda word: bool(word),
        "-z": lambda word: not word, "-s": lambda word: bool(files.get(word)),
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
    if any(word in ("-a", "-o", "(") for word in words):
        raise NotUnderstood("test " + " ".join(words))
    shell.say("stderr", f"sh: {words[1] if len(words) > 2 else words[0]}: unknown operand\n")
    return MISUSED


async def bracket(shell: Shell, words: list[str]) -> int:
    """`[ … ]`."""
    if words[-1:] not in (["]"], ["]]"]):
        shell.say("stderr", "sh: [: missing ]\n")
        return MISUSED
    return await test(shell, words[:-1])


async def tail(shell: Shell, words: list[str]) -> int:
    """The end of a file. `-f` waits for ever; of /dev/zero there is no end, so it eats memory until it is killed."""
    path = next((word for word in reversed(words) if not word.startswith("-")), "")
    if path == "/dev/zero":
        shell.inside.eat(PLENTY)
    if any(word in ("-f", "-F", "-fn0") for word in words):
        await shell.rest(FOR_EVER_US)
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
    for flag, value in itertools.pairwise(words):
        found = re.fullmatch(r"(\d+)([KMG]?)", value) if flag == "--vm-bytes" else None
        if found:
            shell.inside.eat(int(found[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[found[2]])
    await shell.rest(FOR_EVER_US)
    return 0


ORDER: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda one, other: one == other, "-ne": lambda one, other: one != other, "-lt": lambda one, other: one < other,
    "-gt": lambda one, other: one > other, "-le": lambda one, other: one <= other, "-ge": lambda one, other: one >= other,
}  # fmt: skip
