"""Amounts such as `250m`, `1.5Gi` or `2e3`: read, compared, added and printed without rounding errors.

An amount is a whole number of billionths (`nano`) and remembers how it was written: with decimal suffixes, binary ones, or an
exponent. Upstream: apimachinery/pkg/api/resource/quantity.go and suffix.go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
BINARY = {"Ki": 1, "Mi": 2, "Gi": 3, "Ti": 4, "Pi": 5, "Ei": 6}
SUFFIX_OF_POWER = {power: suffix for suffix, power in DECIMAL.items()}
SUFFIX_OF_STEP = {step: suffix for suffix, step in BINARY.items()}
NANO = 10**9
LARGEST_POWER = 999  # of ten, either way: what is beyond is cut to LARGEST, or is next to nothing
LARGEST = (1 << 63) - 1  # upstream: maxAllowed: what is larger is cut to this

FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
SUFFIX = "unable to parse quantity's suffix"
_WRITTEN = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)")
_EXPONENT = re.compile(r"[eE]([-+]?[0-9]+)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of billionths and the way it was written: `decimal`, `binary` or `exponent`."""

    nano: int
    style: str = "decimal"

    def __str__(self) -> str:
        """The canonical text: no fraction, and the largest suffix that loses nothing."""
        whole = self.nano // NANO
        if self.style == "binary" and abs(self.nano) >= 1024 * NANO and not self.nano % NANO:
            return _stepped(whole)
        number, power = self.nano, -9
        while number and not number % 1000 and power < 18:
            number, power = number // 1000, power + 3
        if not number:
            return "0"
        if self.style == "exponent":
            return f"{number}e{power}" if power else str(number)
        return f"{number}{SUFFIX_OF_POWER[power]}"


def _stepped(number: int) -> str:
    step = 0
    while not number % 1024 and step < len(BINARY):
        number, step = number // 1024, step + 1
    return f"{number}{SUFFIX_OF_STEP.get(step, '')}"


@lru_cache(maxsize=4096)
def amount(text: str | int | float) -> Amount:
    """Read an amount. Raises ValueError with upstream's text.

    >>> amount("0.5"), amount("2Ki")
    (Amount(nano=500000000, style='decimal'), Amount(nano=2048000000000, style='binary'))
    """
    match = _WRITTEN.fullmatch(str(text))
    if match is None or not (match[2] or match[3]):
        raise ValueError(FORMAT)
    sign, whole, fraction, suffix = match[1], match[2] or "0", match[3] or "", match[4]
    number, places = int(whole + fraction), len(fraction)
    if suffix in BINARY:
        nano, style = _ceiling(number * 1024 ** BINARY[suffix] * NANO, 10**places), "binary"
    else:
        power, style = _power(suffix)
        nano = _ceiling(number * 10 ** (power + 9), 10**places) if power >= -9 else _ceiling(number, 10 ** (places - power - 9))
    nano = min(nano, LARGEST * NANO)
    return Amount(-nano if sign == "-" else nano, style)


def _power(suffix: str) -> tuple[int, str]:
    if suffix in DECIMAL:
        return DECIMAL[suffix], "decimal"
    exponent = _EXPONENT.fullmatch(suffix)
    if exponent is None:
        raise ValueError(SUFFIX)
    return max(-LARGEST_POWER, min(LARGEST_POWER, int(exponent[1][:9]))), "exponent"


def _ceiling(number: int, by: int) -> int:
    return -(-number // by)


def milli(text: str | int | float) -> int:
    """The amount in thousandths, rounded up: `milli("0.1")` is 100."""
    return _ceiling(amount(text).nano, 10**6)


def value(text: str | int | float) -> int:
    """The amount in whole units, rounded up: `value("1Ki")` is 1024, `value("100m")` is 1."""
    return _ceiling(amount(text).nano, NANO)


def canonical(text: str | int | float) -> str:
    """The amount as the API server writes it.

    >>> canonical("0.5"), canonical("1024Mi"), canonical(1)
    ('500m', '1Gi', '1')
    """
    return str(amount(text))


def compare(one: str | int | float, other: str | int | float) -> int:
    """-1, 0 or 1: whether the first amount is less than, equal to or greater than the second."""
    left, right = amount(one).nano, amount(other).nano
    return (left > right) - (left < right)


def added(one: str | int | float, other: str | int | float) -> str:
    """The sum, written as the first amount is (as the second if the first is zero)."""
    left, right = amount(one), amount(other)
    return str(Amount(left.nano + right.nano, left.style if left.nano else right.style))


def total(amounts: Iterable[tuple[str, int]]) -> str:
    """The sum of amounts, each so many times, written as the first that is not zero.

    >>> total([("0", 1), ("64Mi", 15), ("1", 2)]), total([("100m", 15)])
    ('1006632962', '1500m')
    """
    nano, style = 0, "decimal"
    for text, times in amounts:
        one = amount(text)
        style = style if nano else one.style
        nano += one.nano * times
    return str(Amount(nano, style))
