"""Two states of an object as the lines of one YAML text: what both have, what only one of them has.

As kubectl writes it: lists stand as deep as their key. But keys stay in the order in which they came, so that what was
written stands before what was added to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from gen.kit.pointers import inside

SAME, ADDED, REMOVED = " ", "+", "-"
IDENTITIES = ("name", "type", "key", "uid", "ip", "containerPort", "port", "mountPath")  # how items of a list are told apart
WIDEST, LEAST = 72, 24  # characters of a line; of a value that is too long for it only the beginning, but so much of it
STEP = "  "
WORDS = re.compile(r"[\w/.][\w./@%+-]*(?:[ :][\w./@%+()-]+)*")
OTHERS = ("y", "n", "Y", "N")  # YAML 1.1's other names of true and false
MISSING: Any = object()
_resolver = yaml.resolver.Resolver()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its sign, how deep it stands, its text, and the pointer to what it shows in the state that it belongs to.

    `leaf`: all of the value stands in this line.
    """

    sign: str
    depth: int
    text: str
    pointer: str
    leaf: bool


def merged(before: Any, after: Any) -> list[Line]:
    """The lines of two objects; MISSING for one that is not there."""
    if before is MISSING or after is MISSING:
        sign, obj = (REMOVED, before) if after is MISSING else (ADDED, after)
        return list(_children(obj, sign, "", 0))
    return list(_both(before, after, "", 0))


def whole(obj: Any) -> int:
    """How many lines an object has."""
    return sum(1 for _ in _children(obj, SAME, "", 0))


def scalar(value: Any, room: int = WIDEST) -> str:
    """A value that stands in one line, as YAML; only the beginning of a text that is longer than the room."""
    if not isinstance(value, str):
        return json.dumps(value)
    text = value if len(value) <= max(room, LEAST) else f"{value[: max(room, LEAST) - 1].rstrip()}…"
    return text if is_plain(value) else _quoted(text)


def is_plain(text: str) -> bool:
    """Whether a text needs no quotes: read without them, it is that text and nothing else.

    >>> is_plain("nginx:1.27"), is_plain("10.96.0.1"), is_plain("true"), is_plain("2026-01-01")
    (True, True, False, False)
    """
    if not WORDS.fullmatch(text) or text in OTHERS:
        return False
    resolved: str = _resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return resolved.endswith(":str")


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def _pair(key: Any, value: Any, sign: str, pointer: str, depth: int) -> Iterator[Line]:
    """A key with its value, on one line or several."""
    if isinstance(value, (dict, list)) and value:
        yield Line(sign, depth, f"{scalar(key)}:", pointer, leaf=False)
        yield from _children(value, sign, pointer, depth + isinstance(value, dict))
    else:
        name = scalar(key)
        room = WIDEST - len(STEP) * depth - len(name) - 4
        yield Line(sign, depth, f"{name}: {scalar(value, room)}", pointer, leaf=True)


def _children(value: Any, sign: str, pointer: str, depth: int) -> Iterator[Line]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _pair(key, child, sign, inside(pointer, key), depth)
    else:
        for at, child in enumerate(value):
            yield from _item(child, sign, inside(pointer, at), depth)


def _item(value: Any, sign: str, pointer: str, depth: int) -> Iterator[Line]:
    """An item of a list: its first line has the dash."""
    if isinstance(value, (dict, list)) and value:
        yield from _dashed(_children(value, sign, pointer, depth + 1))
    else:
        yield Line(sign, depth, f"- {scalar(value)}", pointer, leaf=True)


def _dashed(lines: Iterator[Line]) -> Iterator[Line]:
    """The first line, and any that stands in its place in the other state, with a dash."""
    signs: set[str] = set()
    for number, line in enumerate(lines):
        first = number == 0 or (SAME not in signs and line.sign not in signs and line.sign != SAME)
        signs.add(line.sign)
        yield replace(line, depth=line.depth - 1, text=f"- {line.text}") if first else line


def _both(before: Any, after: Any, pointer: str, depth: int, *, dashed: bool = False) -> Iterator[Line]:
    """What two mappings, or two lists, have in common and what not; `dashed` ones are items of a list."""
    if isinstance(after, list):
        yield from _items(before, after, pointer, depth)
        return
    keys = order(list(before), list(after))
    for key in shared_first(keys, before, after) if dashed else keys:
        old, new, where = before.get(key, MISSING), after.get(key, MISSING), inside(pointer, key)
        if old is not MISSING and new is not MISSING and inner(old, new):
            yield Line(SAME, depth, f"{scalar(key)}:", where, leaf=False)
            yield from _both(old, new, where, depth + isinstance(new, dict))
        elif old is new or old == new:
            yield from _pair(key, new, SAME, where, depth)
        else:
            yield from () if old is MISSING else _pair(key, old, REMOVED, where, depth)
            yield from () if new is MISSING else _pair(key, new, ADDED, where, depth)


def _items(before: list[Any], after: list[Any], pointer: str, depth: int) -> Iterator[Line]:
    old, new = named(before), named(after)
    for name in order(list(old), list(new)):
        if name in old and name in new:
            (_, was), (at, now) = old[name], new[name]
            if was and now and inner(was, now):  # of an empty one nothing would be left to carry the dash
                yield from _dashed(_both(was, now, inside(pointer, at), depth + 1, dashed=True))
            elif was == now:
                yield from _item(now, SAME, inside(pointer, at), depth)
            else:
                yield from _item(was, REMOVED, inside(pointer, old[name][0]), depth)
                yield from _item(now, ADDED, inside(pointer, at), depth)
        else:
            at, value = old[name] if name in old else new[name]
            yield from _item(value, REMOVED if name in old else ADDED, inside(pointer, at), depth)


def inner(old: Any, new: Any) -> bool:
    """Whether there is anything to compare inside: both are mappings, or both are lists, and not both are empty."""
    return bool(old or new) and any(isinstance(old, kind) and isinstance(new, kind) for kind in (dict, list))


def named(items: list[Any]) -> dict[str, tuple[int, Any]]:
    """The items with their places, by what tells them apart: a name or the like, else the place."""
    names = [identity(item) for item in items]
    distinct = all(names) and len(set(names)) == len(names)
    return {names[at] if distinct else str(at): (at, item) for at, item in enumerate(items)}


def identity(item: Any) -> str:
    """What tells an item from the others of its list; "" for nothing."""
    if isinstance(item, dict):
        return next((f"{key} {item[key]}" for key in IDENTITIES if key in item), "")
    return json.dumps(item) if not isinstance(item, list) else ""


def shared_first(keys: list[Any], before: Any, after: Any) -> list[Any]:
    """The keys, but the first that both states have before all others: it carries the dash in both."""
    first = [key for key in keys if key in before and key in after][:1]
    return first + [key for key in keys if key not in first]


def order(before: list[Any], after: list[Any]) -> list[Any]:
    """All keys of both: as `after` has them, and what only `before` has behind what it stood behind."""
    found, known = list(after), set(after)
    for at, key in enumerate(before):
        if key not in known:
            found.insert(found.index(before[at - 1]) + 1 if at else 0, key)
            known.add(key)
    return found
