"""Who put a line of an object there or took it away, as far as the trace knows: the file, a stage of the API server, or whoever
asked for the change.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gen.kit.pointers import differing, inside
from gen.objects import meta
from gen.trace.query import actor
from gen.trace.record import Obj, Typed, Write
from gen.trace.trace import Trace
from gen.views.model import Text
from gen.views.sentences import component
from gen.views.yaml_lines import ADDED, MISSING, REMOVED, Line

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
REVISION = "/metadata/resourceVersion"  # etcd's stamp: another one with every write
FILES = ("-f", "-k", "--filename", "--kustomize")
SEND_FILES = ("apply", "create", "replace")  # other verbs only read in a file which objects are meant
BEFORE_VERB = ("-n", "--namespace", "--as", "--as-group", "--request-timeout")  # flags that may stand there; a value follows each
MANIFEST, ETCD, SERVER = Text("diff.by.manifest"), Text("name", name="etcd"), Text("who.kube-apiserver")
KUBECTL, MERGE = Text("who.kubectl"), Text("diff.by.merge")
STAGES = {
    "kubectl": KUBECTL, "defaults": Text("diff.by.defaults"), "allocation": Text("diff.by.allocation"), "decode": SERVER,
    "prepare": SERVER,
}  # fmt: skip
APPLIED = "Apply "  # a stage that begins so is a server-side apply, under the name of its field manager
CHOSEN = ("/spec/", "/metadata/labels", "/metadata/annotations")  # where what one sets is meant to stay


def prefixes(pointer: str) -> list[str]:
    """The pointer, and those to all that it lies in, from the inside out."""
    parts = pointer.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts), 1, -1)]


def value_at(obj: Any, pointer: str) -> Any:
    """What stands at a pointer, or MISSING."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(obj, list) and key.isdecimal() and int(key) < len(obj):
            obj = obj[int(key)]
        elif isinstance(obj, dict) and key in obj:
            obj = obj[key]
        else:
            return MISSING
    return obj


def stage_text(stage: str) -> Text:
    """A stage as a picture names it."""
    if stage.startswith(APPLIED):
        return Text("diff.by.applied", manager=stage.removeprefix(APPLIED))
    return STAGES.get(stage) or Text("diff.by.admission", plugin=stage)


def typed_words(trace: Trace, write: Write) -> list[str]:
    """The words of the line that kubectl was at when it asked for the write; none for other components."""
    if actor(trace, write) != "kubectl":
        return []
    return next((shlex.split(record.line) for record in reversed(trace.why(write.seq)) if isinstance(record, Typed)), [])


def verb_of(words: list[str]) -> str:
    """The verb of a kubectl line.

    >>> verb_of(["kubectl", "-n", "shop", "set", "image", "deployment/web", "web=nginx:1.27"])
    'set'
    """
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-"):
            return word
        if word in BEFORE_VERB:
            next(rest, None)
    return ""


def asked_by(trace: Trace, write: Write) -> Text:
    """Who asked for the write: `kubectl label`, or a component."""
    words = typed_words(trace, write)
    return Text("name", name=f"kubectl {verb_of(words)}".rstrip()) if words else component(actor(trace, write))


def from_a_file(trace: Trace, write: Write) -> bool:
    """Whether what was sent stood in a file."""
    words = typed_words(trace, write)
    return verb_of(words) in SEND_FILES and any(word.startswith(FILES) for word in words)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is to be named for the lines of one write. `others`: places that somebody else had set before."""

    write: Write
    asker: Text
    of_file: bool
    stages: dict[str, Text] = field(default_factory=dict)
    others: dict[str, Text] = field(default_factory=dict)

    @classmethod
    def of(cls, trace: Trace, write: Write, earlier: Sequence[Write]) -> Credit:
        """For a write, and those of the same object before it."""
        of_file = from_a_file(trace, write)
        return cls(write, asked_by(trace, write), of_file, stages_of(write), others_of(trace, earlier) if of_file else {})

    @property
    def sender(self) -> Text:
        """Whose lines those are that were sent."""
        return MANIFEST if self.of_file else self.asker

    def is_sent(self, pointer: str) -> bool:
        """Whether what was sent says so."""
        asked = value_at(self.write.sent, pointer)
        return asked is not MISSING and asked == value_at(self.write.after, pointer)

    def stage(self, pointer: str) -> Text | None:
        """The stage that set this place, or what it lies in."""
        return next((self.stages[place] for place in prefixes(pointer) if place in self.stages), None)

    def kept_for(self, line: Line) -> Text | None:
        """Who had set a line that stays as it was, although what was sent does not have it."""
        if not line.leaf or value_at(self.write.sent, line.pointer) is not MISSING:
            return None
        return next((self.others[place] for place in prefixes(line.pointer) if place in self.others), None)

    def named(self, line: Line) -> Text:
        """Who added a line, or took it away."""
        if line.pointer == REVISION:
            return ETCD
        if line.pointer == inside("/metadata/annotations", LAST_APPLIED):
            return KUBECTL
        if line.sign == REMOVED and self.is_left_out(line.pointer):
            return MERGE
        found = self.stage(line.pointer)
        if found or self.write.before is None:
            return found or (self.asker if line.sign == ADDED else SERVER)
        return self.sender if self.is_sent(line.pointer) else self.asker

    def is_left_out(self, pointer: str) -> bool:
        """Whether the file had it the last time, and has it no more."""
        if not self.of_file or self.write.before is None or value_at(self.write.sent, pointer) is not MISSING:
            return False
        return value_at(last_applied(self.write.before), pointer) is not MISSING


def stages_of(write: Write) -> dict[str, Text]:
    """The places that stages of the API server's chain set: the last one that did so counts."""
    return {place: stage_text(stage) for stage, places in (write.made or {}).items() for place in places}


def last_applied(obj: Obj | None) -> Any:
    """What was applied the last time, as kubectl wrote it down."""
    try:
        return json.loads(meta.annotations(obj or {}).get(LAST_APPLIED) or "null")
    except ValueError:
        return None


def others_of(trace: Trace, writes: Sequence[Write]) -> dict[str, Text]:
    """The places that somebody set after the object was created, and not by a file; lists are not looked into."""
    found: dict[str, Text] = {}
    for write in writes:
        if write.before is None or write.after is None:
            found.clear()
            continue
        stages, mine = stages_of(write), from_a_file(trace, write)
        for place in differing(write.before, write.after):
            if not place.startswith(CHOSEN) or any(part.isdecimal() for part in place.split("/")):
                continue
            found.pop(place, None)
            if not mine and place not in stages and value_at(write.after, place) is not MISSING:
                found[place] = asked_by(trace, write)
    return found
