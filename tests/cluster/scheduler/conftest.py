"""Small nodes and Pods for the scheduler's tests."""

from __future__ import annotations

import pytest

from gen.cluster.scheduler.pod_info import pod_info
from gen.cluster.scheduler.snapshot import Snapshot
from gen.kit.evolve import frozen


def a_node(name, *, cpu="2", memory="4Gi", pods="110", zone="", labels=None, taints=(), unschedulable=False, images=()):
    labels = {"kubernetes.io/hostname": name, **({"topology.kubernetes.io/zone": zone} if zone else {}), **(labels or {})}
    return frozen({
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {"taints": list(taints), "unschedulable": unschedulable},
        "status": {"allocatable": {"cpu": cpu, "memory": memory, "pods": pods}, "images": list(images)},
    })  # fmt: skip


def a_pod(name="web", *, cpu=None, memory=None, labels=None, owner=None, namespace="default", **spec):
    requests = {key: value for key, value in (("cpu", cpu), ("memory", memory)) if value is not None}
    owners = [{"kind": "ReplicaSet", "name": owner, "uid": owner, "controller": True}] if owner else []
    return frozen({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels or {}, "ownerReferences": owners},
        "spec": {"containers": [{"name": "main", "image": "nginx", "resources": {"requests": requests}}], **spec},
    })  # fmt: skip


@pytest.fixture
def node():
    return a_node


@pytest.fixture
def pod():
    return a_pod


@pytest.fixture
def info():
    return lambda *args, **spec: pod_info(a_pod(*args, **spec))


@pytest.fixture
def snapshot():
    """A snapshot of the given Nodes; `placed` maps node names to the Pods there."""

    def build(*nodes, placed=None):
        made = Snapshot()
        for one in nodes:
            made.put_node(one)
        for name, pods in (placed or {}).items():
            for one in pods:
                made.put_pod(pod_info(one), name)
        return made

    return build
