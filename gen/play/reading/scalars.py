"""What a plain word in a YAML file means: text, number, truth value or nothing, as kubectl's YAML library sees it.

kubectl reads YAML with a library of the 1.1 kind: `yes`, `on` and `off` are truth values, `0777` is octal, while `12:30`
stays text. Upstream: go.yaml.in/yaml/v2 resolve.go; transcripts 40 and 41.
"""

from __future__ import annotations

import math
import re
from typing import Any

TRUE = frozenset("y Y yes Yes YES true True TRUE on On ON".split())
FALSE = frozenset("n N no No NO false False FALSE off Off OFF".split())
NULL = frozenset(["", "~", "null", "Null", "NULL"])
NOT_FINITE = {
    ".nan": math.nan, ".NaN": math.nan, ".NAN": math.nan,
    **{f"{sign}{word}": math.inf for word in (".inf", ".Inf", ".INF") for sign in ("", "+")},
    **{f"-{word}": -math.inf for word in (".inf", ".Inf", ".INF")},
}  # fmt: skip
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))")
BASES = (16, 8, 2, 10)
LARGEST_INTEGER = 2**64 - 1
EXACT_FLOAT = 1e15  # up to here a whole float is written without exponent and read back as an integer

CORE = "tag:yaml.org,2002:"


def resolve(text: str, tag: str | None, plain: bool) -> Any:
    """The value of a scalar. `plain` says that it stood there without quotes, `tag` what was written before it."""
    if tag in (None, "!") and not plain or tag == "!":
        return text
    if tag is not None and not tag.startswith(CORE) or tag in (f"{CORE}str", f"{CORE}binary"):
        return text
    return number(text) if text[:1] in set("+-.0123456789") else word(text)


def word(text: str) -> Any:
    """A word that is no number."""
    if text in NULL:
        return None
    return True if text in TRUE else False if text in FALSE else text


def number(text: str) -> Any:
    """A number, or the text itself if it only begins like one."""
    if text in NOT_FINITE:
        return NOT_FINITE[text]
    digits = text.replace("_", "")
    whole = INTEGER.fullmatch(digits)
    if whole:
        value = next(int(found, base) for found, base in zip(whole.groups()[1:], BASES, strict=True) if found is not None)
        value = -value if whole[1] == "-" else value
        if -(LARGEST_INTEGER // 2) - 1 <= value <= LARGEST_INTEGER:
            return value
    if not FLOAT.fullmatch(digits):
        return text
    real = float(digits)
    if math.isinf(real):
        return text  # too large for a number: Go's ParseFloat refuses it
    return int(real) if real.is_integer() and abs(real) < EXACT_FLOAT else real


def unsupported(value: Any) -> str:
    """How Go's JSON calls a number that JSON cannot have; nothing for all other values."""
    if not isinstance(value, float) or math.isfinite(value):
        return ""
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"


def key_text(value: Any) -> str | None:
    """How a key is written in JSON, where all keys are text; None for a key that JSON cannot have."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return str(value) if isinstance(value, str | int | float) else None
