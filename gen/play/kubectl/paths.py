"""The simple part of kubectl's JSONPath: `.metadata.name`, `{.spec.containers[0].image}`, `{.items[*].metadata.name}`.

Upstream: client-go/util/jsonpath, of which filters and slices are left out.
"""

from __future__ import annotations

import re
from typing import Any

STEP = re.compile(r"\.([A-Za-z0-9_-]+(?:\\\.[A-Za-z0-9_/-]+)*)|\[(\d+|\*|'[^']*')\]")


class PathError(ValueError):
    """A path that cannot be read."""


def values(obj: Any, path: str) -> list[Any]:
    """All values to which the path leads; what is missing leads nowhere. Raises PathError."""
    found = [obj]
    for step in steps(path):
        found = [value for one in found for value in _step(one, step)]
    return found


def steps(path: str) -> list[str | int]:
    """The steps of a path: keys, places in a list, and `*` for all. Raises PathError."""
    bare = path.strip()
    bare = bare[1:-1] if bare.startswith("{") and bare.endswith("}") else bare
    bare = bare if bare.startswith((".", "[")) else f".{bare}"
    found: list[str | int] = []
    at = 0
    while at < len(bare):
        match = STEP.match(bare, at)
        if match is None:
            raise PathError(f"unrecognized identifier {bare[at:]}")
        key, inside = match[1], match[2]
        if key is not None:
            found.append(key.replace("\\.", "."))
        else:
            found.append(int(inside) if inside.isdecimal() else inside.strip("'"))
        at = match.end()
    return found


def _step(value: Any, step: str | int) -> list[Any]:
    if step == "*":
        return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if isinstance(step, int):
        return [value[step]] if isinstance(value, list) and step < len(value) else []
    return [value[step]] if isinstance(value, dict) and step in value else []
