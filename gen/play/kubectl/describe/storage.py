"""`kubectl describe` for storage: volumes, the claims to them, and the classes that make them.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2); recording 40. Every function gives lines with tabs.
"""

from __future__ import annotations

from typing import Any

from gen.kit.duration import human_age, parse_timestamp
from gen.kit.evolve import dig
from gen.objects import meta
from gen.objects.tables_others import access_modes
from gen.play.kubectl.describe.lines import NONE, UNSET, Describer, Related, annotation_lines, label_lines, multiline, with_events
from gen.play.kubectl.describe.volumes import source_lines

Obj = dict[str, Any]
TOLD = (("ReclaimPolicy", "reclaimPolicy"), ("VolumeBindingMode", "volumeBindingMode"))
DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"


def _marks(obj: Obj) -> list[str]:
    finalizers = " ".join(obj["metadata"].get("finalizers") or [])
    found = [*label_lines("Labels", meta.labels(obj)), *annotation_lines("Annotations", meta.annotations(obj))]
    return [*found, f"Finalizers:\t[{finalizers}]"]


def _status(obj: Obj, now_s: int) -> str:
    if not meta.deleting(obj):
        return f"Status:\t{dig(obj, 'status.phase', '')}"
    return f"Status:\tTerminating (lasts {human_age(now_s - parse_timestamp(obj['metadata']['deletionTimestamp']) // 1_000_000)})"


def describe_claim(claim: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A claim: to which volume it is bound, and which Pods use it."""
    bound = dig(claim, "spec.volumeName", "")
    users = [meta.name(pod) for pod in related.get("Pod") or [] if meta.name(claim) in _claimed(pod)]
    mode = dig(claim, "spec.volumeMode")
    lines = [
        f"Name:\t{meta.name(claim)}",
        f"Namespace:\t{meta.namespace(claim)}",
        f"StorageClass:\t{dig(claim, 'spec.storageClassName', '')}",
        _status(claim, now_s),
        f"Volume:\t{bound}",
        *_marks(claim),
        f"Capacity:\t{dig(claim, 'status.capacity.storage', '') if bound else ''}",
        f"Access Modes:\t{access_modes(dig(claim, 'status.accessModes', [])) if bound else ''}",
        *([f"VolumeMode:\t{mode}"] if mode else []),
        *multiline("Used By", users),
    ]
    return with_events(lines, events, now_s)


def _claimed(pod: Obj) -> list[str]:
    return [dig(volume, "persistentVolumeClaim.claimName", "") for volume in dig(pod, "spec.volumes", [])]


def describe_volume(volume: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """A volume: whose it is, and what is behind it."""
    spec = volume.get("spec") or {}
    claim = spec.get("claimRef")
    lines = [
        f"Name:\t{meta.name(volume)}",
        *_marks(volume),
        f"StorageClass:\t{spec.get('storageClassName', '')}",
        _status(volume, now_s),
        f"Claim:\t{claim['namespace'] + '/' + claim['name'] if claim else ''}",
        f"Reclaim Policy:\t{spec.get('persistentVolumeReclaimPolicy', '')}",
        f"Access Modes:\t{access_modes(spec.get('accessModes') or [])}",
        *([f"VolumeMode:\t{spec['volumeMode']}"] if spec.get("volumeMode") else []),
        f"Capacity:\t{dig(spec, 'capacity.storage', '')}",
        *_node_affinity(dig(spec, "nodeAffinity.required.nodeSelectorTerms")),
        f"Message:\t{dig(volume, 'status.message', '')}",
        "Source:",
        *source_lines(spec),
    ]
    return with_events(lines, events, now_s)


def _node_affinity(terms: list[Obj] | None) -> list[str]:
    """The nodes that can reach a volume."""
    if terms is None:
        return [f"Node Affinity:\t{NONE}"]
    lines = ["Node Affinity:\t", "  Required Terms:\t"]
    for number, term in enumerate(terms):
        found = [
            f"{one['key']} {one['operator'].lower()} [{', '.join(one.get('values') or [])}]"
            for one in term.get("matchExpressions") or []
        ]
        lines += [f"    Term {number}:\t{(found or [NONE])[0]}", *(f"    \t{more}" for more in found[1:])]
    return lines


def describe_storage_class(found: Obj, related: Related, events: list[Obj] | None, now_s: int) -> str:
    """Who makes volumes of a class, and how."""
    grows, options = found.get("allowVolumeExpansion"), found.get("mountOptions") or []
    lines = [
        f"Name:\t{meta.name(found)}",
        f"IsDefaultClass:\t{'Yes' if meta.annotations(found).get(DEFAULT_CLASS) == 'true' else 'No'}",
        *f"Annotations:\t{_joined(meta.annotations(found))}".split("\n"),
        f"Provisioner:\t{found.get('provisioner', '')}",
        f"Parameters:\t{_joined(found.get('parameters') or {})}",
        f"AllowVolumeExpansion:\t{UNSET if grows is None else grows}",
        *(["MountOptions:", *(f"  {option}" for option in options)] if options else [f"MountOptions:\t{NONE}"]),
        *(
            f"{field[0].upper()}{field[1:]}:\t{found[field]}"
            for field in ("reclaimPolicy", "volumeBindingMode")
            if field in found
        ),
    ]
    return with_events(lines, events, now_s)


def _joined(found: dict[str, str]) -> str:
    return ",".join(f"{key}={value}" for key, value in sorted(found.items())) or NONE


STORAGE: dict[str, Describer] = {
    "PersistentVolumeClaim": describe_claim,
    "PersistentVolume": describe_volume,
    "StorageClass": describe_storage_class,
}
