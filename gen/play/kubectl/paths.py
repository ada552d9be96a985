"""kubectl's JSONPath, read: `{.metadata.name}`, `{range .items[*]}…{end}`, `{.items[?(@.kind=="Pod")].spec}`.

A template is a row of texts and of paths in braces; a path is a row of steps. `path_values.py` follows them.
Upstream: client-go/util/jsonpath/parser.go and node.go (v1.36.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ENDS = " \t\r\n.,[]$@{}"  # what cannot be part of a name
KEY = re.compile(r"'([^']*)'")
PLACES = re.compile(r"(-?\d*)(:-?\d*)?(:-?\d*)?")
FILTER = re.compile(r"([^!<>=]+)([!<>=]+)(.+)", re.DOTALL)
NUMBER = re.compile(r"[+-]?[\d.]*")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", "'": "'", '"': '"'}


class PathError(ValueError):
    """A path that cannot be read, or that cannot be followed."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word without a dot before it: `range`, `end`."""

    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """A number, true or false."""

    value: int | float | bool


@dataclass(frozen=True, slots=True)
class Key:
    """`.name`, `['name']`."""

    name: str


@dataclass(frozen=True, slots=True)
class Every:
    """`.*`."""


@dataclass(frozen=True, slots=True)
class Deep:
    """`..`: the value and all that is below it."""


@dataclass(frozen=True, slots=True)
class Places:
    """`[2]`, `[-1]`, `[*]`, `[1:3]`, `[::2]`. `single`: one place, whose end was not written."""

    start: int | None
    end: int | None
    step: int | None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """`[0,2]`, `['name','kind']`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """`[?(@.name=="web")]`; without an operator: `exists`."""

    left: Path
    operator: str
    right: Path


Step = Text | Word | Value | Key | Every | Deep | Places | Several | Filter
Path = tuple[Step, ...]
Template = tuple[Text | Path, ...]


def read(template: str) -> Template:
    """The texts and paths of a template. Raises PathError.

    >>> read("{.name}!")
    ((Key(name='name'),), Text(text='!'))
    """
    parts: list[Text | Path] = []
    at = 0
    while at < len(template):
        opened = template.find("{", at)
        if opened < 0:
            opened = len(template)
        if opened > at:
            parts.append(Text(template[at:opened]))
        if opened < len(template):
            reader = _Reader(template, opened + 1)
            parts.append(tuple(reader.steps()))
            opened = reader.at
        at = opened
    return tuple(parts)


def relaxed(path: str) -> str:
    """The template of a path that may lack braces and dot, as `--sort-by` and custom columns have them. Raises PathError.

    >>> relaxed("metadata.name")
    '{.metadata.name}'
    """
    found = re.fullmatch(r"\{\.?([^{}]+)\}|\.?([^{}]+)", path) if path else None
    if path and found is None:
        forms = "'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"
        raise PathError(f"unexpected path string, expected a {forms}")
    return f"{{.{found[1] or found[2]}}}" if found else ""


class _Reader:
    """Reads what stands in one pair of braces, from the place behind the first."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def steps(self) -> list[Step]:
        """The steps up to the closing brace, which is read too."""
        found: list[Step] = []
        while not self.text.startswith("}", self.at):
            rest = self.text[self.at :]
            if rest.startswith("[?("):
                found.append(self._filter())
            elif rest.startswith(".."):
                if found and isinstance(found[-1], Deep):
                    raise PathError("invalid multiple recursive descent")
                self.at += 2
                found.append(Deep())
                if rest[2:3].isalnum() or rest[2:3] == "_":
                    found.append(self._field())
            else:
                found += self._step()
        self.at += 1
        return found

    def _step(self) -> list[Step]:
        first = self.text[self.at : self.at + 1]
        if first in ("", "\n", "\r"):
            raise PathError("unclosed action")
        if first in "+-" or first.isdecimal():
            return [self._number()]
        if first.isalnum() or first == "_":
            return [self._word()]
        self.at += 1
        if first in " @$":
            return []
        if first == "[":
            return self._array()
        if first in "\"'":
            return [self._quoted(first)]
        if first == ".":
            return [self._field()]
        raise PathError(f"unrecognized character in action: U+{ord(first):04X} '{first}'")

    def _until(self, ends: str) -> str:
        """The text up to one of those characters; behind a backslash none of them ends it."""
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ends:
            self.at += 2 if self.text[self.at] == "\\" else 1
        return self.text[start : self.at]

    def _field(self) -> Key | Every:
        name = self._until(ENDS)
        return Every() if name == "*" else Key(name.replace("\\", ""))

    def _word(self) -> Word | Value:
        name = self._until(ENDS)
        return Value(name == "true") if name in ("true", "false") else Word(name)

    def _number(self) -> Value:
        match = NUMBER.match(self.text, self.at)
        written = match[0] if match else ""
        self.at += len(written)
        try:
            return Value(float(written) if "." in written else int(written))
        except ValueError:
            raise PathError(f"cannot parse number {written}") from None

    def _quoted(self, quote: str) -> Text:
        start = self.at - 1
        inside = self._until(f"{quote}\n")
        if not self.text.startswith(quote, self.at):
            raise PathError("unterminated quoted string")
        self.at += 1
        return _unquoted(inside, self.text[start : self.at])

    def _array(self) -> list[Step]:
        close = self.text.find("]", self.at)
        if close < 0 or "\n" in self.text[self.at : close]:
            raise PathError("unterminated array")
        inside, self.at = self.text[self.at : close], close + 1
        return _places(inside)

    def _filter(self) -> Filter:
        self.at += len("[?(")
        start, quotes = self.at, ""
        while quotes or not self.text.startswith(")", self.at):
            one = self.text[self.at : self.at + 1]
            if one in ("", "\n"):
                raise PathError("unterminated filter")
            if one in "\"'" and self.text[self.at - 1] != "\\" and quotes in ("", one):
                quotes = "" if quotes else one
            self.at += 1
        inside = self.text[start : self.at]
        if not self.text.startswith(")]", self.at):
            raise PathError("unclosed array expect ]")
        self.at += 2
        return _condition(inside)


def _unquoted(inside: str, whole: str) -> Text:
    if any(one not in ESCAPES for one in re.findall(r"\\(.)", inside)):
        raise PathError(f"unquote string {whole} error invalid syntax")
    return Text(re.sub(r"\\(.)", lambda escape: ESCAPES[escape[1]], inside))


def _places(inside: str) -> list[Step]:
    """What stands between square brackets."""
    if "," in inside:
        return [Several(tuple(_only(f"{{[{one.strip(' ')}]}}") for one in inside.split(",")))]
    key = KEY.fullmatch(inside)
    if key is not None:
        return list(_only(f"{{.{key[1]}}}"))
    places = PLACES.fullmatch(":" if inside == "*" else inside)
    if places is None:
        raise PathError(f"invalid array index {inside}")
    start, end, step = (int(one.lstrip(":")) if one and one != ":" else None for one in places.groups())
    return [Places(start, end, step, single=places[2] is None)]


def _condition(inside: str) -> Filter:
    """What stands in the round brackets of a filter."""
    parts = FILTER.fullmatch(inside)
    if parts is None:
        return Filter(_only(f"{{{inside}}}"), "exists", ())
    return Filter(_only(f"{{{parts[1]}}}"), parts[2], _only(f"{{{parts[3]}}}"))


def _only(template: str) -> Path:
    """The first path of a template."""
    first = read(template)[0]
    return (first,) if isinstance(first, Text) else first
