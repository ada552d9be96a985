"""One folder in the recording format, read: what a real cluster did, or what our run did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gen.play.bad_input import BadInput
from gen.play.measure.roles import Roles
from gen.trace.record import Obj

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Evidence:
    """What `events.json`, `objects.jsonl`, `final.yaml`, `steps.yaml` and `meta.yaml` of one folder hold."""

    path: Path
    events: list[Obj]
    history: list[Obj]  # the watch log, by resourceVersion
    final: list[Obj]
    steps: list[Obj]
    start: float  # wall-clock seconds of t 0
    exact: bool  # every placement is the scheduler's decision alone
    roles: Roles

    def kinds(self) -> frozenset[str]:
        """The kinds that the watch log holds. Only these are compared."""
        return frozenset(row["kind"] for row in self.history)


def read(path: Path) -> Evidence:
    """The folder at `path`. What is missing in it is empty. Raises BadInput where something cannot be read."""
    if not path.is_dir():
        raise BadInput(str(path), what="no such folder", todo="name a folder in the recording format")
    meta = _only(path / "meta.yaml") or {}
    history, final = _history(path / "objects.jsonl"), _final(path / "final.yaml")
    return Evidence(
        path=path,
        events=_events(path / "events.json"),
        history=history,
        final=final,
        steps=_steps(path / "steps.yaml"),
        start=float(meta.get("startEpoch") or 0.0),
        exact=meta.get("placement") == "exact",
        roles=Roles(history, final, meta.get("namespace") or ""),
    )


def _documents(path: Path) -> list[Any]:
    try:
        return list(yaml.load_all(path.read_text(), Loader)) if path.exists() else []
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise BadInput(str(path), line=mark.line + 1 if mark else 0, what=str(error.problem), todo="write it as YAML") from None


def _only(path: Path) -> Any:
    return next(iter(_documents(path)), None)


def _steps(path: Path) -> list[Obj]:
    document = _only(path)
    return (document.get("steps") if isinstance(document, dict) else document) or []


def _final(path: Path) -> list[Obj]:
    """Every object of a file whose documents are objects or Lists of them."""
    found: list[Obj] = []
    for document in filter(None, _documents(path)):
        found += (document.get("items") or []) if document.get("kind", "").endswith("List") else [document]
    return found


def _events(path: Path) -> list[Obj]:
    """The Events of a plain JSON list or of an EventList."""
    if not path.exists():
        return []
    found = _json(path.read_text(), path, 1)
    return (found.get("items") if isinstance(found, dict) else found) or []


def _history(path: Path) -> list[Obj]:
    if not path.exists():
        return []
    lines = enumerate(path.read_text().splitlines(), 1)
    rows = [_change(_json(line, path, number), path, number) for number, line in lines if line.strip()]
    return sorted(rows, key=_revision)


def _change(row: Obj, path: Path, line: int) -> Obj:
    if not {"kind", "name", "type"} <= row.keys() or not str(row.get("resourceVersion") or 0).isdigit():
        todo = "give every change its kind, name, type and a whole number as resourceVersion"
        raise BadInput(str(path), line=line, what="this is no change of an object", todo=todo)
    return row


def _revision(row: Obj) -> int:
    return int(row.get("resourceVersion") or 0)


def _json(text: str, path: Path, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        raise BadInput(str(path), line=at, column=error.colno, what=error.msg, todo="write it as JSON") from None
