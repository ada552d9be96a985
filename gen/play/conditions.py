"""The one small grammar of conditions: what a step waits for, and what a scenario expects.

deployment/web complete         a state: complete, ready, bound, running, gone or exists
deployment/web ready >= 3       a count of its status: replicas, ready, updated, available, unavailable, terminating, restarts
pod/shop/web-1 restarts = 2     an object outside the namespace `default`
replicasets ready               every ReplicaSet of the namespace
statefulsets ready 3 updated 1  every StatefulSet of the namespace
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.objects.kinds import kind_named
from gen.play.reading.bad_input import BadInput, nearest
from gen.trace.record import Ref

Obj = dict[str, Any]
State = Callable[[Obj], bool]
FORMS = "Write REF complete|ready|bound|running|gone|exists, or REF COUNT OP NUMBER, as in `deployment/web ready >= 3`."
TOKEN = re.compile(r"[^\s<>=!]+|[<>=!]+")
COMPARED: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class Lookup(Protocol):
    """The objects of a cluster at one moment."""

    def get(self, kind: str, namespace: str, name: str) -> Obj | None:
        """One object, or None."""

    def list(self, kind: str, namespace: str) -> list[Obj]:
        """The objects of a kind in a namespace."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is true of a cluster at one moment, or not. `kind` says whose changes can alter the answer."""

    text: str
    kind: str
    test: Callable[[Lookup], bool] = field(compare=False, repr=False)

    def holds(self, objects: Lookup) -> bool:
        """Whether it is true of these objects."""
        return self.test(objects)

    def __str__(self) -> str:
        return self.text


def parse(text: str, namespace: str = "default") -> Condition:
    """The condition that `text` says; names without a namespace are of `namespace`. Raises BadInput."""
    words = TOKEN.findall(text)
    if words[:1] == ["replicasets"] and words[1:] == ["ready"]:
        return _every(text, "ReplicaSet", namespace, has_all_ready)
    if words[:1] == ["statefulsets"]:
        return _stateful_sets(text, words, namespace)
    if len(words) == 2:
        return _state(text, reference(words[0], namespace), words[1])
    if len(words) == 4:
        return _count(text, reference(words[0], namespace), *words[1:])
    raise _wrong(text, "is no condition", FORMS)


def reference(text: str, namespace: str = "default") -> Ref:
    """The object that `kind/name` or `kind/namespace/name` names. Raises BadInput."""
    kind_text, *rest = text.split("/")
    kind = kind_named(kind_text)
    if kind is None or len(rest) not in (1, 2) or not all(rest):
        raise _wrong(text, "names no object", "Write kind/name, or kind/namespace/name outside `default`: `deployment/web`.")
    return Ref(kind.name, rest[0] if len(rest) == 2 else namespace if kind.namespaced else "", rest[-1])


def _wrong(text: str, what: str, todo: str) -> BadInput:
    return BadInput("condition", what=f"{text!r} {what}", todo=todo)


def _state(text: str, ref: Ref, word: str) -> Condition:
    """REF complete|ready|bound|running|gone|exists."""
    if word in ("gone", "exists"):
        return Condition(text, ref.kind, lambda objects: (objects.get(*ref) is None) == (word == "gone"))
    if word not in STATES:
        raise _wrong(text, f"speaks of no state: {word!r}", f"{nearest(word, [*STATES, 'gone', 'exists'])} {FORMS}")
    state = STATES[word].get(ref.kind)
    if state is None:
        raise _wrong(text, f"cannot be: a {ref.kind} is never {word}", f"{word} can be: {', '.join(STATES[word])}.")

    def test(objects: Lookup) -> bool:
        obj = objects.get(*ref)
        return obj is not None and state(obj)

    return Condition(text, ref.kind, test)


def _count(text: str, ref: Ref, word: str, comparison: str, number: str) -> Condition:
    """REF COUNT OP NUMBER."""
    counts = {**COUNTS, **OTHER_COUNTS.get(ref.kind, {})}
    if word not in counts:
        raise _wrong(text, f"counts nothing: {word!r}", f"{nearest(word, counts)} {FORMS}")
    if comparison not in COMPARED or not number.isdecimal():
        raise _wrong(text, "compares nothing", f"Write one of {' '.join(COMPARED)} and a whole number after {word}.")
    read, compare, wanted = counts[word], COMPARED[comparison], int(number)

    def test(objects: Lookup) -> bool:
        obj = objects.get(*ref)
        return obj is not None and compare(read(obj), wanted)

    return Condition(text, ref.kind, test)


def _every(text: str, kind: str, namespace: str, state: State) -> Condition:
    return Condition(text, kind, lambda objects: all(state(obj) for obj in objects.list(kind, namespace)))


def _stateful_sets(text: str, words: list[str], namespace: str) -> Condition:
    """`statefulsets ready R updated U`, or only one of the two; without numbers, all of them ready and updated."""
    if words[1:] in (["ready"], ["ready", "updated"]):
        return _every(text, "StatefulSet", namespace, STATES["complete"]["StatefulSet"])
    if words[1::2] not in (["ready"], ["ready", "updated"]) or not all(word.isdecimal() for word in words[2::2]):
        raise _wrong(text, "is no condition", "Write `statefulsets ready 3 updated 1`, or `statefulsets ready`.")
    wanted = {f"{word}Replicas": int(number) for word, number in zip(words[1::2], words[2::2], strict=True)}
    return _every(
        text, "StatefulSet", namespace, lambda obj: all(counted(name)(obj) == number for name, number in wanted.items())
    )


def counted(name: str) -> Callable[[Obj], int]:
    """A reader of one number of the status; what is left out is 0."""
    return lambda obj: int(dig(obj, f"status.{name}", 0))


def wanted_replicas(obj: Obj) -> int:
    """`spec.replicas`, which is 1 where nothing is said."""
    return int(dig(obj, "spec.replicas", 1))


def observed(obj: Obj) -> bool:
    """Whether the controller's status speaks of the newest spec."""
    return meta.generation(obj) <= int(dig(obj, "status.observedGeneration", 0))


def has_all_ready(obj: Obj) -> bool:
    """As many ready as wanted."""
    return counted("readyReplicas")(obj) == wanted_replicas(obj)


def has_all(*names: str) -> State:
    """The newest spec was seen, and each of these counts of the status is what the spec wants."""
    return lambda obj: observed(obj) and all(counted(name)(obj) == wanted_replicas(obj) for name in names)


def deployment_complete(obj: Obj) -> bool:
    """Updated, ready, available and total are what the spec wants, and none is unavailable."""
    counts = has_all("updatedReplicas", "readyReplicas", "availableReplicas", "replicas")
    return counts(obj) and counted("unavailableReplicas")(obj) == 0


def daemon_set_complete(obj: Obj) -> bool:
    """Every node that should run a Pod runs an updated and available one."""
    desired = counted("desiredNumberScheduled")(obj)
    return observed(obj) and all(
        counted(name)(obj) == desired for name in ("updatedNumberScheduled", "numberAvailable", "numberReady")
    )


def has_condition(type_: str) -> State:
    """A condition of the status is True."""
    return lambda obj: any(one.get("type") == type_ and one.get("status") == "True" for one in dig(obj, "status.conditions", []))


def in_phase(phase: str) -> State:
    """The status says this phase."""
    return lambda obj: dig(obj, "status.phase") == phase


STATES: dict[str, dict[str, State]] = {
    "complete": {
        "Deployment": deployment_complete,
        "ReplicaSet": has_all("readyReplicas", "availableReplicas", "replicas"),
        "StatefulSet": has_all("updatedReplicas", "readyReplicas", "replicas"),
        "DaemonSet": daemon_set_complete,
        "Job": has_condition("Complete"),
        "Pod": in_phase("Succeeded"),
    },
    "ready": {
        "Pod": pods.is_ready,
        "Node": has_condition("Ready"),
        "Deployment": has_all_ready,
        "ReplicaSet": has_all_ready,
        "StatefulSet": has_all_ready,
    },
    "bound": {
        "Pod": lambda pod: bool(dig(pod, "spec.nodeName")),
        "PersistentVolumeClaim": in_phase("Bound"),
        "PersistentVolume": in_phase("Bound"),
    },
    "running": {"Pod": in_phase("Running")},
}
COUNTS: dict[str, Callable[[Obj], int]] = {
    "replicas": counted("replicas"),
    "ready": counted("readyReplicas"),
    "updated": counted("updatedReplicas"),
    "available": counted("availableReplicas"),
    "unavailable": counted("unavailableReplicas"),
    "terminating": counted("terminatingReplicas"),
    "restarts": pods.restarts,
}
OTHER_COUNTS: dict[str, dict[str, Callable[[Obj], int]]] = {
    "DaemonSet": {
        "replicas": counted("desiredNumberScheduled"),
        "ready": counted("numberReady"),
        "updated": counted("updatedNumberScheduled"),
        "available": counted("numberAvailable"),
        "unavailable": counted("numberUnavailable"),
    },
    "Job": {"ready": counted("ready"), "terminating": counted("terminating")},
}
