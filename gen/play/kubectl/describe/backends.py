"""`kubectl describe` for what is behind a Service: Endpoints and EndpointSlices.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40.
"""

from __future__ import annotations

from typing import Any

from gen.play.kubectl.describe.lines import NONE, UNSET, Describer, Related, head, with_events

Obj = dict[str, Any]
PORTS = ("Name\tPort\tProtocol", "----\t----\t--------")


def _ports(ports: list[Obj], indent: str) -> list[str]:
    rows = (f"{port.get('name') or UNSET}\t{port.get('port') or UNSET}\t{port.get('protocol', 'TCP')}" for port in ports)
    return [f"{indent}{line}" for line in (*PORTS, *rows)]


def describe_endpoints(endpoints: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Addresses that are ready and that are not, with their ports."""
    lines = [*head(endpoints), "Subsets:"]
    for subset in endpoints.get("subsets") or []:
        for title, field in (("Addresses", "addresses"), ("NotReadyAddresses", "notReadyAddresses")):
            lines.append(f"  {title}:\t{','.join(one['ip'] for one in subset.get(field) or []) or NONE}")
        if subset.get("ports"):
            lines += ["  Ports:", *_ports(subset["ports"], "    ")]
        lines.append("")
    return with_events(lines, events, now_s)


def describe_endpoint_slice(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """The ports, and each endpoint: whether it is ready, which Pod it is, and where."""
    lines = [*head(found), f"AddressType:\t{found.get('addressType', '')}"]
    lines += ["Ports:", *_ports(found["ports"], "  ")] if found.get("ports") else [f"Ports: {UNSET}"]
    endpoints = found.get("endpoints") or []
    lines.append("Endpoints:" if endpoints else f"Endpoints: {NONE}")
    for endpoint in endpoints:
        lines += _endpoint(endpoint)
    return with_events(lines, events, now_s)


def _endpoint(endpoint: Obj) -> list[str]:
    ready, target = (endpoint.get("conditions") or {}).get("ready"), endpoint.get("targetRef")
    return [
        f"  - Addresses:\t{', '.join(endpoint.get('addresses') or []) or NONE}",
        "    Conditions:",
        f"      Ready:\t{UNSET if ready is None else str(ready).lower()}",
        f"    Hostname:\t{endpoint.get('hostname', UNSET)}",
        *([f"    TargetRef:\t{target['kind']}/{target['name']}"] if target else []),
        f"    NodeName:\t{endpoint.get('nodeName', UNSET)}",
        f"    Zone:\t{endpoint.get('zone', UNSET)}",
    ]


BACKENDS: dict[str, Describer] = {"Endpoints": describe_endpoints, "EndpointSlice": describe_endpoint_slice}
