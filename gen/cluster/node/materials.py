"""What a container is given: its environment, and the files of its volumes. What is missing stops it.

Upstream: pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables), pkg/volume/{secret,configmap,downwardapi}, and for the time
between two tries pkg/util/goroutinemap/exponentialbackoff (500 ms, doubled up to 2m2s), v1.36.2; texts of recording 11.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.node.files import Files
from gen.cluster.node.programs import expanded
from gen.kit.evolve import dig
from gen.kit.loop import MILLISECOND, SECOND, Sleep
from gen.objects import meta

if TYPE_CHECKING:
    from gen.cluster.node.podworker import PodWorker

Obj = dict[str, Any]
FIRST_TRY_US, LONGEST_TRY_US = 500 * MILLISECOND, 122 * SECOND
TOKEN = "kube-api-access-"
SOURCES = {"configMap": ("ConfigMap", "name"), "secret": ("Secret", "secretName")}
FIELD = re.compile(r"(.*)\['(.*)'\]")


class Missing(Exception):
    """Something that a container needs is not there. `str()` is the kubelet's own text."""


async def fetched(worker: PodWorker, kind: str, name: str, optional: bool) -> Obj | None:
    """A ConfigMap or a Secret of the Pod's namespace. Raises Missing."""
    try:
        return await worker.kubelet.api.get(kind, meta.namespace(worker.pod), name)
    except StatusError as error:
        if error.code == 404 and optional:
            return None
        raise Missing(f'{kind.lower()} "{name}" not found' if error.code == 404 else error.message) from error


def texts(source: Obj) -> dict[str, str]:
    """The texts of a ConfigMap or a Secret, by key."""
    if source["kind"] == "ConfigMap":
        return dict(source.get("data") or {})
    return {key: base64.b64decode(value).decode("utf-8", "replace") for key, value in (source.get("data") or {}).items()}


async def environment(worker: PodWorker, container: Obj) -> dict[str, str]:
    """The variables of a container; later ones may name earlier ones as $(NAME). Raises Missing."""
    found: dict[str, str] = {}
    for source in container.get("envFrom") or []:
        for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
            if field in source:
                given = await fetched(worker, kind, source[field]["name"], bool(source[field].get("optional")))
                prefix = source.get("prefix") or ""
                found |= {prefix + key: text for key, text in (texts(given) if given else {}).items()}
    for variable in container.get("env") or []:
        value = await value_from(worker, container, variable["valueFrom"]) if variable.get("valueFrom") else None
        if value is not None or not variable.get("valueFrom"):
            found[variable["name"]] = value if value is not None else expanded(str(variable.get("value") or ""), found)
    return found


async def value_from(worker: PodWorker, container: Obj, source: Obj) -> str | None:
    """A variable's value from elsewhere; None for an optional one that is not there. Raises Missing."""
    for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
        if field in source:
            asked = source[field]
            optional = bool(asked.get("optional"))
            given = await fetched(worker, kind, asked["name"], optional)
            known = texts(given) if given else {}
            if asked["key"] in known or optional:
                return known.get(asked["key"])
            raise Missing(f"couldn't find key {asked['key']} in {kind} {meta.namespace(worker.pod)}/{asked['name']}")
    if "fieldRef" in source:
        return field_of(worker, str(source["fieldRef"].get("fieldPath", "")))
    resource = dig(source, "resourceFieldRef.resource", "")
    return str(dig(container, f"resources.{resource}", "0")) if resource else ""


def field_of(worker: PodWorker, path: str) -> str:
    """A field of the Pod, as the downward API names it."""
    pod, sandbox = worker.pod, worker.sandbox
    known = {
        "status.podIP": sandbox.address if sandbox else "", "status.podIPs": sandbox.address if sandbox else "",
        "status.hostIP": worker.kubelet.address, "spec.nodeName": worker.kubelet.node,
        "spec.serviceAccountName": str(pod["spec"].get("serviceAccountName", "default")),
    }  # fmt: skip
    if path in known:
        return known[path]
    match = FIELD.fullmatch(path)
    return str(dig(pod, match[1], {}).get(match[2], "")) if match else str(dig(pod, path, ""))


def authored(pod: Obj) -> Iterator[Obj]:
    """The volumes that the author asked for, and that need an object: not the token that admission adds."""
    for volume in pod["spec"].get("volumes") or []:
        if not volume["name"].startswith(TOKEN):
            yield volume


async def contents(worker: PodWorker, volume: Obj) -> dict[str, str]:
    """The files of a volume, by their path in it. Raises Missing."""
    found: dict[str, str] = {}
    for field, (kind, name) in SOURCES.items():
        if field in volume:
            found |= await projected(worker, kind, volume[field].get(name) or "", volume[field])
    for source in dig(volume, "projected.sources", []):
        for field, (kind, _) in SOURCES.items():
            if field in source:
                found |= await projected(worker, kind, source[field].get("name") or "", source[field])
    for item in dig(volume, "downwardAPI.items", []):
        found[item["path"]] = field_of(worker, str(dig(item, "fieldRef.fieldPath", "")))
    return found


async def projected(worker: PodWorker, kind: str, name: str, source: Obj) -> dict[str, str]:
    """The keys of an object as files: all, or those that are asked for. Raises Missing."""
    optional = bool(source.get("optional"))
    given = await fetched(worker, kind, name, optional)
    known = texts(given) if given else {}
    if not source.get("items"):
        return known
    lost = [item["key"] for item in source["items"] if item["key"] not in known]
    if lost and not optional:
        raise Missing(f"references non-existent {'config' if kind == 'ConfigMap' else 'secret'} key: {lost[0]}")
    return {item["path"]: known[item["key"]] for item in source["items"] if item["key"] in known}


async def mounted(worker: PodWorker) -> dict[str, dict[str, str]]:
    """All volumes of the Pod with their files, as soon as all can be mounted. A failure is said aloud, and tried again later."""
    done: dict[str, dict[str, str]] = {}
    for volume in authored(worker.pod):
        wait = FIRST_TRY_US
        while volume["name"] not in done:
            try:
                done[volume["name"]] = await contents(worker, volume)
            except Missing as error:
                message = f'MountVolume.SetUp failed for volume "{volume["name"]}" : {error}'
                worker.kubelet.recorder.event(worker.pod, "Warning", "FailedMount", message)
                await Sleep(wait)
                wait = min(2 * wait, LONGEST_TRY_US)
    return done


def files_of(container: Obj, volumes: dict[str, dict[str, str]]) -> Files:
    """The files that a container finds: those of the volumes hang where they are mounted, and are not its own."""
    mounts = {
        str(mount["mountPath"]).rstrip("/"): (volumes[mount["name"]], str(mount.get("subPath") or "").strip("/"))
        for mount in container.get("volumeMounts") or []
        if mount["name"] in volumes
    }
    return Files(mounts)
