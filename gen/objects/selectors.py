"""Selectors: which objects are meant, by labels or by fields."""

from __future__ import annotations

import re
from typing import Any

Obj = dict[str, Any]
Requirement = tuple[str, str, str]  # (path, "=" or "!=", value)

_SET_BASED = re.compile(r"^\s*(?P<key>[^\s!=,()]+)\s+(?P<operator>in|notin)\s*\((?P<values>[^()]*)\)\s*$")
_OPERATORS = {
    "In": lambda found, values: found in values,
    "NotIn": lambda found, values: found not in values,
    "Exists": lambda found, values: found is not None,
    "DoesNotExist": lambda found, values: found is None,
}


def matches(selector: Obj | None, labels: dict[str, str]) -> bool:
    """Whether a LabelSelector selects something with these labels. No selector selects nothing, an empty one everything."""
    if selector is None:
        return False
    if any(labels.get(key) != value for key, value in (selector.get("matchLabels") or {}).items()):
        return False
    expressions = selector.get("matchExpressions") or []
    return all(_OPERATORS[one["operator"]](labels.get(one["key"]), one.get("values") or []) for one in expressions)


def label_selector(text: str) -> Obj:
    """The LabelSelector behind kubectl's `-l`: `app=web,tier!=db,env in (a, b),!old`. Raises ValueError."""
    equal: dict[str, str] = {}
    expressions: list[Obj] = []
    for part in _split(text):
        expression = _expression(part)
        if expression["operator"] == "=":
            equal[expression["key"]] = expression["values"][0]
        else:
            expressions.append(expression)
    return {**({"matchLabels": equal} if equal else {}), **({"matchExpressions": expressions} if expressions else {})}


def _split(text: str) -> list[str]:
    """At the commas that stand outside of parentheses."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", text) if part.strip()]


def _expression(part: str) -> Obj:
    if found := _SET_BASED.match(part):
        operator = "In" if found["operator"] == "in" else "NotIn"
        return {"key": found["key"], "operator": operator, "values": [value.strip() for value in found["values"].split(",")]}
    if "!=" in part:
        key, _, value = part.partition("!=")
        return {"key": key.strip(), "operator": "NotIn", "values": [_identifier(value)]}
    if "=" in part:
        key, _, value = part.replace("==", "=", 1).partition("=")
        return {"key": key.strip(), "operator": "=", "values": [_identifier(value)]}
    if re.fullmatch(r"!?[\w./-]+", part):
        return {"key": part.lstrip("!"), "operator": "DoesNotExist" if part.startswith("!") else "Exists"}
    raise ValueError(f"unable to parse requirement: found '{part}', expected: in, notin, =, ==, !=, gt, lt")


def _identifier(value: str) -> str:
    """The value of a requirement. Raises ValueError (recording 17)."""
    if value.startswith(("=", "!")):
        raise ValueError(f"unable to parse requirement: found '{value[0]}', expected: identifier")
    return value.strip()


def field_selector(text: str) -> list[Requirement]:
    """The requirements behind kubectl's `--field-selector`: `status.phase=Running,metadata.name!=web`. Raises ValueError."""
    found: list[Requirement] = []
    for part in filter(None, text.split(",")):
        if "=" not in part:
            raise ValueError(f"invalid selector: '{text}'; can't understand '{part}'")
        operator = "!=" if "!=" in part else "==" if "==" in part else "="
        path, _, value = part.partition(operator)
        found.append((path.strip(), "!=" if operator == "!=" else "=", value.strip()))
    return found


def matches_fields(obj: Obj, requirements: list[Requirement]) -> bool:
    """Whether all requirements hold; a missing field is the empty text."""
    return all((_field(obj, path) == value) == (operator == "=") for path, operator, value in requirements)


def _field(obj: Obj, path: str) -> str:
    if obj.get("kind") == "Event" and path == "source":
        return str((obj.get("source") or {}).get("component") or obj.get("reportingComponent") or "")
    value: Any = obj
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def format_selector(selector: Obj | None) -> str:
    """A LabelSelector as kubectl prints it: `app=web,tier in (a,b)`, `<none>` for an empty one."""
    selector = selector or {}
    parts = [f"{key}={value}" for key, value in sorted((selector.get("matchLabels") or {}).items())]
    for one in selector.get("matchExpressions") or []:
        values = ",".join(sorted(one.get("values") or []))
        parts.append({
            "In": f"{one['key']} in ({values})", "NotIn": f"{one['key']} notin ({values})",
            "Exists": one["key"], "DoesNotExist": f"!{one['key']}",
        }[one["operator"]])  # fmt: skip
    return ",".join(parts) or "<none>"
