"""What the page's Python brings along: the whole engine, the same bytes every time, whole or not at all, and not too much."""

from __future__ import annotations

import ast
import gzip
import json
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from gen.site import bundle, packages, runtime
from gen.site.packages import NotFetched

MOST = 7_000_000  # bytes, as a browser gets them, before a reader's first run
MOST_LATER = 500_000
NEVER = "gen.site"  # of it only the door and what shows a function's source
OF_SEVERAL = "gen.draw.compare"  # draws several runs: no view of one run, which is all that a page plays, comes to it


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> list[Path]:
    """The engine packed twice in a machine that has packed nothing yet: from nothing, and with what the first one left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runtime, "CACHE", tmp_path_factory.mktemp("cache"))
        stages = [tmp_path_factory.mktemp("stage") for _ in range(2)]
        for stage in stages:
            runtime.pack(stage)
    return stages


def test_two_packings_give_the_same_bytes(packed):
    first, second = ({name: (stage / name).read_bytes() for name in runtime.PACKED} for stage in packed)
    assert [name for name in first if first[name] != second[name]] == []
    for name in runtime.PACKED:
        if name.endswith(".zip"):
            with zipfile.ZipFile(packed[0] / name) as archive:
                assert {one.date_time for one in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
                assert archive.testzip() is None


def imports(file: Path) -> set[str]:
    """The modules of ours and of others that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def reached(root: Path) -> dict[str, Path]:
    """Every module of ours that the door imports, and those import, by its name in an archive."""
    found, waiting = {}, ["gen.site.browser"]
    while waiting:
        name = waiting.pop().replace(".", "/")
        file = next((root / path for path in (f"{name}.py", f"{name}/__init__.py") if (root / path).is_file()), None)
        if file and file.relative_to(root).as_posix() not in found:
            found[file.relative_to(root).as_posix()] = file
            ours = (one for one in imports(file) if one.startswith("gen.") and one != NEVER)
            waiting += [one for one in ours if not one.startswith(OF_SEVERAL)]
    return found


def test_the_archives_hold_every_module_that_the_door_imports(packed):
    wanted = reached(runtime.ROOT)
    assert {"gen/site/browser.py", "gen/play/scenario/draft.py", "gen/draw/board/wires.py"} <= set(wanted)
    engine, sources = unpacked(packed[0] / "engine.pack"), unpacked(packed[0] / "sources.pack")
    assert {f"{name}c" for name in wanted} <= set(engine)
    assert set(wanted) <= set(sources)
    for name in set(wanted) - {"gen/site/__init__.py"}:
        assert sources[name].decode() == wanted[name].read_text(encoding="utf-8"), name
    assert {"gen/draw/words/ko.yaml", "gen/draw/words/en.yaml", "gen/draw/marks.css"} <= set(engine)
    assert {"yaml/__init__.pyc", "graphviz/__init__.pyc", "diagrams/__init__.pyc"} <= set(engine)
    assert not [name for name in engine if name.startswith(("gen/commands", "gen/play/measure", "gen/cli"))]


def unpacked(pack: Path) -> dict[str, bytes]:
    """The files of a pack by name."""
    with tarfile.open(pack, "r:gz") as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive}


def test_the_library_holds_what_the_engine_imports_of_it_and_not_the_rest(packed):
    with zipfile.ZipFile(packed[0] / "python_stdlib.zip") as library:
        names = set(library.namelist())
    assert {"json/__init__.pyc", "dataclasses.pyc", "_strptime.pyc", "traceback.pyc"} <= names
    assert not [name for name in names if name.startswith(("unittest/", "tkinter/", "pydoc", "idlelib/"))]


def test_no_package_is_loaded_from_elsewhere(packed):
    assert json.loads((packed[0] / runtime.LOCK).read_text(encoding="utf-8"))["packages"] == {}


def test_all_of_it_is_light_enough():
    files = runtime.files()
    sizes = {name: len(gzip.compress(file.read_bytes(), 6)) for name, file in files.items()}
    assert {Path(name).name for name in files} == {*runtime.PYODIDE, *runtime.PACKED, "viz.js"}
    (later,) = (name for name in files if name.endswith(runtime.LATER))
    assert sum(size for name, size in sizes.items() if name != later) <= MOST, sizes
    assert sizes[later] <= MOST_LATER


@pytest.mark.parametrize("up", ["../../assets/kim/", "../../../assets/kim/"])
def test_the_manifest_leads_there_and_says_how_much_it_is(up):
    files = runtime.files()
    told = json.loads(runtime.manifest(files, up))
    first = [file.stat().st_size for name, file in files.items() if not name.endswith(runtime.LATER)]
    assert told["bytes"] == sum(first)
    for place, needed in (("python", "pyodide.mjs"), ("engine", "engine.pack")):
        assert told[place].startswith(up)
        assert f"{runtime.FOLDER}/{told[place].removeprefix(up)}{needed}" in files


@pytest.fixture
def tree(monkeypatch, tmp_path) -> Path:
    """An engine of two files, and nothing kept."""
    for name, text in {"gen/__init__.py": "", "gen/kit/loop.py": "a = 1\n", "gen/draw/words/ko.yaml": "a: b\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "gen/site").mkdir()
    for name in ("__init__.py", *runtime.FROM_SITE):
        (tmp_path / "gen/site" / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(runtime, "ROOT", tmp_path)
    monkeypatch.setattr(runtime, "CACHE", tmp_path / "cache")
    return tmp_path


@pytest.mark.parametrize("name", ["gen/kit/loop.py", "gen/draw/words/ko.yaml", "gen/site/browser.py", "gen/kit/new.py"])
def test_the_key_changes_with_the_engine(tree, name):
    before = runtime.engine_key()
    (tree / name).write_text("b = 2\n", encoding="utf-8")
    assert runtime.engine_key() != before
    assert runtime.folders()[1] == f"engine-{runtime.engine_key()}"


@pytest.mark.parametrize(
    "name", ["gen/site/fences.py", "gen/play/measure/table.py", "gen/kit/__pycache__/loop.pyc", "docs/a.yaml"]
)
def test_the_key_stays_with_what_the_engine_does_not_need(tree, name):
    before = runtime.engine_key()
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text("b = 2\n", encoding="utf-8")
    assert runtime.engine_key() == before


def test_the_key_changes_with_what_the_engine_needs_of_others(tree, monkeypatch):
    before = runtime.engine_key()
    monkeypatch.setattr(runtime, "version", lambda name: f"{name} of tomorrow")
    assert runtime.engine_key() != before


def test_a_file_that_moves_changes_the_key(tree):
    before = runtime.engine_key()
    (tree / "gen/kit/loop.py").rename(tree / "gen/kit/pool.py")
    assert runtime.engine_key() != before


def kept_engines(tree: Path) -> list[str]:
    return sorted(file.name for file in (tree / "cache/engines").iterdir())


def test_it_is_packed_whole_or_not_at_all(tree, monkeypatch):
    def half(stage: Path) -> None:
        (stage / runtime.PACKED[0]).write_text("half", encoding="utf-8")
        raise NotFetched("no")

    monkeypatch.setattr(runtime, "pack", half)
    with pytest.raises(NotFetched):
        runtime.packed_engine()
    assert kept_engines(tree) == []


def test_it_is_packed_once(tree, monkeypatch):
    packings = []

    def whole(stage: Path) -> None:
        packings.append(stage)
        for name in runtime.PACKED:
            (stage / name).write_text(name, encoding="utf-8")

    monkeypatch.setattr(runtime, "pack", whole)
    folder = runtime.packed_engine()
    assert runtime.packed_engine() == folder
    assert len(packings) == 1
    assert sorted(file.name for file in folder.iterdir()) == sorted(runtime.PACKED)
    assert kept_engines(tree) == [runtime.engine_key()]


def test_where_it_cannot_be_packed_it_says_what_node_said(tree, monkeypatch):
    said = SimpleNamespace(returncode=1, stderr=f"{'x' * 5_000}\nImportError: no module named loop\n")
    monkeypatch.setattr(runtime, "tool", lambda *_, **__: said)
    with pytest.raises(NotFetched) as caught:
        runtime.packed_engine()
    assert str(caught.value).startswith("The engine could not be packed for the browser: ")
    assert str(caught.value).endswith("ImportError: no module named loop")
    assert len(str(caught.value)) < 2_100
    assert kept_engines(tree) == []


def test_without_node_it_says_what_to_do_and_the_build_goes_on(tree, monkeypatch):
    said = []
    monkeypatch.setattr(packages.shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(bundle.log, "warning", said.append)
    with pytest.raises(NotFetched, match="There is no node here"):
        runtime.packed_engine()
    bundle.shipped.cache_clear()
    assert bundle.shipped() == bundle.shipped() == {}
    bundle.shipped.cache_clear()
    assert said == [
        "Figures cannot be run in the pages: There is no node here. `python3 -m gen build` brings one; or install Node.js."
    ]
