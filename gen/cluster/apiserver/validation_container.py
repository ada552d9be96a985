"""What a container must obey: its name, image, ports, variables, mounts, resources and probes.

In upstream's order, so that several errors come in the same order: pkg/apis/core/validation/validation.go, validateContainers.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver.field_error import FieldError, duplicate, forbidden, invalid, missing, required, unsupported
from gen.kit import quantity
from gen.trace.record import Obj

PROTOCOLS = ("SCTP", "TCP", "UDP")
PULL_POLICIES = ("Always", "IfNotPresent", "Never")
MESSAGE_POLICIES = ("FallbackToLogsOnError", "File")
SCHEMES = ("HTTP", "HTTPS")
STANDARD_RESOURCES = ("cpu", "memory", "ephemeral-storage")
HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
PROBE_NUMBERS = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")


def containers(field: str, spec: Obj, template: bool) -> list[FieldError]:
    """What is wrong with the containers of a Pod, or of a template."""
    listed = spec.get("containers") or []
    errors = [] if listed else [required(field)]
    volumes = frozenset(volume.get("name") for volume in spec.get("volumes") or [])
    seen: dict[str, None] = {}
    for place, one in enumerate(listed):
        at = f"{field}[{place}]"
        errors += container(at, one, volumes, bool(spec.get("hostNetwork")), template)
        if one.get("name") in seen:
            errors.append(duplicate(f"{at}.name", one["name"]))
        seen[one.get("name") or ""] = None
        errors += _probes(at, one)
    return errors


def container(at: str, one: Obj, volumes: frozenset[Any], host_network: bool, template: bool) -> list[FieldError]:
    """What is wrong with one container, apart from its probes."""
    name, image = one.get("name"), one.get("image")
    errors = [invalid(f"{at}.name", name, text) for text in names.label_name(name)] if name else [required(f"{at}.name")]
    if not image:
        errors.append(required(f"{at}.image"))
    elif image != image.strip() and not template:
        errors.append(invalid(f"{at}.image", image, "must not have leading or trailing whitespace"))
    if one.get("terminationMessagePolicy") not in (None, *MESSAGE_POLICIES):
        errors.append(unsupported(f"{at}.terminationMessagePolicy", one["terminationMessagePolicy"], MESSAGE_POLICIES))
    errors += _ports(f"{at}.ports", one.get("ports") or [], host_network)
    errors += _variables(f"{at}.env", one.get("env") or [])
    errors += _mounts(f"{at}.volumeMounts", one.get("volumeMounts") or [], volumes)
    if one.get("imagePullPolicy") not in PULL_POLICIES:
        errors.append(unsupported(f"{at}.imagePullPolicy", one.get("imagePullPolicy") or "", PULL_POLICIES))
    return errors + _resources(f"{at}.resources", one.get("resources") or {})


def _ports(field: str, ports: list[Obj], host_network: bool) -> list[FieldError]:
    errors: list[FieldError] = []
    seen: dict[str, None] = {}
    for place, port in enumerate(ports):
        at, name, number, host = f"{field}[{place}]", port.get("name"), port.get("containerPort"), port.get("hostPort")
        if name:
            wrong = names.port_name(name)
            errors += [invalid(f"{at}.name", name, text) for text in wrong]
            if not wrong and name in seen:
                errors.append(duplicate(f"{at}.name", name))
            seen[name] = None
        if not number:
            errors.append(required(f"{at}.containerPort"))
        else:
            errors += [invalid(f"{at}.containerPort", number, text) for text in names.port_number(number)]
        if host:
            errors += [invalid(f"{at}.hostPort", host, text) for text in names.port_number(host)]
            if host_network and host != number:
                errors.append(invalid(f"{at}.hostPort", host, "must match `containerPort` when `hostNetwork` is true"))
        if port.get("protocol") not in PROTOCOLS:
            errors.append(unsupported(f"{at}.protocol", port.get("protocol") or "", PROTOCOLS))
    return errors


def _variables(field: str, variables: list[Obj]) -> list[FieldError]:
    errors: list[FieldError] = []
    for place, variable in enumerate(variables):
        at, name, source = f"{field}[{place}]", variable.get("name"), variable.get("valueFrom")
        if not name:
            errors.append(required(f"{at}.name"))
        else:
            errors += [invalid(f"{at}.name", name, text) for text in names.variable_name(name)]
        if source is None:
            continue
        if variable.get("value"):
            errors.append(invalid(f"{at}.valueFrom", "", "may not be specified when `value` is not empty"))
        if not source:
            detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"
            errors.append(invalid(f"{at}.valueFrom", "", detail))
        elif len(source) > 1:
            errors.append(invalid(f"{at}.valueFrom", "", "may not have more than one field specified at a time"))
    return errors


def _mounts(field: str, mounts: list[Obj], volumes: frozenset[Any]) -> list[FieldError]:
    errors: list[FieldError] = []
    paths: dict[str, None] = {}
    for place, mount in enumerate(mounts):
        at, name, path = f"{field}[{place}]", mount.get("name"), mount.get("mountPath")
        if not name:
            errors.append(required(f"{at}.name"))
        elif name not in volumes:
            errors.append(missing(f"{at}.name", name))
        if not path:
            errors.append(required(f"{at}.mountPath"))
        elif path in paths:
            errors.append(invalid(f"{at}.mountPath", path, "must be unique"))
        paths[path or ""] = None
    return errors


def _resources(field: str, resources: Obj) -> list[FieldError]:
    limits, requests = resources.get("limits") or {}, resources.get("requests") or {}
    errors = [error for name, amount in limits.items() for error in _amount(f"{field}.limits", name, amount)]
    for name, asked in requests.items():
        errors += _amount(f"{field}.requests", name, asked)
        limit, shared = limits.get(name), name in STANDARD_RESOURCES
        if limit is None:
            if not shared:
                errors.append(required(f"{field}.limits", "Limit must be set for non overcommitable resources"))
        elif shared and quantity.compare(asked, limit) > 0:
            errors.append(
                _exceeds(f"{field}.requests", asked, f"less than or equal to {name} limit of {quantity.canonical(limit)}")
            )
        elif not shared and quantity.compare(asked, limit) != 0:
            errors.append(_exceeds(f"{field}.requests", asked, f"equal to {name} limit of {quantity.canonical(limit)}"))
    return errors


def _exceeds(field: str, asked: str, rule: str) -> FieldError:
    return invalid(field, quantity.canonical(asked), f"must be {rule}")


def _amount(field: str, name: str, amount: str) -> list[FieldError]:
    """A resource's name and its amount."""
    at = f"{field}[{name}]"
    errors = [invalid(at, name, text) for text in names.qualified_name(name)]
    if "/" not in name and name not in STANDARD_RESOURCES and not name.startswith("hugepages-"):
        errors.append(invalid(at, name, "must be a standard resource type or fully qualified"))
        errors.append(invalid(at, name, "must be a standard resource for containers"))
    if quantity.amount(amount).nano < 0:
        errors.append(invalid(at, quantity.canonical(amount), "must be greater than or equal to 0"))
    elif "/" in name and quantity.milli(amount) % 1000:
        errors.append(invalid(at, quantity.canonical(amount), "must be an integer"))
    return errors


def _probes(at: str, one: Obj) -> list[FieldError]:
    errors: list[FieldError] = []
    for hook in ("postStart", "preStop"):
        action = (one.get("lifecycle") or {}).get(hook)
        if action is not None:
            errors += _handler(f"{at}.lifecycle.{hook}", action, (*HANDLERS, "sleep"))
    for kind in ("livenessProbe", "readinessProbe", "startupProbe"):
        probe = one.get(kind)
        if probe is None:
            continue
        errors += _handler(f"{at}.{kind}", probe, HANDLERS)
        for number in PROBE_NUMBERS:
            errors += names.not_negative(f"{at}.{kind}.{number}", probe.get(number))
        if kind != "readinessProbe" and probe.get("successThreshold", 1) != 1:
            errors.append(invalid(f"{at}.{kind}.successThreshold", probe["successThreshold"], "must be 1"))
    return errors


def _handler(at: str, action: Obj, known: tuple[str, ...]) -> list[FieldError]:
    """What a probe or hook does: exactly one thing."""
    chosen = [name for name in known if action.get(name) is not None]
    errors = [] if chosen else [required(at, "must specify a handler type")]
    for extra in chosen[1:]:
        errors.append(forbidden(f"{at}.{extra}", "may not specify more than 1 handler type"))
    if chosen[:1] == ["exec"] and not action["exec"].get("command"):
        errors.append(required(f"{at}.exec.command"))
    if chosen[:1] == ["httpGet"]:
        errors += _http_get(f"{at}.httpGet", action["httpGet"])
    if chosen[:1] == ["tcpSocket"]:
        errors += names.port_number_or_name(f"{at}.tcpSocket.port", action["tcpSocket"].get("port"))
    return errors


def _http_get(at: str, get: Obj) -> list[FieldError]:
    errors = [] if get.get("path") else [required(f"{at}.path")]
    errors += names.port_number_or_name(f"{at}.port", get.get("port"))
    if get.get("scheme") not in SCHEMES:
        errors.append(unsupported(f"{at}.scheme", get.get("scheme") or "", SCHEMES))
    return errors
