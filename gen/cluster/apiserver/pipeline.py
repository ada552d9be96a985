"""The chain that every request passes, as a list that can be printed.

A stage is a function of the world, the call, the object and what is stored; it hands the object on, changed or not, or
refuses by raising a StatusError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.cluster.apiserver import status
from gen.cluster.apiserver.admission import admit, mutate
from gen.cluster.apiserver.authn import authenticate
from gen.cluster.apiserver.authz import authorize
from gen.cluster.apiserver.decode import decode
from gen.cluster.apiserver.defaults import defaulted
from gen.cluster.apiserver.registry import prepare
from gen.cluster.apiserver.request import Call, Obj, World
from gen.cluster.apiserver.service_allocation import allocate
from gen.cluster.apiserver.simulated import not_simulated
from gen.cluster.apiserver.validation import validate


@dataclass(frozen=True, slots=True)
class Stage:
    """One link: its name, and what it does."""

    name: str
    deed: Callable[[World, Call, Obj | None, Obj | None], Obj | None]


def note_what_is_not_simulated(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Remember which fields an author set that this cluster keeps and does not act on: figures and the command line say so."""
    if obj is not None and not call.typed and not call.subresource and call.verb != "delete":
        for name in not_simulated(obj):
            world.trace.leave_out(name)
    return obj


def fill_defaults(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Write out what the author left to the default."""
    return obj if obj is None or call.subresource else defaulted(obj)


def check(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Is it a valid object of its kind? Raises StatusError 422 with all that is wrong."""
    if obj is None or call.subresource == "binding" or (call.subresource and call.typed):
        return obj
    errors = validate(obj, old)
    if errors:
        kind = "Scale" if call.subresource == "scale" else call.kind
        raise status.invalid(kind, call.name or obj["metadata"].get("name", ""), errors)
    return obj


ACCESS = (Stage("authn", authenticate), Stage("authz", authorize))
CHANGE = (
    Stage("decode", decode),
    Stage("note what is not simulated", note_what_is_not_simulated),
    Stage("defaults", fill_defaults),
    Stage("mutating admission", mutate),
    Stage("prepare", prepare),
    Stage("validation", check),
    Stage("allocation", allocate),
    Stage("validating admission", admit),
)
CHAIN: tuple[Stage, ...] = (*ACCESS, *CHANGE)  # and then: the store


def printed() -> str:
    """The chain in one line: authn ▸ authz ▸ … ▸ store."""
    return " ▸ ".join([*(stage.name for stage in CHAIN), "store"])
