"""What a Pod's affinity must obey: terms about nodes, and terms about other Pods.

Upstream: pkg/apis/core/validation/validation.go, validateAffinity.
"""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver.field_error import FieldError, forbidden, invalid, required
from gen.trace.record import Obj

Rule = Callable[[str, Obj], list[FieldError]]
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
HEAVIEST = 100
NODE_NAME = "metadata.name"  # the only field of a Node that a term may ask for


def affinity(field: str, wishes: Obj) -> list[FieldError]:
    """What is wrong with the affinity of a Pod."""
    errors: list[FieldError] = []
    about_nodes = wishes.get("nodeAffinity") or {}
    if about_nodes.get(REQUIRED) is not None:
        errors += _node_selector(f"{field}.nodeAffinity.{REQUIRED}", about_nodes[REQUIRED])
    errors += _weighed(f"{field}.nodeAffinity.{PREFERRED}", about_nodes.get(PREFERRED) or [], "preference", _node_term)
    for kind in ("podAffinity", "podAntiAffinity"):
        about_pods = wishes.get(kind) or {}
        for place, term in enumerate(about_pods.get(REQUIRED) or []):
            errors += _pod_term(f"{field}.{kind}.{REQUIRED}[{place}]", term)
        errors += _weighed(f"{field}.{kind}.{PREFERRED}", about_pods.get(PREFERRED) or [], "podAffinityTerm", _pod_term)
    return errors


def _weighed(field: str, terms: list[Obj], inner: str, rule: Rule) -> list[FieldError]:
    """Terms that are wishes: each has a weight."""
    errors: list[FieldError] = []
    for place, one in enumerate(terms):
        at, weight = f"{field}[{place}]", one.get("weight") or 0
        if not 1 <= weight <= HEAVIEST:
            errors.append(invalid(f"{at}.weight", weight, f"must be in the range 1-{HEAVIEST}"))
        errors += rule(f"{at}.{inner}", one.get(inner) or {})
    return errors


def _node_selector(field: str, selector: Obj) -> list[FieldError]:
    terms = selector.get("nodeSelectorTerms") or []
    if not terms:
        return [required(f"{field}.nodeSelectorTerms", "must have at least one node selector term")]
    return [error for place, term in enumerate(terms) for error in _node_term(f"{field}.nodeSelectorTerms[{place}]", term)]


def _node_term(at: str, term: Obj) -> list[FieldError]:
    errors: list[FieldError] = []
    for place, one in enumerate(term.get("matchExpressions") or []):
        errors += _about_label(f"{at}.matchExpressions[{place}]", one)
    for place, one in enumerate(term.get("matchFields") or []):
        errors += _about_field(f"{at}.matchFields[{place}]", one)
    return errors


def _about_label(at: str, requirement: Obj) -> list[FieldError]:
    operator, values = requirement.get("operator") or "", requirement.get("values") or []
    errors: list[FieldError] = []
    if operator in ("In", "NotIn"):
        if not values:
            errors.append(required(f"{at}.values", "must be specified when `operator` is 'In' or 'NotIn'"))
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            errors.append(forbidden(f"{at}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
    elif operator in ("Gt", "Lt"):
        if len(values) != 1:
            errors.append(required(f"{at}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'"))
    else:
        errors.append(invalid(f"{at}.operator", operator, "not a valid selector operator"))
    key = requirement.get("key") or ""
    return errors + [invalid(f"{at}.key", key, text) for text in names.qualified_name(key)]


def _about_field(at: str, requirement: Obj) -> list[FieldError]:
    operator, key = requirement.get("operator") or "", requirement.get("key") or ""
    errors: list[FieldError] = []
    if operator not in ("In", "NotIn"):
        errors.append(invalid(f"{at}.operator", operator, "not a valid selector operator"))
    elif len(requirement.get("values") or []) != 1:
        detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
        errors.append(required(f"{at}.values", detail))
    return errors if key == NODE_NAME else [*errors, invalid(f"{at}.key", key, "not a valid field selector key")]


def _pod_term(at: str, term: Obj) -> list[FieldError]:
    errors: list[FieldError] = []
    for selector in ("labelSelector", "namespaceSelector"):
        errors += names.label_selector(f"{at}.{selector}", term.get(selector) or {})
    key = term.get("topologyKey") or ""
    if not key:
        return [*errors, required(f"{at}.topologyKey", "can not be empty")]
    return errors + [invalid(f"{at}.topologyKey", key, text) for text in names.qualified_name(key)]
