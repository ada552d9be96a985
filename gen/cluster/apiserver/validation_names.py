"""Which names, labels and numbers are good, and what is said about others.

Every rule gives the texts of what is wrong, none if nothing is. Upstream: apimachinery/pkg/util/validation/validation.go and
apimachinery/pkg/api/validate/content.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from gen.cluster.apiserver.field_error import FieldError, invalid
from gen.trace.record import Obj

LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
SUBDOMAIN_FORM = rf"{LABEL_FORM}(\.{LABEL_FORM})*"
QUALIFIED_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
VALUE_FORM = f"({QUALIFIED_FORM})?"
KEY_FORM = "[-._a-zA-Z0-9]+"
PERCENT_FORM = "[0-9]+%"
VARIABLE_FORM = "[ -<>-~]+"
LABEL_LENGTH, SUBDOMAIN_LENGTH, PORT_NAME_LENGTH = 63, 253, 15

LABEL_SAYS = (
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
    "and must start and end with an alphanumeric character"
)
SUBDOMAIN_SAYS = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
    "and must start and end with an alphanumeric character"
)
QUALIFIED_SAYS = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
VALUE_SAYS = (
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
    "and must start and end with an alphanumeric character"
)
KEY_SAYS = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
PERCENT_SAYS = "a valid percent string must be a numeric string followed by an ending '%'"
VARIABLE_SAYS = "a valid environment variable name must consist only of printable ASCII characters other than '='"
NOT_EMPTY = "must be non-empty"
Texts = tuple[str, ...]


def _form(says: str, form: str, *examples: str) -> str:
    given = "or ".join(f"'{example}',  " for example in examples)
    shown = f"e.g. {given.rstrip()} " if examples else ""
    return f"{says} ({shown}regex used for validation is '{form}')"


def _too_long(limit: int) -> str:
    return f"must be no more than {limit} characters"


@lru_cache(maxsize=4096)
def label_name(name: str) -> Texts:
    """A DNS label: containers, Namespaces, Services."""
    if re.fullmatch(LABEL_FORM, name):
        return (_too_long(LABEL_LENGTH),) if len(name) > LABEL_LENGTH else ()
    long = (_too_long(LABEL_LENGTH),) if len(name) > LABEL_LENGTH else ()
    if re.fullmatch(SUBDOMAIN_FORM, name):
        return (*long, "must not contain dots")
    return (*long, _form(LABEL_SAYS, LABEL_FORM, "my-name", "123-abc"))


@lru_cache(maxsize=4096)
def subdomain(name: str) -> Texts:
    """DNS labels with dots between: the names of most objects."""
    long = (_too_long(SUBDOMAIN_LENGTH),) if len(name) > SUBDOMAIN_LENGTH else ()
    return long if re.fullmatch(SUBDOMAIN_FORM, name) else (*long, _form(SUBDOMAIN_SAYS, SUBDOMAIN_FORM, "example.com"))


@lru_cache(maxsize=4096)
def qualified_name(name: str) -> Texts:
    """A name with an optional DNS prefix and a slash: keys of labels, taints, annotations."""
    prefix, slash, rest = name.rpartition("/")
    if "/" in prefix:
        form = _form(QUALIFIED_SAYS, QUALIFIED_FORM, "MyName", "my.name", "123-abc")
        return (f"a qualified name {form} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",)
    texts = [f"prefix part {text}" for text in (subdomain(prefix) if prefix else (NOT_EMPTY,))] if slash else []
    if not rest:
        return (*texts, f"name part {NOT_EMPTY}")
    if len(rest) > LABEL_LENGTH:
        texts.append(f"name part {_too_long(LABEL_LENGTH)}")
    if not re.fullmatch(QUALIFIED_FORM, rest):
        texts.append("name part " + _form(QUALIFIED_SAYS, QUALIFIED_FORM, "MyName", "my.name", "123-abc"))
    return tuple(texts)


@lru_cache(maxsize=4096)
def label_value(value: str) -> Texts:
    """The value of a label."""
    long = (_too_long(LABEL_LENGTH),) if len(value) > LABEL_LENGTH else ()
    return long if re.fullmatch(VALUE_FORM, value) else (*long, _form(VALUE_SAYS, VALUE_FORM, "MyValue", "my_value", "12345"))


def path_segment(name: str) -> Texts:
    """A name that may hold anything that fits into a path: RBAC's roles, `system:basic-user`."""
    if name in (".", ".."):
        return (f"may not be '{name}'",)
    return tuple(f"may not contain '{character}'" for character in "/%" if character in name)


def config_key(key: str) -> Texts:
    """A key in a ConfigMap: as good as a file name."""
    long = (_too_long(SUBDOMAIN_LENGTH),) if len(key) > SUBDOMAIN_LENGTH else ()
    if not re.fullmatch(KEY_FORM, key):
        return (*long, _form(KEY_SAYS, KEY_FORM, "key.name", "KEY_NAME", "key-name"))
    if key in (".", ".."):
        return (*long, f"must not be '{key}'")
    return (*long, "must not start with '..'") if key.startswith("..") else long


def variable_name(name: str) -> Texts:
    """The name of an environment variable: nearly everything since 1.34."""
    return () if re.fullmatch(VARIABLE_FORM, name) else (_form(VARIABLE_SAYS, VARIABLE_FORM, "my.env-name", "MY_ENV.NAME"),)


def percent(text: str) -> Texts:
    """A share, such as `25%`."""
    return () if re.fullmatch(PERCENT_FORM, text) else (_form(PERCENT_SAYS, PERCENT_FORM, "1%", "93%"),)


def port_number(number: int) -> Texts:
    """The number of a port."""
    return () if 1 <= number <= 65535 else ("must be between 1 and 65535, inclusive",)


def port_name(name: str) -> Texts:
    """The name of a container's port."""
    texts = [_too_long(PORT_NAME_LENGTH)] if len(name) > PORT_NAME_LENGTH else []
    if not re.fullmatch("[-a-z0-9]+", name):
        texts.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    if not re.search("[a-z]", name):
        texts.append("must contain at least one letter (a-z)")
    if "--" in name:
        texts.append("must not contain consecutive hyphens")
    if name[:1] == "-" or name[-1:] == "-":
        texts.append("must not begin or end with a hyphen")
    return tuple(texts)


def port_number_or_name(field: str, port: Any) -> list[FieldError]:
    """A port by its number, or by the name that the container gives it."""
    texts = port_name(port) if isinstance(port, str) else port_number(port or 0)
    return [invalid(field, port or 0, text) for text in texts]


def labels(field: str, pairs: dict[str, str] | None) -> list[FieldError]:
    """What is wrong with a mapping of labels."""
    return [error for key, value in (pairs or {}).items() for error in label(field, key, value)]


def label(field: str, key: str, value: str) -> list[FieldError]:
    """What is wrong with one label."""
    wrong_key = [invalid(field, key, text) for text in qualified_name(key)]
    return [*wrong_key, *(invalid(field, value, text) for text in label_value(value or ""))]


def not_negative(field: str, value: int | None) -> list[FieldError]:
    """A number that counts something."""
    return [invalid(field, value, "must be greater than or equal to 0")] if value is not None and value < 0 else []


def label_selector(field: str, selector: Obj) -> list[FieldError]:
    """What is wrong with a selector's labels and expressions (upstream: apis/meta/v1/validation/validation.go)."""
    errors = labels(f"{field}.matchLabels", selector.get("matchLabels"))
    for place, expression in enumerate(selector.get("matchExpressions") or []):
        errors += _expression(f"{field}.matchExpressions[{place}]", expression)
    return errors


def _expression(field: str, expression: Obj) -> list[FieldError]:
    operator, values = expression.get("operator"), expression.get("values") or []
    errors = []
    if operator in ("In", "NotIn"):
        if not values:
            detail = "must be specified when `operator` is 'In' or 'NotIn'"
            errors.append(FieldError(f"{field}.values", "Required value", None, detail))
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
            errors.append(FieldError(f"{field}.values", "Forbidden", None, detail))
    else:
        errors.append(invalid(f"{field}.operator", operator or "", "not a valid selector operator"))
    return errors + [invalid(f"{field}.key", expression.get("key"), text) for text in qualified_name(expression.get("key") or "")]
