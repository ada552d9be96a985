"""Counts who stands behind a Service while a trace is read, record by record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.objects.selectors import matches
from gen.trace.query import histories
from gen.trace.record import Micros, Obj, Ref, Write
from gen.trace.trace import Trace

SLICE_OF = "kubernetes.io/service-name"
RUNS = ("image", "command", "args", "env")  # what makes a container's version


class Count(NamedTuple):
    """How many Pods of each version are ready behind the Service from a record on, and how many there are for it."""

    at: Micros
    record: int
    ready: dict[str, int]
    there: dict[str, int]

    @property
    def answering(self) -> int:
        """All that are ready."""
        return sum(self.ready.values())

    @property
    def pods(self) -> int:
        """All that are there, ready or not."""
        return sum(self.there.values())


@dataclass(slots=True)
class Muster:
    """What is known of a Service up to a record. A Pod is there for it if the Service selects it at any time of the run."""

    service: Ref
    selectors: list[Obj]
    pods: dict[str, str] = field(default_factory=dict)  # those that are there, and their versions
    known: dict[str, str] = field(default_factory=dict)  # the versions of all that ever were
    slices: dict[Ref, Obj] = field(default_factory=dict)

    def concerns(self, write: Write) -> bool:
        """Take in a write; whether a count may be another one since."""
        if write.ref.namespace != self.service.namespace:
            return False
        if write.ref.kind == "EndpointSlice":
            return self.take_slice(write)
        return write.ref.kind == "Pod" and self.take_pod(write)

    def take_slice(self, write: Write) -> bool:
        """A slice was written; whether it is the Service's."""
        if meta.labels(write.after or write.before or {}).get(SLICE_OF) != self.service.name:
            return False
        self.slices.pop(write.ref, None)
        if write.after is not None:
            self.slices[write.ref] = write.after
        return True

    def take_pod(self, write: Write) -> bool:
        """A Pod was written; whether it came or went."""
        pod, name = write.after, write.ref.name
        here = pod is not None and pods.is_active(pod) and any(selects(one, pod) for one in self.selectors)
        if pod is not None and here:
            self.known[name] = version(pod)
        was = self.pods.pop(name, None) is not None
        if here:
            self.pods[name] = self.known[name]
        return here != was

    def count(self, write: Write) -> Count:
        """How it stands after a write."""
        names = dict.fromkeys(name for each in self.slices.values() for name in ready(each))
        behind = Counter(self.known.get(name, "") for name in names)
        return Count(write.at, write.seq, dict(behind), dict(Counter(self.pods.values())))


def counts(trace: Trace, service: Ref) -> list[Count]:
    """Every change of who stands behind a Service, in order."""
    writes = histories(trace, "Service").get(service, [])
    specs = [write.after["spec"].get("selector") for write in writes if write.after]
    muster = Muster(service, [one for number, one in enumerate(specs) if one and one not in specs[:number]])
    found: list[Count] = []
    for write in trace.of(Write):
        if muster.concerns(write):
            latest = muster.count(write)
            if not found or (found[-1].ready, found[-1].there) != (latest.ready, latest.there):
                found.append(latest)
    return found


def selects(selector: Obj, pod: Obj) -> bool:
    """Whether a Service's selector selects a Pod."""
    return matches({"matchLabels": selector}, meta.labels(pod))


def ready(endpoint_slice: Obj) -> Iterator[str]:
    """The names of the Pods of a slice that take requests."""
    for endpoint in endpoint_slice.get("endpoints") or []:
        if dig(endpoint, "conditions.ready", True) and dig(endpoint, "targetRef.kind") == "Pod":
            yield str(endpoint["targetRef"]["name"])


def version(pod: Obj) -> str:
    """What a Pod's containers run: two that run the same are of one version, whoever made them."""
    return json.dumps([[one.get(part) for part in RUNS] for one in pod["spec"].get("containers") or []], sort_keys=True)
