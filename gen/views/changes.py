"""What is different between two states of an object, field by field, as a reader would list it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gen.trace.record import Obj
from gen.views.model import Change

NOISE = ("metadata.managedFields", "metadata.resourceVersion")  # every write changes them
IDENTITIES = ("type", "name", "uid", "ip", "key")  # how the items of a list are told apart
NOTHING = "–"
ROOM = 60  # characters of one value


def changes(before: Obj, after: Obj) -> list[Change]:
    """The fields that differ: first what was meant, then at what time it was."""
    found = list(_differing("", before, after))
    return sorted(found, key=lambda change: change.path.endswith("Time"))


def _differing(path: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after or path in NOISE:
        return
    old, new = _fields(before), _fields(after)
    if old is None or new is None or not (old or new):
        yield Change(path=path, before=_shown(before), after=_shown(after))
        return
    listed = isinstance(before or after, list)
    for name in dict.fromkeys((*old, *new)):
        yield from _differing(_inside(path, name, listed=listed), _bare(old.get(name), listed), _bare(new.get(name), listed))


def _bare(value: Any, listed: bool) -> Any:
    """An item of a list without what its path says already."""
    if not listed or not isinstance(value, dict):
        return value
    identity = next((key for key in IDENTITIES if key in value), None)
    return {key: child for key, child in value.items() if key != identity}


def _fields(value: Any) -> dict[str, Any] | None:
    """What can be compared inside of a value, by name; None if nothing can."""
    if value is None:
        return {}
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        names = [next((str(item[key]) for key in IDENTITIES if key in item), "") for item in value]
        distinct = all(names) and len(set(names)) == len(names)
        return dict(zip(names if distinct else map(str, range(len(value))), value, strict=True))
    return value if isinstance(value, dict) else None


def _inside(path: str, name: str, *, listed: bool) -> str:
    if listed or "." in name or "/" in name:
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else name


def _shown(value: Any) -> str:
    """A value on one line; the whole of it only if it is short."""
    if value is None:
        return NOTHING
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= ROOM else f"{text[: ROOM - 1]}…"
