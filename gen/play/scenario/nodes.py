"""The machines of a scenario's cluster: plain ones by number or name, others as Node manifests."""

from __future__ import annotations

from typing import Any

Obj = dict[str, Any]
CAPACITY = {"cpu": "2", "ephemeral-storage": "100Gi", "memory": "4Gi", "pods": "110"}
LABELS = {
    "beta.kubernetes.io/arch": "amd64",
    "beta.kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/os": "linux",
}


def default_nodes(count: int) -> list[Obj]:
    """The manifests of `node-1`, `node-2`, … as a plain cluster has them."""
    return [default_node(f"node-{number}") for number in range(1, count + 1)]


def default_node(name: str) -> Obj:
    """A machine with two cores and 4 GiB."""
    return furnished({"metadata": {"name": name}})


def furnished(node: Obj) -> Obj:
    """A Node manifest with all that a kubelet would report and the manifest leaves out."""
    metadata, status = node["metadata"], node.get("status") or {}
    labels = {**LABELS, "kubernetes.io/hostname": metadata["name"], **(metadata.get("labels") or {})}
    capacity = {**CAPACITY, **(status.get("capacity") or status.get("allocatable") or {})}
    allocatable = {**capacity, **(status.get("allocatable") or {})}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {**metadata, "labels": labels},
        "spec": node.get("spec") or {},
        "status": {**status, "capacity": capacity, "allocatable": allocatable},
    }
