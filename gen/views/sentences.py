"""Every record as one short sentence: who did what, because of what."""

from __future__ import annotations

from gen.trace.query import actor, reason
from gen.trace.record import Decided, Denied, Fault, Phase, Printed, Record, Ref, Request, Said, Seen, Typed, Write
from gen.trace.trace import Trace
from gen.views.deeds import deed, thing
from gen.views.model import Text


def sentence(trace: Trace, record: Record) -> Text:
    """The record in words."""
    told = _told(trace, record, component(actor(trace, record)))
    behind = reason(trace, record) if isinstance(record, Write) else None
    if behind is None:
        return told
    if isinstance(behind, Typed):
        return Text("because.typed", what=told, line=behind.line)
    kind = "phase" if isinstance(behind, Phase) else "fault" if isinstance(behind, Fault) else "fact"
    return Text(f"because.{kind}", what=told, why=fact(trace, behind))


def deed_alone(trace: Trace, record: Record) -> Text:
    """The record in words, without who did it and because of what: in a chain of causes both stand beside it."""
    return _told(trace, record, Text("why.nobody"))


def fact(trace: Trace, record: Record) -> Text:
    """What was so after the record: the short form that gives the reason of another sentence."""
    if isinstance(record, Write):
        done = deed(record)
        return Text(f"fact.{done.name}", thing=thing(record.ref), **done.params)
    if isinstance(record, Phase):
        return Text(f"fact.phase.{record.phase}" if record.phase in PHASES else "fact.phase_other", **_phase(record))
    if isinstance(record, Fault):
        return Text(f"fact.fault.{_fault_deed(record)}", **_fault(record))
    return _told(trace, record, component(actor(trace, record)))


def component(name: str) -> Text:
    """A component as sentences and lanes name it."""
    if name.startswith("kubelet/"):
        return Text("who.kubelet", node=name.removeprefix("kubelet/"))
    return Text(f"who/{name or 'somebody'}")


PHASES = (
    "sandbox-created", "image-pulling", "image-pulled", "image-present", "container-created", "container-started",
    "container-stopping", "container-exited", "sandbox-removed",
)  # fmt: skip


def _told(trace: Trace, record: Record, who: Text) -> Text:
    match record:
        case Typed():
            return Text("typed", line=record.line)
        case Said():
            return _said(trace, record)
        case Printed():
            return _printed(record)
        case Request():
            return _asked(record, who)
        case Write():
            done = deed(record)
            return Text(f"did.{done.name}", who=who, thing=thing(record.ref), **done.params)
        case Seen():
            return _seen(trace, record, who)
        case Decided():
            return _decided(record, who)
        case Denied():
            return Text(
                "denied", who=who, thing=thing(record.ref), stage=record.stage, code=record.code,
                reason=record.reason, message=record.message,
            )  # fmt: skip
        case Phase():
            return Text(f"phase.{record.phase}" if record.phase in PHASES else "phase_other", who=who, **_phase(record))
        case Fault():
            return Text(f"fault.{_fault_deed(record)}", **_fault(record))
    return Text("record", who=who, kind=type(record).__name__)


def _said(trace: Trace, record: Said) -> Text:
    lines = (record.stdout if record.rc == 0 else record.stderr or record.stdout).strip().splitlines() or [""]
    if record.rc == 0 and not lines[0] and any(one.typed == record.cause for one in trace.of(Printed)):
        return Text("ended")
    key = "said" if record.rc == 0 else "said_error"
    return Text(f"{key}_nothing" if not lines[0] else key, line=lines[0], rc=record.rc, more=len(lines) - 1)


def _printed(record: Printed) -> Text:
    lines = (record.stdout.strip() or record.stderr.strip()).splitlines()
    return Text("said", line=lines[0], rc=record.rc, more=len(lines) - 1) if lines else Text("watching")


def _asked(record: Request, who: Text) -> Text:
    verb = f"{record.verb} {record.subresource}".strip()
    if record.code >= 400:
        return Text("asked_refused", who=who, verb=verb, thing=thing(record.ref), code=record.code, message=record.message)
    return Text("asked", who=who, verb=verb, thing=thing(record.ref))


def _seen(trace: Trace, record: Seen, who: Text) -> Text:
    cause = None if record.cause is None else trace[record.cause]
    if isinstance(cause, Write):
        return Text("seen", who=who, what=fact(trace, cause))
    return Text("seen_thing", who=who, thing=thing(record.ref))


def _fault_deed(record: Fault) -> str:
    return record.deed if record.deed in ("stop", "start", "kill", "cut", "mend") else "other"


def _fault(record: Fault) -> dict[str, Text | str]:
    """What was hit: a component as a whole, its watches, or a part of an object."""
    whole = record.ref.kind == "Component"
    target = Text(f"who/{record.what}") if whole else Text("part", what=Text(f"piece/{record.what}"), thing=thing(record.ref))
    return {"deed": record.deed, "target": _watches(record.ref) if record.what == "watch" else target}


def _watches(ref: Ref) -> Text:
    """The watches of a process, of a controller in it, or of a node's kubelet."""
    if ref.kind == "Node":
        return Text("watches.kubelet", node=ref.name)
    return Text("watches.process" if ref.name.startswith("kube-") else "watches.controller", who=component(ref.name))


def _decided(record: Decided, who: Text) -> Text:
    rule = record.by.rpartition(".")[2]
    plain = [(name, value) for name, value in sorted(record.values.items()) if not isinstance(value, dict)]
    values = ", ".join(f"{name} {shown(value)}" for name, value in plain)  # tables, as of scores, are for views of their own
    return Text("decided" if values else "decided_nothing", who=who, rule=rule, thing=thing(record.ref), values=values)


def shown(value: object) -> str:
    """A value of a rule or of a phase, on one line."""
    if isinstance(value, dict):
        value = [f"{key} {shown(child)}" for key, child in sorted(value.items())]
    if isinstance(value, (list, tuple)):
        return f"({', '.join(shown(child) for child in value)})" if value else "–"
    return str(value)


def _phase(record: Phase) -> dict[str, Text | str]:
    detail = ", ".join(f"{name} {shown(value)}" for name, value in sorted(record.detail.items()))
    return {"thing": thing(record.ref), "container": record.container, "phase": record.phase, "detail": detail}
