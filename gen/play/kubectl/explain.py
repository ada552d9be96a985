"""What `kubectl explain` prints: a kind or one of its fields, and the fields below, from the types behind the API.

Descriptions are our own and few (`descriptions.txt`): where there is none, the real one's word for that is printed.
Upstream: kubectl/pkg/explain/v2/templates/plaintext.tmpl (v1.36.2); recording 40.
"""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

from gen.cluster.apiserver.schema_types import Field, Type, listed_values, struct_named

SOURCE = Path(__file__).with_name("descriptions.txt")
WIDTH = 76
MOST_VALUES = 4  # of an enum, in a list of fields
NAMES = {  # shapes by what the schema calls them
    "string": "string", "bool": "boolean", "int32": "integer", "int64": "integer", "time": "string",
    "quantity": "Quantity", "int-or-string": "IntOrString",
}  # fmt: skip
TEXTS = ("[]byte", "meta/v1.Duration")  # written as text, whatever is in them


class NoField(LookupError):
    """There is no such field."""


def explained(kind: Type, path: list[str], recursive: bool) -> str:
    """All that stands below the line of the version. Raises NoField."""
    field, shown, described = None, kind, ""
    for name in path:
        field = _inside(shown).get(name)
        if field is None:
            raise NoField(path[-1])
        shown, described = field.type, description(shown, name)
    lines: list[str] = []
    if field is not None:
        values = [f"    {_value(value)}" for value in listed_values(pointed(shown).name)]
        lines = [f"FIELD: {field.json} <{type_text(shown)}>", *(["ENUM:", *values] if values else [""]), ""]
    texts = [text for text in (described, description(shown)) if text]
    lines += ["DESCRIPTION:", *(f"    {line}" for text in texts for line in _wrapped(text)), "    " if texts else "    <empty>"]
    below = _fields(shown, 1, recursive, ())
    return "".join(f"{line}\n" for line in (*lines, *(["FIELDS:", *below] if below else []), ""))


def type_text(of: Type) -> str:
    """The type as explain shows it: `[]Container`, `map[string]string`, `integer`."""
    of = pointed(of)
    if of.name in TEXTS:
        return "string"
    if of.shape == "slice":
        return f"[]{type_text(of.inner)}"
    if of.shape == "map":
        return f"map[string]{type_text(of.inner)}"
    return NAMES.get(of.shape) or of.name.rpartition(".")[2]


def pointed(of: Type) -> Type:
    """The type that a pointer points to."""
    return of.inner if of.shape == "pointer" else of


def _bare(of: Type) -> Type:
    """What a pointer points to, and what a list or a mapping holds."""
    while of.shape in ("pointer", "slice", "map") and of.name not in TEXTS:
        of = of.inner
    return of


def _inside(of: Type) -> dict[str, Field]:
    """The fields of a struct, or of what a list or a mapping holds."""
    of = _bare(of)
    return struct_named(of.name).by_json if of.shape == "struct" else {}


def _fields(of: Type, level: int, recursive: bool, above: tuple[str, ...]) -> list[str]:
    """The lines about the fields of a type, by name; with `recursive` about all below too, without descriptions."""
    lines: list[str] = []
    indent = "  " * level
    for name, field in sorted(_inside(of).items()):
        lines.append(f"{indent}{name}\t<{type_text(field.type)}>{' -required-' if field.required else ''}")
        values = listed_values(pointed(field.type).name)
        if values:
            more = ", ...." if len(values) > MOST_VALUES else ""
            lines.append(f"{indent}enum: {', '.join(map(_value, values[:MOST_VALUES]))}{more}")
        if not recursive:
            lines += [f"{indent}  {line}" for line in _wrapped(description(of, name) or "<no description>")]
            lines.append("")
        elif field.type.name not in above:
            lines += _fields(field.type, level + 1, recursive, (*above, field.type.name))
    return lines


def _value(value: str) -> str:
    return value or '""'


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def description(of: Type, field: str = "") -> str:
    """What is said of a struct, or of its field; "" where nothing is."""
    name = _bare(of).name
    known = _descriptions()
    return (known.get(f"{name}.{field}") or known.get(f"*.{field}") or "") if field else known.get(name, "")


@cache
def _descriptions() -> dict[str, str]:
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    return {name: text for name, _, text in (line.partition(" ") for line in lines if line and not line.startswith("#"))}
