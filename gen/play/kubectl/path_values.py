"""Where a JSONPath leads: the values that kubectl finds on it.

Upstream: client-go/util/jsonpath/jsonpath.go (v1.36.2).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.field_error import go_text
from gen.play.kubectl.paths import (
    Deep,
    Every,
    Filter,
    Key,
    Path,
    PathError,
    Places,
    Several,
    Step,
    Template,
    Text,
    Value,
    Word,
    read,
)

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
GO_TYPES = {dict: "map[string]interface {}", str: "string", int: "int64", float: "float64", bool: "bool"}


def found_rows(template: str, obj: Any) -> list[list[Any]]:
    """For each text and each path of the template the values there, ranges unrolled. Raises PathError.

    >>> found_rows("{range .ports[*]}{.port} {end}", {"ports": [{"port": 80}, {"port": 443}]})
    [[80], [' '], [443], [' ']]
    """
    return _rows(read(template), 0, obj, False)[0]


def values(obj: Any, template: str) -> list[Any]:
    """All values that the template finds; what is missing leads nowhere. Raises PathError."""
    return [value for row in found_rows(template, obj) for value in row]


def _rows(parts: Template, at: int, obj: Any, in_range: bool) -> tuple[list[list[Any]], int | None]:
    """The rows from one part on, and the place of the `{end}` at which they stop; None if there is none."""
    rows: list[list[Any]] = []
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Text):
            rows.append([part.text])
        elif Word("end") in part:
            if not in_range:
                raise PathError("not in range, nothing to end")
            return rows, at
        elif Word("range") in part:
            looped = follow([obj], tuple(step for step in part if step != Word("range")))
            runs = [_rows(parts, at + 1, one, True) for one in looped or [None]]
            rows += [row for run, _ in runs if looped for row in run]
            end = runs[-1][1]
            at = at if end is None else end
        else:
            rows.append(follow([obj], part))
        at += 1
    return rows, None


def follow(found: list[Any], path: Path) -> list[Any]:
    """The values at the end of a path. Raises PathError."""
    for step in path:
        found = _after(found, step)
    return found


def _after(found: list[Any], step: Step) -> list[Any]:
    match step:
        case Text(text):
            return [text]
        case Value(value):
            return [value] * len(found)
        case Word(name):
            raise PathError(f"unrecognized identifier {name}")
        case Key(name):
            return [one[name] for one in found if isinstance(one, dict) and name in one]
        case Every():
            return [inside for one in found for inside in _inside(one)]
        case Deep():
            return [below for one in found for below in _below(one)]
        case Places():
            return [inside for one in found if one is not None for inside in _at_places(one, step)]
        case Several(paths):
            return [one for path in paths for one in follow(found, path)]
        case Filter():
            return [one for several in found if several is not None for one in _filtered(several, step)]


def _inside(one: Any) -> list[Any]:
    return [one[key] for key in sorted(one)] if isinstance(one, dict) else one if isinstance(one, list) else []


def _below(one: Any) -> list[Any]:
    inside = _inside(one)
    return [one, *(below for value in inside for below in _below(value))] if inside else []


def _at_places(one: Any, places: Places) -> list[Any]:
    if not isinstance(one, list):
        raise PathError(f"{GO_TYPES.get(type(one), 'int64')} is not array or slice")
    length, start = len(one), places.start or 0
    start += length if start < 0 else 0
    if places.single:
        end = (places.start or 0) + 1
        end += length if end <= 0 else 0
    else:
        end = length if places.end is None else places.end + (length if places.end < 0 else 0)
    if start == end:
        return []
    if start >= length or start < 0:
        raise PathError(f"array index out of bounds: index {start}, length {length}")
    if end > length or end < 0:
        raise PathError(f"array index out of bounds: index {end - 1}, length {length}")
    if start > end:
        raise PathError(f"starting index {start} is greater than ending index {end}")
    if places.step is not None and places.step <= 0:
        raise PathError("step must be > 0")
    return one[start : end : places.step or 1]


def _filtered(several: Any, wanted: Filter) -> list[Any]:
    if not isinstance(several, list):
        raise PathError(f"{go_text(several)} is not array or slice and cannot be filtered")
    return [one for one in several if _passes(one, wanted)]


def _passes(one: Any, wanted: Filter) -> bool:
    left = follow([one], wanted.left)
    if wanted.operator == "exists":
        return bool(left)
    right = follow([one], wanted.right) if len(left) == 1 else []
    if len(left) > 1 or len(right) > 1:
        raise PathError("can only compare one element at a time")
    if not left or not right:
        return False
    compare = COMPARE.get(wanted.operator)
    if compare is None:
        raise PathError(f"unrecognized filter operator {wanted.operator}")
    if isinstance(left[0], dict | list) or left[0] is None:
        raise PathError("invalid type for comparison")
    if type(left[0]) is not type(right[0]):
        raise PathError("incompatible types for comparison")
    return compare(left[0], right[0])
