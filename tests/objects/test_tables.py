"""kubectl's rows, as in the recordings 01, 10, 11 and 40."""

import pytest

from gen.objects.tables import labels_text, table

MADE = "2026-01-01T00:00:00Z"
NOW_S = 1_767_225_600 + 66


def one(kind, name="web", spec=None, status=None, **metadata):
    return {
        "kind": kind,
        "metadata": {"name": name, "creationTimestamp": MADE, **metadata},
        "spec": spec or {},
        "status": status or {},
    }


TEMPLATE = {"spec": {"containers": [{"name": "a", "image": "nginx:1.25"}, {"name": "b", "image": "busybox"}]}}
SELECTOR = {"matchLabels": {"app": "web"}}
SERVICE = {
    "type": "LoadBalancer",
    "clusterIP": "10.96.0.7",
    "ports": [{"port": 80, "nodePort": 30080}],
    "selector": {"app": "web"},
}
CRASHED = {
    "name": "a", "restartCount": 3, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
    "lastState": {"terminated": {"finishedAt": "2026-01-01T00:00:54Z"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("obj", "row"),
    [
        (one("Pod", spec=TEMPLATE["spec"]), "web 0/2 Pending 0 66s <none> <none> <none> <none>"),
        (one("Pod", spec={**TEMPLATE["spec"], "nodeName": "node-1"},
             status={"podIP": "10.0.0.1", "containerStatuses": [CRASHED]}),
         "web 0/2 CrashLoopBackOff 3 (12s ago) 66s 10.0.0.1 node-1 <none> <none>"),
        (one("Deployment", spec={"replicas": 3, "template": TEMPLATE, "selector": SELECTOR}, status={"readyReplicas": 2}),
         "web 2/3 0 0 66s a,b nginx:1.25,busybox app=web"),
        (one("ReplicaSet", spec={"replicas": 3, "template": TEMPLATE, "selector": SELECTOR}, status={"replicas": 3}),
         "web 3 3 0 66s a,b nginx:1.25,busybox app=web"),
        (one("Node", spec={"unschedulable": True}, status={"conditions": [{"type": "Ready", "status": "False"}]}),
         "web NotReady,SchedulingDisabled <none> 66s  <none> <none> <unknown> <unknown> <unknown>"),
        (one("Namespace", status={"phase": "Active"}), "web Active 66s"),
        (one("Service", spec=SERVICE),
         "web LoadBalancer 10.96.0.7 <pending> 80:30080/TCP 66s app=web"),
        (one("ServiceAccount"), "web 66s"),
        ({**one("ConfigMap"), "data": {"a": "1"}, "binaryData": {"b": ""}}, "web 2 66s"),
        (one("Lease", spec={"holderIdentity": "node-1"}), "web node-1 66s"),
        (one("RuntimeClass"), "web 66s"),
    ],
)  # fmt: skip
def test_rows(obj, row):
    assert " ".join(table(obj["kind"], [obj], NOW_S, wide=True)[1][0]) == row


DONE = {"conditions": [{"type": "Complete", "status": "True"}], "succeeded": 3, "startTime": MADE,
        "completionTime": "2026-01-01T00:00:12Z"}  # fmt: skip
CPU = {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}
USED = {"type": "Resource", "resource": {"name": "cpu", "current": {"averageUtilization": 80}}}
MADE_BY = [{"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "controller": True}]
RULES = {"ingressClassName": "nginx", "rules": [{"host": f"{host}.example.com"} for host in "abcd"], "tls": [{}]}
BOUND = {"accessModes": ["ReadWriteOnce"], "persistentVolumeReclaimPolicy": "Retain", "capacity": {"storage": "2Gi"},
         "claimRef": {"namespace": "shop", "name": "data"}, "volumeMode": "Filesystem"}  # fmt: skip


@pytest.mark.parametrize(
    ("obj", "row"),
    [
        (one("StatefulSet", spec={"replicas": 2, "template": TEMPLATE}, status={"readyReplicas": 1}),
         "web|1/2|66s|a,b|nginx:1.25,busybox"),
        (one("DaemonSet", spec={"template": TEMPLATE, "selector": SELECTOR}, status={"numberReady": 3}),
         "web|0|0|3|0|0|<none>|66s|a,b|nginx:1.25,busybox|app=web"),
        (one("ControllerRevision", ownerReferences=MADE_BY) | {"revision": 1}, "web|daemonset.apps/agent|1|66s"),
        (one("Job", spec={"completions": 3, "template": TEMPLATE}, status=DONE),
         "web|Complete|3/3|12s|66s|a,b|nginx:1.25,busybox|<none>"),
        (one("Job", spec={"parallelism": 4, "template": {}}, status={"startTime": MADE}),
         "web|Running|0/1 of 4|66s|66s|||<none>"),
        (one("CronJob", spec={"schedule": "*/1 * * * *", "suspend": False}, status={"active": [{}]}),
         "web|*/1 * * * *|<none>|False|1|<none>|66s|||<none>"),
        (one("HorizontalPodAutoscaler", spec={"scaleTargetRef": {"kind": "Deployment", "name": "web"}, "minReplicas": 3,
                                              "maxReplicas": 5, "metrics": [CPU]}, status={"currentMetrics": [USED]}),
         "web|Deployment/web|cpu: 80%/70%|3|5|0|66s"),
        (one("PodDisruptionBudget", spec={"minAvailable": 1}), "web|1|N/A|0|66s"),
        (one("NetworkPolicy", spec={"podSelector": SELECTOR}), "web|app=web|66s"),
        (one("Ingress", spec=RULES), "web|nginx|a.example.com,b.example.com,c.example.com + 1 more...||80, 443|66s"),
        (one("PersistentVolume", spec=BOUND, status={"phase": "Bound"}),
         "web|2Gi|RWO|Retain|Bound|shop/data||<unset>||66s|Filesystem"),
        (one("PersistentVolumeClaim", status={"phase": "Pending"}), "web|Pending|||||<unset>|66s|<unset>"),
        (one("StorageClass", annotations={"storageclass.kubernetes.io/is-default-class": "true"}) | {"provisioner": "x/y"},
         "web (default)|x/y|Delete|Immediate|false|66s"),
    ],
)  # fmt: skip
def test_rows_of_kinds_that_nobody_acts_on(obj, row):
    assert "|".join(table(obj["kind"], [obj], NOW_S, wide=True)[1][0]) == row


def test_wide_columns_only_when_asked():
    assert table("Deployment", [], NOW_S)[0] == ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"]
    assert table("Deployment", [], NOW_S, wide=True)[0][5:] == ["CONTAINERS", "IMAGES", "SELECTOR"]


def test_an_event_tells_when_it_was_last_seen_and_only_wide_how_often():
    event = one("Event", "web.1") | {
        "type": "Normal", "reason": "Pulled", "message": "there\n", "count": 3, "firstTimestamp": MADE,
        "lastTimestamp": "2026-01-01T00:01:00Z", "source": {"component": "kubelet", "host": "node-1"},
        "involvedObject": {"kind": "Pod", "name": "web", "fieldPath": "spec.containers{a}"},
    }  # fmt: skip
    assert table("Event", [event], NOW_S)[1] == [["6s", "Normal", "Pulled", "pod/web", "there"]]
    wide = ["6s", "Normal", "Pulled", "pod/web", "spec.containers{a}", "kubelet, node-1", "there", "66s", "3", "web.1"]
    assert table("Event", [event], NOW_S, wide=True)[1] == [wide]


def test_labels_are_sorted():
    assert labels_text(one("Pod", labels={"b": "2", "a": "1"})) == "a=1,b=2"
    assert labels_text(one("Pod")) == "<none>"
