"""The parts of `kubectl describe` that a Pod and a pod template share: containers, volumes, tolerations.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2).
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import parse_timestamp, rfc1123
from gen.kit.evolve import dig

Obj = dict[str, Any]


def containers(title: str, specs: list[Obj], statuses: dict[str, Obj], indent: str) -> list[str]:
    """Containers, with their state where there is a status. A template's stand one blank further right."""
    lines = [f"{indent}{title}:"]
    for spec in specs:
        status = statuses.get(spec["name"])
        lines.append(f"  {' ' if indent else ''}{spec['name']}:")
        lines += [f"    {line}" for line in _container(spec, status)]
    return lines


def _container(spec: Obj, status: Obj | None) -> list[str]:
    return [
        *([f"Container ID:\t{status.get('containerID', '')}"] if status else []),
        f"Image:\t{spec['image']}",
        *([f"Image ID:\t{status.get('imageID', '')}"] if status else []),
        *_ports("Port", spec, "containerPort"),
        *_ports("Host Port", spec, "hostPort"),
        *_words("Command", spec.get("command")),
        *_words("Args", spec.get("args")),
        *(_state(status) if status else []),
        *_quantities("Limits", dig(spec, "resources.limits")),
        *_quantities("Requests", dig(spec, "resources.requests")),
        *(f"{title}:\t{_probe(spec[key])}" for title, key in PROBES if spec.get(key)),
        *_environment(spec.get("env") or []),
        *_mounts(spec.get("volumeMounts") or []),
    ]


PROBES = (("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe"))


def _ports(title: str, spec: Obj, field: str) -> list[str]:
    def port(one: Obj) -> str:
        name = f" ({one['name']})" if one.get("name") else ""
        return f"{one.get(field, 0)}/{one.get('protocol', 'TCP')}{name}"

    found = [port(one) for one in spec.get("ports") or []]
    return [f"{title}{'s' if len(found) > 1 else ''}:\t{', '.join(found) or '<none>'}"]


def _words(title: str, words: list[str] | None) -> list[str]:
    return [f"{title}:", *(f"  {line}" for word in words for line in word.split("\n"))] if words else []


def _state(status: Obj) -> list[str]:
    last = status.get("lastState") or {}
    return [
        *_one_state("State", status.get("state") or {}),
        *(_one_state("Last State", last) if last.get("terminated") else []),
        f"Ready:\t{bool(status.get('ready'))}",
        f"Restart Count:\t{status.get('restartCount', 0)}",
    ]


def _one_state(title: str, state: Obj) -> list[str]:
    if running := state.get("running"):
        return [f"{title}:\tRunning", f"  Started:\t{_date(running.get('startedAt'))}"]
    if ended := state.get("terminated"):
        return [
            f"{title}:\tTerminated",
            *([f"  Reason:\t{ended['reason']}"] if ended.get("reason") else []),
            *([f"  Message:\t{ended['message']}"] if ended.get("message") else []),
            f"  Exit Code:\t{ended.get('exitCode', 0)}",
            f"  Started:\t{_date(ended.get('startedAt'))}",
            f"  Finished:\t{_date(ended.get('finishedAt'))}",
        ]
    reason = dig(state, "waiting.reason")
    return [f"{title}:\tWaiting", *([f"  Reason:\t{reason}"] if reason else [])]


def _date(time: str | None) -> str:
    return rfc1123(parse_timestamp(time) if time else 0)


def _quantities(title: str, found: dict[str, Any] | None) -> list[str]:
    return [f"{title}:", *(f"  {name}:\t{amount}" for name, amount in sorted(found.items()))] if found else []


def _probe(probe: Obj) -> str:
    """`http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`."""
    delay, timeout, period = (probe.get(key, 0) for key in ("initialDelaySeconds", "timeoutSeconds", "periodSeconds"))
    times = f"delay={delay}s timeout={timeout}s period={period}s"
    counts = f"#success={probe.get('successThreshold', 0)} #failure={probe.get('failureThreshold', 0)}"
    return f"{_handler(probe)} {times} {counts}"


def _handler(probe: Obj) -> str:
    if get := probe.get("httpGet"):
        return f"http-get {get.get('scheme', 'HTTP').lower()}://{get.get('host', '')}:{get.get('port', '')}{get.get('path', '')}"
    if socket := probe.get("tcpSocket"):
        return f"tcp-socket {socket.get('host', '')}:{socket.get('port', '')}"
    if command := probe.get("exec"):
        return f"exec [{' '.join(command.get('command') or [])}]"
    return f"grpc <pod>:{dig(probe, 'grpc.port', 0)} {dig(probe, 'grpc.service', '')}"


def _environment(found: list[Obj]) -> list[str]:
    return ["Environment:", *(f"  {one['name']}:\t{_origin(one)}" for one in found)] if found else ["Environment:\t<none>"]


def _origin(variable: Obj) -> str:
    """A value, or where it comes from."""
    source = variable.get("valueFrom") or {}
    if field := source.get("fieldRef"):
        return f" ({field.get('apiVersion', 'v1')}:{field['fieldPath']})"
    if key := source.get("configMapKeyRef"):
        return f"<set to the key '{key['key']}' of config map '{key.get('name', '')}'>\tOptional: {str(key.get('optional', False)).lower()}"
    if key := source.get("secretKeyRef"):
        return f"<set to the key '{key['key']}' in secret '{key.get('name', '')}'>\tOptional: {str(key.get('optional', False)).lower()}"
    return str(variable.get("value", ""))


def _mounts(found: list[Obj]) -> list[str]:
    def mount(one: Obj) -> str:
        flags = "ro" if one.get("readOnly") else "rw"
        path = f",path=\"{one['subPath']}\"" if one.get("subPath") else ""
        return f"  {one['mountPath']} from {one['name']} ({flags}{path})"

    ordered = sorted(found, key=lambda one: one["mountPath"])
    return ["Mounts:", *map(mount, ordered)] if found else ["Mounts:\t<none>"]


def volumes(found: list[Obj], indent: str) -> list[str]:
    """Volumes, each with what it is made of."""
    if not found:
        return [f"{indent}Volumes:\t<none>"] if indent else []
    lines = [f"{indent}Volumes:"]
    for volume in found:
        lines.append(f"  {' ' if indent else ''}{volume['name']}:")
        lines += [f"    {line}" for line in _volume(volume)]
    return lines


def _volume(volume: Obj) -> list[str]:
    if (projected := volume.get("projected")) is not None:
        return _projected(projected)
    if (config := volume.get("configMap")) is not None:
        return ["Type:\tConfigMap (a volume populated by a ConfigMap)", f"Name:\t{config.get('name', '')}", _optional(config)]
    if (secret := volume.get("secret")) is not None:
        return ["Type:\tSecret (a volume populated by a Secret)", f"SecretName:\t{secret.get('secretName', '')}", _optional(secret)]
    if (empty := volume.get("emptyDir")) is not None:
        size = empty.get("sizeLimit") or "<unset>"
        return ["Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)", f"Medium:\t{empty.get('medium', '')}", f"SizeLimit:\t{size}"]
    if (path := volume.get("hostPath")) is not None:
        return ["Type:\tHostPath (bare host directory volume)", f"Path:\t{path['path']}", f"HostPathType:\t{path.get('type', '')}"]
    if (claim := volume.get("persistentVolumeClaim")) is not None:
        kind = "Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)"
        return [kind, f"ClaimName:\t{claim['claimName']}", f"ReadOnly:\t{str(claim.get('readOnly', False)).lower()}"]
    return ["Type:\t<unknown>"]


def _optional(source: Obj) -> str:
    return f"Optional:\t{str(source.get('optional', False)).lower()}"


def _projected(projected: Obj) -> list[str]:
    lines = ["Type:\tProjected (a volume that contains injected data from multiple sources)"]
    for source in projected.get("sources") or []:
        if token := source.get("serviceAccountToken"):
            lines.append(f"TokenExpirationSeconds:\t{token.get('expirationSeconds', 3600)}")
        elif config := source.get("configMap"):
            lines += [f"ConfigMapName:\t{config['name']}", _optional(config)]
        elif secret := source.get("secret"):
            lines += [f"SecretName:\t{secret['name']}", _optional(secret)]
        elif "downwardAPI" in source:
            lines.append("DownwardAPI:\ttrue")
    return lines


def tolerations(found: list[Obj]) -> list[str]:
    """`key=value:Effect op=Exists for 300s`, by key."""

    def text(one: Obj) -> str:
        value = f"={one['value']}" if one.get("value") else ""
        effect = f":{one['effect']}" if one.get("effect") else ""
        subject = f"{one.get('key', '')}{value}{effect}"
        exists = "op=Exists" if one.get("operator") == "Exists" and not one.get("value") else ""
        lasts = f"for {one['tolerationSeconds']}s" if one.get("tolerationSeconds") is not None else ""
        return " ".join(filter(None, (subject, exists, lasts)))

    return [text(one) for one in sorted(found, key=lambda one: one.get("key", ""))]
