"""A typed line, split as a shell would and understood as kubectl would."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gen.kit.duration import parse_duration
from gen.play.kubectl.beyond import INSTEAD, told
from gen.play.kubectl.flags import GLOBAL, VERBS, Flag, Verb
from gen.play.reading.bad_input import nearest

SHELL_WORDS = ("|", "||", "&&", ";", ">", ">>", "<", "&")
SWITCH = {
    "true": True,
    "false": False,
    "1": True,
    "0": False,
    "t": True,
    "f": False,
    "T": True,
    "F": False,
    "True": True,
    "False": False,
}


class NotUnderstood(Exception):
    """A line that our kubectl cannot run. `str()` is what kubectl prints; `todo` says what can be typed here."""

    def __init__(self, text: str, todo: str = "") -> None:
        super().__init__(text)
        self.todo = todo or f"Type one of: kubectl {'|'.join(VERBS)}."


@dataclass(frozen=True, slots=True)
class Command:
    """A line that was understood. `flags` holds every flag of the verb, `given` the names of those that were typed.

    `dash` is how many arguments stand before `--`; None for a line without it.
    """

    verb: str
    part: str
    arguments: tuple[str, ...]
    flags: dict[str, Any]
    given: frozenset[str] = field(default=frozenset())
    dash: int | None = None

    @property
    def path(self) -> str:
        """The verb, and the word behind it that belongs to it: `rollout status`."""
        return f"{self.verb} {self.part}" if self.part else self.verb

    @property
    def before_dash(self) -> tuple[str, ...]:
        """The arguments before `--`."""
        return self.arguments[: self.dash]

    def __getitem__(self, flag: str) -> Any:
        return self.flags[flag]


def understood(line: str) -> Command:
    """The command that a line is. Raises NotUnderstood."""
    words = split(line)
    if words[:1] != ["kubectl"]:
        raise NotUnderstood(f"{words[0] if words else 'nothing'}: command not found", "A line begins with `kubectl`.")
    return command(words[1:])


def split(line: str) -> list[str]:
    """The words of the line; quotes hold words together. Raises NotUnderstood."""
    try:
        words = shlex.split(line, comments=False)
    except ValueError as error:
        raise NotUnderstood(f"{line}: {str(error).lower()}", "Close the quotes.") from None
    if "\n" in line.strip() or any(word in SHELL_WORDS for word in words):
        raise NotUnderstood(
            f"{line!r} is more than one command", "Write one kubectl line in each step: there is no shell behind it."
        )
    return words


def command(words: list[str]) -> Command:
    """The command behind `kubectl`. Raises NotUnderstood."""
    candidates = _verbs(words)
    name, following = next(candidates, ""), next(candidates, "")
    verb = VERBS.get(name)
    if verb is None:
        raise unknown_verb(name)
    behind = words[words.index(name) + 1 :]
    part = verb.aliases.get(following, following)
    if name == "create" and following in behind[:1]:
        check_part(name, verb, part, behind)
    reader = _Reader(name, verb, part if part in verb.parts else "")
    arguments, typed = reader.read(words)
    arguments = arguments[1:]
    arguments[:1] = [verb.aliases.get(word, word) for word in arguments[:1]]
    part = arguments[0] if verb.parts and arguments and arguments[0] in verb.parts else ""
    if "" not in verb.parts:
        check_part(name, verb, part, arguments)
    reader.check(part, typed)
    flags = {flag.name: typed.get(flag.name, flag.default) for flag in (*verb.flags, *GLOBAL)}
    dash = None if reader.dash is None else max(reader.dash - (2 if part else 1), 0)
    return Command(name, part, tuple(arguments[1:] if part else arguments), flags, frozenset(typed), dash)


def unknown_verb(name: str) -> NotUnderstood:
    """What is said of a verb that is not here."""
    if name in INSTEAD:
        return NotUnderstood(*told(name))
    asked = f'error: unknown command "{name}" for "kubectl"' if name else "error: no command given"
    return NotUnderstood(asked, f"Our kubectl has no `{name}`: {nearest(name, VERBS)}" if name else "")


def check_part(name: str, verb: Verb, part: str, words: list[str]) -> None:
    """Raises NotUnderstood if no known word follows the verb where one must."""
    parts = [known for known in verb.parts if known]
    if not verb.parts or part in parts:
        return
    if not words:
        raise NotUnderstood(f"error: `kubectl {name}` needs another word", f"Type: kubectl {name} {'|'.join(parts)} …")
    if f"{name} {words[0]}" in INSTEAD:
        raise NotUnderstood(*told(f"{name} {words[0]}"))
    rest = " ".join(word for word in words if not word.startswith("-"))
    raise NotUnderstood(
        f"error: unknown command \"{rest}\"\nSee 'kubectl {name} -h' for help and examples",
        f"Our kubectl {name} has no `{words[0]}`. Type: kubectl {name} {'|'.join(parts)} …",
    )


def _verbs(words: list[str]) -> Iterator[str]:
    """The words that could be the verb: those that are neither a flag nor the value of the namespace's."""
    after_namespace = False
    for word in words:
        if not word.startswith("-") and not after_namespace:
            yield word
        after_namespace = word in ("-n", "--namespace")


class _Reader:
    """Separates the arguments of one verb from its flags."""

    def __init__(self, name: str, verb: Verb, part: str) -> None:
        flags = (*verb.flags, *GLOBAL)
        self.verb, self.name = name, f"{name} {part}".rstrip()
        self.dash: int | None = None
        self.long = {flag.name: flag for flag in flags}
        self.short = {flag.short: flag for flag in flags if flag.short}

    def read(self, words: list[str]) -> tuple[list[str], dict[str, Any]]:
        """The arguments, and the flags that were typed with their values."""
        arguments: list[str] = []
        typed: dict[str, Any] = {}
        rest = iter(words)
        for word in rest:
            if word == "--":
                self.dash = len(arguments)
                arguments.extend(rest)
            elif word.startswith("--"):
                self._long(word[2:], rest, typed)
            elif word.startswith("-") and len(word) > 1:
                self._short(word[1:], rest, typed)
            else:
                arguments.append(word)
        return arguments, typed

    def check(self, part: str, typed: dict[str, Any]) -> None:
        """Raises NotUnderstood for a flag that other parts of the verb have, and this one has not."""
        self.name = f"{self.verb} {part}".rstrip()
        known = [flag.name for flag in self.long.values() if not flag.parts or part in flag.parts]
        for name in typed:
            if name not in known:
                raise self._wrong(f"unknown flag: --{name}", f"Our kubectl {self.name} has no --{name}: {nearest(name, known)}")

    def _long(self, word: str, rest: Iterator[str], typed: dict[str, Any]) -> None:
        name, equals, value = word.partition("=")
        if name not in self.long:
            raise self._wrong(f"unknown flag: --{name}", f"Our kubectl {self.name} has no --{name}: {nearest(name, self.long)}")
        self._take(self.long[name], f"--{name}", value if equals else None, rest, typed)

    def _short(self, word: str, rest: Iterator[str], typed: dict[str, Any]) -> None:
        """`-n shop`, `-nshop`, `-n=shop`; switches may stand together."""
        flag = self.short.get(word[0])
        if flag is None:
            known = ", ".join(f"-{short}" for short in self.short)
            raise self._wrong(f"unknown shorthand flag: '{word[0]}' in -{word}", f"Our kubectl {self.name} has {known}.")
        value = word[1:].removeprefix("=") if word[1:] else None
        if flag.kind == "switch" and value is not None and not word[1:].startswith("="):
            typed[flag.name] = True
            self._short(word[1:], rest, typed)
            return
        self._take(flag, f"-{word[0]}", value, rest, typed)

    def _take(self, flag: Flag, written: str, value: str | None, rest: Iterator[str], typed: dict[str, Any]) -> None:
        if value is None:
            value = "true" if flag.kind == "switch" else flag.bare if flag.bare is not None else next(rest, None)
        if value is None:
            said = (
                f"flag needs an argument: {written}"
                if written.startswith("--")
                else f"flag needs an argument: '{written[1]}' in {written}"
            )
            raise self._wrong(said, "Write a value after it.")
        read = self._read(flag, written, value)
        several = {"list": value.split(","), "array": [value]}.get(flag.kind)
        typed[flag.name] = read if several is None else (*typed.get(flag.name, ()), *several)

    def _read(self, flag: Flag, written: str, value: str) -> Any:
        shown = f"-{flag.short}, --{flag.name}" if flag.short else f"--{flag.name}"
        if flag.kind == "switch":
            if value not in SWITCH:
                why = f'strconv.ParseBool: parsing "{value}": invalid syntax'
                raise self._wrong(f'invalid argument "{value}" for "{shown}" flag: {why}', "Write true or false.")
            return SWITCH[value]
        if flag.kind == "number":
            try:
                return int(value)
            except ValueError:
                why = f'strconv.ParseInt: parsing "{value}": invalid syntax'
                raise self._wrong(f'invalid argument "{value}" for "{shown}" flag: {why}', "Write a whole number.") from None
        if flag.kind == "duration" and value.lstrip("-") != "0":
            try:
                parse_duration(value.lstrip("-"))
            except (ValueError, OverflowError) as error:
                why = f'invalid argument "{value}" for "{shown}" flag: {error}'
                raise self._wrong(why, "Write a time such as 90s, 1m30s or 2h.") from None
        return value

    def _wrong(self, text: str, todo: str) -> NotUnderstood:
        return NotUnderstood(f"error: {text}\nSee 'kubectl {self.name} --help' for usage.", todo)
