"""What a Service must obey. Addresses and ports that are taken are the allocators' business, not asked here.

Upstream: pkg/apis/core/validation/validation.go, ValidateService; recordings 13, 17 and 41.
"""

from __future__ import annotations

from ipaddress import ip_address

from gen.cluster.apiserver import validation_names as names
from gen.cluster.apiserver.field_error import FieldError, duplicate, forbidden, invalid, required, unsupported
from gen.cluster.apiserver.validation_container import PROTOCOLS
from gen.trace.record import Obj

TYPES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
AFFINITIES = ("ClientIP", "None")


def service(obj: Obj) -> list[FieldError]:
    """What is wrong with a Service."""
    spec = obj.get("spec") or {}
    kind, ports = spec.get("type"), spec.get("ports") or []
    errors = [] if ports or kind == "ExternalName" or spec.get("clusterIP") == "None" else [required("spec.ports")]
    if kind == "ExternalName" and not spec.get("externalName"):
        errors.append(required("spec.externalName"))
    if kind != "ExternalName":
        errors += _addresses(spec)
    for place, port in enumerate(ports):
        errors += _port(f"spec.ports[{place}]", port, ports, place)
    errors += names.labels("spec.selector", spec.get("selector"))
    if spec.get("sessionAffinity") not in AFFINITIES:
        errors.append(unsupported("spec.sessionAffinity", spec.get("sessionAffinity") or "", AFFINITIES))
    if kind not in TYPES:
        errors.append(unsupported("spec.type", kind or "", TYPES))
    if kind == "ClusterIP":
        detail = "may not be used when `type` is 'ClusterIP'"
        errors += [forbidden(f"spec.ports[{place}].nodePort", detail) for place, port in enumerate(ports) if port.get("nodePort")]
    return errors + _repeated(ports)


def _port(at: str, port: Obj, ports: list[Obj], place: int) -> list[FieldError]:
    name, number = port.get("name"), port.get("port") or 0
    errors: list[FieldError] = []
    if name:
        errors += [invalid(f"{at}.name", name, text) for text in names.label_name(name)]
        if not errors and any(other.get("name") == name for other in ports[:place]):
            errors.append(duplicate(f"{at}.name", name))
    elif len(ports) > 1:
        errors.append(required(f"{at}.name"))
    errors += [invalid(f"{at}.port", number, text) for text in names.port_number(number)]
    if port.get("protocol") not in PROTOCOLS:
        errors.append(unsupported(f"{at}.protocol", port.get("protocol") or "", PROTOCOLS))
    return errors + names.port_number_or_name(f"{at}.targetPort", port.get("targetPort"))


def _repeated(ports: list[Obj]) -> list[FieldError]:
    """Two ports with one number and protocol; the value shows these two alone."""
    errors = []
    seen: dict[tuple[str, int], None] = {}
    for place, port in enumerate(ports):
        key = (port.get("protocol") or "", port.get("port") or 0)
        if key in seen:
            value = {"Name": "", "Protocol": key[0], "AppProtocol": None, "Port": key[1], "TargetPort": 0, "NodePort": 0}
            errors.append(duplicate(f"spec.ports[{place}]", value))
        seen[key] = None
    return errors


def _addresses(spec: Obj) -> list[FieldError]:
    addresses = spec.get("clusterIPs") or ([spec["clusterIP"]] if spec.get("clusterIP") else [])
    return [
        invalid(f"spec.clusterIPs[{place}]", address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")
        for place, address in enumerate(addresses)
        if address != "None" and not _is_address(address)
    ]


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
