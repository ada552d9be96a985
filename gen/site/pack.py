"""What the page's Python brings along, packed by that Python itself: run once by the build, inside Pyodide (`web/pack.mjs`).

The engine is compiled, since a reader's browser would need a second for it. Its source goes into an archive of its own,
because figures show the functions that decided, but only to whoever asks. Of the standard library only what the engine
imports is kept.
"""

from __future__ import annotations

import importlib
import json
import py_compile
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ENGINE, SOURCES, LIBRARY = "engine.zip", "sources.zip", "python_stdlib.zip"
WITHOUT_DOCSTRINGS = 2  # an optimisation level of Python's
FIXED_DATE = (2026, 1, 1, 0, 0, 0)
# What Pyodide itself or a rare path of the standard library imports later than the engine's first run does.
LATER = (
    "_strptime", "calendar", "encodings.ascii", "encodings.cp437", "encodings.latin_1", "linecache", "locale", "textwrap",
    "tokenize", "traceback", "unicodedata", "zipfile",
)  # fmt: skip
POD = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: nginx}]}}"
SAMPLE = """\
steps:
- run: kubectl apply -f a.yaml
- after: pod/a ready
  run: kubectl describe pod a
- run: kubectl get pod b
- run: kubectl delete pod a
"""


def pack(stage: str) -> None:
    """Write the three archives into the folder `stage`, whose folder `engine` holds the sources."""
    sources = Path(stage, "engine")
    for name in modules(sources):
        importlib.import_module(name)
    exercise()
    for name in LATER:
        importlib.import_module(name)
    library = next(Path(place) for place in sys.path if place.endswith(".zip"))
    write(Path(stage, ENGINE), compiled(sources))
    write(Path(stage, SOURCES), readable(sources))
    write(Path(stage, LIBRARY), imported(library))


def modules(sources: Path) -> Iterator[str]:
    """The engine's modules by name."""
    for file in sorted(sources.joinpath("gen").rglob("*.py")):
        parts = file.relative_to(sources).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def exercise() -> None:
    """A run through all that a reader may ask, so that what is imported late is imported too."""
    from gen.site.browser import ANSWERS, Door

    door = Door(lambda dot: dot)
    asked = {
        "figure": "sample", "lang": "ko", "at": 0, "line": "kubectl get p", "pod": "pod/default/a", "views": ["timeline"],
        "view": "sequence", "scenario": {"name": "sample", "steps": SAMPLE, "files": {"a.yaml": POD}},
    }  # fmt: skip
    for ask in ANSWERS:
        door.answer(json.dumps({**asked, "ask": ask}))
    door.answer(json.dumps({**asked, "ask": "run", "scenario": {"name": "wrong", "steps": "steps: {", "files": {}}}))


def files_in(sources: Path) -> Iterator[tuple[str, Path]]:
    """The files of the engine and of what it needs, by name in the archive."""
    for file in sorted(sources.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(sources).as_posix(), file


def compiled(sources: Path) -> Iterator[tuple[str, bytes]]:
    """What runs: each module compiled, and the other files as they are."""
    for name, file in files_in(sources):
        yield (f"{name}c", bytecode(file, name)) if file.suffix == ".py" else (name, file.read_bytes())


def readable(sources: Path) -> Iterator[tuple[str, bytes]]:
    """What is shown: the engine's modules."""
    for name, file in files_in(sources):
        if name.startswith("gen/") and file.suffix == ".py":
            yield name, file.read_bytes()


def bytecode(source: Path, name: str) -> bytes:
    """A module compiled; it is never compared with its source again."""
    target = "/tmp/compiled.pyc"
    never = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(source), target, name, doraise=True, optimize=WITHOUT_DOCSTRINGS, invalidation_mode=never)
    return Path(target).read_bytes()


def imported(library: Path) -> Iterator[tuple[str, bytes]]:
    """The modules of the standard library that have been imported by now, compiled."""
    used = {str(module.__file__) for module in sys.modules.values() if getattr(module, "__file__", None)}
    with zipfile.ZipFile(library) as whole:
        for name in sorted(whole.namelist()):
            if f"{library}/{name}" in used:
                source = Path("/tmp/library.py")
                source.write_bytes(whole.read(name))
                yield f"{name}c", bytecode(source, name)


def write(target: Path, files: Iterator[tuple[str, bytes]]) -> None:
    """An archive with the same bytes every time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED, 9)
