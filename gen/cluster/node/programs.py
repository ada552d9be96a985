"""Which program a container runs: what its `command` and `args` say, else what its image does.

A table knows the images that examples use; a scenario may say what any image does. Of a program that nobody knows, the model
assumes that it serves wherever it is asked and stops when it is told to, and says so (`notSimulated`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gen.cluster.node.commands import COMMANDS, SERVERS
from gen.cluster.node.process import Server
from gen.cluster.node.shell import List, Simple, parse
from gen.cluster.node.shell_words import NotUnderstood, Part
from gen.kit.loop import Micros

Obj = dict[str, Any]
SHELLS = ("sh", "bash", "ash", "dash", "/bin/sh", "/bin/bash", "/bin/ash", "/usr/bin/sh", "/usr/bin/bash")
FOLDERS = ("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/")
# Tools that images have and nobody here plays: in a script they do nothing, successfully.
TOOLS = (
    "apk", "apt", "apt-get", "awk", "chown", "cp", "curl", "cut", "dd", "df", "dig", "du", "find", "getent", "grep", "id", "ip",
    "kill", "ln", "md5sum", "mktemp", "mv", "nc", "netstat", "nslookup", "ping", "ps", "read", "sed", "sort", "stty", "tar",
    "tee", "top", "tr", "uname", "uniq", "wc", "wget", "which", "whoami", "xargs", "yes", "su", "ulimit", "umask", "local",
    "shift", "redis-cli", "pg_isready", "psql", "mysqladmin", "mysql", "mongosh",
)  # fmt: skip
ANYTHING = Server("any")
CREATE_FAILED = (
    "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: "
    "unable to start container process: exec: "
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What an image does: the words that it runs, as its author wrote them; None: nobody knows."""

    runs: tuple[str, ...] | None = None
    listens: tuple[int, ...] = ()  # a server that a scenario describes
    answers: tuple[tuple[str, int], ...] = ()
    starts_us: Micros = 0  # how long until it listens
    serves_all: bool = False  # it answers wherever it is asked
    speaks: str = "any"  # and how: see `Server`
    missing: bool = False  # no registry has it
    pull_us: Micros | None = None
    size_bytes: int | None = None


# Images by repository, and what they run when nobody says otherwise.
OTHER = "*"  # in what is told of images: all that nobody knows
IMAGES: dict[str, Behaviour] = {
    "nginx": Behaviour(("nginx", "-g", "daemon off;")),
    "httpd": Behaviour(("httpd-foreground",)),
    "redis": Behaviour(("redis-server",)),
    "postgres": Behaviour(("postgres",)),
    "mysql": Behaviour(("mysqld",)),
    "mongo": Behaviour(("mongod",)),
    "memcached": Behaviour(("memcached",)),
    "pause": Behaviour(("pause",)),
    "busybox": Behaviour(("sh",)),
    "alpine": Behaviour(("sh",)),
    "debian": Behaviour(("bash",)),
    "ubuntu": Behaviour(("bash",)),
    "bash": Behaviour(("bash",)),
    "hello-world": Behaviour(("echo", "Hello from Docker!")),
    "stress": Behaviour(("stress",)),
}


@dataclass(frozen=True, slots=True)
class Program:
    """What a container runs. One of: a script with its arguments, a server, nothing that is there (`fault`), or unknown."""

    script: List | None = None
    arguments: tuple[str, ...] = ()
    serves: dict[int, Server] | None = None
    starts_us: Micros = 0
    speaks: str = "any"  # how a server answers that does so on all ports
    fault: str = ""
    unknown: str = ""  # what is not understood
    beyond: Callable[[str], str] = field(default=lambda name: "")  # of a command in a script: see `kind_of_command`


def repository(image: str) -> str:
    """The last path word of an image's name, without tag and digest.

    >>> repository("registry.k8s.io/pause:3.10"), repository("nginx")
    ('pause', 'nginx')
    """
    return image.partition("@")[0].rsplit("/", 1)[-1].partition(":")[0]


def behaviour_of(image: str, told: dict[str, Behaviour]) -> Behaviour | None:
    """What is known of an image: what is told of it, by full name or without its tag; else the table; else what others do."""
    untagged = image if ":" not in image.rsplit("/", 1)[-1] else image.rpartition(":")[0]
    return told.get(image) or told.get(untagged) or IMAGES.get(repository(image)) or told.get(OTHER)


def program_of(container: Obj, told: dict[str, Behaviour], environment: dict[str, str]) -> Program:
    """What this container runs."""
    known = behaviour_of(container["image"], told)
    said = [*(container.get("command") or []), *(container.get("args") or [])]
    words = [expanded(str(word), environment) for word in said]
    if not words and known is not None and known.serves_all:
        return Program(speaks=known.speaks)
    if not words and known is not None and (known.listens or known.runs is None):
        table = {port: Server("http", known.answers, 404) if known.answers else ANYTHING for port in known.listens}
        return Program(serves=table, starts_us=known.starts_us)
    if not words and known is None:
        return Program(unknown=f"image {repository(container['image'])}")
    if words and words[0].startswith("-") and known is not None and known.runs:
        words = [known.runs[0], *words]  # flags alone are for the image's own program
    return program_of_words(words or list(known.runs or ()) if known else words, known)


def program_of_words(words: list[str], known: Behaviour | None) -> Program:
    """What these words run, in an image that is `known` or not."""
    name = words[0]
    if name in SHELLS:
        return program_of_shell(words, known)
    base = name.rsplit("/", 1)[-1]
    if base in SERVERS and base_is_there(name):
        return Program(serves=SERVERS[base])
    if name in COMMANDS:
        return Program(script=List((literal(words),)), beyond=kind_of_command(known))
    kind = kind_of_command(known)(name)
    if kind != "missing":
        return Program(unknown=f"command {base}")
    if "/" in name:
        return Program(fault=f'{CREATE_FAILED}"{name}": stat {name}: no such file or directory: unknown')
    return Program(fault=f'{CREATE_FAILED}"{name}": executable file not found in $PATH: unknown')


def program_of_shell(words: list[str], known: Behaviour | None) -> Program:
    """What `sh -c '…'` runs. A script of one command becomes that command (bash and dash exec the last one)."""
    at = next((number for number, word in enumerate(words) if word.startswith("-") and "c" in word), None)
    if at is None or at + 1 >= len(words):
        return Program(unknown=f"command {words[1]}") if len(words) > 1 else Program(script=List(()))
    try:
        script = parse(words[at + 1])
    except NotUnderstood as error:
        return Program(unknown=f"command ({error})")
    whole = Program(script=script, arguments=tuple(words[at + 3 :]), beyond=kind_of_command(known))
    only = script.parts[0] if len(script.parts) == 1 else None
    if isinstance(only, Simple) and not only.into and not only.settings:
        plain = ["".join(part.text for part in word) for word in only.words]
        if plain and plain[0] == "exec":
            plain = plain[1:]
        if plain and plain[0].rsplit("/", 1)[-1] in SERVERS:
            return program_of_words(plain, known)
        if plain and plain[0] not in COMMANDS and kind_of_command(known)(plain[0]) == "lasting":
            return Program(unknown=f"command {plain[0]}")
    return whole


def kind_of_command(known: Behaviour | None) -> Callable[[str], str]:
    """What becomes of a command that nobody here plays: "missing" in an image that surely has none such, "quick" for a tool
    that does its work at once, "lasting" for what may be a server."""

    def kind(name: str) -> str:
        base = name.rsplit("/", 1)[-1]
        if base in TOOLS and base_is_there(name):
            return "quick"
        return "missing" if known is not None and known.runs is not None else "lasting"

    return kind


def base_is_there(name: str) -> bool:
    """Whether a program of this name lies where programs lie."""
    return "/" not in name or name.rsplit("/", 1)[0] + "/" in FOLDERS


def literal(words: list[str]) -> Simple:
    """The command of these very words."""
    return Simple(tuple((Part("text", word, True),) for word in words))


def expanded(text: str, environment: dict[str, str]) -> str:
    """`$(NAME)` in a command or in a variable stands for the variable, if there is one.

    Upstream: third_party/forked/golang/expansion.

    >>> expanded("$(A) $$(A) $(B)", {"A": "1"})
    '1 $(A) $(B)'
    """
    parts = text.split("$$")
    for number, part in enumerate(parts):
        for name, value in environment.items():
            part = part.replace(f"$({name})", value)
        parts[number] = part
    return "$".join(parts)
