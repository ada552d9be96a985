"""The exact words about an object that does not fit its type. Slow and thorough: asked only when something is wrong.

Upstream: sigs.k8s.io/json (internal/golang/encoding/json/decode.go), apimachinery/pkg/runtime/converter.go, and the
UnmarshalJSON methods of resource.Quantity, intstr.IntOrString and metav1.Time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from gen.cluster.apiserver.schema_types import Type, struct_named
from gen.kit import quantity

BITS = {"int32": 31, "int64": 63}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LAYOUT = "2006-01-02T15:04:05Z07:00"


class _Stop(Exception):
    """A method of a type refused: the decoder ends at once, whatever it had noted before."""


def unknown_fields(value: Any, of: Type) -> list[str]:
    """`unknown field "…"` for each, in the order of the document."""
    return [f'unknown field "{path}"' for path in _unknown(value, of, "")]


def _unknown(value: Any, of: Type, path: str) -> Iterator[str]:
    if of.shape == "pointer":
        yield from _unknown(value, of.inner, path)
    elif of.shape == "slice" and isinstance(value, list):
        for place, child in enumerate(value):
            yield from _unknown(child, of.inner, f"{path}[{place}]")
    elif of.shape == "map" and isinstance(value, dict):
        for key, child in value.items():
            yield from _unknown(child, of.inner, _joined(path, key))
    elif of.shape == "struct" and isinstance(value, dict):
        fields = struct_named(of.name).by_json
        for key, child in value.items():
            if key in fields:
                yield from _unknown(child, fields[key].type, _joined(path, key))
            else:
                yield _joined(path, key)


def _joined(path: str, key: Any) -> str:
    return f"{path}.{key}" if path else str(key)


def decoding_error(value: Any, of: Type) -> str | None:
    """What Go's JSON decoder says: the first wrong type, unless a type's own method refuses a value later."""
    noted: list[str] = []
    try:
        _decode(value, of, "", "", noted)
    except _Stop as stop:
        return str(stop)
    return noted[0] if noted else None


def _decode(value: Any, of: Type, struct: str, path: str, noted: list[str]) -> None:
    """Walk the value as the decoder does; `struct` is the struct that holds the field, `path` the field's JSON names."""
    if value is None or of.shape == "any":
        return
    if of.shape == "pointer":
        _decode(value, of.inner, struct, path, noted)
    elif of.shape in METHODS:
        METHODS[of.shape](value)
    elif of.shape == "slice" and isinstance(value, list):
        for child in value:
            _decode(child, of.inner, struct, path, noted)
    elif of.shape == "map" and isinstance(value, dict):
        for child in value.values():
            _decode(child, of.inner, struct, path, noted)
    elif of.shape == "struct" and isinstance(value, dict):
        fields = struct_named(of.name).by_json
        for key, child in value.items():
            if key in fields:
                _decode(child, fields[key].type, of.name.rpartition(".")[2], _joined(path, key), noted)
    elif (wrong := _wrong(value, of.shape)) is not None:
        where = f"struct field {struct}.{path}" if path else "value"
        noted.append(f"json: cannot unmarshal {wrong} into Go {where} of type {of.go}")


def _wrong(value: Any, shape: str) -> str | None:
    """What the decoder calls a value that does not fit the shape; None if it fits."""
    if isinstance(value, bool):
        return None if shape == "bool" else "bool"
    if isinstance(value, str):
        return None if shape == "string" else "string"
    if isinstance(value, int | float):
        if shape not in BITS:
            return "number"
        fits = value == int(value) and -(1 << BITS[shape]) <= value < 1 << BITS[shape]
        return None if fits else f"number {json.dumps(value)}"
    return "array" if isinstance(value, list) else "object"


def _quantity(value: Any) -> None:
    try:
        quantity.amount(json.dumps(value) if isinstance(value, bool | dict | list) else value)
    except ValueError as error:
        raise _Stop(str(error)) from error


def _int_or_string(value: Any) -> None:
    wrong = None if isinstance(value, str) else _wrong(value, "int32")
    if wrong:
        raise _Stop(f"json: cannot unmarshal {wrong} into Go value of type int32")


def _time(value: Any) -> None:
    if not isinstance(value, str):
        raise _Stop(f"json: cannot unmarshal {_wrong(value, 'string')} into Go value of type string")
    if not RFC3339.fullmatch(value):
        rest, element = _unread(value)
        raise _Stop(f'parsing time "{value}" as "{LAYOUT}": cannot parse "{rest}" as "{element}"')


def _unread(value: str) -> tuple[str, str]:
    """From where on a time cannot be read, and what should stand there."""
    parts = ((r"\d{4}", "2006"), ("-", "-"), (r"\d\d", "01"), ("-", "-"), (r"\d\d", "02"), ("T", "T"), (r"\d\d", "15"))
    for pattern, element in (*parts, (":", ":"), (r"\d\d", "04"), (":", ":"), (r"\d\d(\.\d+)?", "05"), ("Z|[+-]..:..", "Z07:00")):
        match = re.match(pattern, value)
        if match is None:
            return value, element
        value = value[match.end() :]
    return value, ""


METHODS = {"quantity": _quantity, "int-or-string": _int_or_string, "time": _time}


def conversion_error(value: Any, of: Type) -> str | None:
    """What the converter from maps to structs says about the first value that does not fit."""
    if value is None or of.shape == "any":
        return None
    if of.shape == "pointer":
        return conversion_error(value, of.inner)
    if of.shape in METHODS:
        return _refused(value, of.shape)
    if of.shape == "slice" and isinstance(value, list):
        return next(filter(None, (conversion_error(child, of.inner) for child in value)), None)
    if of.shape == "map" and isinstance(value, dict):
        return next(filter(None, (conversion_error(child, of.inner) for child in value.values())), None)
    if of.shape == "struct" and isinstance(value, dict):
        fields = struct_named(of.name).by_json.items()  # a struct is filled field by field, in Go's order
        return next(filter(None, (conversion_error(value.get(name), field.type) for name, field in fields)), None)
    if _wrong(value, of.shape) is None:
        return None
    return _not_converted(value, of)


def _refused(value: Any, shape: str) -> str | None:
    try:
        METHODS[shape](value)
    except _Stop as stop:
        return str(stop)
    return None


GO_KINDS = ((bool, "bool"), (str, "string"), (int, "int64"), (float, "float64"), (list, "slice"), (dict, "map"))


def _not_converted(value: Any, of: Type) -> str:
    found = next(name for kind, name in GO_KINDS if isinstance(value, kind))
    if of.shape == "struct":
        return f"cannot restore struct from: {found}"
    if of.shape in ("map", "slice"):
        return f"cannot restore {of.shape} from {found}"
    if (found, of.shape) in (("int64", "string"), ("float64", "int32"), ("float64", "int64")):  # Go would, JSON must not
        return f"cannot convert {found} to {of.go}"
    return f"unrecognized type: {of.shape}"
