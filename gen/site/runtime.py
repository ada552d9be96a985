"""What the reader's browser runs figures with: Pyodide, the engine packed for it, and Graphviz. Loaded only when asked for.

    assets/kim/python-KEY/       Pyodide and Graphviz as they came, at the root of the site only: all languages share it
    assets/kim/engine-KEY/       engine.pack, python_stdlib.zip and sources.pack, as Pyodide itself packed them (`pack.py`)
    assets/kim/runtime.json      of each language: where these lie, and how many bytes they are

KEY changes with the content, so that a browser may keep what it has.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from gen.site.notices import files_of, installed
from gen.site.packages import CACHE, WEB, NotFetched, fingerprint, kept, tool
from gen.site.shelf import used_at

log = logging.getLogger("mkdocs.gen")

ROOT = Path(__file__).parents[2]
FLOORS = ("kit", "objects", "trace", "cluster", "play", "views", "draw")
FROM_SITE = ("browser.py", "source.py")
PACKER = (Path(__file__).with_name("pack.py"), WEB / "pack.mjs")
NOT_NEEDED = ("play/measure", "play/recording", "views/compare", "draw/compare")
PACKAGES = {"PyYAML": "yaml/", "graphviz": "graphviz/", "diagrams": "diagrams/__init__.py"}  # and which of their modules
LOCK = "pyodide-lock.json"  # Pyodide's list of packages; here without any, since none is loaded
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY = "python_stdlib.zip"
PACKED = ("engine.pack", LIBRARY, "sources.pack", LOCK)
LATER = "sources.pack"  # is loaded when the source of a function is asked for
KEPT_ENGINES = 8
LONGEST = 2_000  # characters of a complaint
FOLDER = "assets/kim"
MANIFEST = f"{FOLDER}/runtime.json"


def files() -> dict[str, Path]:
    """The files of the runtime by their place in the site. Raises NotFetched."""
    python, engine = folders()
    packed = packed_engine()
    return {
        **{f"{FOLDER}/{python}/{name}": kept("pyodide", name) for name in PYODIDE},
        **{f"{FOLDER}/{engine}/{name}": packed / name for name in PACKED},
        f"{FOLDER}/{python}/viz.js": kept("@viz-js/viz", "dist/viz.js"),
    }


def manifest(shipped: Mapping[str, Path], up: str) -> str:
    """Where a language's pages find what is `shipped` (see `files`); `up` leads from their `assets/kim` to the root's."""
    folder = {Path(name).name: Path(name).parent.name for name in shipped}
    size = sum(file.stat().st_size for name, file in shipped.items() if not name.endswith(LATER))
    return json.dumps({"python": f"{up}{folder[PYODIDE[0]]}/", "engine": f"{up}{folder[PACKED[0]]}/", "bytes": size})


def folders() -> tuple[str, str]:
    """The names of both folders."""
    return f"python-{fingerprint()}", f"engine-{engine_key()}"


def sources() -> dict[str, Path]:
    """The engine's own files by their name in the archive."""
    gen = ROOT / "gen"
    found = [gen / "__init__.py", gen / "site/__init__.py", *(gen / "site" / name for name in FROM_SITE)]
    for floor in FLOORS:
        found += [file for file in (gen / floor).rglob("*") if file.is_file() and file.suffix in (".py", ".yaml", ".txt", ".css")]
    names = {file.relative_to(ROOT).as_posix(): file for file in sorted(found)}
    return {name: file for name, file in names.items() if not any(f"gen/{part}/" in name for part in NOT_NEEDED)}


def others() -> dict[str, Path]:
    """What the engine needs of others: pure Python, by name in the archive."""
    return {
        name: installed(package, name)
        for package, wanted in PACKAGES.items()
        for name in files_of(package)
        if name.startswith(wanted) and name.endswith(".py")
    }


def engine_key() -> str:
    """Changes with the engine, with what it needs, and with the Python that packs it."""
    total = hashlib.sha256(packer_key().encode())
    for name in PACKAGES:
        total.update(f"{name} {version(name)}\n".encode())
    for name, file in sources().items():
        total.update(f"{name}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


def packer_key() -> str:
    """Changes with the Python that packs, and with how."""
    return hashlib.sha256(fingerprint().encode() + b"".join(file.read_bytes() for file in PACKER)).hexdigest()[:16]


def packed_engine() -> Path:
    """The folder of the packed engine; packed if need be, whole or not at all. Raises NotFetched."""
    folder = CACHE / "engines" / engine_key()
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as workshop:
            pack(Path(workshop))
            packed = Path(workshop) / "packed"
            packed.mkdir()
            for name in PACKED:
                (Path(workshop) / name).rename(packed / name)
            if not folder.exists():
                packed.rename(folder)
        forget(folder.parent)
    os.utime(folder)
    return folder


def forget(engines: Path) -> None:
    """Let all engines go but those that were used last."""
    packed = (folder for folder in engines.iterdir() if (folder / LOCK).exists())
    for old in sorted(packed, key=used_at, reverse=True)[KEPT_ENGINES:]:
        shutil.rmtree(old, ignore_errors=True)


def pack(stage: Path) -> None:
    """Let Pyodide compile the engine and choose of its library what is used. Raises NotFetched."""
    log.info("Packing the engine for the browser: some seconds, whenever it has changed")
    shutil.copy(PACKER[0], stage)
    for name, file in {**sources(), **others()}.items():
        target = stage / "engine" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (stage / "engine/gen/site/__init__.py").write_text('"""The part of the site that runs in a browser."""\n', encoding="utf-8")
    lock = kept("pyodide", LOCK)
    (stage / LOCK).write_text(json.dumps({**json.loads(lock.read_text(encoding="utf-8")), "packages": {}}), encoding="utf-8")
    library = CACHE / "libraries" / f"{packer_key()}.zip"  # as the last engine needed it
    packing = ("node", str(PACKER[1]), str(lock.parent), str(stage))
    done = tool(*packing, str(library), folder=stage) if library.exists() else None
    if done is None or done.returncode:  # what was kept may be damaged
        done = tool(*packing, folder=stage)
    if done.returncode:
        raise NotFetched(f"The engine could not be packed for the browser: {done.stderr.strip()[-LONGEST:]}")
    library.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(stage / LIBRARY, stage / "known.zip")
    (stage / "known.zip").replace(library)
