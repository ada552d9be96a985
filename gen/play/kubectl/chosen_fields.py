"""`-o jsonpath=…` and `-o custom-columns=…`: some fields of what was found.

Upstream: cli-runtime/pkg/printers/jsonpath.go and kubectl/pkg/cmd/get/customcolumn.go.
"""

from __future__ import annotations

import json
import re
from typing import Any

from gen.play.kubectl.failures import Failure
from gen.play.kubectl.paths import PathError, values

Obj = dict[str, Any]
PART = re.compile(r"\{([^{}]*)\}")
RANGE = re.compile(r"\{range ([^{}]*)\}(.*?)\{end\}", re.DOTALL)
ESCAPES = {r"\n": "\n", r"\t": "\t"}


def json_path(whole: Obj, template: str) -> str:
    """The template with each `{.path}` replaced by what is there, once for each of a `{range …} … {end}`. Raises Failure."""
    text = template if "{" in template else f"{{{template}}}"
    pieces = RANGE.split(text)  # a text, and for each range its path, its body and the text behind it
    if any("{range" in piece or "{end}" in piece for piece in pieces):
        raise Failure(f"error parsing jsonpath {template}: ranges inside ranges are not part of this kubectl")
    filled = [_filled(whole, pieces[0])]
    for path, body, behind in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        filled += [_filled(one, body) for one in _values(whole, path)]
        filled.append(_filled(whole, behind))
    return "".join(filled)


def _filled(whole: Any, text: str) -> str:
    return PART.sub(lambda found: _part(whole, found[1]), text)


def _part(whole: Obj, part: str) -> str:
    """One `{…}`: a text in quotes, or the values at a path."""
    if part[:1] in ("'", '"'):
        text = part.strip("'\"")
        return ESCAPES.get(text, text)
    return " ".join(cell(value) for value in _values(whole, part))


def custom_columns(objects: list[Obj], spec: str) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of `NAME:.metadata.name,NODE:.spec.nodeName`. Raises Failure."""
    columns = [column.partition(":")[::2] for column in spec.split(",")]
    if not all(heading and path for heading, path in columns):
        raise Failure(f"unexpected custom-columns spec: {spec}, expected <header>:<json-path-expr>")
    rows = [[",".join(cell(value) for value in _values(obj, path)) or "<none>" for _, path in columns] for obj in objects]
    return [heading for heading, _ in columns], rows


def _values(obj: Obj, path: str) -> list[Any]:
    try:
        return values(obj, path)
    except PathError as error:
        raise Failure(f"error parsing jsonpath {path}: {error}") from None


def cell(value: Any) -> str:
    """A value as Go prints it in a template: texts bare, lists and mappings as JSON."""
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {None: "<nil>", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)
