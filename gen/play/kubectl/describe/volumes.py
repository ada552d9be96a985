"""Volumes as `kubectl describe` shows them: what each kind of volume tells is a table.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2), describeVolumes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gen.kit.evolve import dig

Obj = dict[str, Any]
Field = tuple[str, str, str]  # title, field, what stands there where it is missing

PLAIN: dict[str, tuple[str, tuple[Field, ...]]] = {
    "configMap": ("ConfigMap (a volume populated by a ConfigMap)", (("Name", "name", ""), ("Optional", "optional", "false"))),
    "secret": ("Secret (a volume populated by a Secret)", (("SecretName", "secretName", ""), ("Optional", "optional", "false"))),
    "emptyDir": (
        "EmptyDir (a temporary directory that shares a pod's lifetime)",
        (("Medium", "medium", ""), ("SizeLimit", "sizeLimit", "<unset>")),
    ),
    "hostPath": ("HostPath (bare host directory volume)", (("Path", "path", ""), ("HostPathType", "type", ""))),
    "persistentVolumeClaim": (
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
        (("ClaimName", "claimName", ""), ("ReadOnly", "readOnly", "false")),
    ),
    "nfs": (
        "NFS (an NFS mount that lasts the lifetime of a pod)",
        (("Server", "server", ""), ("Path", "path", ""), ("ReadOnly", "readOnly", "false")),
    ),
}


def volumes(found: list[Obj], *, indent: str = "") -> list[str]:
    """Each volume with what it is made of; in a template its name stands one blank further right."""
    if not found:
        return [f"{indent}Volumes:\t<none>"]
    lines = [f"{indent}Volumes:"]
    for volume in found:
        lines.append(f"  {' ' if indent else ''}{volume['name']}:")
        lines += source_lines(volume)
    return lines


def source_lines(volume: Obj) -> list[str]:
    """What a volume is made of."""
    for kind, (title, fields) in PLAIN.items():
        if (source := volume.get(kind)) is not None:
            return [f"    Type:\t{title}", *(f"    {line}" for line in _fields(source, fields))]
    for kind, told in SPECIAL.items():
        if (source := volume.get(kind)) is not None:
            return [f"    {line}" for line in told(source)]
    return ["  <unknown>"]


def _fields(source: Obj, fields: tuple[Field, ...]) -> Iterator[str]:
    for title, field, missing in fields:
        value = source.get(field) or missing
        yield f"{title}:\t{'true' if value is True else value}"


def _projected(projected: Obj) -> Iterator[str]:
    yield "Type:\tProjected (a volume that contains injected data from multiple sources)"
    for source in projected.get("sources") or []:
        if secret := source.get("secret"):
            yield from _fields(secret, (("SecretName", "name", ""), ("Optional", "optional", "false")))
        elif "downwardAPI" in source:
            yield "DownwardAPI:\ttrue"
        elif config := source.get("configMap"):
            yield from _fields(config, (("ConfigMapName", "name", ""), ("Optional", "optional", "false")))
        elif token := source.get("serviceAccountToken"):
            yield f"TokenExpirationSeconds:\t{token.get('expirationSeconds', 3600)}"


def _downward(downward: Obj) -> Iterator[str]:
    yield from ("Type:\tDownwardAPI (a volume populated by information about the pod)", "Items:")
    for item in downward.get("items") or []:
        path = dig(item, "fieldRef.fieldPath") or dig(item, "resourceFieldRef.resource", "")
        yield f"  {path} -> {item['path']}"


SPECIAL: dict[str, Callable[[Obj], Iterator[str]]] = {"projected": _projected, "downwardAPI": _downward}
