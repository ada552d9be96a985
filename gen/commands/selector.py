"""What `--why` and `--focus` name: `pod/web`, `event/Scheduled`, `component/kubelet/node-1`, `#52`."""

from __future__ import annotations

from gen.objects.kinds import kind_named
from gen.play.reading.bad_input import BadInput
from gen.trace.record import Obj, Record, Ref, Write
from gen.trace.trace import Trace

SHOWN = 8  # how many names a message lists
FORMS = {
    "--why": "Name a pod/NAME (or any kind/name, the start of a name will do), an event/REASON, a component/NAME or a #RECORD.",
    "--focus": "Name an object as kind/name; the start of a name will do.",
}


def selected(trace: Trace, selector: str) -> list[Record]:
    """The records that `selector` names: the last write of an object, the first of each Event. Raises BadInput."""
    if selector.startswith("#"):
        return [numbered(trace, selector)]
    kind, _, name = selector.partition("/")
    if kind == "event":
        return events(trace, selector, name)
    if kind == "component":
        return [last_of(trace, selector, name)]
    return list(writes_of(trace, selector))


def unknown(selector: str, what: str, candidates: list[str] | None = None, option: str = "--why") -> BadInput:
    """The complaint about a selector, with what it might have meant."""
    there_are = f" There are: {enumeration(candidates)}." if candidates else ""
    return BadInput(option, what=f"{selector!r} {what}", todo=f"{FORMS[option]}{there_are}")


def enumeration(names: list[str]) -> str:
    """The names with commas; of many the first, and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def numbered(trace: Trace, selector: str) -> Record:
    """The record with that number."""
    digits = selector[1:]
    if not (digits.isdecimal() and digits.isascii()) or len(digits) > 9 or int(digits) >= len(trace):
        raise unknown(selector, f"is no record of this run, whose records are #0 to #{len(trace) - 1}")
    return trace[int(digits)]


def events(trace: Trace, selector: str, reason: str) -> list[Record]:
    """The first write of every Event with that reason."""
    created = [write for write in trace.of(Write) if write.ref.kind == "Event" and write.before is None]
    found: list[Record] = [write for write in created if reason in (reason_of(write.after), write.ref.name)]
    if not found:
        reasons = dict.fromkeys(reason_of(write.after) for write in reversed(created))  # those of the play before the boot's
        raise unknown(selector, "did not happen in this run", [f"event/{reason}" for reason in reasons])
    return found


def reason_of(event: Obj | None) -> str:
    """An Event's reason."""
    return str((event or {}).get("reason", ""))


def last_of(trace: Trace, selector: str, component: str) -> Record:
    """The last thing that a component wrote."""
    last = {write.who: write for write in trace.of(Write)}
    if component not in last:
        raise unknown(selector, "wrote nothing in this run", [f"component/{name}" for name in sorted(last)])
    return last[component]


def write_of(trace: Trace, selector: str, option: str = "--why") -> Write:
    """The last write of the object that is meant: of siblings, the first's."""
    return writes_of(trace, selector, option)[0]


def writes_of(trace: Trace, selector: str, option: str = "--why") -> list[Write]:
    """The last write of the object that `kind/name` or `kind/namespace/name` means; the start of a name will do.

    It may fit siblings, which one owner made for the same reason.
    """
    kind_text, _, name = selector.partition("/")
    known = kind_named(kind_text)
    kind = known.name.lower() if known else kind_text.lower()
    last = {write.ref: write for write in trace.of(Write) if write.ref.kind.lower() == kind}
    if not name or known is None and not last:
        raise unknown(selector, "names no object", option=option)
    namespace, _, own_name = name.rpartition("/")
    refs = [ref for ref in last if ref.name.startswith(own_name) and namespace in ("", ref.namespace)]
    exact = [ref for ref in refs if ref.name == own_name]
    meant = [ref for ref in exact if ref.namespace == "default"] or exact or refs
    if not meant:
        raise unknown(selector, "was never in this run", [written(ref) for ref in last], option)
    if len({owner(last[ref]) for ref in meant}) > 1:
        raise unknown(selector, f"fits {len(meant)} objects", [written(ref) for ref in meant], option)
    return [last[ref] for ref in meant]


def owner(write: Write) -> str:
    """Who owns the object: siblings of one owner were made for the same reason, so that any of them will do."""
    owners = ((write.after or write.before or {}).get("metadata") or {}).get("ownerReferences") or [{}]
    return str(owners[0].get("uid") or write.ref)


def written(ref: Ref) -> str:
    """An object as a selector names it."""
    namespace = "" if ref.namespace in ("", "default") else f"{ref.namespace}/"
    return f"{ref.kind.lower()}/{namespace}{ref.name}"
