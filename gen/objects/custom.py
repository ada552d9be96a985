"""Kinds that are not Kubernetes' own: what a CustomResourceDefinition adds, and what a manifest takes for granted.

Objects are kept by the name of their kind. A kind that is called like one of Kubernetes' own, or like another that came
before it, is therefore not added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.objects.kinds import KINDS, Kind, kind_by_name

Obj = dict[str, Any]
DEFINITION = "CustomResourceDefinition"
KUSTOMIZE = "kustomize.config.k8s.io"  # of files that kustomize reads: no server knows them
OWN_GROUPS = frozenset(kind.group for kind in KINDS) | {
    KUSTOMIZE, "events.k8s.io", "internal.apiserver.k8s.io", "storagemigration.k8s.io",
}  # fmt: skip
HISSING = ("s", "x", "ch", "sh")
VOWELS = "aeiou"


def kinds_of(definition: Obj) -> list[Kind]:
    """The kinds that a CustomResourceDefinition adds, one for each version that is served; the stored version comes first."""
    spec = mapping(definition.get("spec"))
    names, group, namespaced = mapping(spec.get("names")), str(spec.get("group", "")), spec.get("scope") != "Cluster"
    name, short = str(names.get("kind", "")), names.get("shortNames")
    plural, singular = str(names.get("plural") or plural_of(name)), str(names.get("singular") or name.lower())
    short_names = tuple(map(str, short)) if isinstance(short, list) else ()
    versions = spec["versions"] if isinstance(spec.get("versions"), list) else []
    served = [one for one in map(mapping, versions) if one.get("name") and one.get("served", True)]
    served.sort(key=lambda one: not one.get("storage"))
    return [Kind(group, str(one["name"]), name, plural, singular, short_names, namespaced, False) for one in served]


def established(definition: Obj) -> Obj:
    """The status of a definition whose kind is served, which here it is at once."""
    spec, since = mapping(definition.get("spec")), definition["metadata"]["creationTimestamp"]
    conditions = (("NamesAccepted", "NoConflicts", "no conflicts found"),
                  ("Established", "InitialNamesAccepted", "the initial names have been accepted"))  # fmt: skip
    return {
        "acceptedNames": mapping(spec.get("names")),
        "conditions": [
            {"type": name, "status": "True", "reason": reason, "message": message, "lastTransitionTime": since}
            for name, reason, message in conditions
        ],
        "storedVersions": [kind.version for kind in kinds_of(definition)][:1],
    }


def mapping(value: Any) -> Obj:
    """The value, if it is a mapping: nobody checks what a definition says."""
    return value if isinstance(value, dict) else {}


def custom_kinds(definitions: Iterable[Obj], assumed: Iterable[Kind] = ()) -> tuple[Kind, ...]:
    """The kinds that these definitions add, and those that are assumed beside them."""
    group_of: dict[str, str] = {}
    found: dict[tuple[str, str], Kind] = {}
    for kind in (*(kind for definition in definitions for kind in kinds_of(definition)), *assumed):
        if kind_by_name(kind.name) is None and group_of.setdefault(kind.name, kind.group) == kind.group:
            found.setdefault((kind.api_version, kind.name), kind)
    return tuple(found.values())


def can_be_custom(api_version: str) -> bool:
    """Whether a kind of this `apiVersion` can come from a definition: its group is a domain, and not Kubernetes' own.

    >>> can_be_custom("cert-manager.io/v1"), can_be_custom("extensions/v1beta1"), can_be_custom("apps/v1")
    (True, False, False)
    """
    group, slash, version = api_version.partition("/")
    return bool(slash and version) and "." in group and group not in OWN_GROUPS


def assumed_kind(api_version: str, name: str, in_a_namespace: bool = False) -> Kind:
    """A kind as its definition most likely has it: what it is called in the plural, and whether it belongs to the cluster.

    >>> assumed_kind("cert-manager.io/v1", "ClusterIssuer").plural, assumed_kind("x.io/v1", "Policy").resource
    ('clusterissuers', 'policies.x.io')
    """
    group, _, version = api_version.rpartition("/")
    of_cluster = (name.startswith("Cluster") or name.endswith("Class")) and not in_a_namespace
    return Kind(group, version, name, plural_of(name), name.lower(), (), not of_cluster, False)


def plural_of(name: str) -> str:
    """How a kind is most likely called in the plural: `gateways`, `policies`, `ingresses`."""
    word = name.lower()
    if word.endswith(HISSING):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in VOWELS else f"{word}s"
