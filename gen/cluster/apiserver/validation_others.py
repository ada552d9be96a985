"""What kinds must obey that are kept and not acted on: their mistakes are told all the same.

Upstream: pkg/apis/batch, autoscaling, policy, rbac, apps and core validation (v1.36.2), in part; recordings 17 and 41.
"""

from __future__ import annotations

from gen.cluster.apiserver.field_error import FieldError, invalid, required
from gen.cluster.apiserver.validation_workloads import as_go
from gen.kit.evolve import dig
from gen.objects import selectors
from gen.trace.record import Obj

CRON_FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))  # minute, hour, day, month, weekday
ENDS = 'valid values: "OnFailure", "Never"'


def labels_match(obj: Obj) -> list[FieldError]:
    """The Pods of a workload must be those that it selects."""
    selector, labels = dig(obj, "spec.selector"), dig(obj, "spec.template.metadata.labels", {})
    if selector is None:
        return [required("spec.selector")]
    if selectors.matches(selector, labels):
        return []
    return [invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`")]


def job(obj: Obj) -> list[FieldError]:
    """A Job's Pods must be able to end."""
    return _ends("spec.template.spec", dig(obj, "spec.template.spec", {}))


def _ends(at: str, spec: Obj) -> list[FieldError]:
    return [] if spec.get("restartPolicy") in ("OnFailure", "Never") else [required(f"{at}.restartPolicy", ENDS)]


def cron_job(obj: Obj) -> list[FieldError]:
    """A CronJob must have a time that can come."""
    schedule = dig(obj, "spec.schedule", "")
    if not schedule:
        errors = [required("spec.schedule")]
    else:
        errors = [invalid("spec.schedule", schedule, why) for why in cron_errors(schedule)[:1]]
    return errors + _ends("spec.jobTemplate.spec.template.spec", dig(obj, "spec.jobTemplate.spec.template.spec", {}))


def cron_errors(schedule: str) -> list[str]:
    """What the parser says of the first field that it cannot read (upstream: github.com/robfig/cron/v3, parser.go).

    >>> cron_errors("61 * * * *"), cron_errors("* *"), cron_errors("*/5 1-3 * * *")
    (['end of range (61) above maximum (59): 61'], ['expected exactly 5 fields, found 2: [* *]'], [])
    """
    fields = schedule.split()
    if schedule.startswith("@"):
        return []
    if len(fields) != len(CRON_FIELDS):
        return [f"expected exactly 5 fields, found {len(fields)}: [{' '.join(fields)}]"]
    errors: list[str] = []
    for text, (least, most) in zip(fields, CRON_FIELDS, strict=True):
        for part in text.split(","):
            errors += _range_errors(part, least, most)
    return errors


def _range_errors(part: str, least: int, most: int) -> list[str]:
    span, _, step = part.partition("/")
    low, _, high = span.partition("-")
    if span in ("*", "?"):
        low, high = str(least), str(most)
    if low.isalpha():
        return []  # names of months and days
    if not low.isdecimal() or high and not high.isdecimal():
        return [f'failed to parse int from {low}: strconv.Atoi: parsing "{low}": invalid syntax']
    first, last = int(low), int(high or (most if step else low))
    if first < least:
        return [f"beginning of range ({first}) below minimum ({least}): {part}"]
    if last > most:
        return [f"end of range ({last}) above maximum ({most}): {part}"]
    if first > last:
        return [f"beginning of range ({first}) beyond end of range ({last}): {part}"]
    return [f"step of range should be a positive number: {part}"] if step == "0" else []


def autoscaler(obj: Obj) -> list[FieldError]:
    """An autoscaler needs room between the least and the most."""
    least, most = dig(obj, "spec.minReplicas", 1), dig(obj, "spec.maxReplicas", 0)
    errors: list[FieldError] = []
    if least < 1:
        errors.append(invalid("spec.minReplicas", least, "must be greater than or equal to 1"))
    if most < 1:
        errors.append(required("spec.maxReplicas", "must be set and greater than 0"))
    if most < least:
        errors.append(invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`"))
    return errors


def disruption_budget(obj: Obj) -> list[FieldError]:
    """A budget says how many must stay, or how many may go, not both."""
    spec = obj.get("spec") or {}
    if spec.get("minAvailable") is None or spec.get("maxUnavailable") is None:
        return []
    selector = as_go(spec["selector"]) if spec.get("selector") else None
    shown = {"MinAvailable": spec["minAvailable"], "Selector": selector, "MaxUnavailable": spec["maxUnavailable"],
             "UnhealthyPodEvictionPolicy": spec.get("unhealthyPodEvictionPolicy")}  # fmt: skip
    return [invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set")]


def claim(obj: Obj) -> list[FieldError]:
    """A claim says how it is used, and how large it must be."""
    errors = [] if dig(obj, "spec.accessModes") else [required("spec.accessModes", "at least 1 access mode is required")]
    return errors + ([] if dig(obj, "spec.resources.requests.storage") else [required("spec.resources[storage]")])


def binding_update(obj: Obj, old: Obj) -> list[FieldError]:
    """A binding stays with its role."""
    new, before = obj.get("roleRef") or {}, old.get("roleRef") or {}
    if new == before:
        return []
    shown = {go: new.get(name, "") for go, name in (("APIGroup", "apiGroup"), ("Kind", "kind"), ("Name", "name"))}
    return [invalid("roleRef", shown, "cannot change roleRef")]
