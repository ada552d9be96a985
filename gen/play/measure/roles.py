"""Roles: what a generated name stands for.

`nginx-85dbbcff49-5bsnp` is a Pod of the first ReplicaSet of `nginx`: `nginx~ReplicaSet1~Pod`. Two runs never agree on such
names, so everything is compared by role. A name that an author chose stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from gen.play.measure.masks import masked, words
from gen.trace.record import Obj

# Owners before what they own, because the name of a role begins with its owner's.
NUMBERED = ("ReplicaSet", "Job", "ControllerRevision")  # several of one owner are told apart: the first, the second, …
ALIKE = ("Pod", "EndpointSlice", "Endpoints", "PersistentVolumeClaim")  # all of one owner play the same role

HASH_LABELS = ("pod-template-hash", "controller-revision-hash")
SHORTEST_HASH = 5  # anything shorter could be a word

Named = tuple[str, str, Obj]  # kind, name, metadata


def controller(metadata: Obj) -> dict[str, str] | None:
    """The owner reference of the controller in charge."""
    return next((owner for owner in metadata.get("ownerReferences") or [] if owner.get("controller")), None)


class Roles:
    """The roles of all names in one recording or run, and texts in which they replace the names."""

    def __init__(self, history: list[Obj], final: list[Obj], namespace: str) -> None:
        self.namespace = namespace
        seen = list(_named(history, final))
        self._role = _roles(seen)
        self._resizes = _resizes_before_birth(history)
        self._names = words(list(self._role), r"[\w-]")
        self._hashes = words(_hashes(seen), "[a-z0-9]")
        self._namespaces = words([namespace] if namespace else [], r"[\w-]")
        self._masked: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The role that `name` plays."""
        return "<ns>" if name == self.namespace else self._role.get(name, name)

    def part(self, name: str) -> str:
        """The role, and for a Pod how often its workload had been resized before: old Pods and young ones are two parts."""
        return self.of(name) + "'" * self._resizes.get(name, 0)

    def mask(self, text: Any) -> str:
        """`text` without luck: names by role, hashes, times, addresses and the like by a word."""
        text = str(text)
        if text not in self._masked:
            self._masked[text] = self._without_luck(text)
        return self._masked[text]

    def _without_luck(self, text: str) -> str:
        if self._namespaces:
            text = self._namespaces.sub("<ns>", text)
        if self._names:
            text = self._names.sub(lambda found: self._role[found.group()], text)
        if self._hashes:
            text = self._hashes.sub("<hash>", text)
        return masked(text)


def _named(history: list[Obj], final: list[Obj]) -> Iterator[Named]:
    """Whatever has a name, in the order of its appearance."""
    for row in history:
        yield row["kind"], row["name"], row.get("metadata") or {}
    for item in final:
        if metadata := item.get("metadata"):
            yield item.get("kind", ""), metadata.get("name", ""), metadata


def _roles(seen: list[Named]) -> dict[str, str]:
    roles: dict[str, str] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    for wave in (NUMBERED, ALIKE):
        for kind, name, metadata in seen:
            owner = controller(metadata)
            if kind not in wave or name in roles or owner is None or not name.startswith(owner["name"] + "-"):
                continue
            above = roles.get(owner["name"], owner["name"])
            if kind in NUMBERED:
                numbers[kind, above] += 1
                roles[name] = f"{above}~{kind}{numbers[kind, above]}"
            elif owner["kind"] != "StatefulSet":  # its Pods have names of their own: web-0, web-1
                roles[name] = f"{above}~{kind}"
    return roles


def _hashes(seen: list[Named]) -> list[str]:
    """The hashes that workloads and their Pods wear as labels."""
    found = []
    for kind, _, metadata in seen:
        labels = (metadata.get("labels") or {}) if kind in NUMBERED + ALIKE else {}
        found += [labels[label].rsplit("-", 1)[-1] for label in HASH_LABELS if labels.get(label)]
    return [text for text in dict.fromkeys(found) if len(text) >= SHORTEST_HASH]


def _resizes_before_birth(history: list[Obj]) -> dict[str, int]:
    """For every owned Pod: how often the `spec.replicas` of the workload at the top had changed when it first appeared."""
    resizes: Counter[str] = Counter()
    size: dict[str, int] = {}
    above: dict[str, str] = {}
    found: dict[str, int] = {}
    for row in history:
        owner, name = controller(row.get("metadata") or {}), row["name"]
        replicas = row["spec"].get("replicas") if isinstance(row.get("spec"), dict) else None
        if row["kind"] == "Pod" and owner:
            found.setdefault(name, resizes[above.get(owner["name"], owner["name"])])
        elif owner:
            above[name] = owner["name"]
        elif replicas is not None:
            resizes[name] += size.get(name, replicas) != replicas
            size[name] = replicas
    return found
