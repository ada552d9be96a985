"""What stands on a line of a ladder: the call as HTTP has it, the delivery as a watch has it, and what came of it."""

from __future__ import annotations

from gen.kit.evolve import dig
from gen.objects.kinds import kind_by_name
from gen.trace.record import Decided, Fault, Obj, Phase, Printed, Ref, Request, Said, Write
from gen.trace.trace import Trace
from gen.views.deeds import Deed, deed
from gen.views.focus import Scope
from gen.views.labels import label
from gen.views.model import Text, Value
from gen.views.sentences import PHASES

METHODS = {"create": "POST", "update": "PUT", "patch": "PATCH", "delete": "DELETE"}
LONGEST = 48  # characters of a command, of what it printed, and of what a rule answered


def call(trace: Trace, scope: Scope, write: Write) -> Text:
    """A call that changed an object, with the change: `PUT replicasets/596556dd5f/status · 1/1`."""
    request = None if write.cause is None else trace[write.cause]
    name = label_of(scope, write.ref)
    told = asked(request, name) if isinstance(request, Request) else path(scope, write.ref)
    result = outcome(deed(write), name)
    return came(told, "" if result == name and told.endswith(f"/{name}") else result)


def is_one_more(trace: Trace, write: Write) -> bool:
    """Whether the same call had written before: a forced delete writes twice."""
    earlier = range(write.seq if write.cause is None else write.cause + 1, write.seq)
    return any(isinstance(one := trace[seq], Write) and one.cause == write.cause for seq in earlier)


def refused(scope: Scope, request: Request) -> Text:
    """A call that the API server refused, with the HTTP status."""
    return came(asked(request, label_of(scope, request.ref)), str(request.code))


def asked(request: Request, name: str) -> str:
    """The method and the path of a request, less what is the same for all: `POST pods`, `POST pods/gzwrs/binding`."""
    parts = [plural(request.ref.kind)]
    if name and (request.verb != "create" or request.subresource):
        parts.append(name)
    if request.subresource:
        parts.append(request.subresource)
    return f"{METHODS.get(request.verb, request.verb.upper())} {'/'.join(parts)}"


def outcome(done: Deed, name: str) -> Value:
    """What a write changed, in a word or two; "" where the call says it all."""
    given = done.params
    match done.name:
        case "created":
            return name
        case "bound":
            return given["node"]
        case "turned" | "turned_word":
            return given["state"]
        case "scaled":
            return f"{given['before']} → {given['after']}"
        case "counted":
            return f"{given['ready']}/{given['wanted']}"
        case "marked":
            return Text("ladder.grace", seconds=given["grace"])
        case "node_ready":
            return f"Ready {given['status']}"
    return ""


def delivery(scope: Scope, write: Write, who: str) -> Text:
    """A write as the watch of `who` delivered it: `ADDED Pod gzwrs`. What a new object is, its receiver reads itself."""
    kind = event(write, who.removeprefix("kubelet/") if who.startswith("kubelet/") else None)
    name, done = label_of(scope, write.ref), deed(write)
    told = f"{kind} {write.ref.kind} {name}"
    if kind != "MODIFIED":
        return Text("name", name=told)
    return Text("name", name=f"{told} (nodeName)") if done.name == "bound" else came(told, outcome(done, name))


def event(write: Write, node: str | None) -> str:
    """ADDED, MODIFIED or DELETED. A kubelet's watch is of the Pods on its `node`: one that was just bound is new to it."""
    before, after = ((obj is not None and on_node(obj, node)) for obj in (write.before, write.after))
    return ("MODIFIED" if before else "ADDED") if after else "DELETED"


def on_node(obj: Obj, node: str | None) -> bool:
    """Whether a watch for this node (None: for all) wants the object."""
    return node is None or dig(obj, "spec.nodeName") == node


def decision(decided: Decided) -> Text:
    """The rule, and what it answered in few words: names if it answered with names, else its numbers."""
    names = [value for value in decided.values.values() if isinstance(value, str)]
    numbers = [f"{name} {value}" for name, value in decided.values.items() if isinstance(value, int)]
    answer = shortened(", ".join(names or numbers))
    rule = decided.by.rpartition(".")[2]
    return Text("name", name=f"{rule} → {answer}" if answer else rule)


def work(phase: Phase) -> Text:
    """What a kubelet has just done for a Pod."""
    key = f"ladder.phase.{phase.phase}" if phase.phase in PHASES else "ladder.phase_other"
    image = str(phase.detail.get("image", phase.container)).rpartition("/")[2]
    return Text(key, container=phase.container, image=image, phase=phase.phase)


def hit(fault: Fault) -> Text:
    """What a fault did to what."""
    return Text("ladder.hit", what=fault.what, deed=Text(f"ladder.fault/{fault.deed}"))


def printed(said: Said | Printed) -> Value:
    """What kubectl printed: the line if it is one, else how many there are."""
    lines = (said.stdout if said.rc == 0 else said.stderr or said.stdout).strip().splitlines()
    if len(lines) > 1 and said.rc == 0:
        return Text("ladder.printed", count=len(lines))
    return shortened(lines[0]) if lines else ""


def came(told: str, result: Value) -> Text:
    """A line, and what came of it."""
    return Text("ladder.came", what=told, outcome=result) if result else Text("name", name=told)


def shortened(text: str) -> str:
    """`text`, or its beginning and an ellipsis."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def label_of(scope: Scope, ref: Ref) -> str:
    """The short name of an object."""
    owner = scope.owner(ref)
    return label(ref.name, owner.name if owner else "")


def path(scope: Scope, ref: Ref) -> str:
    """An object as it stands in paths."""
    return f"{plural(ref.kind)}/{label_of(scope, ref)}"


def plural(kind: str) -> str:
    """The resource as it stands in paths."""
    known = kind_by_name(kind)
    return known.plural if known else f"{kind.lower()}s"
