"""kubectl describe of what is behind a Service, and of kinds that nobody acts on: the layout of recording 40."""

import pytest

from gen.play.kubectl.describe.backends import BACKENDS
from gen.play.kubectl.describe.plainly import describe_plainly
from gen.play.kubectl.describe.policies import POLICIES
from gen.play.kubectl.describe.storage import STORAGE
from gen.play.kubectl.describe.workloads import WORKLOADS

WHERE = {"namespace": "shop", "creationTimestamp": "2026-11-22T11:53:29Z"}


def slice_of(*endpoints, **more):
    return {"metadata": {"name": "web-hdb6c", "labels": {"app": "web"}, **WHERE}, "addressType": "IPv4",
            "endpoints": list(endpoints), **more}  # fmt: skip


READY = {
    "addresses": ["10.244.1.220"], "conditions": {"ready": True}, "nodeName": "node-1", "zone": "zone-1",
    "targetRef": {"kind": "Pod", "name": "web-c9cdbcc55-7nd8t"},
}  # fmt: skip
PORT = {"name": "http", "port": 80, "protocol": "TCP"}
SLICE = """\
Name:         web-hdb6c
Namespace:    shop
Labels:       app=web
Annotations:  <none>
AddressType:  IPv4
Ports:
  Name  Port  Protocol
  ----  ----  --------
  http  80    TCP
Endpoints:
  - Addresses:  10.244.1.220
    Conditions:
      Ready:    true
    Hostname:   <unset>
    TargetRef:  Pod/web-c9cdbcc55-7nd8t
    NodeName:   node-1
    Zone:       zone-1
"""
ENDPOINTS = """\
Name:         web
Namespace:    shop
Labels:       <none>
Annotations:  <none>
Subsets:
  Addresses:          10.244.1.220
  NotReadyAddresses:  <none>
  Ports:
    Name     Port  Protocol
    ----     ----  --------
    <unset>  80    TCP

Events:  <none>
"""
BUDGET = """\
Name:           web
Namespace:      shop
Min available:  1
Selector:       app=web
Status:
    Allowed disruptions:  0
    Current:              1
    Desired:              1
    Total:                3
Events:                   <none>
"""
POLICY = """\
Name:         only-front
Namespace:    shop
Created on:   2026-11-22 11:53:29 +0000 UTC
Labels:       <none>
Annotations:  <none>
Spec:
  PodSelector:     app=db
  Allowing ingress traffic:
    To Port: 5432/TCP
    From:
      PodSelector: tier=front
  Allowing egress traffic:
    <none> (Selected pods are isolated for egress connectivity)
  Policy Types: Ingress, Egress
"""
CLAIM = """\
Name:          data-db-0
Namespace:     shop
StorageClass:  manual
Status:        Bound
Volume:        printing-pv
Labels:        <none>
Annotations:   <none>
Finalizers:    [kubernetes.io/pvc-protection]
Capacity:      2Gi
Access Modes:  RWO
VolumeMode:    Filesystem
Used By:       db-0
"""
CLASS = """\
Name:                  sc
IsDefaultClass:        No
Annotations:           storageclass.kubernetes.io/is-default-class=false
Provisioner:           example.com/none
Parameters:            <none>
AllowVolumeExpansion:  True
MountOptions:          <none>
ReclaimPolicy:         Delete
VolumeBindingMode:     WaitForFirstConsumer
Events:                <none>
"""


@pytest.mark.parametrize(
    ("told", "obj", "events", "text"),
    [
        (BACKENDS["EndpointSlice"], slice_of(READY, ports=[PORT]), None, SLICE),
        (BACKENDS["Endpoints"],
         {"metadata": {"name": "web", **WHERE}, "subsets": [{"addresses": [{"ip": "10.244.1.220"}], "ports": [{"port": 80}]}]},
         [], ENDPOINTS),
        (POLICIES["PodDisruptionBudget"],
         {"metadata": {"name": "web", **WHERE}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "web"}}},
          "status": {"currentHealthy": 1, "desiredHealthy": 1, "expectedPods": 3}}, [], BUDGET),
        (POLICIES["NetworkPolicy"],
         {"metadata": {"name": "only-front", **WHERE},
          "spec": {"podSelector": {"matchLabels": {"app": "db"}}, "policyTypes": ["Ingress", "Egress"],
                   "ingress": [{"from": [{"podSelector": {"matchLabels": {"tier": "front"}}}],
                                "ports": [{"port": 5432, "protocol": "TCP"}]}]}}, None, POLICY),
        (STORAGE["StorageClass"],
         {"metadata": {"name": "sc", "annotations": {"storageclass.kubernetes.io/is-default-class": "false"}},
          "provisioner": "example.com/none", "reclaimPolicy": "Delete", "volumeBindingMode": "WaitForFirstConsumer",
          "allowVolumeExpansion": True}, [], CLASS),
    ],
)  # fmt: skip
def test_what_is_told(told, obj, events, text):
    assert told(obj, {}, events, 0) == text


def test_a_claim_with_the_pods_that_use_it():
    claim = {
        "metadata": {"name": "data-db-0", "finalizers": ["kubernetes.io/pvc-protection"], **WHERE},
        "spec": {"storageClassName": "manual", "volumeName": "printing-pv", "volumeMode": "Filesystem"},
        "status": {"phase": "Bound", "capacity": {"storage": "2Gi"}, "accessModes": ["ReadWriteOnce"]},
    }  # fmt: skip
    user = {"metadata": {"name": "db-0"}, "spec": {"volumes": [{"persistentVolumeClaim": {"claimName": "data-db-0"}}]}}
    assert STORAGE["PersistentVolumeClaim"](claim, {"Pod": [user, {"metadata": {"name": "db-1"}}]}, None, 0) == CLAIM


TEMPLATE = {"spec": {"containers": [{"name": "c", "image": "busybox:1.36"}]}}


@pytest.mark.parametrize(
    ("kind", "spec", "status", "lines"),
    [
        ("Job", {"completions": 3, "parallelism": 2, "completionMode": "NonIndexed", "suspend": False, "backoffLimit": 6},
         {"startTime": "2026-11-22T11:53:28Z", "completionTime": "2026-11-22T11:53:39Z", "succeeded": 3, "ready": 0},
         ["Parallelism:      2", "Completions:      3", "Completion Mode:  NonIndexed", "Suspend:          false",
          "Backoff Limit:    6", "Start Time:       Sun, 22 Nov 2026 11:53:28 +0000",
          "Completed At:     Sun, 22 Nov 2026 11:53:39 +0000", "Duration:         11s",
          "Pods Statuses:    0 Active (0 Ready) / 3 Succeeded / 0 Failed", "Pod Template:"]),
        ("DaemonSet", {}, {"desiredNumberScheduled": 3, "numberAvailable": 2},
         ["Desired Number of Nodes Scheduled: 3", "Current Number of Nodes Scheduled: 0",
          "Number of Nodes Scheduled with Up-to-date Pods: 0", "Number of Nodes Scheduled with Available Pods: 2",
          "Number of Nodes Misscheduled: 0", "Pods Status:  0 Running / 0 Waiting / 0 Succeeded / 0 Failed", "Pod Template:"]),
        ("StatefulSet", {"replicas": 2, "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}}},
         {"replicas": 2},
         ["Replicas:           2 desired | 2 total", "Update Strategy:    RollingUpdate", "  Partition:        0",
          "Pods Status:        0 Running / 0 Waiting / 0 Succeeded / 0 Failed", "Pod Template:"]),
        ("CronJob", {"schedule": "*/1 * * * *", "suspend": False}, {},
         ["Schedule:                      */1 * * * *", "Concurrency Policy:            ", "Suspend:                       False",
          "Time Zone:                     <unset>", "Successful Job History Limit:  <unset>"]),
    ],
)  # fmt: skip
def test_a_workload(kind, spec, status, lines):
    obj = {"metadata": {"name": "w", **WHERE}, "spec": {**spec, "template": TEMPLATE}, "status": status}
    assert "\n".join(lines) in WORKLOADS[kind](obj, {}, None, 0)


def test_a_slice_without_ports_and_endpoints():
    assert BACKENDS["EndpointSlice"](slice_of(), {}, None, 0).endswith("AddressType:  IPv4\nPorts: <unset>\nEndpoints: <none>\n")


def test_a_kind_of_which_nothing_special_is_told():
    owner = {"apiVersion": "apps/v1", "blockOwnerDeletion": True, "kind": "DaemonSet", "uid": "c1f2"}
    revision = {
        "apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 1,
        "metadata": {"name": "agent-54", "namespace": "shop", "resourceVersion": "7", "ownerReferences": [owner]},
        "data": {"spec": {"containers": [{"command": ["sleep", "3600"]}], "nodeSelector": {"kubernetes.io/os": "linux"}}},
    }  # fmt: skip
    assert (
        describe_plainly(revision, None, 0)
        == """\
Name:         agent-54
Namespace:    shop
Labels:       <none>
Annotations:  <none>
API Version:  apps/v1
Data:
  Spec:
    Containers:
      Command:
        sleep
        3600
    Node Selector:
      kubernetes.io/os:  linux
Kind:                    ControllerRevision
Metadata:
  Owner References:
    API Version:           apps/v1
    Block Owner Deletion:  true
    Kind:                  DaemonSet
    UID:                   c1f2
  Resource Version:        7
Revision:                  1
"""
    )


def test_which_kinds_cannot_be_told_yet(api, typed):
    api.put("ADDED", ("CSINode", "", "n"), {"kind": "CSINode", "metadata": {"name": "n"}})
    said = "error: this kubectl cannot describe csinodes yet; `kubectl get -o yaml` shows all of it\n"
    assert typed("kubectl describe csinode n") == (1, "", said)
