"""The objects that `kubectl create`, `run` and `expose` write from what was typed.

Upstream: kubectl/pkg/cmd/create/create_*.go, kubectl/pkg/cmd/run/run.go, kubectl/pkg/cmd/expose/expose.go.
"""

from __future__ import annotations

import base64
import posixpath
import re
from typing import Any

from gen.play.kubectl.failures import Failure, usage
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
VARIABLE = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")  # upstream: validation.IsEnvVarName
SERVICES = {
    "clusterip": "ClusterIP",
    "nodeport": "NodePort",
    "loadbalancer": "LoadBalancer",
    "externalname": "ExternalName",
}


def only_name(session: Session, kind: str = "") -> str:
    """The one name that was typed before `--`, and behind the word for its `kind` if there is one. Raises Failure."""
    typed = session.command.before_dash[1 if kind else 0 :]
    if len(typed) != 1:
        raise usage(f"{session.command.path} {kind}".rstrip(), f"exactly one NAME is required, got {len(typed)}")
    return typed[0]


def needed_images(session: Session) -> list[str]:
    """The images that were typed. Raises Failure."""
    typed = session.command["image"]
    if not typed:
        raise Failure('required flag(s) "image" not set')
    return [typed] if isinstance(typed, str) else list(typed)


def placed(session: Session, name: str, **more: Any) -> Obj:
    """The metadata of an object in the line's namespace, which stands in it only where it was typed or is sent."""
    shown_only = session.command.flags.get("dry-run") == "client" and "namespace" not in session.command.given
    return {"name": name, **({} if shown_only else {"namespace": session.namespace}), **more}


def deployment(session: Session) -> Obj:
    """The Deployment that `kubectl create deployment NAME --image=IMAGE` writes."""
    words, images = session.command.arguments, needed_images(session)
    name = only_name(session)
    labels = {"app": name}
    containers: list[Obj] = [{"image": image, "name": container_name(image), "resources": {}} for image in images]
    if words[1:] and len(images) > 1:
        raise Failure("cannot specify multiple --image options and command")
    if session.command["port"]:
        containers[0]["ports"] = [{"containerPort": session.command["port"]}]
    if words[1:]:
        containers[0]["command"] = list(words[1:])
    template = {"metadata": {"labels": labels}, "spec": {"containers": containers}}
    replicas = 1 if session.command["replicas"] is None else session.command["replicas"]
    spec = {"replicas": replicas, "selector": {"matchLabels": labels}, "strategy": {}, "template": template}
    metadata = placed(session, name, labels=labels)
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec, "status": {}}


def container_name(image: str) -> str:
    """A name for the container, from its image.

    >>> container_name("registry:5000/shop/web:1.0")
    'web'
    """
    return image.rpartition("/")[2].partition("@")[0].partition(":")[0]


def namespace(session: Session) -> Obj:
    """The Namespace of `kubectl create namespace NAME`."""
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": only_name(session)}}


def service_account(session: Session) -> Obj:
    """The ServiceAccount of `kubectl create serviceaccount NAME`."""
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": placed(session, only_name(session))}


def config_map(session: Session) -> Obj:
    """The ConfigMap of `kubectl create configmap NAME --from-literal=KEY=VALUE`. Raises Failure."""
    found = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": placed(session, only_name(session))}
    data = given_data(session, "configmap")
    return {**found, "data": data} if data else found


def secret(session: Session) -> Obj:
    """The Secret of `kubectl create secret generic NAME`. Raises Failure."""
    words = session.command.arguments
    if words[:1] != ("generic",):
        raise Failure("Type: kubectl create secret generic NAME --from-literal=KEY=VALUE")
    data = {key: base64.b64encode(value.encode()).decode() for key, value in given_data(session, "secret").items()}
    found: Obj = {"apiVersion": "v1", "kind": "Secret", "metadata": placed(session, only_name(session, "generic"))}
    kind = session.command["type"]
    return {**found, **({"data": data} if data else {}), **({"type": kind} if kind else {})}


def given_data(session: Session, what: str) -> dict[str, str]:
    """The data that `--from-literal`, `--from-file` and `--from-env-file` give. Raises Failure."""
    data: dict[str, str] = {}
    for literal in session.command["from-literal"]:
        key, equals, value = literal.partition("=")
        if not equals or not key:
            raise Failure(f"invalid literal source {literal}, expected key=value")
        add(data, key, value, what)
    for source in session.command["from-file"]:
        key, equals, path = source.partition("=") if "=" in source else ("", "", source)
        add(data, key or posixpath.basename(path), file_text(session, path), what)
    for path in session.command["from-env-file"]:
        for line in file_text(session, path).splitlines():
            if line.strip() and not line.startswith("#"):
                key, _, value = line.strip().partition("=")
                add(data, key, value, what)
    return data


def add(data: dict[str, str], key: str, value: str, what: str) -> None:
    """One more key. Raises Failure for one that is there."""
    if key in data:
        raise Failure(f"cannot add key {key}, another key by that name already exists in Data for {what}")
    data[key] = value


def file_text(session: Session, path: str) -> str:
    """What stands in a file of the terminal's folder. Raises Failure."""
    files = {posixpath.normpath(name): text for name, text in session.terminal.files.items()}
    if posixpath.normpath(path) not in files:
        raise Failure(f"error reading {path}: no such file or directory")
    return files[posixpath.normpath(path)]


def quota(session: Session) -> Obj:
    """The ResourceQuota of `kubectl create quota NAME --hard=pods=5`. Raises Failure."""
    hard: dict[str, str] = {}
    for pair in filter(None, session.command["hard"].split(",")):
        name, equals, value = pair.partition("=")
        if not equals or not value:
            raise Failure(f"Invalid argument syntax {pair}, expected <resource>=<value>")
        hard[name] = value
    spec: Obj = {"hard": hard} if hard else {}
    if session.command["scopes"]:
        spec["scopes"] = session.command["scopes"].split(",")
    return {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": placed(session, only_name(session)),
        "spec": spec,
        "status": {},
    }


def service(session: Session) -> Obj:
    """The Service of `kubectl create service nodeport NAME --tcp=80:8080`. Raises Failure."""
    words = session.command.arguments
    kind = SERVICES.get(words[0] if words else "")
    if kind is None:
        raise Failure(f"Type: kubectl create service {'|'.join(SERVICES)} NAME --tcp=PORT:TARGET")
    name, labels = only_name(session, words[0]), {"app": words[-1]}
    ports = [tcp_port(pair) for pair in session.command["tcp"]]
    if not ports and kind != "ExternalName" and session.command["clusterip"] != "None":
        raise Failure("at least one tcp port specifier must be provided")
    if ports and session.command["node-port"]:
        ports[0]["nodePort"] = session.command["node-port"]
    spec: Obj = {**({"ports": ports} if ports else {}), "selector": labels, "type": kind}
    if session.command["clusterip"]:
        spec["clusterIP"] = session.command["clusterip"]
    if session.command["external-name"]:
        spec["externalName"] = session.command["external-name"]
    metadata = placed(session, name, labels=labels)
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec, "status": {"loadBalancer": {}}}


def tcp_port(pair: str) -> Obj:
    """`80:8080`: the port and where it leads. Raises Failure.

    >>> tcp_port("80:http")
    {'name': '80-http', 'port': 80, 'protocol': 'TCP', 'targetPort': 'http'}
    """
    number, colon, target = pair.partition(":")
    if not number.isdecimal() or not 1 <= int(number) <= 65_535:
        raise Failure(f'strconv.Atoi: parsing "{number}": invalid syntax')
    leads: int | str = int(number) if not colon else int(target) if target.isdecimal() else target
    return {"name": pair.replace(":", "-"), "port": int(number), "protocol": "TCP", "targetPort": leads}


def job(session: Session) -> Obj:
    """The Job of `kubectl create job NAME --image=IMAGE -- COMMAND`."""
    words = session.command.arguments
    name, image = only_name(session), needed_images(session)[-1]
    container: Obj = {"image": image, "name": name, "resources": {}}
    if words[1:]:
        container["command"] = list(words[1:])
    spec = {"template": {"metadata": {}, "spec": {"containers": [container], "restartPolicy": "Never"}}}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": placed(session, name), "spec": spec, "status": {}}


def pod(session: Session) -> Obj:
    """The Pod of `kubectl run NAME --image=IMAGE`. Raises Failure."""
    image, words = needed_images(session)[-1], session.command.arguments
    if not session.command.before_dash:
        raise usage("run", "NAME is required for run")
    if session.command["restart"] not in ("Always", "OnFailure", "Never"):
        raise usage("run", f"invalid restart policy: {session.command['restart']}")
    name = words[0]
    labels = dict(pair.partition("=")[::2] for pair in (session.command["labels"] or f"run={name}").split(","))
    container: Obj = {"image": image, "name": name, "resources": {}}
    if words[1:]:
        container["command" if session.command["command"] else "args"] = list(words[1:])
    if session.command["env"]:
        container["env"] = [variable(pair) for pair in session.command["env"]]
    if session.command["port"]:
        container["ports"] = [{"containerPort": session.command["port"]}]
    if session.command["image-pull-policy"]:
        container["imagePullPolicy"] = session.command["image-pull-policy"]
    spec = {"containers": [container], "dnsPolicy": "ClusterFirst", "restartPolicy": session.command["restart"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": placed(session, name, labels=labels), "spec": spec, "status": {}}


def variable(pair: str) -> Obj:
    """`COLOR=red`: one variable of a container's environment. Raises Failure."""
    name, equals, value = pair.partition("=")
    if not equals or not VARIABLE.fullmatch(name):
        raise Failure(f"invalid env: {pair}")
    return {"name": name, "value": value}
