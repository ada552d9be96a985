"""Versions of a kind that the server takes beside the one in which it answers: they are written anew as soon as they are read.

Upstream: pkg/apis/autoscaling/v1/conversion.go.
"""

from __future__ import annotations

from typing import Any

Obj = dict[str, Any]


def renewed(obj: Obj) -> Obj:
    """The object in the version that the server has.

    >>> old = {"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "spec": {"targetCPUUtilizationPercentage": 80}}
    >>> renewed(old)["spec"]["metrics"][0]["resource"]
    {'name': 'cpu', 'target': {'type': 'Utilization', 'averageUtilization': 80}}
    """
    if (obj.get("apiVersion"), obj.get("kind")) != ("autoscaling/v1", "HorizontalPodAutoscaler"):
        return obj
    spec = obj.get("spec")
    if not isinstance(spec, dict) or "targetCPUUtilizationPercentage" not in spec:
        return {**obj, "apiVersion": "autoscaling/v2"}
    target = {"type": "Utilization", "averageUtilization": spec["targetCPUUtilizationPercentage"]}
    kept = {key: value for key, value in spec.items() if key != "targetCPUUtilizationPercentage"}
    metrics = [{"type": "Resource", "resource": {"name": "cpu", "target": target}}]
    return {**obj, "apiVersion": "autoscaling/v2", "spec": {**kept, "metrics": metrics}}
