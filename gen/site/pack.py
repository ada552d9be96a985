"""What the page's Python brings along, packed by that Python itself: run once by the build, inside Pyodide (`web/pack.mjs`).

The engine is compiled, since a reader's browser would need a second for it. Its source goes into an archive of its own,
because figures show the functions that decided, but only to whoever asks. Of the standard library only what the engine
imports is kept; what an earlier engine imported is compiled already.
"""

from __future__ import annotations

import gzip
import importlib
import io
import json
import marshal
import py_compile
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType

ENGINE, SOURCES, LIBRARY = "engine.pack", "sources.pack", "python_stdlib.zip"  # a pack is a gzipped tar
WITHOUT_DOCSTRINGS = 2  # an optimisation level of Python's
RUNNING = "/tmp/engine"  # in Pyodide's own memory
FIXED_DATE = (2026, 1, 1, 0, 0, 0)
PYC_HEADER = 16  # bytes before the code
NO_COLUMNS, NO_LINE = 13, 15  # forms of an entry in a table of lines
MOST_INSTRUCTIONS = 8  # that one entry is about
# What Pyodide itself or a rare path of the standard library imports later than the engine's first run does.
LATER = (
    "_strptime", "calendar", "encodings.ascii", "encodings.latin_1", "gzip", "linecache", "locale", "tarfile", "textwrap",
    "tokenize", "traceback", "unicodedata",
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


def pack(stage: str, original: str) -> None:
    """Write the three archives into the folder `stage`, whose folder `engine` holds the sources.

    `original` is the archive of the whole standard library: Python may have been started with a part of it.
    """
    sources = Path(stage, "engine")
    engine, readable_too = dict(compiled(sources)), dict(readable(sources))
    unpack(engine)
    libraries = [*(Path(place) for place in sys.path if place.endswith(".zip")), Path(original)]
    sys.path[:] = [RUNNING, *sys.path, original]
    for name in modules(sources):
        importlib.import_module(name)
    unpack(readable_too)  # only now, or it would be compiled once more
    exercise()
    for name in LATER:
        importlib.import_module(name)
    used = imported_so_far()
    write(Path(stage, ENGINE), engine)
    write(Path(stage, SOURCES), readable_too)
    write_library(Path(stage, LIBRARY), imported(libraries, used))


def unpack(files: dict[str, bytes]) -> None:
    """Lay files of the engine where they can be imported."""
    for name, content in files.items():
        target = Path(RUNNING, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


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
    compiled_module = Path(target).read_bytes()
    code = marshal.loads(compiled_module[PYC_HEADER:])
    return compiled_module[:PYC_HEADER] + marshal.dumps(without_columns(code))


def without_columns(code: CodeType) -> CodeType:
    """The code without the columns of its source, a third of what a module weighs; its lines stay, for tracebacks.

    Each entry of the table is a byte (its form, and how many instructions it is about) and, where there is a line, how far
    that is from the line before. Upstream: CPython, InternalDocs/code_objects.md (locations table).
    """
    table, last = bytearray(), code.co_firstlineno
    for start, end, line in code.co_lines():
        for at in range(start, end, 2 * MOST_INSTRUCTIONS):
            count = min((end - at) // 2, MOST_INSTRUCTIONS)
            table.append(0x80 | (NO_LINE if line is None else NO_COLUMNS) << 3 | count - 1)
            if line is not None:
                table += signed(line - last)
                last = line
    inner = (without_columns(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=bytes(table), co_consts=tuple(inner))


def signed(number: int) -> bytes:
    """A number with its sign as the last bit, six bits a byte, the lowest first."""
    left, found = (-number << 1) | 1 if number < 0 else number << 1, bytearray()
    while left >= 64:
        found.append(64 | left & 63)
        left >>= 6
    return bytes([*found, left])


def imported_so_far() -> set[str | None]:
    """Where the modules that have been imported by now come from; those inside of Python itself left out."""
    specs = [getattr(module, "__spec__", None) for module in sys.modules.values()]
    return {spec.origin for spec in specs if spec and spec.has_location}


def imported(libraries: Iterable[Path], used: set[str | None]) -> Iterator[tuple[str, bytes]]:
    """The modules of the standard library that are used, compiled."""
    import zipfile

    found: dict[str, bytes] = {}
    for library in libraries:
        with zipfile.ZipFile(library) as whole:
            for name in whole.namelist():
                if f"{library}/{name}" in used:
                    content = whole.read(name)
                    found[name.removesuffix("c") + "c"] = content if name.endswith(".pyc") else library_module(name, content)
    yield from sorted(found.items())


def library_module(name: str, content: bytes) -> bytes:
    """A module of the standard library, compiled."""
    source = Path("/tmp/library.py")
    source.write_bytes(content)
    return bytecode(source, name)


def write(target: Path, files: dict[str, bytes]) -> None:
    """A pack, with the same bytes every time: one stream, since small files of a kind have much in common."""
    with (
        open(target, "wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def write_library(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """The standard library as Python imports from it, with the same bytes every time."""
    import zipfile

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED, 9)
