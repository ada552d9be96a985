"""Containers as `kubectl describe` shows them, in a Pod and in a Pod template.

In a template their names stand one blank further right. Upstream: kubectl/pkg/describe/describe.go (v1.36.2),
describeContainers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.kit.duration import parse_timestamp, rfc1123
from gen.kit.evolve import dig

Obj = dict[str, Any]
PART, DETAIL = " " * 4, " " * 6


def containers(title: str, specs: list[Obj], statuses: list[Obj], pod: Obj | None = None, *, indent: str = "") -> list[str]:
    """Each container with its state, where there is a status; `pod` is whose metadata the environment may name."""
    lines = [f"{indent}{title}:"]
    by_name = {one["name"]: one for one in statuses}
    for spec in specs:
        lines.append(f"  {' ' if indent else ''}{spec['name']}:")
        lines += _container(spec, by_name.get(spec["name"]), pod)
    return lines


def _container(spec: Obj, status: Obj | None, pod: Obj | None) -> Iterator[str]:
    yield from _identity(spec, status)
    for title, field in (("Command", "command"), ("Args", "args")):
        if spec.get(field):
            yield f"{PART}{title}:"
            yield from (f"{DETAIL}{line}" for word in spec[field] for line in word.split("\n"))
    if status is not None:
        yield from _state("State", status.get("state") or {})
        if dig(status, "lastState.terminated"):
            yield from _state("Last State", status["lastState"])
        yield f"{PART}Ready:\t{bool(status.get('ready'))}"
        yield f"{PART}Restart Count:\t{status.get('restartCount', 0)}"
    for title in ("Limits", "Requests"):
        if amounts := dig(spec, f"resources.{title.lower()}"):
            yield f"{PART}{title}:"
            yield from (f"{DETAIL}{name}:\t{amount}" for name, amount in sorted(amounts.items()))
    for title in ("Liveness", "Readiness", "Startup"):
        if probe := spec.get(f"{title.lower()}Probe"):
            yield f"{PART}{title}:\t{_probe(probe)}"
    yield from _environment(spec, pod)
    yield from _mounts(spec)


def _identity(spec: Obj, status: Obj | None) -> Iterator[str]:
    if status is not None:
        yield f"{PART}Container ID:\t{status.get('containerID', '')}"
    yield f"{PART}Image:\t{spec.get('image', '')}"
    if status is not None:
        yield f"{PART}Image ID:\t{status.get('imageID', '')}"
    for title, field, missing in (("Port", "containerPort", ""), ("Host Port", "hostPort", 0)):
        texts = [_port(one, one.get(field, missing)) for one in spec.get("ports") or []]
        yield f"{PART}{title}{'s' if len(texts) > 1 else ''}:\t{', '.join(texts) or '<none>'}"


def _port(port: Obj, number: Any) -> str:
    name = f" ({port['name']})" if port.get("name") else ""
    return f"{number}/{port.get('protocol', 'TCP')}{name}"


def _state(title: str, state: Obj) -> Iterator[str]:
    if "running" in state:
        yield f"{PART}{title}:\tRunning"
        yield f"{DETAIL}Started:\t{_moment(state['running'].get('startedAt'))}"
    elif ended := state.get("terminated"):
        yield f"{PART}{title}:\tTerminated"
        for word, field in (("Reason", "reason"), ("Message", "message")):
            if ended.get(field):
                yield f"{DETAIL}{word}:\t{ended[field]}"
        yield f"{DETAIL}Exit Code:\t{ended.get('exitCode', 0)}"
        if ended.get("signal"):
            yield f"{DETAIL}Signal:\t{ended['signal']}"
        yield f"{DETAIL}Started:\t{_moment(ended.get('startedAt'))}"
        yield f"{DETAIL}Finished:\t{_moment(ended.get('finishedAt'))}"
    else:
        yield f"{PART}{title}:\tWaiting"
        if reason := dig(state, "waiting.reason"):
            yield f"{DETAIL}Reason:\t{reason}"


def _moment(time: str | None) -> str:
    """A missing time is Go's zero time."""
    return rfc1123(parse_timestamp(time)) if time else "Mon, 01 Jan 0001 00:00:00 +0000"


def _probe(probe: Obj) -> str:
    """`http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`."""
    delay, timeout, period = (probe.get(key, 0) for key in ("initialDelaySeconds", "timeoutSeconds", "periodSeconds"))
    success, failure = (probe.get(key, 0) for key in ("successThreshold", "failureThreshold"))
    return f"{_handler(probe)} delay={delay}s timeout={timeout}s period={period}s #success={success} #failure={failure}"


def _handler(probe: Obj) -> str:
    if command := probe.get("exec"):
        return f"exec [{' '.join(command.get('command') or [])}]"
    if http := probe.get("httpGet"):
        scheme, path = http.get("scheme", "HTTP").lower(), http.get("path", "").lstrip("/")
        return f"http-get {scheme}://{http.get('host', '')}:{http['port']}/{path}"
    if tcp := probe.get("tcpSocket"):
        return f"tcp-socket {tcp.get('host', '')}:{tcp['port']}"
    if grpc := probe.get("grpc"):
        return f"grpc <pod>:{grpc['port']} {grpc.get('service') or ''}"
    return "unknown"


def _environment(spec: Obj, pod: Obj | None) -> Iterator[str]:
    if sources := spec.get("envFrom"):
        yield f"{PART}Environment Variables from:"
        yield from map(_env_source, sources)
    yield f"{PART}Environment:" + ("" if spec.get("env") else "\t<none>")
    for one in spec.get("env") or []:
        first, *others = _origin(one, spec, pod).split("\n")
        yield f"{DETAIL}{one['name']}:\t{first}"
        yield from (f"{DETAIL}\t{line}" for line in others)


def _origin(variable: Obj, spec: Obj, pod: Obj | None) -> str:
    """A value, or where it comes from."""
    source = variable.get("valueFrom") or {}
    if field := source.get("fieldRef"):
        return f"{_field(pod, field['fieldPath'])} ({field.get('apiVersion', 'v1')}:{field['fieldPath']})"
    if resource := source.get("resourceFieldRef"):
        return f"{dig(spec, 'resources.' + resource['resource'], 0)} ({resource['resource']})"
    if key := source.get("secretKeyRef"):
        return f"<set to the key '{key['key']}' in secret '{key.get('name', '')}'>\t{optional(key)}"
    if key := source.get("configMapKeyRef"):
        return f"<set to the key '{key['key']}' of config map '{key.get('name', '')}'>\t{optional(key)}"
    return str(variable.get("value", ""))


def _env_source(one: Obj) -> str:
    kind = "ConfigMap" if one.get("configMapRef") else "Secret"
    ref = one.get("configMapRef") or one.get("secretRef") or {}
    prefix = f" with prefix '{one['prefix']}'" if one.get("prefix") else ""
    return f"{DETAIL}{ref.get('name', '')}\t{kind}{prefix}\t{optional(ref)}"


def optional(source: Obj) -> str:
    """Whether a source may be missing: `Optional: false`."""
    return f"Optional: {'true' if source.get('optional') else 'false'}"


def _field(pod: Obj | None, path: str) -> str:
    """The value of a field of the metadata, the only ones that kubectl looks up itself."""
    return str(dig(pod, path, "")) if pod is not None and path in ("metadata.name", "metadata.namespace", "metadata.uid") else ""


def _mounts(spec: Obj) -> Iterator[str]:
    mounts = sorted(spec.get("volumeMounts") or [], key=lambda one: str(one["mountPath"]))
    yield f"{PART}Mounts:" + ("" if mounts else "\t<none>")
    for one in mounts:
        inside = f',path="{one["subPath"]}"' if one.get("subPath") else ""
        yield f"{DETAIL}{one['mountPath']} from {one['name']} ({'ro' if one.get('readOnly') else 'rw'}{inside})"
    if devices := spec.get("volumeDevices"):
        yield f"{PART}Devices:"
        yield from sorted(f"{DETAIL}{one['devicePath']} from {one['name']}" for one in devices)
