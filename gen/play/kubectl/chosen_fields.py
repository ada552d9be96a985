"""`-o jsonpath=…`, `-o jsonpath-as-json=…` and `-o custom-columns=…`: some fields of what was found.

Upstream: cli-runtime/pkg/printers/jsonpath.go and kubectl/pkg/cmd/get/customcolumn.go; recordings 10, 40 and 42.
"""

from __future__ import annotations

import json
from typing import Any

from gen.cluster.apiserver.field_error import go_text
from gen.kit.go_json import go_json
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.path_values import found_rows
from gen.play.kubectl.paths import PathError, read, relaxed

Obj = dict[str, Any]
PATH_FORMS = ("jsonpath", "jsonpath-as-json")
FORMATS = ("wide", "json", "yaml", "name", "jsonpath=…", "jsonpath-as-json=…", "custom-columns=…")


def no_printer(form: str) -> Failure:
    """What `get` says to an `-o` that it does not know."""
    return Failure(f'unable to match a printer suitable for the output format "{form}", allowed formats are: {",".join(FORMATS)}')


def json_path(whole: Obj, form: str, template: str) -> str:
    """What the template finds, as text or (`jsonpath-as-json`) as one list for each of its parts. Raises Failure."""
    try:
        read(template)
    except PathError as error:
        raise Failure(f"error parsing {form} {template}, {error}\n") from None
    try:
        rows = found_rows(template, whole)
    except PathError as error:
        debugging = f"\ttemplate was:\n\t\t{template}\n\tobject given to jsonpath engine was:\n\t\t{go_syntax(whole)}\n\n"
        more = "Printing more information for debugging the template:"
        raise Failure(
            f'error executing jsonpath "{template}": Error executing template: {error}. {more}\n{debugging}\n'
        ) from None
    if form == "jsonpath-as-json":
        return "".join(f"{json.dumps(row, indent=4, sort_keys=True, ensure_ascii=False)}\n" for row in rows)
    return "".join(" ".join(map(cell, row)) for row in rows)


def custom_columns(objects: list[Obj], spec: str) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of `NAME:.metadata.name,NODE:.spec.nodeName`. Raises Failure."""
    columns: list[tuple[str, str]] = []
    for column in spec.split(","):
        heading, colon, path = column.partition(":")
        if not colon:
            raise Failure(f"unexpected custom-columns spec: {column}, expected <header>:<json-path-expr>")
        try:
            columns.append((heading, relaxed(path)))
        except PathError as error:
            raise Failure(str(error)) from None
    return [heading for heading, _ in columns], [[_column(obj, path) for _, path in columns] for obj in objects]


def _column(obj: Obj, path: str) -> str:
    try:
        rows = found_rows(path, obj)
    except PathError as error:
        raise Failure(str(error)) from None
    return ",".join(go_text(value) for row in rows for value in row) if rows and rows[0] else "<none>"


def cell(value: Any) -> str:
    """A value as a JSONPath prints it: texts bare, lists and mappings as JSON."""
    return go_json(value) if isinstance(value, dict | list) else go_text(value)


def go_syntax(value: Any) -> str:
    """A value as Go source has it (`%#v`).

    >>> go_syntax({"items": [1, "a"]})
    'map[string]interface {}{"items":[]interface {}{1, "a"}}'
    """
    if isinstance(value, dict):
        return f"map[string]interface {{}}{{{', '.join(f'{json.dumps(key)}:{go_syntax(value[key])}' for key in sorted(value))}}}"
    if isinstance(value, list):
        return f"[]interface {{}}{{{', '.join(map(go_syntax, value))}}}"
    return "interface {}(nil)" if value is None else json.dumps(value, ensure_ascii=False)
