"""What could stand in place of the last word of a half-typed line, as pressing Tab shows it.

Upstream: kubectl/pkg/util/completion/completion.go, and cobra's completions.go for flags. More than upstream: values of a
few flags, and which kinds `set image` takes. Less: containers, contexts, and taints.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field

from gen.objects.kinds import KINDS, Kind, kind_named
from gen.objects.workloads import POD_SPEC
from gen.play.kubectl.flags import NAMESPACE, VERBS, Flag
from gen.trace.record import Ref

MOST = 200  # more are left out
KUBECTL = "kubectl"
NEVER_LISTED = ("authentication.k8s.io", "authorization.k8s.io")  # reviews are asked, not kept
LISTED = tuple(kind.resource for kind in KINDS if kind.group not in NEVER_LISTED)
TAKES: dict[str, tuple[str, ...]] = {  # the kinds that can follow a verb, where it is not each that is listed
    "apply": (), "create": (), "run": (), "top": (),
    "scale": ("deployment", "replicaset", "replicationcontroller", "statefulset"),
    "rollout": ("daemonset", "deployment", "statefulset"),
    "taint": ("node",),
    "set": tuple(kind.resource for kind in KINDS if kind.name in POD_SPEC),
}  # fmt: skip
NODES_ONLY = ("cordon", "uncordon")  # what follows is the name of a node
KINDS_ONLY = ("explain",)  # what follows is one kind
VALUES: dict[str, tuple[str, ...]] = {
    "output": ("custom-columns=", "json", "jsonpath=", "jsonpath-as-json=", "name", "wide", "yaml"),
    "for": ("condition=", "create", "delete", "jsonpath="),
    "cascade": ("background", "foreground", "orphan"),
    "restart": ("Always", "Never", "OnFailure"),
    "validate": ("ignore", "strict", "warn"),
    "type": ("json", "merge", "strategic"),
}


@dataclass(slots=True)
class Typed:
    """What stands before the last word. `waiting` is the flag whose value comes next."""

    verb: str = ""
    part: str = ""
    arguments: list[str] = field(default_factory=list)
    flags: dict[str, str] = field(default_factory=dict)
    waiting: Flag | None = None
    only_arguments: bool = False  # behind `--`


def completions(line: str, objects: Iterable[Ref], files: Iterable[str] = ()) -> list[str]:
    """The words that could stand in place of the line's last one, in order; `kubectl` may stand before it, or not.

    `objects` are those that exist, as `gen.trace.query.stored` has them; `files` are the names that `-f` could be given.
    """
    try:
        *before, last = shlex.split(line + "\0")  # the last word is the one at whose end the reader is
    except ValueError:
        return []
    last = last.removesuffix("\0")
    if before[:1] == [KUBECTL]:
        before = before[1:]
    elif not before and last and KUBECTL.startswith(last):
        return [KUBECTL]
    found = candidates(read(before), last, list(objects), list(files))
    return sorted(dict.fromkeys(word for word in found if word.startswith(last)))[:MOST]


def read(words: list[str]) -> Typed:
    """What the words before the last one say."""
    typed = Typed()
    for word in words:
        if typed.waiting is not None:
            typed.flags[typed.waiting.name], typed.waiting = word, None
        elif word == "--":
            typed.only_arguments = True
        elif word.startswith("-") and not typed.only_arguments:
            _read_flag(typed, word)
        elif not typed.verb:
            typed.verb = word
        elif not typed.part and not typed.arguments and word in parts(typed.verb):
            typed.part = word
        else:
            typed.arguments.append(word)
    return typed


def _read_flag(typed: Typed, word: str) -> None:
    name, equals, value = word.partition("=")
    flag = next((flag for flag in flags(typed.verb) if name in (f"--{flag.name}", f"-{flag.short}")), None)
    if flag is None:
        short = next((flag for flag in flags(typed.verb) if flag.short and word.startswith(f"-{flag.short}")), None)
        if short is not None and not word.startswith("--"):
            typed.flags[short.name] = word[2:]
    elif equals or flag.kind == "switch" or flag.bare is not None:
        typed.flags[flag.name] = value
    else:
        typed.waiting = flag


def flags(verb: str) -> tuple[Flag, ...]:
    """The flags that can stand behind a verb; before it there is the namespace's only."""
    return (*VERBS[verb].flags, NAMESPACE) if verb in VERBS else (NAMESPACE,)


def parts(verb: str) -> tuple[str, ...]:
    """The words that must come next behind a verb, as `status` after `rollout`."""
    return tuple(part for part in VERBS[verb].parts if part) if verb in VERBS else ()


def candidates(typed: Typed, last: str, objects: list[Ref], files: list[str]) -> list[str]:
    """All that could stand there, and perhaps begins otherwise than the last word."""
    if typed.waiting is not None:
        return values(typed.waiting, objects, files)
    if last.startswith("-") and not typed.only_arguments:
        return flag_words(typed, last, objects, files)
    if not typed.verb:
        return list(VERBS)
    if typed.verb not in VERBS:
        return []
    if parts(typed.verb) and not typed.part:
        return list(parts(typed.verb))
    if "filename" in typed.flags:
        return []
    return arguments(typed, last, objects)


def values(flag: Flag, objects: list[Ref], files: list[str]) -> list[str]:
    """What a flag can be given."""
    if flag is NAMESPACE:
        return [ref.name for ref in objects if ref.kind == "Namespace"]
    return files if flag.name == "filename" else list(VALUES.get(flag.name, ()))


def flag_words(typed: Typed, last: str, objects: list[Ref], files: list[str]) -> list[str]:
    """The flags, but for those that were given and can be given once only; or behind `--name=` its values."""
    known = [flag for flag in flags(typed.verb) if not flag.parts or typed.part in flag.parts]
    name, equals, _ = last.partition("=")
    if equals:
        named = (flag for flag in known if name in (f"--{flag.name}", f"-{flag.short}"))
        return [f"{name}={value}" for flag in named for value in values(flag, objects, files)]
    free = [flag for flag in known if flag.kind == "list" or flag.name not in typed.flags]
    return [*(f"--{flag.name}" for flag in free), *(f"-{flag.short}" for flag in free if flag.short)]


def arguments(typed: Typed, last: str, objects: list[Ref]) -> list[str]:
    """Kinds, then names of these kinds; or `kind/name`, again and again. None twice."""
    given = typed.arguments
    if typed.verb in NODES_ONLY:
        return [name for name in names("nodes", typed, objects) if name not in given]
    taken = TAKES.get(typed.verb, LISTED)
    if "/" in last:
        kind = last.partition("/")[0]
        words = [f"{kind}/{name}" for name in names(kind, typed, objects)] if is_taken(kind, taken) else []
        return [word for word in words if word not in given]
    if not given:
        before, comma, _ = last.rpartition(",")
        return [f"{before}{comma}{kind}" for kind in taken if kind not in before.split(",")]
    if typed.verb in KINDS_ONLY:
        return []
    if "/" in given[0]:
        return [f"{kind}/" for kind in taken]
    return [name for name in names(given[0], typed, objects) if name not in given[1:]]


def is_taken(word: str, taken: tuple[str, ...]) -> bool:
    """Whether a word names one of the kinds."""
    return kind_named(word) in [kind_named(one) for one in taken]


def names(kinds: str, typed: Typed, objects: list[Ref]) -> list[str]:
    """The names of what there is of these kinds (`pods`, `deploy,rs`), in the namespace that was typed."""
    found = [kind for word in kinds.split(",") if (kind := kind_named(word)) is not None]
    return [ref.name for ref in objects if any(is_of(ref, kind, typed.flags.get("namespace", "default")) for kind in found)]


def is_of(ref: Ref, kind: Kind, namespace: str) -> bool:
    """Whether an object is of a kind, and in the namespace if it is in any."""
    return ref.kind == kind.name and (not kind.namespaced or ref.namespace == namespace)
