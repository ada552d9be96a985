"""The Go types behind the API, read from `types.txt` beside this file: structs, their fields in Go's order, and types.

Nothing is read before somebody asks, and a struct is parsed when it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("types.txt")
SPECIAL = {  # types that read and write their JSON by methods of their own
    "resource.Quantity": "quantity",
    "intstr.IntOrString": "int-or-string",
    "meta/v1.Time": "time",
    "meta/v1.MicroTime": "time",
    "meta/v1.Duration": "any",
    "meta/v1.FieldsV1": "any",
    "runtime.RawExtension": "any",
    "interface{}": "any",
    "[]byte": "any",
}
BASIC = {"string": "string", "types.UID": "string", "bool": "bool", "int32": "int32", "int64": "int64"}
_FIELD = re.compile(r" (=?)(\w+)(?::(\S+))? (\S+?)(\??)((?: \S+=\S+)*)$")


@dataclass(frozen=True, slots=True)
class Type:
    """One Go type. `shape` is struct, pointer, slice, map, string, bool, int32, int64, quantity, int-or-string, time or any.

    `of` is what a pointer points to and what slices and maps hold. `name` tells the type in full, `core/v1.PodSpec`.
    """

    name: str
    shape: str
    of: str = ""

    @property
    def inner(self) -> Type:
        """The type of what is inside a pointer, a slice or a map."""
        return type_named(self.of)

    @property
    def go(self) -> str:
        """The type as Go prints it, `v1.PodSpec`: only the last word of the package's path."""
        return re.sub(r"\w+/(?=\w+\.)", "", self.name)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a struct: Go's name, JSON's name, its type, whether empty values are left out, and its merge rules.

    `required`: whether the API's schema says that it must be there.
    """

    go: str
    json: str
    type: Type
    omit_empty: bool = False
    embedded: bool = False
    patch: tuple[str, ...] = ()
    patch_key: str = ""
    list_type: str = ""
    list_keys: tuple[str, ...] = ()
    map_type: str = ""
    struct_type: str = ""
    default: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Struct:
    """One struct: `fields` as Go has them, `by_json` with the fields of inlined structs among its own."""

    name: str
    fields: tuple[Field, ...]
    by_json: dict[str, Field]


@cache
def _source() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The lines of every struct, and the words of every other named type: what it stands for, and its values."""
    structs: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    fields: list[str] = []
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            fields.append(line)
        elif " = " in line and not line.startswith("#"):
            name, _, meaning = line.partition(" = ")
            named[name] = meaning.split(" ")
        elif line and not line.startswith("#"):
            fields = structs[line] = []
    return structs, named


def struct_names() -> tuple[str, ...]:
    """All structs, by their full names."""
    return tuple(_source()[0])


@cache
def type_named(name: str, package: str = "") -> Type:
    """The type that is written `name` in the given package. Raises KeyError for an unknown one."""
    if name in SPECIAL:
        return Type(name, SPECIAL[name])
    if name in BASIC:
        return Type(name, BASIC[name])
    for start, shape in (("*", "pointer"), ("[]", "slice")):
        if name.startswith(start):
            inner = type_named(name[len(start) :], package).name
            return Type(start + inner, shape, inner)
    if name.startswith("map["):
        key, _, inside = name[4:].partition("]")
        inner = type_named(inside, package).name
        return Type(f"map[{type_named(key, package).name}]{inner}", "map", inner)
    return _type_of_package(name if "." in name else f"{package}.{name}")


def _type_of_package(name: str) -> Type:
    structs, named = _source()
    if name in SPECIAL:
        return Type(name, SPECIAL[name])
    if name in structs:
        return Type(name, "struct")
    underlying = type_named(named[name][0], name.rpartition(".")[0])
    return Type(name, underlying.shape, underlying.of)


def listed_values(name: str) -> list[str]:
    """The values of a named type that the API's schema lists (`enum`), in its order; none for another type.

    >>> listed_values("core/v1.Protocol")
    ['SCTP', 'TCP', 'UDP']
    """
    words = _source()[1].get(name, [])
    return sorted("" if word == "''" else word for word in words[2:]) if words[1:2] == ["enum"] else []


@cache
def struct_named(name: str) -> Struct:
    """The struct of that full name. Raises KeyError for an unknown one."""
    package = name.rpartition(".")[0]
    fields = tuple(_field(line, package) for line in _source()[0][name])
    by_json: dict[str, Field] = {}
    for field in fields:
        inlined = field.embedded and field.json == "-"
        by_json.update(struct_named(field.type.name).by_json if inlined else {field.json: field})
    return Struct(name, fields, by_json)


def _field(line: str, package: str) -> Field:
    match = _FIELD.match(line)
    if match is None:
        raise ValueError(line)
    embedded, go, json, type_name, optional, rest = match.groups()
    options = dict(word.split("=", 1) for word in rest.split())
    strategies, _, patch_key = options.get("patch", "").partition(":")
    list_type, _, list_keys = options.get("list", "").partition(":")
    return Field(
        go,
        json or go[0].lower() + go[1:],
        type_named(type_name, package),
        bool(optional),
        bool(embedded),
        tuple(strategies.split(",")) if strategies else (),
        patch_key,
        list_type,
        tuple(list_keys.split(",")) if list_keys else (),
        options.get("map", ""),
        options.get("struct", ""),
        options.get("default", "").strip('"'),
        options.get("required", "no" if optional else "yes") == "yes",
    )
