"""Reading what stands behind a Service out of its EndpointSlices, as kubectl prints it."""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig

Obj = dict[str, Any]


def some(texts: list[str]) -> str:
    """The first three, and how many more there are.

    >>> some(["a", "b", "c", "d"])
    'a,b,c + 1 more...'
    """
    return ",".join(texts[:3]) + (f" + {len(texts) - 3} more..." if len(texts) > 3 else "")


def behind(slices: list[Obj], port: Obj) -> list[str]:
    """Where a port of a Service leads, as `address:port`: to the endpoints that are ready."""
    return [
        address + number
        for each in slices
        for number in _numbers(each, port)
        for endpoint in each.get("endpoints") or []
        if dig(endpoint, "conditions.ready", True)
        for address in endpoint.get("addresses") or []
    ]


def _numbers(one: Obj, port: Obj) -> list[str]:
    """The ports of a slice that go by the name of a Service's port; a slice without ports shows bare addresses (recording 13)."""
    ports = one.get("ports") or []
    same = [each for each in ports if (each.get("name") or "") == (port.get("name") or "") and each.get("port")]
    return [f":{each['port']}" for each in same] if ports else [""]
