"""What all parts of a view share, and the sentences in them.

Times are microseconds of virtual time. What is to be read by people is a `Text`: a key of `gen/draw/words` and what belongs
into it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Union

Micros = int
Value = Union[str, int, "Text"]


class Part:
    """What all parts of a view share: they turn into JSON."""

    __slots__ = ()

    def to_json(self) -> Any:
        """Plain dicts, lists, strings and numbers; parts that are empty are left out."""
        return plain(self)


def plain(value: Any) -> Any:
    """`value` as JSON knows it: a part as a dict of what it says, a tuple as a list."""
    if isinstance(value, Text):
        return [value.key, dict(plain(value.params))] if value.params else [value.key]
    if is_dataclass(value):
        pairs = ((field.name, plain(getattr(value, field.name))) for field in fields(value))
        return {name: child for name, child in pairs if child not in (None, "", []) and child is not False}
    return [plain(child) for child in value] if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True, init=False)
class Text(Part):
    """A sentence or a word in no language: `Text("pod.bound", pod="web-1", node="node-2")`. A param may be a Text itself."""

    key: str
    params: tuple[tuple[str, Value], ...]

    def __init__(self, key: str, /, **params: Value) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "params", tuple(sorted(params.items())))
