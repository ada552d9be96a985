"""What manifests take for granted: namespaces that none of them makes, and kinds of other makers.

They were written for a cluster that has both. Ours gets them too, and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.validation_names import label_name
from gen.objects.custom import DEFINITION, assumed_kind, can_be_custom, custom_kinds
from gen.objects.kinds import Kind, kind_of
from gen.play.kubectl.manifest_files import named_by
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import documents, dotted
from gen.play.stage import NAMESPACES

Obj = dict[str, Any]
HOOK = "helm.sh/hook"
NAMED = 5  # of many, so many are named in a note


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The namespaces to make first, the kinds that the server is taken to know, and what a reader should hear of it all."""

    namespaces: tuple[str, ...]
    kinds: tuple[Kind, ...]
    notes: tuple[str, ...]


def surroundings(texts: dict[str, str]) -> Surroundings:
    """What these manifests take for granted; what cannot be read is left to kubectl."""
    objects, twice = read(texts)
    definitions = [obj for obj in objects if obj["kind"] == DEFINITION]
    wanted = dict.fromkeys((obj["apiVersion"], obj["kind"], "namespace" in metadata(obj)) for obj in objects)
    defined = custom_kinds(definitions)
    known = {(kind.group, kind.name) for kind in defined}
    guessed = [assumed_kind(*one) for one in wanted if can_be_custom(one[0])]
    kinds = custom_kinds(definitions, [kind for kind in guessed if (kind.group, kind.name) not in known])
    used = {one[:2] for one in wanted}
    namespaces = missing_namespaces(objects, kinds)
    notes = (
        ("namespaces that no manifest makes, made first: {}", namespaces),
        ("kinds that the cluster is taken to have already: {}", unique(called(kind) for kind in kinds if kind not in defined)),
        (
            "kinds that are defined here and used at once: {}; a real cluster must have the definition before",
            unique(called(kind) for kind in defined if (kind.api_version, kind.name) in used),
        ),
        ("Helm's hooks, played as any manifest: {}; `helm template --no-hooks` leaves them out", hooks(objects)),
        ("keys that stand twice, of which the last counts, as for kubectl: {}", twice),
    )
    return Surroundings(tuple(namespaces), kinds, tuple(text.format(enumerated(names)) for text, names in notes if names))


def read(texts: dict[str, str]) -> tuple[list[Obj], list[str]]:
    """The objects that have a kind and a version, those in Lists too; and where keys stand twice in one mapping."""
    objects, twice = list[Obj](), list[str]()
    for name, text in texts.items():
        try:
            for document in documents(text):
                objects += flat(document.value)
                twice += [f"{name}:{document.place(path)[0]} {dotted(path)}" for path in document.repeated]
        except Unreadable:
            continue
    return objects, twice


def flat(value: Any) -> Iterator[Obj]:
    """The object itself, or those of its List."""
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str) or not isinstance(value.get("apiVersion"), str):
        return
    if value["kind"].endswith("List") and isinstance(value.get("items"), list):
        for item in value["items"]:
            yield from flat(named_by(value, item))
    else:
        yield value


def metadata(obj: Obj) -> Obj:
    """The object's metadata, whatever stands there."""
    found = obj.get("metadata")
    return found if isinstance(found, dict) else {}


def missing_namespaces(objects: list[Obj], custom: tuple[Kind, ...]) -> list[str]:
    """The namespaces in which objects stand and that no manifest makes."""
    made = [*NAMESPACES, *(metadata(obj).get("name") for obj in objects if obj["kind"] == "Namespace")]
    found: dict[str, None] = {}
    for obj in objects:
        kind, name = kind_of(obj["apiVersion"], obj["kind"], custom), metadata(obj).get("namespace")
        if kind is not None and kind.namespaced and isinstance(name, str) and name not in made and not label_name(name):
            found.setdefault(name)
    return list(found)


def hooks(objects: list[Obj]) -> list[str]:
    """The objects that Helm would make at certain moments only."""
    found = []
    for obj in objects:
        annotations = metadata(obj).get("annotations")
        if isinstance(annotations, dict) and HOOK in annotations:
            found.append(f"{obj['kind']} {metadata(obj).get('name', '')} ({annotations[HOOK]})")
    return found


def called(kind: Kind) -> str:
    """`Certificate (cert-manager.io/v1)`."""
    return f"{kind.name} ({kind.api_version})"


def unique(names: Iterator[str]) -> list[str]:
    """Each name once, in order."""
    return list(dict.fromkeys(names))


def enumerated(names: list[str]) -> str:
    """The names with commas; of many the first, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
