"""What can happen in a run: one frozen Record each.

Every record says when it happened (`at`), which record caused it (`cause`, None only where a person, a fault or the boot
began something), who did it (`who`, the component) in which `process`, and `by` which function it was decided (a dotted
name, "" where nothing was decided).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

Obj = dict[str, Any]
Micros = int


class Ref(NamedTuple):
    """Which object: `Ref("Pod", "default", "web-1")`; namespace "" for what belongs to the cluster."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind.lower()}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all records share. `seq` counts from 0 in the order in which they were made."""

    seq: int
    at: Micros
    cause: int | None = None
    who: str = ""
    process: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Record):
    """A line that a person typed at the terminal: where most chains of causes begin."""

    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Record):
    """What the line printed when it came back. Its cause is the Typed record."""

    line: str
    rc: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(Record):
    """What a line that goes on, as `kubectl get --watch` does, printed meanwhile: first what there was, then what changed.

    `typed` is the number of its Typed record. The cause is the Write that it tells of, else that record.
    """

    typed: int
    stdout: str
    stderr: str = ""
    rc: ClassVar[int] = 0  # nothing has failed yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Record):
    """One call of the API, sent at `at`. `answered` and `code` (the HTTP status) are filled in once, with the answer."""

    verb: str  # get, list, watch, create, update, patch, delete
    ref: Ref
    subresource: str = ""  # status, scale, binding, eviction, or ""
    arrived: Micros = 0
    answered: Micros | None = None
    code: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Record):
    """One change of one object in etcd. `before` is None for a creation, `after` is None for a removal.

    Of what people send, and of what a component creates for the first time for an owner: `sent` is what they asked for (of
    kubectl what stands in the file, else an object or a patch), and `made` has the places (JSON pointers) that each stage of
    the API server's chain changed after that.
    """

    ref: Ref
    revision: int
    before: Obj | None
    after: Obj | None
    sent: Any = None
    made: dict[str, list[str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Record):
    """A change (`revision` of `ref`) reached a component that has something to do for it. The cause is the Write."""

    ref: Ref
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Record):
    """A rule was asked about `ref` and answered `values` (JSON-able). `by` names the rule."""

    ref: Ref
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied(Record):
    """The API server's chain refused a request at `stage` (authn, decode, validation, …)."""

    ref: Ref
    stage: str
    code: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Record):
    """Something that a kubelet runs went on to its next phase: a sandbox, an image or a container of the Pod `ref`.

    `phase`: sandbox-created, image-pulling, image-pulled, image-present, container-created, container-started,
    container-stopping, container-exited, sandbox-removed.
    """

    ref: Ref
    container: str
    phase: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault(Record):
    """What a scenario did to the cluster.

    `deed` is stop, start, kill, cut or mend; `what` is kubelet, container, watch or a component; `ref` is the thing that
    was hit: of a cut watch the component that watches, or the Node of a kubelet. `lasts` is for how long, where that was
    said: a watch that was cut for no time was only closed by the API server. The cause of a mend is its cut.
    """

    deed: str
    what: str
    ref: Ref
    lasts: Micros | None = None


KINDS: dict[str, type[Record]] = {
    kind.__name__: kind for kind in (Typed, Said, Printed, Request, Write, Seen, Decided, Denied, Phase, Fault)
}
