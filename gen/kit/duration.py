"""Times and durations, as text and as whole microseconds."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

_UNITS_US = {"us": 1, "µs": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000}
_PART = re.compile(r"(\d+(?:\.\d+)?)(us|µs|ms|s|m|h)")
_UTC = datetime.UTC


def parse_duration(text: str) -> int:
    """Microseconds of a Go duration such as `1m30s` or `250ms`. Raises ValueError."""
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text.lstrip("+"):
        raise ValueError(f'time: invalid duration "{text}"')
    return sum(round(float(number) * _UNITS_US[unit]) for number, unit in parts)


def go_duration(duration_us: int) -> str:
    """As Go prints it: `347ms`, `1.043s`, `1m20s`."""
    if duration_us < 1_000_000:
        return f"{_plain(duration_us, 1_000)}ms" if duration_us >= 1_000 else f"{duration_us}µs" if duration_us else "0s"
    minutes, rest_us = divmod(duration_us, 60_000_000)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{text}{_plain(rest_us, 1_000_000)}s"


def _plain(value: int, unit: int) -> str:
    whole, rest = divmod(value, unit)
    return f"{whole}.{str(rest + unit)[1:].rstrip('0')}" if rest else str(whole)


def human_age(seconds: int) -> str:
    """An age as kubectl prints it: `45s`, `2m30s`, `6h12m`, `3d4h` (upstream: apimachinery duration.HumanDuration)."""
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 0:
        return "0s" if seconds >= -1 else "<invalid>"
    if seconds < 120:
        return f"{seconds}s"
    if minutes < 10:
        return f"{minutes}m{seconds % 60}s" if seconds % 60 else f"{minutes}m"
    if minutes < 180:
        return f"{minutes}m"
    if hours < 8:
        return f"{hours}h{minutes % 60}m" if minutes % 60 else f"{hours}h"
    if hours < 48:
        return f"{hours}h"
    if hours < 192:
        return f"{days}d{hours % 24}h" if hours % 24 else f"{days}d"
    years = days // 365
    if years < 2:
        return f"{days}d"
    return (f"{years}y{days % 365}d" if days % 365 else f"{years}y") if years < 8 else f"{years}y"


@lru_cache(maxsize=4096)
def _at(second: int) -> str:
    return datetime.datetime.fromtimestamp(second, _UTC).strftime("%Y-%m-%dT%H:%M:%S")


def timestamp(unix_us: int) -> str:
    """RFC 3339 in whole seconds: `2026-01-01T00:00:00Z`."""
    return _at(unix_us // 1_000_000) + "Z"


def micro_timestamp(unix_us: int) -> str:
    """RFC 3339 with microseconds: `2026-01-01T00:00:00.000000Z`."""
    return f"{_at(unix_us // 1_000_000)}.{unix_us % 1_000_000:06d}Z"


@lru_cache(maxsize=4096)
def parse_timestamp(text: str) -> int:
    """Microseconds of Unix time. Raises ValueError."""
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((moment - datetime.datetime(1970, 1, 1, tzinfo=_UTC)) / datetime.timedelta(microseconds=1))


def rfc1123(unix_us: int) -> str:
    """RFC 1123 with the zone as a number: `Thu, 01 Jan 2026 00:00:00 +0000`."""
    moment = datetime.datetime.fromtimestamp(unix_us // 1_000_000, _UTC)
    return f"{_DAYS[moment.weekday()]}, {moment:%d} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} +0000"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
