"""A request on its way through the API server, and what its stages may ask about the cluster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from gen.cluster.apiserver.passage import Passage
from gen.kit.loop import Loop
from gen.trace.record import Ref
from gen.trace.trace import Trace

Obj = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """Who asks, as authentication found it. The empty name is nobody: no credentials came with the request."""

    name: str
    groups: tuple[str, ...] = ("system:authenticated",)


ANONYMOUS = User("system:anonymous", ("system:unauthenticated",))


@dataclass(frozen=True, slots=True)
class Call:
    """One request. It never changes; what the stages hand on is the object.

    `typed` says that the body was built by a compiled client, which cannot misspell a field or confuse a type: such a
    body needs no field validation. `validate` is what happens to unknown fields of another: Ignore, Warn or Strict.
    """

    verb: str  # get, list, create, update, patch, delete
    kind: str
    namespace: str
    name: str
    user: User = ANONYMOUS
    who: str = ""
    process: str = ""
    subresource: str = ""
    body: Obj | None = None
    patch: Any = None
    how: str = ""  # strategic, merge, json or apply: how the patch is to be read
    manager: str = ""  # the name under which the sender manages fields; "" is that of its process
    force: bool = False  # an apply that takes fields away from other managers
    dry_run: bool = False  # through the whole chain, but not into the store
    managed: bool = False  # the answer shall tell who manages the fields
    typed: bool = False
    validate: str = "Ignore"
    grace_s: int | None = None
    propagation: str = "Background"
    uid: str = ""  # delete only the object with this uid
    selectors: tuple[str, str] = ("", "")  # by labels, by fields
    warnings: list[str] = field(default_factory=list)
    passage: Passage | None = None  # where it is to be told what the stages made of the object

    @property
    def ref(self) -> Ref:
        """The object that it is about."""
        return Ref(self.kind, self.namespace, self.name)


class World(Protocol):
    """What a stage may look at besides the request: the store as it is now, the clock, names and ids yet unused."""

    loop: Loop
    trace: Trace

    def find(self, kind: str, namespace: str, name: str) -> Obj | None:
        """The stored object, or None."""

    def stored(self, kind: str, namespace: str = "") -> list[Obj]:
        """The stored objects of a kind, in a namespace or in all."""

    def next_uid(self) -> str:
        """A new unique id."""
