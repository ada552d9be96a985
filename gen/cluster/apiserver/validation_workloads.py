"""What a ReplicaSet and a Deployment must obey.

Upstream: pkg/apis/apps/validation/validation.go; recordings 17, 41 and 63.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver.field_error import FieldError, forbidden, invalid, required, unsupported
from gen.cluster.apiserver.validation_pod import template_spec
from gen.objects import selectors
from gen.trace.record import Obj

STRATEGIES = ("Recreate", "RollingUpdate")


def replica_set(obj: Obj) -> list[FieldError]:
    """What is wrong with a ReplicaSet."""
    spec = obj.get("spec") or {}
    errors = names.not_negative("spec.replicas", spec.get("replicas"))
    errors += names.not_negative("spec.minReadySeconds", spec.get("minReadySeconds"))
    return errors + _selector_and_template(spec)


def deployment(obj: Obj) -> list[FieldError]:
    """What is wrong with a Deployment."""
    spec = obj.get("spec") or {}
    errors = names.not_negative("spec.replicas", spec.get("replicas"))
    errors += _selector_and_template(spec)
    errors += _strategy("spec.strategy", spec.get("strategy") or {})
    errors += names.not_negative("spec.minReadySeconds", spec.get("minReadySeconds"))
    errors += names.not_negative("spec.revisionHistoryLimit", spec.get("revisionHistoryLimit"))
    deadline, ready = spec.get("progressDeadlineSeconds"), spec.get("minReadySeconds") or 0
    if deadline is not None:
        errors += names.not_negative("spec.progressDeadlineSeconds", deadline)
        if deadline <= ready:
            errors.append(invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"))
    return errors


def _selector_and_template(spec: Obj) -> list[FieldError]:
    selector, template = spec.get("selector"), spec.get("template") or {}
    errors: list[FieldError] = []
    if selector is None:
        errors.append(required("spec.selector"))
    else:
        errors += names.label_selector("spec.selector", selector)
        if not selector.get("matchLabels") and not selector.get("matchExpressions"):
            errors.append(invalid("spec.selector", as_go(selector), "empty selector is invalid for deployment"))
    labels = (template.get("metadata") or {}).get("labels")
    if not errors and not selectors.matches(selector or {}, labels or {}) or selector is None:
        errors.append(invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"))
    errors += template_spec("spec.template", template)
    pod = template.get("spec") or {}
    if pod.get("restartPolicy") != "Always":
        errors.append(unsupported("spec.template.spec.restartPolicy", pod.get("restartPolicy") or "", ("Always",)))
    if pod.get("activeDeadlineSeconds") is not None:
        detail = "activeDeadlineSeconds in ReplicaSet is not Supported"
        errors.append(forbidden("spec.template.spec.activeDeadlineSeconds", detail))
    return errors


def as_go(selector: Obj) -> Obj:
    """A selector with its fields in Go's order, as errors print it."""
    return {key: selector[key] for key in ("matchLabels", "matchExpressions") if selector.get(key)}


def _strategy(field: str, strategy: Obj) -> list[FieldError]:
    kind, rolling = strategy.get("type") or "", strategy.get("rollingUpdate")
    if kind == "Recreate":
        detail = "may not be specified when strategy `type` is 'Recreate'"
        return [forbidden(f"{field}.rollingUpdate", detail)] if rolling is not None else []
    if kind == "RollingUpdate":
        return _rolling_update(f"{field}.rollingUpdate", rolling or {})
    numbers = rolling and {"MaxUnavailable": rolling.get("maxUnavailable", 0), "MaxSurge": rolling.get("maxSurge", 0)}
    return [unsupported(field, {"Type": kind, "RollingUpdate": numbers}, STRATEGIES)]


def _rolling_update(field: str, update: Obj) -> list[FieldError]:
    unavailable, surge = update.get("maxUnavailable", 0), update.get("maxSurge", 0)
    errors = _count_or_percent(f"{field}.maxUnavailable", unavailable) + _count_or_percent(f"{field}.maxSurge", surge)
    if _is_zero(unavailable) and _is_zero(surge):
        errors.append(invalid(f"{field}.maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0"))
    if isinstance(unavailable, str) and not names.percent(unavailable) and int(unavailable[:-1]) > 100:
        errors.append(invalid(f"{field}.maxUnavailable", unavailable, "must not be greater than 100%"))
    return errors


def _count_or_percent(field: str, value: Any) -> list[FieldError]:
    if isinstance(value, str):
        return [invalid(field, value, text) for text in names.percent(value)]
    return names.not_negative(field, value)


def _is_zero(value: Any) -> bool:
    return value == 0 or isinstance(value, str) and not names.percent(value) and int(value[:-1]) == 0


def selector_update(obj: Obj, old: Obj) -> list[FieldError]:
    """The selector of a workload is chosen once."""
    new, before = obj["spec"].get("selector") or {}, old["spec"].get("selector") or {}
    return [] if new == before else [invalid("spec.selector", as_go(new), "field is immutable")]
