"""The sums of a shell script: `$((n + 1))`. Source: POSIX, Shell Command Language, 2.6.4."""

from __future__ import annotations

import re
from collections.abc import Callable

from gen.cluster.node.shell_words import NotUnderstood

SUM = re.compile(r"\s*(?:(\d+)|\$?([A-Za-z_]\w*)|([-+*/%()]|[<>=!]=?|&&|\|\|))")


def calculated(text: str, variables: dict[str, str]) -> int:
    """A sum: whole numbers, variables, + - * / % and comparisons. Raises NotUnderstood."""
    at, terms = 0, []
    while at < len(text.rstrip()):
        match = SUM.match(text, at)
        if match is None:
            raise NotUnderstood(f"$(({text}))")
        number, name, sign = match.groups()
        terms.append(number or sign or str(int(variables.get(name, "") or 0)))
        at = match.end()
    value, rest = _compared(terms)
    if rest:
        raise NotUnderstood(f"$(({text}))")
    return value


def _compared(terms: list[str]) -> tuple[int, list[str]]:
    value, rest = _added(terms)
    while rest and rest[0] in COMPARE:
        other, after = _added(rest[1:])
        value, rest = int(COMPARE[rest[0]](value, other)), after
    return value, rest


def _added(terms: list[str]) -> tuple[int, list[str]]:
    value, rest = _multiplied(terms)
    while rest and rest[0] in "+-":
        other, after = _multiplied(rest[1:])
        value, rest = value + other if rest[0] == "+" else value - other, after
    return value, rest


def _multiplied(terms: list[str]) -> tuple[int, list[str]]:
    value, rest = _single(terms)
    while rest and rest[0] in ("*", "/", "%"):
        other, after = _single(rest[1:])
        if rest[0] != "*" and not other:
            raise NotUnderstood("division by zero")
        value = value * other if rest[0] == "*" else value // other if rest[0] == "/" else value % other
        rest = after
    return value, rest


def _single(terms: list[str]) -> tuple[int, list[str]]:
    if not terms:
        raise NotUnderstood("a sum that does not end")
    if terms[0] == "(":
        value, rest = _compared(terms[1:])
        return value, rest[1:]
    if terms[0] == "-":
        value, rest = _single(terms[1:])
        return -value, rest
    if not terms[0].isdigit():
        raise NotUnderstood(f"{terms[0]} in a sum")
    return int(terms[0]), terms[1:]


COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": lambda one, other: one < other, ">": lambda one, other: one > other, "==": lambda one, other: one == other,
    "<=": lambda one, other: one <= other, ">=": lambda one, other: one >= other, "!=": lambda one, other: one != other,
}  # fmt: skip
