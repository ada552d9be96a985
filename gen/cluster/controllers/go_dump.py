"""An API object as Go's dumper writes it: `(v1.PodSpec){Volumes:([]v1.Volume)<nil> …}`.

Every value is `(type)value`; inside pointers, lists and maps the type is not repeated. Upstream: apimachinery/pkg/util/dump,
which writes with go-spew's `%#v`; proven by the hashes in the recordings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.schema_types import Field, Type, struct_named
from gen.kit import quantity

NIL = "<nil>"
ZERO_TIME = "{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}"
FORMATS = {"decimal": "DecimalSI", "binary": "BinarySI", "exponent": "DecimalExponent"}
ZEROS: dict[str, Any] = {"string": "", "bool": False, "int32": 0, "int64": 0}
_QUANTITY = re.compile(r"(-?)([0-9.]+)(.*)")


def dumped(value: Any, of: Type) -> str:
    """The value with its type in front."""
    return f"({of.go}){bare(value, of)}"


def bare(value: Any, of: Type) -> str:
    """The value alone."""
    if of.shape == "struct":
        return _struct(value or {}, of.name)
    if of.shape == "pointer":
        return NIL if value is None else bare(value, of.inner)
    if of.shape == "slice":
        return f"[{' '.join(bare(one, of.inner) for one in value)}]" if value else NIL
    if of.shape == "map":
        return f"map[{' '.join(f'{key}:{bare(value[key], of.inner)}' for key in sorted(value))}]" if value else NIL
    if of.shape in METHODS:
        return METHODS[of.shape](value)
    value = ZEROS.get(of.shape) if value is None else value
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _struct(value: dict[str, Any], name: str) -> str:
    return f"{{{' '.join(f'{field.go}:{_field(value, field)}' for field in struct_named(name).fields)}}}"


def _field(value: dict[str, Any], field: Field) -> str:
    """A field; the fields of an inlined struct stand in the JSON of the struct around it."""
    return dumped(value if field.embedded and field.json == "-" else value.get(field.json), field.type)


def _int_or_string(value: Any) -> str:
    if isinstance(value, str):
        return f"{{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string){value}}}"
    return f"{{Type:(intstr.Type)0 IntVal:(int32){value or 0} StrVal:(string)}}"


def _quantity(value: Any) -> str:
    """A quantity: its digits and power of ten, and its text where the parser found nothing to tidy."""
    if value is None:
        return _amount(0, 0, "", "")
    text = quantity.canonical(value)
    parsed = quantity.amount(text)
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, digits, suffix = match.groups()
    if parsed.style == "binary":
        kept = text if int(digits) % 8 else ""
        return _amount(parsed.nano // quantity.NANO, 0, kept, "BinarySI")
    power = int(suffix[1:]) if parsed.style == "exponent" else quantity.DECIMAL[suffix]
    kept = text if power % 3 == 0 and not digits.endswith("000") and not digits.startswith("0") else ""
    return _amount(int(sign + digits), power, kept, FORMATS[parsed.style])


def _amount(number: int, power: int, text: str, form: str) -> str:
    return (
        f"{{i:(resource.int64Amount){{value:(int64){number} scale:(resource.Scale){power}}} "
        f"d:(resource.infDecAmount){{Dec:(*inf.Dec)<nil>}} s:(string){text} Format:(resource.Format){form}}}"
    )


METHODS: dict[str, Callable[[Any], str]] = {
    "quantity": _quantity,
    "int-or-string": _int_or_string,
    "time": lambda value: ZERO_TIME,  # templates are given no times
}
