"""Writing a run in the format of the recordings, so that one measure reads both.

| file | holds |
| --- | --- |
| `events.json` | the Events as they last were, in order of creation, flat |
| `objects.jsonl` | the watch log: one change a line, what stood at time 0 first |
| `steps.yaml` | the terminal's transcript: every line and what it printed |
| `final.yaml` | the objects at the end: two Lists, the namespace's and the cluster's |
| `nodes.yaml` | the Nodes at the start, in order of creation |
| `meta.yaml` | namespace, the wall-clock time of `t: 0`, what stood in for a kubelet |
| `manifests/` | what the commands named |
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from gen.play.reading.bad_input import BadInput
from gen.play.recording.rows import Row, changes, concerns, events, events_ever, flat, standing, terminal
from gen.trace.record import Obj
from gen.trace.trace import Trace

Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WIDE = 1_000_000  # never fold a line: what was printed is easier to compare then


def events_list(trace: Trace) -> Obj:
    """The Events at the end as an EventList of core/v1."""
    return {"apiVersion": "v1", "kind": "EventList", "metadata": {}, "items": events(trace)}


def watch_lines(trace: Trace) -> Iterator[str]:
    """The lines of `objects.jsonl`."""
    return (json.dumps(row, ensure_ascii=False) for row in changes(trace))


def transcript(trace: Trace) -> str:
    """The text of `steps.yaml`."""
    return _yaml(terminal(trace))


def write(trace: Trace, into: Path, *, steps: Sequence[Row] | None = None, files: Mapping[str, str] | None = None) -> None:
    """Write the run into folder `into`, which is made: all files or, if anything fails, none.

    `steps` stand in `steps.yaml` instead of the terminal's own (a replay has played more than lines), `files` are what the
    commands named.
    """
    texts = {
        "events.json": json.dumps([flat(event) for event in events_ever(trace)], indent=1, ensure_ascii=False) + "\n",
        "objects.jsonl": "".join(line + "\n" for line in watch_lines(trace)),
        "steps.yaml": _yaml(list(steps)) if steps is not None else transcript(trace),
        "final.yaml": _yaml(*final_lists(trace)),
        "nodes.yaml": _yaml(*(_node(node) for node in nodes(trace))),
        "meta.yaml": _yaml(meta(trace)),
        **{f"manifests/{Path(name).name}": text for name, text in (files or {}).items()},
    }
    write_all(into, texts)


def meta(trace: Trace) -> Obj:
    """What a reader must know of the whole run."""
    kept = ("startEpoch", "seed", "title", "notSimulated")
    return {
        "namespace": trace.info.get("namespace", "default"),
        "kubelet": trace.info.get("kubelet", "real"),
        **{key: trace.info[key] for key in kept if trace.info.get(key) is not None},
        "simulated": True,
    }


def nodes(trace: Trace) -> list[Obj]:
    """The Nodes as time 0 found them, in order of creation."""
    return [write.after for ref, write in standing(trace, 0).items() if ref.kind == "Node" and write.after is not None]


def _node(node: Obj) -> Obj:
    """A Node without what its heartbeats and controllers write."""
    metadata = {key: node["metadata"][key] for key in ("name", "labels", "creationTimestamp") if key in node["metadata"]}
    status = {key: node.get("status", {})[key] for key in ("capacity", "allocatable") if key in node.get("status", {})}
    return {"apiVersion": "v1", "kind": "Node", "metadata": metadata, "spec": node.get("spec") or {}, "status": status}


def final_lists(trace: Trace) -> tuple[Obj, Obj]:
    """What stands at the end: the namespaced objects, then the cluster's, each in order of creation."""
    standing_now = [
        write.after
        for ref, write in standing(trace).items()
        if write.after is not None and concerns(trace, ref) and ref.kind != "Event"
    ]
    inside = [obj for obj in standing_now if obj["metadata"].get("namespace")]
    outside = [obj for obj in standing_now if not obj["metadata"].get("namespace")]
    return _list(inside), _list(outside)


def _list(items: list[Obj]) -> Obj:
    return {"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}


class _Plain(Dumper):  # type: ignore[misc]
    """Writes shared branches out in full: an object shares what it did not change, and aliases would hide that."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def _yaml(*documents: Any) -> str:
    text: str = yaml.dump_all(documents, Dumper=_Plain, allow_unicode=True, width=WIDE, sort_keys=False)
    return text


def write_all(into: Path, texts: Mapping[str, str]) -> None:
    """Write every text to its name under `into`; each file appears whole, and only when all could be written.

    Raises BadInput where they cannot.
    """
    half_written: dict[Path, Path] = {}
    try:
        for name, text in texts.items():
            part = into / f"{name}.part"
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(text, encoding="utf-8")
            half_written[part] = into / name
        for part, whole in half_written.items():
            os.replace(part, whole)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise BadInput(str(error.filename or into), what=what, todo="Name another folder.") from None
    finally:
        for part in half_written:
            part.unlink(missing_ok=True)
