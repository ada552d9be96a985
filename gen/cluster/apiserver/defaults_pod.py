"""The defaults of a Pod, and of the templates that Pods are made from.

Upstream: pkg/apis/core/v1/defaults.go; a template gets the same as a Pod but for requests taken from limits, service links
and the host's ports, which wait until the Pod itself is created.
"""

from __future__ import annotations

from gen.cluster.apiserver.filling import Rule, each, filled, part
from gen.trace.record import Obj

POD_SPEC: Obj = {
    "restartPolicy": "Always",
    "terminationGracePeriodSeconds": 30,
    "dnsPolicy": "ClusterFirst",
    "securityContext": {},
    "schedulerName": "default-scheduler",
}
CONTAINER: Obj = {
    "resources": {},
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
}
PROBE: Obj = {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}
HTTP_GET: Obj = {"path": "/", "scheme": "HTTP"}
CONTAINER_LISTS = ("containers", "initContainers", "ephemeralContainers")
DEFAULT_MODE = 420  # 0644
TOKEN_EXPIRES_S = 3600


def defaulted_pod(pod: Obj) -> Obj:
    """The Pod with all its defaults."""
    return part(pod, "spec", lambda spec: pod_only(pod_spec(spec)))


def defaulted_template(template: Obj) -> Obj:
    """The Pod template with all its defaults."""
    return part(filled(template, {"metadata": {}, "spec": {"containers": None}}), "spec", pod_spec)


def pod_spec(spec: Obj) -> Obj:
    """What Pods and templates have in common."""
    spec = filled(spec, POD_SPEC)
    for containers in CONTAINER_LISTS:
        if containers in spec:
            spec = each(spec, containers, container)
    account = spec.get("serviceAccountName") or spec.get("serviceAccount")  # one field under two names
    if account:
        spec = filled(spec, {"serviceAccountName": account, "serviceAccount": account})
    return each(spec, "volumes", volume)


def pod_only(spec: Obj) -> Obj:
    """What is filled in when a Pod is created, not before."""
    spec = filled(spec, {"enableServiceLinks": True})
    for containers in CONTAINER_LISTS[:2]:
        if containers in spec:
            spec = each(spec, containers, requests_from_limits)
            if spec.get("hostNetwork"):
                spec = each(spec, containers, ports_of_host)
    return spec


def container(one: Obj) -> Obj:
    """A container: its pull policy by its image's tag, the places of its last words, its ports and probes."""
    one = filled(one, CONTAINER)
    if not one.get("imagePullPolicy"):
        one = {**one, "imagePullPolicy": pull_policy(one.get("image") or "")}
    for field, (how, rule) in CONTAINER_PARTS.items():
        if field in one:
            one = how(one, field, rule)
    return one


def pull_policy(image: str) -> str:
    """`Always` for an image whose tag is `latest` or that has neither tag nor digest, else `IfNotPresent`.

    >>> pull_policy("localhost:5000/web"), pull_policy("nginx:1.27")
    ('Always', 'IfNotPresent')
    """
    name, _, digest = image.partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    return "Always" if tag == "latest" or not (tag or digest) else "IfNotPresent"


def requests_from_limits(one: Obj) -> Obj:
    """Whoever sets a limit and no request for a resource requests as much as the limit."""
    limits = (one.get("resources") or {}).get("limits")
    if not limits:
        return one
    resources = one["resources"]
    requests = filled(resources.get("requests") or {}, limits)
    return one if requests is resources.get("requests") else {**one, "resources": {**resources, "requests": requests}}


def ports_of_host(one: Obj) -> Obj:
    """In the host's network a container's port is the host's port."""
    return each(one, "ports", lambda port: port if port.get("hostPort") else {**port, "hostPort": port["containerPort"]})


def port(one: Obj) -> Obj:
    """A container's port is TCP."""
    return filled(one, {"protocol": "TCP"})


def probe(one: Obj) -> Obj:
    """Every ten seconds, one second to answer, once is well, three times is ill."""
    return handler(filled(one, PROBE))


def handler(one: Obj) -> Obj:
    """What a probe or a hook does."""
    one = part(one, "httpGet", lambda get: filled(get, HTTP_GET))
    return part(one, "grpc", lambda grpc: grpc if "service" in grpc else {**grpc, "service": ""})


def lifecycle(one: Obj) -> Obj:
    """A container's hooks."""
    return part(part(one, "postStart", handler), "preStop", handler)


def variable(one: Obj) -> Obj:
    """An environment variable that is read from a field of the Pod."""
    return part(one, "valueFrom", field_reference)


def field_reference(one: Obj) -> Obj:
    """A field is looked up in v1."""
    return part(one, "fieldRef", lambda ref: filled(ref, {"apiVersion": "v1"}))


CONTAINER_PARTS = {
    "ports": (each, port),
    "env": (each, variable),
    "livenessProbe": (part, probe),
    "readinessProbe": (part, probe),
    "startupProbe": (part, probe),
    "lifecycle": (part, lifecycle),
}


def volume(one: Obj) -> Obj:
    """A volume without a source is an empty directory; files in it are 0644."""
    if len(one) < 2:
        return {**one, "emptyDir": {}}
    for source, rule in SOURCES.items():
        if source in one:
            return part(one, source, rule)
    return one


def with_mode(source: Obj) -> Obj:
    """Files that everybody may read."""
    return filled(source, {"defaultMode": DEFAULT_MODE})


def downward(source: Obj) -> Obj:
    """Files that hold fields of the Pod."""
    return each(source, "items", field_reference)


def projected(source: Obj) -> Obj:
    """Several sources in one directory."""
    return each(with_mode(source), "sources", projection)


def projection(one: Obj) -> Obj:
    """One of them."""
    one = part(one, "serviceAccountToken", lambda token: filled(token, {"expirationSeconds": TOKEN_EXPIRES_S}))
    return part(one, "downwardAPI", downward)


def host_path(source: Obj) -> Obj:
    """A path on the node, whatever is there."""
    return source if source.get("type") is not None else {**source, "type": ""}


def claim_template(source: Obj) -> Obj:
    """A claim that lives as long as its Pod."""
    return part(source, "volumeClaimTemplate", lambda template: part(template, "spec", claim))


def claim(spec: Obj) -> Obj:
    """A claim is for a file system."""
    return filled(spec, {"volumeMode": "Filesystem"})


def image_volume(source: Obj) -> Obj:
    """Files of an image."""
    return filled(source, {"pullPolicy": pull_policy(source.get("reference") or "")})


SOURCES: dict[str, Rule] = {
    "configMap": with_mode,
    "secret": with_mode,
    "downwardAPI": lambda source: downward(with_mode(source)),
    "projected": projected,
    "hostPath": host_path,
    "ephemeral": claim_template,
    "image": image_volume,
}
