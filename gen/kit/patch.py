"""What a patch makes of an object: JSON patch (RFC 6902) and merge patch (RFC 7386). Objects are never changed.

The third way, strategic merge, knows which lists are merged by which key: `gen/kit/strategic.py`, given out here too.
"""

from __future__ import annotations

from typing import Any

from gen.kit.strategic import Keys, Merge, strategic_merge, three_way

__all__ = ["Keys", "Merge", "json_patch", "merge_patch", "strategic_merge", "three_way"]


def merge_patch(obj: Any, patch: Any) -> Any:
    """Mappings are merged, null takes a key away, everything else (lists too) is replaced.

    >>> merge_patch({"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})
    {'b': {'c': 2, 'd': 3}}
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(obj) if isinstance(obj, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged


def json_patch(obj: Any, operations: list[dict[str, Any]]) -> Any:
    """Apply the operations in turn. Raises KeyError, IndexError or ValueError where one does not fit."""
    for operation in operations:
        obj = _applied(obj, operation)
    return obj


def _applied(obj: Any, operation: dict[str, Any]) -> Any:
    verb, path = operation["op"], _pointer(operation["path"])
    if verb in ("add", "replace"):
        return _with(obj, path, operation["value"], replace=verb == "replace")
    if verb == "remove":
        return _without(obj, path)
    if verb == "copy":
        return _with(obj, path, _at(obj, _pointer(operation["from"])))
    if verb == "move":
        source = _pointer(operation["from"])
        return _with(_without(obj, source), path, _at(obj, source))
    if verb != "test":
        raise ValueError(f"Unexpected kind: {verb}")
    if _at(obj, path) != operation.get("value"):
        raise ValueError(f"testing value {operation['path']} failed")
    return obj


def _pointer(text: str) -> list[str]:
    return [word.replace("~1", "/").replace("~0", "~") for word in text.split("/")[1:]]


def _index(word: str, length: int) -> int:
    """A place in a list; negative places and places behind the end are none. Raises IndexError, ValueError."""
    place = int(word)
    if not 0 <= place < length:
        raise IndexError(word)
    return place


def _at(obj: Any, path: list[str]) -> Any:
    for word in path:
        obj = obj[_index(word, len(obj))] if isinstance(obj, list) else obj[word]
    return obj


def _with(obj: Any, path: list[str], value: Any, replace: bool = False) -> Any:
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(obj, list):
        return _with_item(obj, head, rest, value, replace)
    if rest or replace:
        return {**obj, head: _with(obj[head], rest, value, replace)}
    return {**obj, head: value}


def _with_item(items: list[Any], head: str, rest: list[str], value: Any, replace: bool) -> list[Any]:
    if rest or replace:
        place = _index(head, len(items))
        return [*items[:place], _with(items[place], rest, value, replace), *items[place + 1 :]]
    place = len(items) if head == "-" else _index(head, len(items) + 1)
    return [*items[:place], value, *items[place:]]


def _without(obj: Any, path: list[str]) -> Any:
    head, rest = path[0], path[1:]
    if isinstance(obj, list):
        place = _index(head, len(obj))
        kept = [_without(obj[place], rest)] if rest else []
        return [*obj[:place], *kept, *obj[place + 1 :]]
    if rest:
        return {**obj, head: _without(obj[head], rest)}
    if head not in obj:
        raise KeyError(head)
    return {key: value for key, value in obj.items() if key != head}
