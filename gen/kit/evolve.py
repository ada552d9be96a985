"""Copy-on-write changes: an object is never changed, a changed one shares every branch that was not touched."""

from __future__ import annotations

from functools import cache
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
Path = str | tuple[str | int, ...]


class _Removed:
    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Any = _Removed()


def evolve(obj: T, *changes: Any) -> T:
    """`obj` with each `path, value` pair of `changes` applied; the value `REMOVED` takes a key away.

    A path is dotted, `"spec.replicas"`, or a tuple where keys hold dots; whole numbers in a tuple index a list. What is
    missing on the way is made as a mapping.

    >>> evolve({"spec": {"replicas": 3}}, "spec.replicas", 4)
    {'spec': {'replicas': 4}}
    """
    for path, value in zip(changes[::2], changes[1::2], strict=True):
        obj = _evolved(obj, _keys(path) if isinstance(path, str) else path, value)
    return obj


def _evolved(obj: Any, path: tuple[str | int, ...], value: Any) -> Any:
    head, rest = path[0], path[1:]
    if isinstance(obj, list):
        index = int(head)
        child = _evolved(obj[index], rest, value) if rest else value
        return [*obj[:index], *([] if child is REMOVED else [child]), *obj[index + 1 :]]
    found = obj.get(head) if obj else None
    if not rest and value is REMOVED or rest and value is REMOVED and found is None:
        return {key: child for key, child in (obj or {}).items() if key != head or rest}
    return {**(obj or {}), head: _evolved(found, rest, value) if rest else value}


def dig(obj: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path of mappings, or `default` where something on the way is missing or null."""
    for key in _keys(path):
        if not isinstance(obj, dict):
            return default
        obj = obj.get(key)
    return default if obj is None else obj


@cache
def _keys(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


class FrozenDict(dict[Any, Any]):
    """A dict for tests: reading works, changing raises TypeError."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a stored object is never changed: use evolve()")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse


class FrozenList(list[Any]):
    """A list for tests: reading works, changing raises TypeError."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a stored object is never changed: use evolve()")

    __setitem__ = __delitem__ = append = clear = extend = insert = pop = remove = reverse = sort = __iadd__ = _refuse


def frozen(value: Any) -> Any:
    """A deep copy that refuses to be changed."""
    if isinstance(value, dict):
        return FrozenDict({key: frozen(child) for key, child in value.items()})
    return FrozenList([frozen(child) for child in value]) if isinstance(value, list) else value
