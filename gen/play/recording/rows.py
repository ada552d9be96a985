"""The rows of a recording, folded from a trace: what a watch would have shown, what stood at the start and at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gen.kit.duration import go_duration
from gen.trace.query import answers
from gen.trace.record import Fault, Micros, Obj, Printed, Ref, Said, Typed, Write
from gen.trace.trace import Trace

Row = dict[str, Any]

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"  # long, and read by kubectl alone: recordings leave it out
METADATA = (
    "uid",
    "labels",
    "annotations",
    "ownerReferences",
    "finalizers",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "generateName",
)
NEVER_WATCHED = ("Lease", "Namespace")  # heartbeats, and the frame around everything
SECRET_FIELDS = ("data", "stringData")

# An Event in the flat form of `events.json`: fields of core/v1 first, then what its metadata tells.
EVENT_FIELDS = (
    "type",
    "reason",
    "message",
    "involvedObject",
    "source",
    "count",
    "series",
    "firstTimestamp",
    "lastTimestamp",
    "eventTime",
    "reportingComponent",
    "reportingInstance",
    "action",
    "related",
)
EVENT_METADATA = ("name", "namespace", "creationTimestamp")


def concerns(trace: Trace, ref: Ref) -> bool:
    """Does `ref` belong to what was played? Not what every cluster runs for itself, nor its boot.

    The events of Nodes stand in `default`, wherever the play is.
    """
    if ref.kind in NEVER_WATCHED:
        return False
    return not ref.namespace.startswith("kube-") and (
        ref.namespace != "default" or ref.kind == "Event" or trace.info.get("namespace", "default") == "default"
    )


def standing(trace: Trace, until: Micros | None = None) -> dict[Ref, Write]:
    """What stood before the moment `until` (without one: at the end), in order of creation: the last write of each object."""
    found: dict[Ref, Write] = {}
    for write in trace.of(Write):
        if until is not None and write.at >= until:
            break
        if write.after is None:
            found.pop(write.ref, None)
        else:
            found[write.ref] = write
    return found


def changes(trace: Trace) -> Iterator[Row]:
    """The watch log: what stood at time 0 as INITIAL, then every change."""
    for write in standing(trace, 0).values():
        if concerns(trace, write.ref) and write.ref.kind != "Event":
            yield _row(0, "INITIAL", write, write.after or {})
    for write in trace.of(Write):
        if write.at >= 0 and concerns(trace, write.ref):
            yield change(write)


def change(write: Write) -> Row:
    """One change. A DELETED one carries the object as it last was."""
    if write.after is None:
        return _row(write.at, "DELETED", write, write.before or {})
    return _row(write.at, "MODIFIED" if write.before is not None else "ADDED", write, write.after)


def _row(at: Micros, type_: str, write: Write, obj: Obj) -> Row:
    head = {
        "t": seconds(at),
        "type": type_,
        "kind": write.ref.kind,
        "namespace": write.ref.namespace or None,
        "name": write.ref.name,
        "resourceVersion": str(write.revision),
        "generation": obj.get("metadata", {}).get("generation"),
    }
    return {**head, **(_told(obj) if write.ref.kind == "Event" else {"metadata": _metadata(obj), **_body(obj)})}


def _metadata(obj: Obj) -> Obj:
    metadata = obj.get("metadata", {})
    found = {key: metadata[key] for key in METADATA if metadata.get(key) is not None}
    annotations = {key: text for key, text in found.pop("annotations", {}).items() if key != LAST_APPLIED}
    return {**found, "annotations": annotations} if annotations else found


def _body(obj: Obj) -> Obj:
    """All but what the row tells already. A Secret keeps its secret (and its type, whose name the row needs)."""
    told = ("apiVersion", "kind", "metadata", "type", *(SECRET_FIELDS if obj.get("kind") == "Secret" else ()))
    return {key: value for key, value in obj.items() if key not in told}


def _told(event: Obj) -> Obj:
    """What a row tells of an Event."""
    about = event.get("involvedObject") or {}
    return {
        "reason": event.get("reason"),
        "message": event.get("message"),
        "count": event.get("count"),
        "etype": event.get("type"),
        "involved": f"{about.get('kind')}/{about.get('name')}",
        "source": event.get("source") or {},
        "reportingComponent": event.get("reportingComponent"),
    }


def events(trace: Trace) -> list[Obj]:
    """The Events that stand at the end and tell of the play, in order of creation."""
    before = standing(trace, 0)
    return [
        write.after
        for ref, write in standing(trace).items()
        if ref.kind == "Event" and write.after is not None and concerns(trace, ref) and ref not in before
    ]


def events_ever(trace: Trace) -> list[Obj]:
    """The Events of the play as they last were, in order of creation; those that went with their namespace too: recording 25."""
    before = standing(trace, 0)
    found: dict[Ref, Obj] = {}
    for write in trace.of(Write):
        if write.ref.kind == "Event" and write.after is not None and write.ref not in before and concerns(trace, write.ref):
            found[write.ref] = write.after
    return list(found.values())


def flat(event: Obj) -> Obj:
    """An Event as `events.json` holds it."""
    metadata = event.get("metadata", {})
    return {**{key: event.get(key) for key in EVENT_FIELDS}, **{key: metadata.get(key) for key in EVENT_METADATA}}


def terminal(trace: Trace) -> list[Row]:
    """What was typed and what was said, and the faults between: the steps of a transcript. What goes on has no `rc` yet."""
    told = answers(trace)
    rows = [_line(typed, told[typed.seq]) for typed in trace.of(Typed) if told[typed.seq]] + [
        _fault(fault)
        for fault in trace.of(Fault)
        if fault.deed != "mend"  # a cut that lasts ends by itself
    ]
    return sorted(rows, key=lambda row: float(row["t"]))


def _line(typed: Typed, told: list[Printed | Said]) -> Row:
    stdout, stderr = "".join(one.stdout for one in told), "".join(one.stderr for one in told)
    came_back = {"rc": told[-1].rc} if isinstance(told[-1], Said) else {}
    row = {"t": seconds(typed.at), "cmd": typed.line, **came_back, "stdout": stdout}
    return {**row, "stderr": stderr} if stderr else row


def _fault(fault: Fault) -> Row:
    hit = {fault.ref.kind.lower(): fault.ref.name} if fault.ref.kind in ("Pod", "Node") else {}
    if fault.deed == "cut":
        hit = {"of": "kubelet" if hit else fault.ref.name, **hit}
        hit |= {} if fault.lasts is None else {"for": go_duration(fault.lasts)}
    return {"t": seconds(fault.at), "note": f"{fault.deed} {fault.what}", "do": {"fault": {fault.deed: fault.what, **hit}}}


def seconds(at: Micros) -> float:
    """A time as recordings write it: seconds, to the millisecond."""
    return round(at / 1_000_000, 3)
