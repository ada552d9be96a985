"""How defaults are filled in: rules on mappings and lists that share whatever they leave as it is."""

from __future__ import annotations

from collections.abc import Callable

from gen.trace.record import Obj

Rule = Callable[[Obj], Obj]


def filled(obj: Obj, defaults: Obj) -> Obj:
    """`obj` with each default whose key is missing, null or empty text; `obj` itself if there is none.

    >>> filled({"type": "", "port": 0}, {"type": "ClusterIP", "port": 80})
    {'type': 'ClusterIP', 'port': 0}
    """
    lacking = [key for key in defaults if obj.get(key) in (None, "")]
    return {**obj, **{key: defaults[key] for key in lacking}} if lacking else obj


def part(obj: Obj, key: str, rule: Rule) -> Obj:
    """`obj` with the rule applied to the mapping under `key`, if there is one."""
    old = obj.get(key)
    if not isinstance(old, dict):
        return obj
    new = rule(old)
    return obj if new is old else {**obj, key: new}


def each(obj: Obj, key: str, rule: Rule) -> Obj:
    """`obj` with the rule applied to every mapping in the list under `key`."""
    old = obj.get(key)
    if not old:
        return obj
    new = [rule(one) for one in old]
    return obj if all(one is other for one, other in zip(new, old, strict=True)) else {**obj, key: new}
