"""LimitRanger: what a namespace lets containers ask for, and what they get who ask for nothing.

Upstream: plugin/pkg/admission/limitranger/admission.go (v1.36.2); recordings 25 and 90.
"""

from __future__ import annotations

from collections.abc import Iterator

from gen.cluster.apiserver import status
from gen.cluster.apiserver.request import Call, Obj, World
from gen.kit import quantity
from gen.kit.evolve import dig, evolve
from gen.objects import meta, quotas

ANNOTATION = ("metadata", "annotations", "kubernetes.io/limit-ranger")
GROUPS = (("containers", "container"), ("initContainers", "init container"))


def limit_ranger(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """A new Pod with the namespace's defaults; the annotation tells which. What is too small or too big comes later."""
    if call.kind != "Pod" or call.verb != "create" or call.subresource:
        return obj
    for limit_range in world.stored("LimitRange", call.namespace):
        obj = with_defaults(obj, limit_range)
    return obj


def within_limits(world: World, call: Call, obj: Obj, old: Obj | None) -> Obj:
    """Raises StatusError 403 for a Pod or a claim that breaks a limit."""
    if call.kind not in ("Pod", "PersistentVolumeClaim") or call.verb != "create" or call.subresource:
        return obj
    for limit_range in world.stored("LimitRange", call.namespace):
        broken = list(dict.fromkeys(violations(obj, limit_range)))
        if broken:
            raise status.forbidden(call.kind, meta.name(obj), broken[0] if len(broken) == 1 else f"[{', '.join(broken)}]")
    return obj


def with_defaults(pod: Obj, limit_range: Obj) -> Obj:
    """The Pod with what its containers did not say."""
    limits, requests = defaults_of(limit_range)
    if not limits and not requests:
        return pod
    told: list[str] = []
    for field, word in GROUPS:
        containers = [_filled(one, limits, requests, word, told) for one in dig(pod, f"spec.{field}", [])]
        if containers:
            pod = evolve(pod, f"spec.{field}", containers)
    return evolve(pod, ANNOTATION, "LimitRanger plugin set: " + "; ".join(told)) if told else pod


def defaults_of(limit_range: Obj) -> tuple[dict[str, str], dict[str, str]]:
    """The default limits and requests of containers."""
    limits: dict[str, str] = {}
    requests: dict[str, str] = {}
    for item in dig(limit_range, "spec.limits", []):
        if item.get("type") == "Container":
            limits |= item.get("default") or {}
            requests |= item.get("defaultRequest") or {}
    return limits, requests


def _filled(container: Obj, limits: dict[str, str], requests: dict[str, str], word: str, told: list[str]) -> Obj:
    for field, given, of in (("requests", requests, "request"), ("limits", limits, "limit")):
        known = dig(container, f"resources.{field}", {})
        missing = {name: amount for name, amount in given.items() if name not in known}
        if missing:
            container = evolve(container, f"resources.{field}", {**known, **missing})
            told.append(f"{', '.join(sorted(missing))} {of} for {word} {container['name']}")
    return container


def violations(obj: Obj, limit_range: Obj) -> Iterator[str]:
    """Every limit that the object breaks."""
    for item in dig(limit_range, "spec.limits", []):
        kind = item.get("type", "")
        if obj["kind"] == "PersistentVolumeClaim":
            if kind == obj["kind"]:
                yield from _checked(kind, item, dig(obj, "spec.resources.requests", {}), {}, of_claim=True)
        elif kind == "Container":
            for field, _ in GROUPS:
                for one in dig(obj, f"spec.{field}", []):
                    yield from _checked(kind, item, dig(one, "resources.requests", {}), dig(one, "resources.limits", {}))
        elif kind == "Pod":
            yield from _checked(kind, item, quotas.pod_amounts(obj, "requests"), quotas.pod_amounts(obj, "limits"))


def _checked(kind: str, item: Obj, requests: Obj, limits: Obj, of_claim: bool = False) -> Iterator[str]:
    for name, bound in sorted((item.get("min") or {}).items()):
        yield from below(kind, name, bound, requests.get(name), limits.get(name))
    for name, bound in sorted((item.get("max") or {}).items()):
        if of_claim:
            limits = requests
        yield from above(kind, name, bound, requests.get(name), limits.get(name), "request" if of_claim else "limit")
    for name, bound in sorted((item.get("maxLimitRequestRatio") or {}).items()):
        yield from too_far_apart(kind, name, bound, requests.get(name), limits.get(name))


def below(kind: str, name: str, bound: str, request: str | None, limit: str | None) -> Iterator[str]:
    """The least that must be asked for."""
    rule = f"minimum {name} usage per {kind} is {bound}"
    if request is None:
        yield f"{rule}.  No request is specified"
    elif quantity.compare(request, bound) < 0:
        yield f"{rule}, but request is {request}"
    elif limit is not None and quantity.compare(limit, bound) < 0:
        yield f"{rule}, but limit is {limit}"


def above(kind: str, name: str, bound: str, request: str | None, limit: str | None, of: str = "limit") -> Iterator[str]:
    """The most that may be asked for."""
    rule = f"maximum {name} usage per {kind} is {bound}"
    if limit is None:
        yield f"{rule}.  No {of} is specified"
    elif quantity.compare(limit, bound) > 0:
        yield f"{rule}, but {of} is {limit}"
    elif request is not None and quantity.compare(request, bound) > 0:
        yield f"{rule}, but request is {request}"


def too_far_apart(kind: str, name: str, bound: str, request: str | None, limit: str | None) -> Iterator[str]:
    """How many times the request the limit may be."""
    rule = f"{name} max limit to request ratio per {kind} is {bound}"
    asked, most = (quantity.amount(one or "0").nano for one in (request, limit))
    if not asked:
        yield f"{rule}, but no request is specified or request is 0"
    elif not most:
        yield f"{rule}, but no limit is specified or limit is 0"
    elif most * 1_000_000_000 > quantity.amount(bound).nano * asked:
        millionths = (2 * most * 1_000_000 + asked) // (2 * asked)
        yield f"{rule}, but provided ratio is {millionths // 1_000_000}.{millionths % 1_000_000:06d}"
