"""What is luck: texts, fields and rows that differ between two recordings of the very same thing."""

from __future__ import annotations

import re

# Volatile parts of a text and what stands for them, in the order in which they are replaced.
MASKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mask)
    for pattern, mask in (
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uid>"),
        (r"\b\d{1,3}(\.\d{1,3}){3}:5000/", "docker.io/"),  # the recorder's own registry stood for Docker Hub
        (r"\b\d{1,3}(\.\d{1,3}){3}\b", "<ip>"),
        (r"kube-api-access-[a-z0-9]{5}", "kube-api-access-<x>"),
        (r"in [0-9.]+m?s \([0-9.]+m?s including waiting\)", "in <d> (<d> including waiting)"),
        (r"Image size: \d+ bytes", "Image size: <n> bytes"),
        (r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "<time>"),
        (r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [0-9:]+ [+-]\d{4}", "<time>"),
        (r"sha256:[0-9a-f]{12,64}", "sha256:<x>"),
        (r"(containerd|docker|sim)://[0-9a-f<>a-z]+", "<container>"),
        (r"(Successfully assigned \S+ to )\S+", r"\1<node>"),
        (r"/tmp/(LIVE|MERGED)-\d+", r"/tmp/\1"),  # what kubectl diff writes
        (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}", "<time>"),
        (r":3[0-2]\d{3}(?=/(TCP|UDP))", ":<port>"),
        (r"resourceVersion\W+\d+|too old resource version: \d+ \(\d+\)", "<revision>"),
        # The random endings of Pods that never came to be, and so play no role.
        (r"(<hash>-|pods? \"[\w-]+-)[bcdfghjklmnpqrstvwxz2456789]{5}\b", r"\1<x>"),
    )
)

# Messages of the machine that was recorded, not of what was asked of it.
NOISE = re.compile(
    r"failed to sync configmap cache|cgroup|Kubelet stopped posting|Started Kubernetes|Starting kubelet|Registered Node"
)

# Fields of a final object whose value is luck: identities, times, addresses.
# fmt: off
VOLATILE = frozenset((
    "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "managedFields", "selfLink", "controller-uid",
    "lastTransitionTime", "lastUpdateTime", "lastProbeTime", "lastHeartbeatTime", "startTime", "startedAt", "finishedAt",
    "completionTime",
    "renewTime", "acquireTime", "lastScheduleTime", "lastSuccessfulTime", "lastScaleTime",
    "containerID", "imageID", "podIP", "podIPs", "hostIP", "hostIPs", "nodeName", "clusterIP", "clusterIPs", "nodePort",
    "healthCheckNodePort", "addresses",
    "targetRef", "nodeInfo", "images", "user", "allocatedResources", "declaredFeatures", "terminationMessage",
    "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
    "kubectl.kubernetes.io/last-applied-configuration", "kubectl.kubernetes.io/restartedAt",
    "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/cronjob-scheduled-timestamp",
    "endpoints.kubernetes.io/last-change-trigger-time",
))
# fmt: on

# Leaves of one kind whose value depends on how many writes one sync happened to combine.
LUCKY = (
    ("ReplicaSet", "generation"),
    ("ReplicaSet", "observedGeneration"),
    ("EndpointSlice", "generation"),
    ("EndpointSlice", "zone"),
)

# Objects that stand in every namespace, whatever was asked.
FURNITURE = ("kube-root-ca.crt", "openshift-service-ca.crt", "default")


def masked(text: str) -> str:
    """`text` with every volatile part replaced by a word for what it is."""
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text


def words(names: list[str], boundary: str) -> re.Pattern[str] | None:
    """A pattern that finds any of `names` as a whole word (longest first); None when there are no names.

    `boundary` is the character class that a word is made of.
    """
    if not names:
        return None
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!{boundary})(?:{alternatives})(?!{boundary})")
