"""Which addresses there are: every node has one, and a range of its own for its Pods."""

from __future__ import annotations

from collections.abc import Callable

FIRST_POD = 2  # .0 is the network's, .1 the bridge's
PODS_PER_NODE = 253


def node_address(index: int) -> str:
    """The address of the node with this index, counted from 0."""
    return f"192.168.{index // 200}.{index % 200 + 11}"


def pod_addresses(index: int) -> Callable[[], str]:
    """Hands out the addresses of a node's range, 10.244.N.0/24 (upstream: node-cidr-mask-size 24), one after the other."""
    subnet = f"10.{244 + (index + 1) // 256}.{(index + 1) % 256}"
    given = 0

    def next_address() -> str:
        nonlocal given
        given += 1
        return f"{subnet}.{FIRST_POD + (given - 1) % PODS_PER_NODE}"

    return next_address
