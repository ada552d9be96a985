"""Reading the files of a recording: YAML documents, JSON, JSON lines. A file that is missing is empty."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from gen.play.reading.bad_input import BadInput
from gen.play.reading.builder import DEPTH_LIMIT
from gen.trace.record import Obj

PARTS = ("metadata", "spec", "status")  # what a change may leave out where the change before tells the same
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def text(path: Path) -> str:
    """The text of a file. Raises BadInput for what is no text."""
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise BadInput(str(path), what=f"no text in UTF-8: {error.reason}", todo="Save it as UTF-8 text.") from None
    except OSError as error:
        raise BadInput(str(path), what=f"cannot be read: {error.strerror}", todo="Name a file that can be read.") from None


def documents(path: Path) -> list[Any]:
    """The documents of a YAML file. Raises BadInput with the line."""
    content = text(path)
    try:
        refuse_depth(content, path)
        return list(yaml.load_all(content, Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadInput(str(path), line=line, what=str(error.problem), todo="Write it as YAML.") from None
    except yaml.YAMLError as error:
        raise BadInput(str(path), what=str(error).splitlines()[0], todo="Write it as YAML.") from None


def refuse_depth(content: str, path: Path) -> None:
    """Raises BadInput for YAML that nests too deeply: the loader would recurse until the stack is full."""
    if max(map(content.count, ("{", "[", "- -"))) <= DEPTH_LIMIT:
        return
    depth = 0
    for event in yaml.parse(content, Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_LIMIT:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise BadInput(str(path), line=line, what=f"exceeded max depth of {DEPTH_LIMIT}", todo="Nest it less deeply.")


def first_document(path: Path) -> Any:
    """The first document of a YAML file; None where there is none."""
    return next(iter(documents(path)), None)


def steps(path: Path) -> list[Obj]:
    """The rows of a `steps.yaml`. Raises BadInput for what is no list."""
    document = first_document(path)
    found: Any = (document.get("steps") if isinstance(document, dict) else document) or []
    if not isinstance(found, list):
        raise BadInput(str(path), what="this is no list of steps", todo="Write a list: `- {t: SECONDS, cmd: kubectl …}`.")
    return found


def parsed(line: str, path: Path, number: int = 1) -> Any:
    """JSON that begins at line `number` of the file. Raises BadInput with line and column."""
    try:
        return json.loads(line)
    except RecursionError:
        raise BadInput(str(path), line=number, what="this nests too deeply", todo="Nest it less deeply.") from None
    except json.JSONDecodeError as error:
        at = number + error.lineno - 1
        raise BadInput(str(path), line=at, column=error.colno, what=error.msg, todo="Write it as JSON.") from None


def changes(path: Path) -> list[Obj]:
    """The rows of an `objects.jsonl`, whole. Raises BadInput for a row that is no change of an object."""
    lines = enumerate(text(path).splitlines(), 1)
    return list(whole(_change(parsed(line, path, number), path, number) for number, line in lines if line.strip()))


def whole(rows: Iterable[Obj]) -> Iterator[Obj]:
    """Changes with what they leave out: parts of the object that are as they were at the change before.

    >>> web = {"kind": "Pod", "name": "web"}
    >>> list(whole([{**web, "type": "ADDED", "spec": 1}, {**web, "type": "DELETED"}]))[1]
    {'spec': 1, 'kind': 'Pod', 'name': 'web', 'type': 'DELETED'}
    """
    before: dict[tuple[str, ...], Obj] = {}
    for row in rows:
        key = (str(row["kind"]), str(row.get("namespace")), str(row["name"]))
        known = before.get(key, {}) if row["type"] in ("MODIFIED", "DELETED") else {}
        before[key] = {**{part: known[part] for part in PARTS if part in known}, **row}
        yield before[key]


def _change(row: Any, path: Path, line: int) -> Any:
    told = isinstance(row, dict) and {"kind", "name", "type"} <= row.keys() and isinstance(row.get("t"), int | float)
    if not told or not math.isfinite(row["t"]) or not str(row.get("resourceVersion") or 0).isdigit():
        todo = "Give every change its t in seconds, kind, name, type and a whole number as resourceVersion."
        raise BadInput(str(path), line=line, what="this is no change of an object", todo=todo)
    return row


def events(path: Path) -> list[Obj]:
    """The Events of a plain JSON list or of an EventList. Raises BadInput."""
    if not path.exists():
        return []
    found = parsed(text(path), path)
    listed = (found.get("items") if isinstance(found, dict) else found) or []
    if not isinstance(listed, list) or not all(isinstance(event, dict) for event in listed):
        raise BadInput(str(path), what="this is no list of Events", todo="Write a JSON list of Events, or an EventList.")
    return listed
