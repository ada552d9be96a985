"""Strategic merge: a patch that merges some lists item by item, by a key, where a plain merge patch would replace them.

Which lists, and by which key, is told by a function of the path; nothing here knows what the objects mean. Directives in a
patch: `$patch` (replace, delete), `$retainKeys`, `$setElementOrder/LIST`, `$deleteFromPrimitiveList/LIST`.
Upstream: apimachinery/pkg/util/strategicpatch/patch.go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gen.kit.strategic_order import in_order

PATCH, RETAIN = "$patch", "$retainKeys"
ORDER, DROP = "$setElementOrder/", "$deleteFromPrimitiveList/"


class NoMergeKey(ValueError):
    """An item of a list that is merged by `key` does not have it."""

    def __init__(self, item: Any, key: str) -> None:
        super().__init__(f"map: {item} does not contain declared merge key: {key}")
        self.item, self.key = item, key


class Merge(NamedTuple):
    """How a field is patched: its strategies (`merge`, `replace`, `retainKeys`) and the key of a list's items."""

    strategies: tuple[str, ...] = ()
    key: str = ""


Path = tuple[str, ...]
Keys = Callable[[Path], Merge]


def strategic_merge(obj: Any, patch: dict[str, Any], keys: Keys) -> Any:
    """The object with the patch applied. Raises ValueError for an item that lacks its key."""
    return _merged_map(obj, patch, keys, ())


def _merged_map(old: Any, patch: dict[str, Any], keys: Keys, path: Path) -> Any:
    directive = patch.get(PATCH)
    if directive == "delete":
        return {}
    if directive == "replace":
        return {key: value for key, value in patch.items() if key != PATCH}
    new = dict(old) if isinstance(old, dict) else {}
    if RETAIN in patch:
        new = {key: value for key, value in new.items() if key in patch[RETAIN]}
    for key in patch:
        field = key.removeprefix(ORDER).removeprefix(DROP)
        if key in (PATCH, RETAIN) or field != key and field in patch:
            continue
        if field != key:
            if field in new:
                new[field] = _merged_list(new[field], [], patch, field, keys, path)
        elif patch[key] is None:
            new.pop(key, None)
        else:
            new[key] = _merged(new.get(key), patch, key, keys, path)
    return new


def _merged(old: Any, patch: dict[str, Any], key: str, keys: Keys, path: Path) -> Any:
    value = patch[key]
    if isinstance(value, dict):
        return _merged_map(None if "replace" in keys((*path, key)).strategies else old, value, keys, (*path, key))
    if isinstance(value, list) and "merge" in keys((*path, key)).strategies:
        return _merged_list(old if isinstance(old, list) else [], value, patch, key, keys, path)
    return value


def _merged_list(old: list[Any], new: list[Any], patch: dict[str, Any], field: str, keys: Keys, path: Path) -> list[Any]:
    """The list under `field` of `patch`, merged with the old one; by key if its items are mappings."""
    key, order = keys((*path, field)).key, patch.get(ORDER + field)
    if not key:
        gone = patch.get(DROP + field) or []
        kept = [item for item in old if item not in gone]
        merged = [*kept, *(item for item in dict.fromkeys(new) if item not in kept)]
        return in_order(merged, order, old, str) if order else merged
    if any(item.get(PATCH) == "replace" for item in new):
        return [item for item in new if item.get(PATCH) != "replace"]
    items = {item.get(key): item for item in old}
    for item in new:
        if key not in item:
            raise NoMergeKey(item, key)
        if item.get(PATCH) == "delete":
            items.pop(item[key], None)
        else:
            items[item[key]] = _merged_map(items.get(item[key]), item, keys, (*path, field))
    merged = list(items.values())
    return in_order(merged, order, old, lambda item: item.get(key)) if order else merged


def three_way(last_applied: Any, modified: Any, live: Any, keys: Keys) -> dict[str, Any]:
    """The patch that makes `live` into what `modified` asks for, and takes away what `last_applied` asked for and it does not.

    >>> three_way({"a": 1, "b": 2}, {"a": 3}, {"a": 1, "b": 2, "c": 4}, lambda path: Merge())
    {'b': None, 'a': 3}
    """
    gone = _difference(last_applied, modified, keys, (), deletions=True)
    changed = _difference(live, modified, keys, (), deletions=False)
    return _joined(gone, changed, keys, ())


def _difference(old: Any, new: Any, keys: Keys, path: Path, deletions: bool) -> dict[str, Any]:
    """A patch from `old` to `new`: only what goes away (`deletions`), or only what is added or changed."""
    patch: dict[str, Any] = {}
    for key in sorted({**old, **new}):
        if key not in new:
            if deletions:
                patch[key] = None
        elif key not in old:
            if not deletions:
                patch[key] = new[key]
        elif old[key] != new[key]:
            patch.update(_changed(key, old[key], new[key], keys, path, deletions))
    return patch


def _changed(key: str, old: Any, new: Any, keys: Keys, path: Path, deletions: bool) -> dict[str, Any]:
    strategies = keys((*path, key)).strategies
    if isinstance(old, dict) and isinstance(new, dict) and "replace" not in strategies:
        inner = _difference(old, new, keys, (*path, key), deletions)
        if inner and "retainKeys" in strategies:
            inner[RETAIN] = sorted(new)
        return {key: inner} if inner else {}
    if isinstance(old, list) and isinstance(new, list) and "merge" in strategies:
        return _changed_list(key, old, new, keys, path, deletions)
    if deletions:
        return {}
    return {key: {**new, PATCH: "replace"} if isinstance(new, dict) and "replace" in strategies else new}


def _changed_list(field: str, old: list[Any], new: list[Any], keys: Keys, path: Path, deletions: bool) -> dict[str, Any]:
    key = keys((*path, field)).key
    if not key:
        gone, more = [item for item in old if item not in new], [item for item in new if item not in old]
        found = {DROP + field: gone} if deletions else {field: more}
        return {**found, ORDER + field: new} if (gone if deletions else more) else {}
    before, after = ({item.get(key): item for item in items} for items in (old, new))
    items = [{key: name, PATCH: "delete"} for name in before if deletions and name not in after]
    for name, item in after.items():
        if name not in before:
            items += [] if deletions else [item]
        elif inner := _difference(before[name], item, keys, (*path, field), deletions):
            items.append({**inner, key: name})
    return {ORDER + field: [{key: name} for name in after], field: items} if items else {}


def _joined(gone: dict[str, Any], changed: dict[str, Any], keys: Keys, path: Path) -> dict[str, Any]:
    """Two patches as one."""
    patch = dict(gone)
    for key, value in changed.items():
        merge = keys((*path, key))
        if isinstance(value, dict) and isinstance(patch.get(key), dict) and PATCH not in value:
            patch[key] = _joined(patch[key], value, keys, (*path, key))
        elif isinstance(value, list) and isinstance(patch.get(key), list) and merge.key:
            first = {item[merge.key]: item for item in patch[key]}
            for item in value:
                first[item[merge.key]] = _joined(first.get(item[merge.key], {}), item, keys, (*path, key))
            patch[key] = list(first.values())
        else:
            patch[key] = value
    return patch
