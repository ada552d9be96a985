"""One folder in the recording format, read: what a real cluster did, or what our run did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gen.play.measure.roles import Roles
from gen.play.reading.bad_input import BadInput
from gen.play.recording.files import changes, documents, events, first_document, steps
from gen.trace.record import Obj


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
        raise BadInput(str(path), what="no such folder", todo="Name a folder in the recording format.")
    meta = first_document(path / "meta.yaml") or {}
    history, final = sorted(changes(path / "objects.jsonl"), key=_revision), _final(path / "final.yaml")
    return Evidence(
        path=path,
        events=events(path / "events.json"),
        history=history,
        final=final,
        steps=steps(path / "steps.yaml"),
        start=float(meta.get("startEpoch") or 0.0),
        exact=meta.get("placement") == "exact",
        roles=Roles(history, final, meta.get("namespace") or ""),
    )


def _final(path: Path) -> list[Obj]:
    """Every object of a file whose documents are objects or Lists of them. Raises BadInput for what is neither."""
    found: list[Obj] = []
    for document in filter(None, documents(path)):
        of_many = isinstance(document, dict) and str(document.get("kind")).endswith("List")
        items = (document.get("items") or []) if of_many else [document]
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise BadInput(str(path), what="no object, and no List of objects", todo="Write what `kubectl get -o yaml` prints.")
        found += items
    return found


def _revision(row: Obj) -> int:
    return int(row.get("resourceVersion") or 0)
