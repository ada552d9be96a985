"""Functions made from types: does a value fit exactly, and which form does it have in the server.

They are made once for each type and then run on every object that a person sends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from gen.cluster.apiserver.schema_types import Field, Type, struct_named
from gen.kit import quantity

Test = Callable[[Any], bool]
Form = Callable[[Any], Any]
ZEROS: dict[str, Any] = {"struct": {}, "string": "", "quantity": "0"}


@cache
def clean(of: Type) -> Test:
    """A test: the value fits the type, and has no unknown field. Rare spellings of good values may fail; look closer then."""
    if of.shape == "struct":
        return _clean_struct(of.name)
    if of.shape == "pointer":
        return clean(of.inner)
    if of.shape == "slice":
        return _clean_slice(clean(of.inner))
    if of.shape == "map":
        return _clean_map(clean(of.inner))
    return PLAIN[of.shape]


def _clean_struct(name: str) -> Test:
    fields = struct_named(name).by_json
    tests: dict[str, Test] = {}

    def fits(value: Any) -> bool:
        if not isinstance(value, dict):
            return value is None
        for key, child in value.items():
            test = tests.get(key)
            if test is None:
                if key not in fields:
                    return False
                test = tests[key] = clean(fields[key].type)
            if not test(child):
                return False
        return True

    return fits


def _clean_slice(test: Test) -> Test:
    return lambda value: value is None or isinstance(value, list) and all(map(test, value))


def _clean_map(test: Test) -> Test:
    return lambda value: value is None or isinstance(value, dict) and all(map(test, value.values()))


def _whole(bits: int) -> Test:
    low, high = -(1 << bits), (1 << bits) - 1
    return lambda value: value is None or type(value) is int and low <= value <= high


def _quantity(value: Any) -> bool:
    try:
        return value is None or not isinstance(value, bool) and bool(quantity.amount(value))
    except (ValueError, TypeError):
        return False


PLAIN: dict[str, Test] = {
    "string": lambda value: value is None or isinstance(value, str),
    "bool": lambda value: value is None or isinstance(value, bool),
    "int32": _whole(31),
    "int64": _whole(63),
    "quantity": _quantity,
    "int-or-string": lambda value: isinstance(value, str) or _whole(31)(value),
    "time": lambda value: value is None or isinstance(value, str) and value[10:11] == "T" and value.endswith("Z"),
    "any": lambda value: True,
}


@cache
def formed(of: Type) -> Form:
    """A function that gives a value of the type the form it has in the server, sharing what has it already."""
    if of.shape == "struct":
        return _formed_struct(of.name)
    if of.shape == "pointer":
        return formed(of.inner)
    if of.shape == "slice":
        return _formed_slice(_never_null(of.inner))
    if of.shape == "map":
        return _formed_map(_never_null(of.inner))
    return FORMS.get(of.shape, _same)


def _never_null(of: Type) -> Form:
    """What stands in a list or a mapping: a null is read as the type's zero value, as Go's decoder reads it."""
    form = formed(of)
    if of.shape not in ZEROS:
        return form
    return lambda value: ZEROS[of.shape] if value is None else form(value)


def _same(value: Any) -> Any:
    return value


def _formed_struct(name: str) -> Form:
    fields = struct_named(name).by_json
    forms: dict[str, Form] = {}

    def form(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        changed: dict[str, Any] = {}
        for key, child in value.items():
            field = fields.get(key)
            if field is None or child is None or _left_out(field, child):
                return shortened(value)
            if key not in forms:
                forms[key] = formed(field.type)
            new = forms[key](child)
            if new is not child:
                changed[key] = new
        return {**value, **changed} if changed else value

    def shortened(value: dict[str, Any]) -> dict[str, Any]:
        kept = {key: child for key, child in value.items() if key in fields and child is not None}
        return {key: formed(fields[key].type)(child) for key, child in kept.items() if not _left_out(fields[key], child)}

    return form


def _left_out(field: Field, value: Any) -> bool:
    """Whether `omitempty` drops the value: no pointer, no struct, and empty."""
    return field.omit_empty and not value and field.type.shape not in ("pointer", "struct")


def _formed_slice(form: Form) -> Form:
    def each(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        new = [form(child) for child in value]
        return value if all(one is other for one, other in zip(new, value, strict=True)) else new

    return each


def _formed_map(form: Form) -> Form:
    def each(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        new = {key: form(child) for key, child in value.items()}
        return value if all(new[key] is child for key, child in value.items()) else new

    return each


def _canonical(value: Any) -> Any:
    text = quantity.canonical(value)
    return value if text == value else text


def _integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) else value


FORMS: dict[str, Form] = {"quantity": _canonical, "int32": _integer, "int64": _integer, "int-or-string": _integer}
