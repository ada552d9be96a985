"""Recorded request bodies, made to speak of this run's objects.

A raw PUT carries the uid and the resourceVersion that its writer had read. Those are the recording's own; what matters is
whether the writer had the newest version or an old one, and that is kept.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gen.kit.evolve import REMOVED, dig, evolve
from gen.play.recording.rows import Row
from gen.trace.record import Micros, Obj

TOKEN = "kube-api-access-"
TOKEN_VOLUME = re.compile(TOKEN + "[a-z0-9]{5}")
Find = Callable[[str, str, str], Obj | None]


@dataclass(frozen=True)
class Versions:
    """When the recording knew which resourceVersion of which object (kind and name)."""

    seen: dict[tuple[str, str], list[tuple[Micros, int]]]

    def is_newest(self, kind: str, name: str, version: str, at: Micros) -> bool:
        """Whether that version was the newest one known before that time."""
        known = [revision for seen, revision in self.seen.get((kind, name), []) if seen < at]
        return bool(known) and version == str(max(known))


def versions(log: Iterable[Row], steps: Iterable[Row]) -> Versions:
    """All versions that the watch log and the answers of the API tell of."""
    seen: dict[tuple[str, str], list[tuple[Micros, int]]] = defaultdict(list)
    for row in log:
        seen[row["kind"], row["name"]].append((round(row["t"] * 1_000_000), int(row.get("resourceVersion") or 0)))
    for step in steps:
        response = step.get("response")
        kind, name, version = dig(response, "kind"), dig(response, "metadata.name"), dig(response, "metadata.resourceVersion")
        if kind and name and str(version).isdigit():
            seen[kind, name].append((round(step["t"] * 1_000_000), int(version)))
    return Versions(seen)


def translated(body: Any, known: Versions, at: Micros, namespace: str, find: Find) -> Any:
    """The body with this run's uid, and with its resourceVersion where the recording's writer had the newest one."""
    kind, name, version = dig(body, "kind"), dig(body, "metadata.name"), dig(body, "metadata.resourceVersion")
    if not kind or not name or not version:
        return body
    ours = find(kind, dig(body, "metadata.namespace", namespace), name)
    if ours is None:
        return body
    body = evolve(body, "metadata.uid", ours["metadata"]["uid"]) if dig(body, "metadata.uid") else body
    body = with_ours(body, ours) if kind == "Pod" else body
    if not known.is_newest(kind, name, version, at):
        return body
    return evolve(body, "metadata.resourceVersion", ours["metadata"]["resourceVersion"])


def with_ours(body: Obj, ours: Obj) -> Obj:
    """A recorded Pod with what this run's cluster gave it: the node, and the name of the volume with its token."""
    named = [volume["name"] for volume in dig(ours, "spec.volumes", []) if volume["name"].startswith(TOKEN)]
    text = json.dumps(body)
    if named:
        text = TOKEN_VOLUME.sub(named[0], text)
    found: Obj = json.loads(text)
    node = dig(ours, "spec.nodeName")
    return evolve(found, "spec.nodeName", node if node else REMOVED) if dig(found, "spec.nodeName") else found
