"""A recording read as something to play: the cluster it began with, and a deed for every step."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from gen.cluster.node.programs import OTHER, Behaviour
from gen.kit.evolve import REMOVED, evolve
from gen.play.measure.roles import Roles
from gen.play.reading.bad_input import BadInput
from gen.play.recording.bodies import Versions, versions
from gen.play.recording.files import changes, documents, events, first_document
from gen.play.recording.files import steps as recorded_steps
from gen.play.recording.images import Images, images
from gen.play.recording.namespaces import namespaces
from gen.play.recording.rows import Row
from gen.trace.record import Micros, Obj

TEMPLATE = re.compile(r"\{([^{}/\s]+)/(\d+)\}")  # {web~ReplicaSet1~Pod/2}


class Unplayable(Exception):
    """A step that cannot be played, and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A kubectl line."""

    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the API, as it goes over the wire."""

    line: str  # `POST /api/v1/namespaces/…`
    body: Any
    user: str | None  # None: nobody


@dataclass(frozen=True, slots=True)
class Wait:
    """Going on when a condition holds."""

    condition: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is done to the cluster."""

    deed: Obj


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was only written down."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """Something that the model has no part for."""

    what: str


Deed = Line | Request | Wait | Trouble | Note | Beyond

ADMINISTRATOR = "kubernetes-admin"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it began in the recording, what is to be done, and how it was recorded."""

    at: Micros
    deed: Deed
    row: Row


@dataclass(frozen=True)
class Script:
    """All that a replay needs of a recording."""

    name: str
    nodes: list[Obj]
    images: Images
    namespace: str
    others: list[str]  # further namespaces that were there at the start
    start_epoch: float
    seed: int | str  # a run of ours is played with its own
    kubelet: str
    steps: list[Step]
    files: dict[str, str]
    versions: Versions
    tail_us: Micros  # how long the recording's log goes on after its last step
    programs: dict[str, Behaviour]  # what its images do, where they were none of those that the world knows


def load(recording: Path) -> Script:
    """The recording in folder `recording`. Raises BadInput."""
    if not (recording / "steps.yaml").is_file():
        raise BadInput(str(recording), what="no recording: steps.yaml is missing", todo="Name a folder in the recording format.")
    meta = _meta(recording / "meta.yaml")
    rows = _timed(recorded_steps(recording / "steps.yaml"), recording / "steps.yaml")
    log = changes(recording / "objects.jsonl")
    steps = [Step(round(row["t"] * 1_000_000), deed(row), row) for row in rows]
    kubelet, nodes = str(meta.get("kubelet") or "real"), _nodes(recording / "nodes.yaml", dated=bool(meta.get("startEpoch")))
    return Script(
        name=recording.name,
        nodes=nodes,
        images=images(events(recording / "events.json"), [node["metadata"]["name"] for node in nodes]),
        namespace=meta.get("namespace") or "default",
        others=namespaces(rows, meta.get("namespace") or "default", _namespaces_in(recording / "manifests")),
        start_epoch=float(meta.get("startEpoch") or 0.0),
        seed=meta.get("seed") or 0,
        kubelet="fake" if kubelet.startswith("fake") else "real",
        steps=steps,
        files=_files(recording / "manifests"),
        versions=versions(log, rows),
        tail_us=_tail(log, steps),
        programs=stand_ins(str(meta.get("images") or "")),
    )


def stand_ins(told: str) -> dict[str, Behaviour]:
    """What the images of a recording do, by what its `meta.yaml` says of them: stand-ins may be web servers and nothing else.

    >>> stand_ins("images are stand-ins: a tiny HTTP server; it speaks no gRPC")["*"].speaks
    'http'
    """
    return {OTHER: Behaviour(serves_all=True, speaks="http")} if "HTTP server" in told and "no gRPC" in told else {}


def deed(row: Row) -> Deed:
    """What to play for a step: `do` where there is one, else what was recorded."""
    do = row.get("do")
    if isinstance(do, dict):
        return Wait(str(do["wait"])) if "wait" in do else Trouble(do)
    if "cmd" in row:
        return Line(do or row["cmd"])
    if "api" in row:
        return Request(do or row["api"], row.get("request"), row.get("user", ADMINISTRATOR))
    return Beyond("HTTP requests to Pods and Services") if "http" in row else Note()


def resolve(text: str, watched: Callable[[], list[Row]], namespace: str) -> str:
    """`text` with every `{role/k}` replaced by the name of the k-th object of that role, in order of creation.

    `watched` tells what a watch has shown so far; it is asked only if there is something to replace.
    """
    if not TEMPLATE.search(text):
        return text
    rows = watched()
    return TEMPLATE.sub(partial(_name_of, rows, Roles(rows, [], namespace)), text)


def _name_of(watched: list[Row], roles: Roles, found: re.Match[str]) -> str:
    role, number = found[1], int(found[2])
    names: list[str] = list(dict.fromkeys(row["name"] for row in watched if roles.of(row["name"]) == role))
    if not 0 < number <= len(names):
        raise Unplayable(f"there is no {found[0]}: {len(names)} of that role were created so far")
    return names[number - 1]


def _tail(log: list[Row], steps: list[Step]) -> Micros:
    """From the begin of the last step to the last line of the watch log."""
    last_s = max((row["t"] for row in log), default=0.0)
    return max(0, round(last_s * 1_000_000) - (steps[-1].at if steps else 0))


def _meta(path: Path) -> Obj:
    """What is said of the whole recording. Raises BadInput."""
    meta = first_document(path) or {}
    if not isinstance(meta, dict):
        raise BadInput(str(path), what="this is no mapping", todo="Write namespace: NAME, startEpoch: SECONDS, kubelet: real.")
    start = meta.get("startEpoch") or 0
    if not isinstance(start, int | float) or not math.isfinite(start):
        raise BadInput(str(path), field="startEpoch", what="this is no number", todo="Write seconds of Unix time.")
    return meta


def _nodes(path: Path, *, dated: bool) -> list[Obj]:
    """The Nodes, with when they joined if the recording has a date. Raises BadInput for what is none."""
    nodes = [document for document in documents(path) if document]
    for number, node in enumerate(nodes):
        metadata = node.get("metadata") if isinstance(node, dict) else None
        if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
            raise BadInput(str(path), field=f"[{number}]", what="this is no Node with a name", todo="Write Node manifests.")
    return nodes if dated else [evolve(node, "metadata.creationTimestamp", REMOVED) for node in nodes]


def _files(folder: Path) -> dict[str, str]:
    """What the lines may name: the manifests, unchanged. A scenario's own lines name them without the folder."""
    texts = {file.name: file.read_text("utf-8", "replace") for file in sorted(folder.glob("*")) if file.is_file()}
    return {f"{folder.name}/{name}": text for name, text in texts.items()} | texts


def _namespaces_in(folder: Path) -> list[str]:
    """The names that might be those of Namespaces in the manifests; to take one too many only leaves a namespace to the steps."""
    texts = [file.read_text("utf-8", "replace") for file in sorted(folder.glob("*")) if file.is_file()]
    return [name for text in texts if "kind: Namespace" in text for name in re.findall(r"name:\s*([\w-]+)", text)]


def _timed(rows: list[Row], path: Path) -> list[Row]:
    """The rows, each with its time and a text to type or to send. Raises BadInput for one without."""
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("t"), int | float) or not math.isfinite(row["t"]):
            what, todo = "a step without the time at which it began", "Write t: SECONDS."
            raise BadInput(str(path), field=f"[{number}].t", what=what, todo=todo)
        for key in ("cmd", "api"):
            if not isinstance(row.get(key, ""), str):
                raise BadInput(str(path), field=f"[{number}].{key}", what="this is no text", todo="Write a text.")
        if not isinstance(row.get("do") or "", dict | str):
            raise BadInput(str(path), field=f"[{number}].do", what="nothing to do", todo="Write a line, {wait: …} or {fault: …}.")
    return rows
