"""The lines that many descriptions have: labels, annotations, dates, owners, Events.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.kit.duration import parse_timestamp, rfc1123
from gen.objects import events as told
from gen.objects import meta
from gen.play.kubectl.elastic import aligned

Obj = dict[str, Any]
Related = dict[str, list[Obj]]  # what is told along with an object, by kind
Describer = Callable[[Obj, Related, list[Obj] | None, int], str]  # an object, what belongs to it, its Events, now in seconds
UNSET, NONE = "<unset>", "<none>"
HIDDEN_ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"
LONGEST_ANNOTATION = 140  # upstream: maxAnnotationLen


def multiline(title: str, entries: list[str]) -> list[str]:
    """A title with one entry a line, `<none>` without any."""
    return [f"{title}:\t{entries[0]}", *(f"\t{entry}" for entry in entries[1:])] if entries else [f"{title}:\t<none>"]


def label_lines(title: str, found: dict[str, str]) -> list[str]:
    """Labels, or a node selector: `key=value`, by key."""
    return multiline(title, [f"{key}={value}" for key, value in sorted(found.items())])


def annotation_lines(title: str, found: dict[str, str]) -> list[str]:
    """Annotations: `key: value`, by key; a long value on a line of its own, cut off."""
    entries: list[str] = []
    for key, value in sorted(found.items()):
        value = value.removesuffix("\n")
        if key == HIDDEN_ANNOTATION:
            continue
        if len(key) + len(value) + 2 > LONGEST_ANNOTATION or "\n" in value:
            entries += [f"{key}:", *(f"  {_shortened(line, LONGEST_ANNOTATION - 2)}" for line in value.split("\n"))]
        else:
            entries.append(f"{key}: {value}")
    return multiline(title, entries)


def _shortened(text: str, longest: int) -> str:
    return f"{text[:longest]}..." if len(text) > longest else text


def head(obj: Obj, *, namespaced: bool = True) -> list[str]:
    """Name, namespace, labels and annotations, as nearly everything begins."""
    where = [f"Namespace:\t{meta.namespace(obj)}"] if namespaced else []
    marks = [*label_lines("Labels", meta.labels(obj)), *annotation_lines("Annotations", meta.annotations(obj))]
    return [f"Name:\t{meta.name(obj)}", *where, *marks]


def date(time: str) -> str:
    """`Thu, 01 Jan 2026 00:00:00 +0000`."""
    return rfc1123(parse_timestamp(time))


def controlled_by(obj: Obj) -> list[str]:
    """The owner that is the controller."""
    owner = meta.controller_of(obj)
    return [f"Controlled By:\t{owner['kind']}/{owner['name']}"] if owner else []


def event_lines(events: list[Obj], now_s: int) -> list[str]:
    """The Events about an object, the oldest first."""
    if not events:
        return ["Events:\t<none>"]
    rows = ["Events:", "  Type\tReason\tAge\tFrom\tMessage", "  ----\t------\t----\t----\t-------"]
    for event in sorted(events, key=lambda one: one.get("lastTimestamp") or ""):
        about = told.subobject(event)
        message = f"{about}: {event['message'].strip()}" if about else event["message"].strip()
        rows.append(f"  {event['type']}\t{event['reason']}\t{told.age(event, now_s)}\t{told.reporter(event)}\t{message}")
    return rows


def block(*parts: list[str]) -> str:
    """Each part aligned for itself, one under the other."""
    return "".join(aligned("\n".join(part)) + "\n" for part in parts if part)


def with_events(lines: list[str], events: list[Obj] | None, now_s: int) -> str:
    """The lines, and the Events about the object as a table of their own. None: events are not shown."""
    if not events:
        return block([*lines, *(event_lines([], now_s) if events is not None else [])])
    return block(lines, event_lines(events, now_s))
