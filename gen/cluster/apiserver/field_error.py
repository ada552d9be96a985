"""One thing that is wrong with one field, in the words of the API server.

Upstream: apimachinery/pkg/util/validation/field/errors.go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

REASONS = {
    "Required value": "FieldValueRequired",
    "Invalid value": "FieldValueInvalid",
    "Unsupported value": "FieldValueNotSupported",
    "Duplicate value": "FieldValueDuplicate",
    "Forbidden": "FieldValueForbidden",
    "Not found": "FieldValueNotFound",
    "Too long": "FieldValueTooLong",
    "Too many": "FieldValueTooMany",
}
WITHOUT_VALUE = frozenset({"Required value", "Forbidden", "Too long", "Too many"})


@dataclass(frozen=True, slots=True)
class FieldError:
    """The field's path, what kind of error it is, the value that was found there, and the rest of the sentence."""

    field: str
    kind: str
    value: Any = None
    detail: str = ""

    @property
    def reason(self) -> str:
        """The name of the kind in a Status object."""
        return REASONS[self.kind]

    @property
    def message(self) -> str:
        """The sentence without the field."""
        said = self.kind if self.kind in WITHOUT_VALUE else f"{self.kind}: {value_text(self.value)}"
        return f"{said}: {self.detail}" if self.detail else said

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


def required(field: str, detail: str = "") -> FieldError:
    """The field must be there."""
    return FieldError(field, "Required value", None, detail)


def invalid(field: str, value: Any, detail: str) -> FieldError:
    """The field's value breaks a rule."""
    return FieldError(field, "Invalid value", value, detail)


def unsupported(field: str, value: Any, supported: Sequence[str]) -> FieldError:
    """The field's value is none of those that are known."""
    return FieldError(field, "Unsupported value", value, "supported values: " + ", ".join(f'"{one}"' for one in supported))


def duplicate(field: str, value: Any) -> FieldError:
    """The field repeats what a neighbour says."""
    return FieldError(field, "Duplicate value", value)


def forbidden(field: str, detail: str) -> FieldError:
    """The field must not be there, or must not change."""
    return FieldError(field, "Forbidden", None, detail)


def missing(field: str, value: Any) -> FieldError:
    """The field names something that is not there."""
    return FieldError(field, "Not found", value)


def too_long(field: str, limit: int) -> FieldError:
    """The field's text has too many bytes."""
    return FieldError(field, "Too long", None, f"may not be more than {limit} bytes")


def aggregated(errors: Iterable[FieldError]) -> str:
    """All errors in one line, each text once; several stand in brackets."""
    texts = list(dict.fromkeys(str(error) for error in errors))
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def value_text(value: Any) -> str:
    """A value as it stands in an error: text in quotes, everything else as JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def go_text(value: Any) -> str:
    """A value as Go prints it by itself: `map[a:1 b:<nil>]`, `[x y]`, text without quotes."""
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{go_text(value[key])}' for key in sorted(value))}]"
    if isinstance(value, list):
        return f"[{' '.join(go_text(one) for one in value)}]"
    if value is None or isinstance(value, bool):
        return {None: "<nil>", True: "true", False: "false"}[value]
    return str(value)
